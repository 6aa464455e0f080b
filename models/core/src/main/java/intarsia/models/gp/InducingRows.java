package intarsia.models.gp;

import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
import java.util.Arrays;

/**
 * Rows that stand for many: the pivots of a randomly pivoted Cholesky factorization of the rows' covariance. Each is drawn with a
 * probability proportional to its variance given those before it, which keeps the trace of K - Q near the least that any rank m has (Chen,
 * Epperly, Tropp &amp; Webber 2024); the largest such variance, as others take it, is that of outlying rows. They are drawn from at most
 * {@value #CANDIDATES} candidates for each that is wanted, spread evenly over all rows. O(c m^2) for c candidates and m rows; keeps c m
 * numbers.
 */
final class InducingRows {
    private static final int CANDIDATES = 16;
    /** Fewer where their table would have more numbers; but twice as many as are wanted. */
    private static final int KEPT = 1 << 24;
    /** Given rows that leave less than this share of its variance, a row says nothing new. */
    private static final double VANISHING = 1e-10;
    private static final int PANEL = 256;

    private InducingRows() {}

    /**
     * Chooses rows.
     *
     * @param most how many at most; fewer where they say all that there is to say
     */
    static TrainingRows choose(MultitaskGp.KernelSet kernels, TrainingRows rows, Hyperparameters h, int most, RandomStream random,
            Pool pool) {
        int candidates = (int) Math.min(rows.size(), Math.min((long) CANDIDATES * most, Math.max(2L * most, KEPT / most)));
        TrainingRows some = candidates < rows.size() ? rows.some(candidates) : rows;
        return some.select(pivots(some.cross(kernels), some.rows(), h, most, random, pool));
    }

    /** The numbers of the pivots, ascending. */
    static int[] pivots(CrossCovariance covariance, KernelRows rows, Hyperparameters h, int most, RandomStream random, Pool pool) {
        int n = rows.size();
        int columns = Math.min(most, n);
        double[] rest = covariance.variances(h, rows);
        double[] factor = new double[n * columns];
        int[] chosen = new int[columns];
        double[] least = Arrays.stream(rest).map(variance -> VANISHING * variance).toArray();
        int count = 0;
        while (count < columns) {
            int pivot = drawn(rest, least, random);
            if (pivot < 0) {
                break;
            }
            double[] column = covariance.of(h, rows.select(new int[] {pivot})).covariance();
            double root = Math.sqrt(rest[pivot]);
            int at = count;
            pool.run((n + PANEL - 1) / PANEL, panel -> {
                for (int i = panel * PANEL; i < Math.min(n, (panel + 1) * PANEL); i++) {
                    double entry = (column[i] - GpPosterior.dot(factor, i * columns, factor, pivot * columns, at)) / root;
                    factor[i * columns + at] = entry;
                    rest[i] -= entry * entry;
                }
            });
            rest[pivot] = 0;
            chosen[count++] = pivot;
        }
        return Arrays.stream(chosen, 0, count).sorted().toArray();
    }

    /** A row, with a probability proportional to its variance; -1 if all vanish. */
    private static int drawn(double[] variances, double[] least, RandomStream random) {
        double total = 0;
        for (int i = 0; i < variances.length; i++) {
            total += variances[i] > least[i] ? variances[i] : 0;
        }
        double left = random.nextDouble() * total;
        int drawn = -1;
        for (int i = 0; i < variances.length && (left >= 0 || drawn < 0); i++) {
            if (variances[i] > least[i]) {
                drawn = i;
                left -= variances[i];
            }
        }
        return drawn;
    }
}
