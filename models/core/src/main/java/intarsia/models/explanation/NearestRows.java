package intarsia.models.explanation;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Column;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows that are alike: the mean over columns of distances between 0 and 1 (Gower 1971). Of two numbers it is their difference over the
 * range of the rows, of codes whether they differ; a missing cell is 0 away from a missing one, 1 from any other.
 *
 * <p>A draw from the {@value #NEAREST} nearest rows stands for one from the distribution of a block given the other columns; such draws
 * test conditional independence (Runge 2018). To measure importance by them is ours. With few rows, or many columns, the nearest rows are
 * not near, and the draw is closer to one from all rows.
 */
public final class NearestRows {
    /** So many are drawn from. */
    public static final int NEAREST = 5;

    private final List<double[]> columns = new ArrayList<>();
    private final List<Double> ranges = new ArrayList<>();

    /** Of all rows that follow: columns are compared in the order in which they are added. */
    NearestRows() {}

    /**
     * With a column.
     *
     * @param cells one a row, NaN where it is missing
     */
    private void add(Column column, double[] cells) {
        double[] seen = Arrays.stream(cells).filter(cell -> !Double.isNaN(cell)).toArray();
        double low = Arrays.stream(seen).min().orElse(0);
        double high = Arrays.stream(seen).max().orElse(0);
        if (low < high || seen.length < cells.length) {
            columns.add(cells);
            // Halved, since a range of all numbers there are is beyond them; codes differ or do not.
            ranges.add(column.kind() == Column.Kind.CATEGORICAL ? 0.0 : high / 2 - low / 2);
        }
    }

    /** By all columns of some sources. */
    public static NearestRows of(Observations rows, List<Source> sources) {
        NearestRows nearest = new NearestRows();
        sources.stream().sorted(Comparator.comparing(Source::name)).forEach(source -> nearest.add(rows, source,
                new boolean[source.columns().size()]));
        return nearest;
    }

    private void add(Observations rows, Source source, boolean[] leftOut) {
        source.columnsByName().forEach(column -> {
            int j = source.columnNumbers().get(column.name());
            if (!leftOut[j]) {
                add(column, Arrays.stream(rows.blocks().get(source)).mapToDouble(row -> row[j]).toArray());
            }
        });
    }

    /** For each row one of those nearest to it in all columns but some of a source's. O(n^2 p). */
    static int[] drawn(Observations rows, Source changed, boolean[] leftOut, RandomStream random) {
        NearestRows nearest = new NearestRows();
        rows.blocks().keySet().stream().sorted(Comparator.comparing(Source::name)).forEach(source ->
                nearest.add(rows, source, source.equals(changed) ? leftOut : new boolean[source.columns().size()]));
        int[] all = IntStream.range(0, rows.size()).toArray();
        int[] drawn = new int[rows.size()];
        for (int i = 0; i < drawn.length; i++) {
            int row = i;
            int[] from = nearest.to(row, Arrays.stream(all).filter(other -> other != row).toArray());
            drawn[i] = from.length == 0 ? row : from[random.nextInt(from.length)];
        }
        return drawn;
    }

    /** The {@value #NEAREST} nearest of some rows, ties in the order of the rows. O(rows x columns), less where most rows are far. */
    public int[] to(int row, int[] among) {
        int[] nearest = new int[Math.min(NEAREST, among.length)];
        double[] distances = new double[nearest.length];
        int found = 0;
        for (int other : among) {
            double far = found < nearest.length ? Double.POSITIVE_INFINITY : distances[found - 1];
            double distance = distance(row, other, far);
            if (found < nearest.length || distance < far) {
                int place = found < nearest.length ? found++ : found - 1;
                for (; place > 0 && distances[place - 1] > distance; place--) {
                    distances[place] = distances[place - 1];
                    nearest[place] = nearest[place - 1];
                }
                distances[place] = distance;
                nearest[place] = other;
            }
        }
        return nearest;
    }

    /** The distance of two rows; of those that are as far as this or farther, some number that is. */
    private double distance(int a, int b, double far) {
        double sum = 0;
        for (int j = 0; j < columns.size() && !(sum >= far); j++) {
            double x = columns.get(j)[a];
            double y = columns.get(j)[b];
            double range = ranges.get(j);
            sum += Double.isNaN(x) || Double.isNaN(y) ? Double.isNaN(x) && Double.isNaN(y) ? 0 : 1
                    : x == y ? 0 : range == 0 ? 1 : Math.abs(x / 2 - y / 2) / range;
        }
        return sum;
    }
}
