package intarsia.models.evaluation;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Scaled;
import intarsia.linalg.decomposition.SymmetricEigen;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether tasks' responses depend on features in the same way, whatever the features' distributions: a test of {@code E[y | x, task t] =
 * f(x) + b_t}.
 *
 * <pre>
 * k(a, b) = a'b / p + (a'b / p)^2 + exp(-||a - b||^2 / (2 h^2))          h the median distance of two rows
 * together: kernel ridge regression of all rows by k + 100 [same task], lambda by leave-one-out
 * r = M y its residuals, M = lambda (K + 100 [same task] + lambda I)^-1    y centered within tasks, their deviation from that 1
 * Q(r) = sum over tasks of  sum_{i != j in the task} r_i r_j k(x_i, x_j)  large where a task's residuals have a pattern of their own
 * y* = y - r + residuals r_i / sqrt(M_ii), centered and permuted within each task;   r* = M y*
 * p = (1 + permutations whose Q(r*) is not smaller than Q(r)) / (1 + permutations)
 * gain = 1 - squared leave-one-out errors of each task alone / those of all together
 * </pre>
 *
 * Q is the score of a task-specific part's variance (Liu, Lin &amp; Ghosh 2007); residuals are permuted as by Freedman &amp; Lane (1983),
 * so that features stay where they are and differences in their distributions are no disagreement. The combination is ours; p is exact in
 * the limit of many rows only. O(n^3 + permutations n^2).
 *
 * @param gain         above 0: each task alone predicts better than all together, as far as this regression goes
 * @param probability  p; at least 1 / (1 + permutations)
 * @param permutations how many
 */
public record ResponseDisagreement(double gain, double probability, int permutations) {
    /** The prior variance of offsets. */
    private static final double OFFSETS = 100;
    private static final double[] RIDGES = IntStream.rangeClosed(-6, 6).mapToDouble(k -> StrictMath.pow(10, k / 2.0)).toArray();

    /**
     * The test.
     *
     * @param x            for each task its rows of p numbers each, standardized, finite; at least 3 rows a task
     * @param y            for each task the rows' responses
     * @param permutations at least 1
     * @throws IllegalArgumentException if there are fewer than two tasks, a task has too few rows, or numbers of rows differ
     */
    public static ResponseDisagreement test(double[][][] x, double[][] y, int permutations, RandomStream random) {
        if (x.length < 2 || x.length != y.length || permutations < 1
                || IntStream.range(0, x.length).anyMatch(t -> x[t].length < 3 || x[t].length != y[t].length)) {
            throw new IllegalArgumentException("disagreement: " + x.length + " tasks of " + Arrays.toString(Arrays.stream(x)
                    .mapToInt(rows -> rows.length).toArray()) + " rows and " + permutations
                    + " permutations; two tasks are needed, three rows each with their responses, and one permutation");
        }
        double[][] rows = Arrays.stream(x).flatMap(Arrays::stream).toArray(double[][]::new);
        double[] all = standardized(y);
        int[] first = new int[x.length + 1];
        for (int t = 0; t < x.length; t++) {
            first[t + 1] = first[t] + x[t].length;
        }
        double[][] kernel = kernel(rows);
        Smoother together = Smoother.best(withOffsets(kernel, first), all);
        double alone = 0;
        for (int t = 0; t < x.length; t++) {
            int from = first[t];
            int to = first[t + 1];
            double[][] own = Arrays.stream(kernel, from, to).map(row -> Arrays.copyOfRange(row, from, to)).toArray(double[][]::new);
            alone += Smoother.best(withOffsets(own, new int[] {0, to - from}), Arrays.copyOfRange(all, from, to)).error;
        }
        double[] residuals = together.residuals(all);
        double observed = score(kernel, residuals, first);
        double[] fitted = IntStream.range(0, all.length).mapToDouble(i -> all[i] - residuals[i]).toArray();
        double[] noise = noise(residuals, together.left, first);
        int extreme = 0;
        for (int b = 0; b < permutations; b++) {
            double[] drawn = all.clone();
            for (int t = 0; t < x.length; t++) {
                int[] order = IntStream.range(first[t], first[t + 1]).toArray();
                random.shuffle(order);
                for (int i = first[t]; i < first[t + 1]; i++) {
                    drawn[i] = fitted[i] + noise[order[i - first[t]]];
                }
            }
            extreme += score(kernel, together.residuals(drawn), first) >= observed ? 1 : 0;
        }
        return new ResponseDisagreement(together.error > 0 ? 1 - alone / together.error : 0, (1.0 + extreme) / (1 + permutations),
                permutations);
    }

