package intarsia.models.imputation;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.SymmetricEigen;
import java.util.Arrays;

/**
 * A source with many features as a few scores and noise of each feature's own: {@code x = center + B z + e}, B the leading principal
 * components of rows that have the source, a single missing number taken at its center.
 *
 * @param center of each feature
 * @param basis  B, features x scores, its columns orthonormal
 * @param noise  standard deviation of e, of each feature
 */
record SourceLoadings(double[] center, Tensor basis, double[] noise) {
    /** A component is learned from so many rows at least. */
    private static final int ROWS = 5;

    /** Learns from rows of features, NaN where missing; rows without any number say nothing. */
    static SourceLoadings of(double[][] rows, int features, int scores) {
        double[][] there = Arrays.stream(rows).filter(SourceLoadings::any).toArray(double[][]::new);
        double[] center = new double[features];
        for (int f = 0; f < features; f++) {
            int at = f;
            center[f] = Arrays.stream(there).mapToDouble(row -> row[at]).filter(value -> !Double.isNaN(value)).average().orElse(0);
        }
        int n = there.length;
        double[] x = new double[n * features];
        for (int k = 0; k < x.length; k++) {
            double value = there[k / features][k % features];
            x[k] = Double.isNaN(value) ? 0 : value - center[k % features];
        }
        Tensor centered = Tensor.of(Shape.of(n, features), x);
        boolean wide = features > n;
        SymmetricEigen eigen = SymmetricEigen.of(wide ? Matrices.rowGram(centered) : Matrices.gram(centered));
        int kept = 1;
        while (kept < Math.min(scores, n / ROWS) && eigen.values().at(kept) > 1e-12 * eigen.values().at(0)) {
            kept++;
        }
        Tensor basis = Matrices.leadingColumns(eigen.vectors(), kept);
        if (wide) {
            basis = Matrices.product(centered, true, basis, false);
            for (int k = 0; k < basis.size(); k++) {
                basis.doubles()[k] /= Math.sqrt(Math.max(Double.MIN_NORMAL, eigen.values().at(k % kept)));
            }
        }
        SourceLoadings bare = new SourceLoadings(center, basis, new double[features]);
        double[] noise = new double[features];
        int[] seen = new int[features];
        for (double[] row : there) {
            double[] scored = bare.scores(row);
            for (int f = 0; f < features; f++) {
                if (!Double.isNaN(row[f])) {
                    double residual = row[f] - bare.feature(scored, f);
                    noise[f] += residual * residual;
                    seen[f]++;
                }
            }
        }
        for (int f = 0; f < features; f++) {
            noise[f] = Math.sqrt(noise[f] / Math.max(1, seen[f]));
        }
        return new SourceLoadings(center, basis, noise);
    }

    private static boolean any(double[] row) {
        return Arrays.stream(row).anyMatch(value -> !Double.isNaN(value));
    }

    int count() {
        return basis.shape().columns();
    }

    /** The scores of a row; NaN if it has no number. */
    double[] scores(double[] row) {
        double[] scores = new double[count()];
        if (!any(row)) {
            Arrays.fill(scores, Double.NaN);
            return scores;
        }
        for (int f = 0; f < row.length; f++) {
            double value = Double.isNaN(row[f]) ? 0 : row[f] - center[f];
            for (int k = 0; k < scores.length; k++) {
                scores[k] = Math.fma(value, basis.get(f, k), scores[k]);
            }
        }
        return scores;
    }

    /** A feature without its noise. */
    double feature(double[] scores, int f) {
        double sum = center[f];
        for (int k = 0; k < scores.length; k++) {
            sum = Math.fma(basis.get(f, k), scores[k], sum);
        }
        return sum;
    }
}
