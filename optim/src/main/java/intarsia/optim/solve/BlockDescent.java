package intarsia.optim.solve;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.optim.prox.ElasticNet;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Minimizes {@code loss(X B, c) + l1 ||B||_1 + l2 / 2 ||B||^2} by rounds of proximal Newton steps, one linear predictor of the rows after
 * the other (Friedman, Hastie &amp; Tibshirani 2010; Simon et al. 2011 for Cox): the loss as a function of its coefficients is replaced by
 * a quadratic model, exact to the second order for classes and, for not too many nonzero coefficients, for hazards, else with an upper
 * bound of the curvature in each row; that is minimized by {@link CoordinateDescent}, and a line search keeps the objective falling. Rounds
 * end by the duality gap, bounded as {@link Duality} does it, with all linear predictors' residuals scaled alike.
 */
final class BlockDescent {
    private static final double SUFFICIENT = 1e-4;
    private static final double ROUNDING = 1e-14;
    /** Rounds whose gain is lost in rounding, while the gap, which is of the order of its root, may still fall. */
    private static final int MOST_DROWNED = 100;
    private static final int HALVINGS = 40;
    private static final int PASSES = 500;
    /** Beyond so many columns a quadratic model by rows is cheaper than the exact one. */
    private static final int LARGEST_DENSE = 600;

    private final SparseLoss loss;
    /** What makes a solution one of the model. */
    private final UnaryOperator<LinearFit> back;
    private final Design design;
    private final int outputs;
    /** B, one linear predictor after the other. */
    private final double[][] b;
    private double[] eta;
    private double[] c;
    private double value;
    private final double nullLoss;
    private final double rounding;

    private BlockDescent(SparseLoss loss, Tensor predictors, double[] weights, UnaryOperator<LinearFit> back) {
        this.back = back;
        this.loss = loss;
        this.design = Design.of(predictors, weights, true);
        this.outputs = loss.outputs();
        this.b = new double[outputs][design.columns];
        this.eta = new double[design.rows * outputs];
        this.c = loss.start();
        this.value = loss.value(eta, c);
        this.nullLoss = loss.fenchelGap(eta, c, 0);
        this.rounding = ROUNDING * Arrays.stream(weights).sum();
    }

    /** Started from coefficients of 0. */
    static BlockDescent of(SparseModel model) {
        return switch (model) {
            case Cox cox -> new BlockDescent(cox.loss(), cox.predictors(), cox.weights(), fit -> fit);
            case Multinomial all -> {
                int[] seen = all.seen();
                yield new BlockDescent(all.ofClasses(seen).loss(), all.predictors(), all.weights(), fit -> all.expanded(fit, seen));
            }
        };
    }

    /** The largest slope at coefficients of 0. */
    double largestSlope() {
        double largest = 0;
        for (double[] slopes : slopes(new double[outputs][], new double[outputs])) {
            largest = Math.max(largest, Arrays.stream(slopes).map(Math::abs).max().orElse(0));
        }
        return largest;
    }

    /** The slopes of the decrease of all coefficients; fills in the curvatures of the columns and the intercepts' part of the gap. */
    private double[][] slopes(double[][] curvatures, double[] interceptGap) {
        double[][] slopes = new double[outputs][];
        double[] u = new double[design.rows];
        double[] v = new double[design.rows];
        for (int k = 0; k < outputs; k++) {
            loss.linearize(eta, c, k, u, v);
            slopes[k] = design.dots(u);
            double total = Arrays.stream(u).sum();
            interceptGap[k] = loss.intercepts() ? total * total / (2 * Arrays.stream(v).sum()) : 0;
            curvatures[k] = new double[design.columns];
        }
        return slopes;
    }

    LinearFit fit(ElasticNet penalty, SolverOptions options) {
        double[] l1 = uniform(penalty.l1());
        double[] l2 = uniform(penalty.l2());
        double enough = options.tolerance() * nullLoss;
        int drowned = 0;
        for (int round = 0; ; round++) {
            double[][] curvatures = new double[outputs][];
            double[] interceptGap = new double[outputs];
            double[][] slopes = slopes(curvatures, interceptGap);
            double gap = gap(slopes, curvatures, l1, l2) + Arrays.stream(interceptGap).sum();
            if (gap <= enough) {
                return result(penalty, gap, round, SolverOutcome.CONVERGED);
            }
            double before = objective(penalty);
            boolean moved = false;
            double within = Math.max(1e-6 * rounding, Math.min(1e-4 * gap, 1e-2 * gap * gap / nullLoss));
            for (int k = 0; round < options.maxIterations() && k < outputs; k++) {
                moved |= improve(k, slopes[k], l1, l2, within);
            }
            drowned += objective(penalty) > before - rounding ? 1 : 0;
            if (!moved || drowned > MOST_DROWNED) {
                return result(penalty, gap, round, SolverOutcome.LIMIT_REACHED);
            }
        }
    }

