package intarsia.models.explanation;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Column;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

    /** Numbers of columns that all rows have, each less the smallest and over the range, row after row: between 0 and 1. */
    private final double[][] numbers;
    /** Cells of all other columns, numbers among them in the same way; NaN where one is missing. */
    private final double[][] cells;
    /** Which of these are codes. */
    private final boolean[] codes;

    private NearestRows(double[][] numbers, double[][] cells, boolean[] codes) {
        this.numbers = numbers;
        this.cells = cells;
        this.codes = codes;
    }

    /** By all columns of some sources. */
    public static NearestRows of(Observations rows, List<Source> sources) {
        return of(rows, sources, null, new boolean[0]);
    }

    /** By all columns of some sources but those that are left out of one; columns in the order of names. */
    private static NearestRows of(Observations rows, List<Source> sources, Source changed, boolean[] leftOut) {
        List<double[]> numbers = new ArrayList<>();
        List<double[]> others = new ArrayList<>();
        List<Boolean> codes = new ArrayList<>();
        for (Source source : sources.stream().sorted(Comparator.comparing(Source::name)).toList()) {
            double[][] block = rows.blocks().get(source);
            Map<String, Integer> places = source.columnNumbers();
            for (Column column : source.columnsByName()) {
                int j = places.get(column.name());
                if (source.equals(changed) && leftOut[j]) {
                    continue;
                }
                double[] cells = Arrays.stream(block).mapToDouble(row -> row[j]).toArray();
                double low = Arrays.stream(cells).filter(cell -> !Double.isNaN(cell)).min().orElse(0);
                double high = Arrays.stream(cells).filter(cell -> !Double.isNaN(cell)).max().orElse(0);
                boolean whole = Arrays.stream(cells).noneMatch(Double::isNaN);
                // Halved, since a range of all numbers there are is beyond them; codes differ or do not.
                double range = column.kind() == Column.Kind.CATEGORICAL ? 0 : high / 2 - low / 2;
                if (range > 0) {
                    (whole ? numbers : others).add(Arrays.stream(cells).map(cell -> (cell / 2 - low / 2) / range).toArray());
                    codes.addAll(whole ? List.of() : List.of(false));
                } else if (low < high || !whole) {
                    others.add(cells);
                    codes.add(true);
                }
            }
        }
        boolean[] areCodes = new boolean[codes.size()];
        IntStream.range(0, areCodes.length).forEach(j -> areCodes[j] = codes.get(j));
        return new NearestRows(byRow(numbers, rows.size()), byRow(others, rows.size()), areCodes);
    }

    private static double[][] byRow(List<double[]> columns, int rows) {
        return IntStream.range(0, rows).mapToObj(i -> columns.stream().mapToDouble(column -> column[i]).toArray()).toArray(double[][]::new);
    }

    /** For each row one of those nearest to it in all columns but some of a source's. O(n^2 p). */
    static int[] drawn(Observations rows, Source changed, boolean[] leftOut, RandomStream random) {
        NearestRows nearest = of(rows, List.copyOf(rows.blocks().keySet()), changed, leftOut);
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
        double[] x = numbers[a];
        double[] y = numbers[b];
        double sum = 0;
        int j = 0;
        for (; j + 4 <= x.length && sum < far; j += 4) {
            sum += Math.abs(x[j] - y[j]) + Math.abs(x[j + 1] - y[j + 1]) + (Math.abs(x[j + 2] - y[j + 2]) + Math.abs(x[j + 3] - y[j + 3]));
        }
        for (; j < x.length && sum < far; j++) {
            sum += Math.abs(x[j] - y[j]);
        }
        for (int k = 0; k < codes.length && sum < far; k++) {
            double of = cells[a][k];
            double other = cells[b][k];
            boolean lacks = Double.isNaN(of);
            sum += lacks || Double.isNaN(other) ? lacks == Double.isNaN(other) ? 0 : 1
                    : codes[k] ? of == other ? 0 : 1 : Math.abs(of - other);
        }
        return sum;
    }
}
