package intarsia.optim.solve;

import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.DecompositionException;
import intarsia.optim.prox.ElasticNet;
import java.util.Arrays;

/**
 * Minimizes a {@link Quadratic} plus {@code sum_j l1_j |b_j| + l2_j / 2 b_j^2} by exact minimization along one coordinate after another
 * (Friedman, Hastie &amp; Tibshirani 2010), over a working set and, within it, over what is not 0.
 *
 * <p>Passes converge slowly if columns are nearly dependent. So when passes have cost about as much, the system of the nonzero coordinates
 * is solved at once: a Newton step within the orthant of their signs, cut where the first coordinate would change its sign (this
 * combination is ours; it can only lower the objective).
 */
final class CoordinateDescent {
    private static final int FEWEST_PASSES = 6;
    private static final int LARGEST_SOLVE = 1500;
    private static final double LEAST_RIDGE = 1e-15;

    private final Quadratic quadratic;
    private final double[] l1;
    private final double[] l2;
    private final double[] b;

    /** Works on {@code b}, the current point of the quadratic. */
    CoordinateDescent(Quadratic quadratic, double[] l1, double[] l2, double[] b) {
        this.quadratic = quadratic;
        this.l1 = l1;
        this.l2 = l2;
        this.b = b;
    }

    /** Passes until no coordinate of the set changes by more than {@code curvature delta^2 <= tolerance}; returns how many it took. */
    int minimize(int[] set, double tolerance, int maxPasses) {
        int passes = 0;
        if (smooth(set)) {
            // no sign matters: the step is Newton's, and a second takes care of its rounding
            solve(set);
            solve(set);
        }
        while (passes < maxPasses) {
            passes++;
            if (pass(set) <= tolerance) {
                break;
            }
            int[] active = Arrays.stream(set).filter(j -> b[j] != 0).toArray();
            int inner = 0;
            while (passes < maxPasses && pass(active) > tolerance) {
                passes++;
                inner++;
                if (inner % (FEWEST_PASSES + active.length / 4) == 0) {
                    for (int cut = 0; cut < active.length && solve(active); cut++) {
                        // each step that was cut left one coordinate fewer
                    }
                }
            }
        }
        return passes;
    }

    /** Whether no coordinate of the set has an l1 weight. */
    private boolean smooth(int[] set) {
        return Arrays.stream(set).allMatch(j -> l1[j] == 0);
    }

    /** One exact step along each coordinate; returns the largest {@code curvature delta^2}. */
    private double pass(int[] set) {
        double largest = 0;
        for (int j : set) {
            double curvature = quadratic.curvature(j);
            double to = curvature == 0 ? 0 : ElasticNet.softThreshold(quadratic.slope(j) + curvature * b[j], l1[j]) / (curvature + l2[j]);
            double delta = to - b[j];
            if (delta != 0) {
                if (curvature > 0) {
                    quadratic.move(j, delta);
                }
                b[j] = to;
                largest = Math.max(largest, curvature * delta * delta);
            }
        }
        return largest;
    }

    /** A Newton step over the nonzero coordinates, to the minimum along it or the first change of a sign; says whether it was cut there. */
    private boolean solve(int[] candidates) {
        int[] set = Arrays.stream(candidates).filter(j -> (b[j] != 0 || l1[j] == 0) && quadratic.curvature(j) > 0).toArray();
        int k = set.length;
        if (k == 0 || k > LARGEST_SOLVE) {
            return false;
        }
        Tensor hessian = quadratic.hessian(set);
        double[] descent = new double[k];
        for (int a = 0; a < k; a++) {
            int j = set[a];
            hessian.doubles()[a * k + a] += l2[j];
            descent[a] = quadratic.slope(j) - l1[j] * Math.signum(b[j]) - l2[j] * b[j];
        }
        double[] step = newton(hessian, descent);
        double gain = dot(descent, step);
        double bend = bend(hessian, step);
        if (!(gain > 0)) {
            return false;
        }
        double length = bend > 0 ? gain / bend : Double.POSITIVE_INFINITY;
        int first = -1;
        for (int a = 0; a < k; a++) {
            double crossing = -b[set[a]] / step[a];
            if (l1[set[a]] > 0 && crossing > 0 && crossing < length) {
                length = crossing;
                first = a;
            }
        }
        for (int a = 0; a < k && length < Double.POSITIVE_INFINITY; a++) {
            int j = set[a];
            double delta = a == first ? -b[j] : length * step[a];
            quadratic.move(j, delta);
            b[j] = a == first ? 0 : b[j] + delta;
        }
        return first >= 0;
    }

    /** The solution of the system with the smallest ridge that makes it factorizable; zeros if none does. */
    private static double[] newton(Tensor hessian, double[] descent) {
        int k = descent.length;
        for (double ridge = LEAST_RIDGE; ridge < 1e-4; ridge *= 100) {
            Tensor ridged = hessian.copy();
            for (int a = 0; a < k; a++) {
                ridged.doubles()[a * k + a] *= 1 + k * ridge;
            }
            try {
                return Cholesky.of(ridged).solve(Tensor.vector(descent)).doubles();
            } catch (DecompositionException e) {
                continue;
            }
        }
        return new double[k];
    }

    private static double bend(Tensor hessian, double[] step) {
        int k = step.length;
        double sum = 0;
        for (int a = 0; a < k; a++) {
            double row = 0;
            for (int c = 0; c < k; c++) {
                row = Math.fma(hessian.doubles()[a * k + c], step[c], row);
            }
            sum = Math.fma(row, step[a], sum);
        }
        return sum;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum = Math.fma(x[i], y[i], sum);
        }
        return sum;
    }
}