    private double gap(double[][] slopes, double[][] curvatures, double[] l1, double[] l2) {
        double scale = 1;
        for (double[] s : slopes) {
            scale = Math.min(scale, Duality.scale(s, l1, l2));
        }
        double gap = scale < 1 ? loss.fenchelGap(eta, c, scale) : 0;
        for (int k = 0; k < outputs; k++) {
            gap += Duality.penaltyPart(b[k], slopes[k], curvatures[k], l1, l2, scale);
        }
        return gap;
    }

    /** A step of one linear predictor; false if none lowers the objective any more. */
    private boolean improve(int k, double[] slopes, double[] l1, double[] l2, double within) {
        int n = design.rows;
        double[] u = new double[n];
        double[] v = new double[n];
        loss.linearize(eta, c, k, u, v);
        int[] set = IntStream.range(0, design.columns).filter(j -> b[k][j] != 0 || Math.abs(slopes[j]) > l1[j]).toArray();
        Design part = design.gather(set);
        boolean byRows = loss.intercepts() || set.length > LARGEST_DENSE;
        Quadratic quadratic = byRows ? new ResidualQuadratic(part, v, true) : dense(part);
        if (byRows) {
            quadratic.start(u);
        }
        double[] to = Arrays.stream(set).mapToDouble(j -> b[k][j]).toArray();
        double[] partL1 = Arrays.copyOf(l1, set.length);
        double[] partL2 = Arrays.copyOf(l2, set.length);
        double before = Duality.penalty(b[k], l1, l2);
        new CoordinateDescent(quadratic, partL1, partL2, to).minimize(IntStream.range(0, set.length).toArray(), within, PASSES);

        double[] step = new double[set.length];
        double[] change = new double[n];
        double shift = loss.intercepts() ? Arrays.stream(u).sum() / quadratic.moments().totalWeight() : 0;
        for (int a = 0; a < set.length; a++) {
            step[a] = to[a] - b[k][set[a]];
            if (step[a] != 0) {
                shift -= loss.intercepts() ? quadratic.moments().means()[a] * step[a] : 0;
                part.addColumn(a, step[a], change);
            }
        }
        double promised = Duality.penalty(to, partL1, partL2) - before;
        for (int i = 0; i < n; i++) {
            promised -= u[i] * (change[i] + shift);
        }
        double length = 1;
        for (int halving = 0; halving < HALVINGS && promised < rounding; halving++, length /= 2) {
            double[] nextEta = eta.clone();
            for (int i = 0; i < n; i++) {
                nextEta[i * outputs + k] = Math.fma(length, change[i], nextEta[i * outputs + k]);
            }
            double[] nextC = c.clone();
            if (loss.intercepts()) {
                nextC[k] += length * shift;
            }
            double[] next = b[k].clone();
            for (int a = 0; a < set.length; a++) {
                // a whole step lands where coordinate descent did: zeros stay exact
                next[set[a]] = length == 1 ? to[a] : next[set[a]] + length * step[a];
            }
            double after = loss.value(nextEta, nextC);
            double gained = after - value + Duality.penalty(next, l1, l2) - before;
            if (gained <= SUFFICIENT * length * Math.min(0, promised) + rounding) {
                b[k] = next;
                eta = nextEta;
                c = nextC;
                value = after;
                return true;
            }
        }
        return false;
    }

    /** The exact second order model of a loss without intercepts. */
    private Quadratic dense(Design part) {
        int p = part.columns;
        double[] gradient = new double[p];
        double[] hessian = new double[p * p];
        loss.derivatives(Tensor.of(Shape.of(part.rows, p), part.byRow()), eta, c, gradient, hessian);
        return new DenseQuadratic(Arrays.stream(gradient).map(g -> -g).toArray(), hessian);
    }

    private double objective(ElasticNet penalty) {
        return value + Arrays.stream(b).mapToDouble(penalty::value).sum();
    }

    private double[] uniform(double weight) {
        double[] uniform = new double[design.columns];
        Arrays.fill(uniform, weight);
        return uniform;
    }

    private LinearFit result(ElasticNet penalty, double gap, int rounds, SolverOutcome outcome) {
        double[] coefficients = new double[design.columns * outputs];
        double[] shift = new double[outputs];
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < design.columns; j++) {
                coefficients[j * outputs + k] = b[k][j];
                shift[k] = Math.fma(-design.centers[j], b[k][j], shift[k]);
            }
        }
        double[] intercepts = c.clone();
        loss.absorb(shift, intercepts);
        double mean = Arrays.stream(intercepts).average().orElse(0);
        return back.apply(new LinearFit(Tensor.of(Shape.of(design.columns, outputs), coefficients),
                Arrays.stream(intercepts).map(v -> v - mean).toArray(), objective(penalty), gap, rounds, outcome));
    }
}
