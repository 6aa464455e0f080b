package intarsia.models.evaluation;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import java.util.Arrays;

/**
 * Whether two samples come from one distribution: the maximum mean discrepancy (Gretton et al. 2012) with a permutation test, as arXiv
 * 2505.24413, section 4.3, holds the anchors of two tasks against each other.
 *
 * <pre>
 * MMD^2 = mean k(x, x') + mean k(y, y') - 2 mean k(x, y)   over all pairs, k(a, b) = exp(-||a - b||^2 / (2 h^2))
 * p = (1 + permutations whose MMD^2 is not smaller) / (1 + permutations)
 * </pre>
 *
 * h is the median distance of two different rows of the pooled sample. O((n + m)^2 (p + permutations)), and (n + m)^2 numbers of memory.
 *
 * @param squared      MMD^2, the biased estimate: not negative
 * @param probability  p; at least 1 / (1 + permutations)
 * @param permutations how many
 * @param bandwidth    h
 */
public record MeanDiscrepancy(double squared, double probability, int permutations, double bandwidth) {
    /**
     * The test.
     *
     * @param x            one sample, n rows of p numbers, finite
     * @param y            the other, m rows
     * @param permutations at least 1
     * @throws IllegalArgumentException if a sample is empty or rows differ in width
     */
    public static MeanDiscrepancy test(double[][] x, double[][] y, int permutations, RandomStream random) {
        if (x.length == 0 || y.length == 0 || permutations < 1) {
            throw new IllegalArgumentException("mmd: samples of " + x.length + " and " + y.length + " rows and " + permutations
                    + " permutations; each must be at least 1");
        }
        double[][] pooled = Arrays.copyOf(x, x.length + y.length);
        System.arraycopy(y, 0, pooled, x.length, y.length);
        double[][] squares = squaredDistances(pooled);
        double bandwidth = medianDistance(squares);
        double[][] kernel = kernel(squares, bandwidth);
        int[] order = new int[pooled.length];
        Arrays.setAll(order, i -> i);
        double observed = statistic(kernel, order, x.length);
        int extreme = 0;
        for (int b = 0; b < permutations; b++) {
            random.shuffle(order);
            // A permutation that gives the very same groups may differ by rounding.
            extreme += statistic(kernel, order, x.length) >= observed - 1e-12 ? 1 : 0;
        }
        return new MeanDiscrepancy(Math.max(0, observed), (1.0 + extreme) / (1.0 + permutations), permutations, bandwidth);
    }

    private static double[][] squaredDistances(double[][] rows) {
        double[][] squares = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < i; j++) {
                if (rows[i].length != rows[j].length) {
                    throw new IllegalArgumentException("mmd: rows of " + rows[i].length + " and " + rows[j].length + " numbers");
                }
                double sum = 0;
                for (int d = 0; d < rows[i].length; d++) {
                    sum += (rows[i][d] - rows[j][d]) * (rows[i][d] - rows[j][d]);
                }
                squares[i][j] = sum;
                squares[j][i] = sum;
            }
        }
        return squares;
    }

    private static double medianDistance(double[][] squares) {
        int n = squares.length;
        double[] all = new double[n * (n - 1) / 2];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                all[at++] = squares[i][j];
            }
        }
        Arrays.sort(all);
        double median = Math.sqrt(all[all.length / 2]);
        return median > 0 ? median : 1;
    }

    private static double[][] kernel(double[][] squares, double bandwidth) {
        double[][] kernel = new double[squares.length][squares.length];
        for (int i = 0; i < squares.length; i++) {
            for (int j = 0; j < squares.length; j++) {
                kernel[i][j] = Elementary.exp(-squares[i][j] / (2 * bandwidth * bandwidth));
            }
        }
        return kernel;
    }

    /** With the first n of the order as one sample and the others as the other: {@code v'K v}, v being 1/n or -1/m. */
    private static double statistic(double[][] kernel, int[] order, int n) {
        double[] v = new double[order.length];
        for (int i = 0; i < v.length; i++) {
            v[order[i]] = i < n ? 1.0 / n : -1.0 / (v.length - n);
        }
        double sum = 0;
        for (int i = 0; i < v.length; i++) {
            double row = 0;
            for (int j = 0; j < v.length; j++) {
                row += kernel[i][j] * v[j];
            }
            sum += v[i] * row;
        }
        return sum;
    }
}
