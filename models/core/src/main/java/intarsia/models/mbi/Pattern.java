package intarsia.models.mbi;

import intarsia.models.data.Encoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A task's rows and which of all columns it observes. The first column is 1 in every row: the intercept.
 *
 * @param task     its name
 * @param observed for each source, whether it is observed
 * @param from     for each source, its first column, and one past the last column
 * @param x        rows, row-major; zeros where a source is missing
 * @param y        responses as they are learned
 */
record Pattern(String task, boolean[] observed, int[] from, double[] x, double[] y) {
    static Pattern of(Task task, int[] rows, List<Source> sources, Encoding encoding) {
        boolean[] observed = new boolean[sources.size()];
        int[] from = new int[sources.size() + 1];
        from[0] = 1;
        for (int s = 0; s < observed.length; s++) {
            observed[s] = task.blocks().containsKey(sources.get(s));
            from[s + 1] = from[s] + encoding.width(sources.get(s));
        }
        double[] y = Arrays.stream(rows).mapToDouble(i -> encoding.encodeResponse(task.name(), task.response()[i])).toArray();
        return new Pattern(task.name(), observed, from, dense(task.name(), Observations.of(task, rows), sources, encoding), y);
    }

    /** All columns of rows, the ones first; zeros where a source is missing. */
    static double[] dense(String task, Observations rows, List<Source> sources, Encoding encoding) {
        int width = 1 + sources.stream().mapToInt(encoding::width).sum();
        double[] x = new double[rows.size() * width];
        int from = 1;
        for (Source source : sources) {
            int columns = encoding.width(source);
            double[][] block = rows.blocks().get(source);
            double[] encoded = block == null ? new double[rows.size() * columns] : encoding.encode(task, source, block);
            for (int i = 0; i < rows.size(); i++) {
                x[i * width] = 1;
                System.arraycopy(encoded, i * columns, x, i * width + from, columns);
            }
            from += columns;
        }
        return x;
    }

    int width() {
        return from[observed.length];
    }

    /** How many imputations it has: as many as the source with the most donors; 1 if it lacks nothing. */
    int layers(List<Pattern> all) {
        int most = 1;
        for (int s = 0; s < observed.length; s++) {
            most = observed[s] ? most : Math.max(most, donors(s, all).size());
        }
        return most;
    }

    /** The patterns that observe a source. */
    static List<Pattern> donors(int source, List<Pattern> all) {
        return all.stream().filter(pattern -> pattern.observed[source]).toList();
    }

    /** Which columns are observed here and in all of these. */
    boolean[] common(List<Pattern> others) {
        List<Pattern> all = new ArrayList<>(others);
        all.add(this);
        boolean[] common = new boolean[width()];
        common[0] = true;
        for (int s = 0; s < observed.length; s++) {
            int source = s;
            Arrays.fill(common, from[s], from[s + 1], all.stream().allMatch(pattern -> pattern.observed[source]));
        }
        return common;
    }
}
