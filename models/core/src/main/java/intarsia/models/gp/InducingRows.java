package intarsia.models.gp;

import intarsia.linalg.Pool;
import java.util.Arrays;

/**
 * Rows that stand for many: the pivots of a pivoted Cholesky factorization of the rows' covariance. Each is the row whose variance given
 * those before it is largest, which keeps the trace of K - Q small (Fine &amp; Scheinberg 2001; as inducing points Burt, Rasmussen &amp; van
 * der Wilk 2020). They are chosen among at most {@value #CANDIDATES} candidates for each that is wanted, spread evenly over all rows.
 * O(c m^2) for c candidates and m rows; keeps c m numbers.
 */
final class InducingRows {
    private static final int CANDIDATES = 16;
    /** Given rows that leave less than this share of the largest variance, a row says nothing new. */
    private static final double VANISHING = 1e-10;
    private static final int PANEL = 256;

    private InducingRows() {}

    /**
     * Chooses rows.
     *
     * @param most how many at most; fewer where they say all that there is to say
     */
    static TrainingRows choose(MultitaskGp.KernelSet kernels, TrainingRows rows, Hyperparameters h, int most, Pool pool) {
        int candidates = (int) Math.min(rows.size(), (long) CANDIDATES * most);
        TrainingRows some = candidates < rows.size() ? rows.some(candidates) : rows;
        return some.select(pivots(some.cross(kernels), some.rows(), h, most, pool));
    }

    /** The numbers of the pivots, ascending. */
    static int[] pivots(CrossCovariance covariance, KernelRows rows, Hyperparameters h, int most, Pool pool) {
        int n = rows.size();
        int columns = Math.min(most, n);
        double[] rest = covariance.variances(h, rows);
        double[] factor = new double[n * columns];
        int[] chosen = new int[columns];
        double least = 0;
        int count = 0;
        while (count < columns) {
            int pivot = largest(rest);
            least = count == 0 ? VANISHING * rest[pivot] : least;
            if (!(rest[pivot] > least)) {
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

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }
}
