package intarsia.models.mbi;

import intarsia.models.data.Layout;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of all columns a task observes. The first column is 1 in every row: the intercept; then come the layout's features.
 *
 * @param task     its name
 * @param observed for each source, whether it is observed
 * @param from     for each source, its first column, and one past the last column
 */
record Pattern(String task, boolean[] observed, int[] from) {
    /** Each task's pattern, in the layout's order. */
    static List<Pattern> all(Layout layout) {
        List<Source> sources = layout.sources();
        int[] from = new int[sources.size() + 1];
        from[0] = 1;
        for (int s = 0; s < sources.size(); s++) {
            from[s + 1] = from[s] + layout.widths().get(s);
        }
        List<Pattern> all = new ArrayList<>();
        for (int t = 0; t < layout.tasks().size(); t++) {
            boolean[] observed = new boolean[sources.size()];
            for (int s = 0; s < observed.length; s++) {
                observed[s] = s < layout.anchors().size() || layout.observes(t, sources.get(s));
            }
            all.add(new Pattern(layout.tasks().get(t).name(), observed, from));
        }
        return all;
    }

    int width() {
        return from[observed.length];
    }

    /** How many imputations it has: as many as the source with the most donors; 1 if it lacks nothing. */
    int layers(List<Pattern> all) {
        int most = 1;
        for (int s = 0; s < observed.length; s++) {
            most = observed[s] ? most : Math.max(most, donors(s, all).length);
        }
        return most;
    }

    /** The numbers of the patterns that observe a source. */
    static int[] donors(int source, List<Pattern> all) {
        return IntStream.range(0, all.size()).filter(r -> all.get(r).observed[source]).toArray();
    }

    /** Which columns are observed here and in all of these. */
    boolean[] common(List<Pattern> others) {
        boolean[] common = new boolean[width()];
        common[0] = true;
        for (int s = 0; s < observed.length; s++) {
            int source = s;
            Arrays.fill(common, from[s], from[s + 1], observed[s] && others.stream().allMatch(pattern -> pattern.observed[source]));
        }
        return common;
    }
}
