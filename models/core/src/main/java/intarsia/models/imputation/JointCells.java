package intarsia.models.imputation;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.evaluation.NormalDistribution;
import java.util.Map;

/**
 * Missing numbers of rows under a {@link JointNormal}, and the cells that they stand for.
 *
 * @param d        how many numbers a row has
 * @param values   whole rows: means of missing numbers, or draws
 * @param means    of missing numbers
 * @param spreads  standard deviations of missing numbers; 0 where known
 * @param random   what else is drawn; null where means are wanted
 */
record JointCells(int d, double[] values, double[] means, double[] spreads, RandomStream random) {
    /** At their means. */
    static JointCells expected(JointNormal normal, IncompleteRows rows) {
        return of(normal, rows, null);
    }

    /** Drawn. */
    static JointCells drawn(JointNormal normal, IncompleteRows rows, RandomStream random) {
        return of(normal, rows, random);
    }

    private static JointCells of(JointNormal normal, IncompleteRows rows, RandomStream random) {
        int d = rows.d();
        double[] values = rows.copy();
        double[] means = rows.copy();
        double[] spreads = new double[values.length];
        for (IncompleteRows.Pattern pattern : rows.patterns()) {
            JointNormal.Conditional conditional = normal.given(pattern.observed(), pattern.missing());
            int m = pattern.missing().length;
            Tensor expected = conditional.means(values, pattern.rows());
            Tensor deviations = random == null ? null : conditional.deviations(pattern.rows().length, random);
            Tensor covariance = random == null ? null : conditional.covariance();
            for (int k = 0; k < expected.size(); k++) {
                int at = pattern.rows()[k / m] * d + pattern.missing()[k % m];
                means[at] = expected.at(k);
                values[at] = expected.at(k) + (random == null ? 0 : deviations.at(k));
                spreads[at] = random == null ? 0 : Math.sqrt(covariance.get(k % m, k % m));
            }
        }
        return new JointCells(d, values, means, spreads, random == null ? null : random.child("noise"));
    }

    /**
     * A source's cells in some rows. A drawn 0/1 cell is 1 with the probability that is its mean: where its deviation, taken as a
     * probability of the normal distribution, is among that share of the highest. Deviations depend on each other as those of quantities
     * do. Levels are asked one after the other in the same way.
     */
    double[][] cells(JointEncoding encoding, int s, int firstRow, int count) {
        Source source = encoding.sources().get(s);
        Map<String, Integer> numbers = source.columnNumbers();
        double[][] noise = noise(encoding, s, firstRow, count);
        double[][] cells = new double[count][source.columns().size()];
        int f = 0;
        for (Column column : source.columnsByName()) {
            int to = numbers.get(column.name());
            for (int i = 0; i < count; i++) {
                int row = firstRow + i;
                cells[i][to] = switch (column.kind()) {
                    case CONTINUOUS -> encoding.decode(s, f, encoding.feature(s, f, values, row * d) + (noise == null ? 0 : noise[i][f]));
                    case BINARY -> level(encoding, s, f, 1, row, noise == null ? null : noise[i]) == 0 ? 1 : 0;
                    case CATEGORICAL -> level(encoding, s, f, column.width(), row, noise == null ? null : noise[i]);
                };
            }
            f += column.width();
        }
        return cells;
    }

    /** What features vary by besides their components; null where there are none, or nothing is drawn. */
    private double[][] noise(JointEncoding encoding, int s, int firstRow, int count) {
        SourceLoadings loadings = encoding.loadings().get(s);
        if (loadings == null || random == null) {
            return null;
        }
        double[][] noise = new double[count][loadings.noise().length];
        for (int i = 0; i < count; i++) {
            RandomStream own = random.child(encoding.sources().get(s).name(), firstRow + i);
            for (int f = 0; f < noise[i].length; f++) {
                noise[i][f] = loadings.noise()[f] * own.nextGaussian();
            }
        }
        return noise;
    }

    /** The first of some levels that a row is at; their count if it is at none, which one alone may be and several may not. */
    private int level(JointEncoding encoding, int s, int first, int count, int row, double[] noise) {
        double[] p = new double[count];
        double sum = 0;
        int best = 0;
        boolean drawn = false;
        for (int k = 0; k < count; k++) {
            p[k] = Math.clamp(encoding.decode(s, first + k, encoding.feature(s, first + k, means, row * d)), 0, 1);
            sum += p[k];
            best = p[k] > p[best] ? k : best;
            drawn |= random != null && encoding.spread(s, first + k, spreads, row * d) > 0;
        }
        if (!drawn || sum == 0) {
            return count > 1 || p[0] >= 0.5 ? best : count;
        }
        double left = count == 1 ? 1 : sum;
        for (int k = 0; k < count; k++) {
            int f = first + k;
            double spread = encoding.spread(s, f, spreads, row * d);
            double z = spread == 0 ? 0 : (encoding.feature(s, f, values, row * d) - encoding.feature(s, f, means, row * d)
                    + (noise == null ? 0 : noise[f])) / spread;
            if (p[k] > 0 && (count > 1 && p[k] >= left * (1 - 1e-12) || NormalDistribution.below(-z) < p[k] / left)) {
                return k;
            }
            left -= p[k];
        }
        return count == 1 ? 1 : best;
    }
}