    private static double[] standardized(double[][] y) {
        int unit = Scaled.of(Tensor.vector(Arrays.stream(y).flatMapToDouble(Arrays::stream).toArray())).exponent();
        double[] all = Arrays.stream(y).map(of -> Arrays.stream(of).map(v -> Math.scalb(v, -unit)).toArray()).flatMapToDouble(of -> {
            double mean = Arrays.stream(of).average().orElse(0);
            return Arrays.stream(of).map(v -> v - mean);
        }).toArray();
        double scale = Math.sqrt(Arrays.stream(all).map(v -> v * v).sum() / all.length);
        return Arrays.stream(all).map(v -> scale > 0 ? v / scale : 0).toArray();
    }

    private static double[][] withOffsets(double[][] kernel, int[] first) {
        double[][] with = Arrays.stream(kernel).map(double[]::clone).toArray(double[][]::new);
        for (int t = 0; t + 1 < first.length; t++) {
            for (int i = first[t]; i < first[t + 1]; i++) {
                for (int j = first[t]; j < first[t + 1]; j++) {
                    with[i][j] += OFFSETS;
                }
            }
        }
        return with;
    }

    private static double[] noise(double[] residuals, double[] left, int[] first) {
        double[] noise = new double[residuals.length];
        for (int t = 0; t + 1 < first.length; t++) {
            double mean = 0;
            for (int i = first[t]; i < first[t + 1]; i++) {
                noise[i] = residuals[i] / Math.sqrt(left[i]);
                mean += noise[i] / (first[t + 1] - first[t]);
            }
            for (int i = first[t]; i < first[t + 1]; i++) {
                noise[i] -= mean;
            }
        }
        return noise;
    }

    /** Q. */
    private static double score(double[][] kernel, double[] r, int[] first) {
        double sum = 0;
        for (int t = 0; t + 1 < first.length; t++) {
            for (int i = first[t]; i < first[t + 1]; i++) {
                for (int j = first[t]; j < i; j++) {
                    sum += 2 * r[i] * r[j] * kernel[i][j];
                }
            }
        }
        return sum;
    }

    private static double[][] kernel(double[][] rows) {
        int n = rows.length;
        double[][] products = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                for (int d = 0; d < rows[i].length; d++) {
                    products[i][j] += rows[i][d] * rows[j][d];
                }
                products[j][i] = products[i][j];
            }
        }
        double[] squares = IntStream.range(0, n).boxed().flatMapToDouble(i -> IntStream.range(0, i).mapToDouble(j ->
                Math.max(0, products[i][i] + products[j][j] - 2 * products[i][j]))).sorted().toArray();
        double median = squares[squares.length / 2] > 0 ? squares[squares.length / 2] : 1;
        double[][] kernel = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double linear = products[i][j] / rows[i].length;
                double distance = Math.max(0, products[i][i] + products[j][j] - 2 * products[i][j]);
                kernel[i][j] = linear + linear * linear + Elementary.exp(-distance / (2 * median));
            }
        }
        return kernel;
    }

    /**
     * Kernel ridge regression of some rows.
     *
     * @param vectors eigenvectors of K, a column each
     * @param shrunk  for each {@code lambda / (d + lambda)}
     * @param left    the diagonal of M
     * @param error   the sum of squared leave-one-out errors
     */
    private record Smoother(double[][] vectors, double[] shrunk, double[] left, double error) {
        /** With the lambda of the least leave-one-out error. */
        static Smoother best(double[][] kernel, double[] y) {
            SymmetricEigen eigen = SymmetricEigen.of(Tensor.matrix(kernel));
            int n = y.length;
            double[][] vectors = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < n; k++) {
                    vectors[i][k] = eigen.vectors().get(i, k);
                }
            }
            Smoother best = null;
            for (double ridge : RIDGES) {
                double[] shrunk = IntStream.range(0, n).mapToDouble(k -> ridge / (Math.max(0, eigen.values().at(k)) + ridge)).toArray();
                double[] left = Arrays.stream(vectors).mapToDouble(row -> IntStream.range(0, n).mapToDouble(k ->
                        row[k] * row[k] * shrunk[k]).sum()).toArray();
                double[] r = residuals(vectors, shrunk, y);
                double error = IntStream.range(0, n).mapToDouble(i -> r[i] * r[i] / (left[i] * left[i])).sum();
                best = best == null || error < best.error ? new Smoother(vectors, shrunk, left, error) : best;
            }
            return best;
        }

        double[] residuals(double[] y) {
            return residuals(vectors, shrunk, y);
        }

        /** {@code U diag(shrunk) U'y}. */
        private static double[] residuals(double[][] vectors, double[] shrunk, double[] y) {
            double[] inner = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                for (int k = 0; k < y.length; k++) {
                    inner[k] += vectors[i][k] * y[i];
                }
            }
            double[] r = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                for (int k = 0; k < y.length; k++) {
                    r[i] += vectors[i][k] * shrunk[k] * inner[k];
                }
            }
            return r;
        }
    }
}
