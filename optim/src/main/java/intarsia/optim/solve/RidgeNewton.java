package intarsia.optim.solve;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.DecompositionException;
import intarsia.linalg.decomposition.Matrices;
import java.util.Arrays;

/**
 * Minimizes {@code loss(X B, c) + ridge / 2 ||B||^2} by Newton's method with steps halved until the objective falls; columns are centered,
 * which the free parameters take up, or the loss does not notice.
 *
 * <p>Without ridge, the loss of responses that can be separated has no minimum. That is checked at each step: exactly for the point
 * reached, and up to 1e-7 for the step once linear predictors are spread over more than 12, as {@link ProximalNewton} does it. Beyond what
 * the loss can reach it counts as endless too.
 */
final class RidgeNewton {
    private static final double SUFFICIENT = 1e-4;
    /** A relative addition to each second derivative, which makes dependent columns share. */
    private static final double LEAST_RIDGE = 1e-13;
    private static final double DROWNED = 1e-11;
    private static final int MOST_DROWNED = 3;
    private static final int HALVINGS = 50;
    private static final double FAR = 12;

    private final DenseLoss loss;
    private final double ridge;
    private final Tensor x;
    private final int coefficients;
    private double[] point;
    private double objective;
    private double gap;

    private RidgeNewton(DenseLoss loss, double ridge, Tensor x) {
        this.loss = loss;
        this.ridge = ridge;
        this.x = x;
        this.coefficients = x.shape().columns() * loss.outputs();
        double[] start = loss.start();
        this.point = new double[coefficients + start.length];
        System.arraycopy(start, 0, point, coefficients, start.length);
        this.objective = objective(point);
    }

    /** The solution. */
    static LinearFit fit(LinearModel model, DenseLoss loss, double ridge, SolverOptions options) {
        if (!(ridge >= 0 && ridge <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("ridge is " + ridge + "; must be finite and not negative");
        }
        Tensor given = model.predictors();
        Design design = Design.of(given, model.weights(), true);
        Tensor centered = Tensor.of(given.shape(), design.byRow());
        double enough = options.tolerance() * Arrays.stream(model.weights()).sum();
        if (given.shape().columns() <= given.shape().rows()) {
            RidgeNewton newton = new RidgeNewton(loss, ridge, centered);
            return newton.run(enough, options.maxIterations(), null, design.centers);
        }
        RowSpace span = RowSpace.of(centered);
        return new RidgeNewton(loss, ridge, span.coordinates()).run(enough, options.maxIterations(), span, design.centers);
    }

    private LinearFit run(double enough, int limit, RowSpace span, double[] centers) {
        int size = point.length;
        int drowned = 0;
        for (int step = 0; ; step++) {
            double[] gradient = new double[size];
            double[] hessian = new double[size * size];
            loss.derivatives(x, eta(point), free(point), gradient, hessian);
            for (int a = 0; a < coefficients; a++) {
                gradient[a] += ridge * point[a];
                hessian[a * size + a] += ridge;
            }
            double[] direction = newton(gradient, hessian);
            double decrement = 0;
            for (int a = 0; a < size; a++) {
                decrement -= gradient[a] * direction[a];
            }
            gap = Math.max(0, decrement / 2);
            if (endless(direction)) {
                return result(step, SolverOutcome.NO_MINIMUM, span, centers);
            }
            boolean last = gap <= enough;
            drowned += decrement < DROWNED * Math.abs(objective) ? 1 : 0;
            boolean moved = drowned < MOST_DROWNED && step < limit && descend(direction, decrement);
            if (last || !moved) {
                return result(moved ? step + 1 : step, last ? SolverOutcome.CONVERGED : SolverOutcome.LIMIT_REACHED, span, centers);
            }
        }
    }

    /**
     * Moves by the longest of 1, 1/2, 1/4, ... of a step that lowers the objective enough; where a gain drowns in rounding, by all of it.
     */
    private boolean descend(double[] direction, double decrement) {
        double length = 1;
        for (int halving = 0; halving < HALVINGS; halving++, length /= 2) {
            double[] next = point.clone();
            for (int a = 0; a < next.length; a++) {
                next[a] = Math.fma(length, direction[a], next[a]);
            }
            double value = objective(next);
            double rounding = decrement < DROWNED * Math.abs(objective) ? DROWNED * Math.abs(objective) : 0;
            if (value <= objective - SUFFICIENT * length * decrement + rounding) {
                point = next;
                objective = value;
                return true;
            }
        }
        return false;
    }

    private boolean endless(double[] direction) {
        if (ridge > 0) {
            return false;
        }
        double[] eta = eta(point);
        double highest = Double.NEGATIVE_INFINITY;
        double lowest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < eta.length; k++) {
            if (loss.counts(k % x.shape().rows())) {
                highest = Math.max(highest, eta[k]);
                lowest = Math.min(lowest, eta[k]);
            }
        }
        return loss.recedes(eta, free(point), 0) || highest - lowest > loss.reach()
                || highest - lowest > FAR && loss.recedes(eta(direction), free(direction), 1e-7);
    }

    /** {@code -(hessian)^-1 gradient}, with the smallest relative ridge from 1e-13 on that makes it factorizable. */
    private static double[] newton(double[] gradient, double[] hessian) {
        int size = gradient.length;
        double[] descent = Arrays.stream(gradient).map(g -> -g).toArray();
        for (double relative = LEAST_RIDGE; size > 0 && relative < 1; relative *= 100) {
            double[] ridged = hessian.clone();
            for (int a = 0; a < size; a++) {
                double diagonal = hessian[a * size + a];
                ridged[a * size + a] = diagonal > 0 ? diagonal * (1 + relative) : 1;
                descent[a] = diagonal > 0 ? descent[a] : 0;
            }
            try {
                return Cholesky.of(Tensor.of(Shape.of(size, size), ridged)).solve(Tensor.vector(descent)).doubles();
            } catch (DecompositionException e) {
                continue;
            }
        }
        return new double[size];
    }

    private double objective(double[] at) {
        double squares = 0;
        for (int a = 0; a < coefficients; a++) {
            squares = Math.fma(at[a], at[a], squares);
        }
        double value = loss.value(eta(at), free(at)) + ridge / 2 * squares;
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    private double[] eta(double[] at) {
        int n = x.shape().rows();
        int p = x.shape().columns();
        int q = loss.outputs();
        double[] eta = new double[n * q];
        if (p > 0) {
            Matrices.multiplyAdd(n, p, q, x.doubles(), 0, at, 0, eta, 0);
        }
        return q == 1 ? eta : Matrices.transpose(Tensor.of(Shape.of(n, q), eta)).doubles();
    }

    private double[] free(double[] at) {
        return Arrays.copyOfRange(at, coefficients, at.length);
    }

    private LinearFit result(int steps, SolverOutcome outcome, RowSpace span, double[] centers) {
        int q = loss.outputs();
        Tensor b = Tensor.of(Shape.of(x.shape().columns(), q), Arrays.copyOf(point, coefficients));
        b = span == null ? b : span.coefficients(b);
        double[] shift = new double[q];
        for (int k = 0; k < q; k++) {
            for (int j = 0; j < centers.length; j++) {
                shift[k] = Math.fma(-centers[j], b.get(j, k), shift[k]);
            }
        }
        double[] c = free(point);
        loss.absorb(shift, c);
        return new LinearFit(b, c, objective, gap, steps, outcome);
    }
}
