package intarsia.optim.prox;

import java.util.Arrays;

/**
 * The constraint that no entry is negative and all add up to {@code total}. The projection sorts (Held, Wolfe &amp; Crowder 1974): O(n log
 * n). The sum is held to {@code 1e-9 total}.
 *
 * @param total the sum, positive
 */
public record Simplex(double total) implements Penalty {
    private static final double SLACK = 1e-9;

    /** Checks the sum. */
    public Simplex {
        if (!(total > 0 && total < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("simplex total " + total + ": must be positive and finite");
        }
    }

    @Override
    public double value(double[] x) {
        double sum = 0;
        for (double v : x) {
            if (!(v >= 0)) {
                return Double.POSITIVE_INFINITY;
            }
            sum += v;
        }
        return Math.abs(sum - total) <= SLACK * total ? 0 : Double.POSITIVE_INFINITY;
    }

    @Override
    public double[] prox(double[] point, double step) {
        double[] sorted = point.clone();
        Arrays.sort(sorted);
        // sums of differences to the largest: a common shift of the point, however large, costs no digits
        double largest = sorted[sorted.length - 1];
        double sum = 0;
        double threshold = 0;
        for (int k = 1; k <= sorted.length; k++) {
            double depth = largest - sorted[sorted.length - k];
            sum += depth;
            double candidate = (total + sum) / k;
            if (depth >= candidate) {
                break;
            }
            threshold = candidate;
        }
        double[] x = new double[point.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.max(0, threshold - (largest - point[i]));
        }
        return x;
    }
}
