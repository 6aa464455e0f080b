package intarsia.models.imputation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rows with missing numbers, together with those that miss the same ones.
 *
 * @param d        how many numbers a row has
 * @param x        the numbers, row after row; NaN where missing
 * @param patterns what is missing together, in the order of the first row of each; rows that miss nothing are in none
 */
record IncompleteRows(int d, double[] x, List<Pattern> patterns) {
    /**
     * Rows that miss the same numbers.
     *
     * @param missing  places of the missing numbers
     * @param observed places of the others
     * @param rows     which rows they are
     */
    record Pattern(int[] missing, int[] observed, int[] rows) {}

    static IncompleteRows of(int d, double[] x) {
        Map<BitSet, List<Integer>> found = new LinkedHashMap<>();
        for (int i = 0; i < x.length / Math.max(1, d); i++) {
            BitSet missing = new BitSet(d);
            for (int j = 0; j < d; j++) {
                missing.set(j, Double.isNaN(x[i * d + j]));
            }
            found.computeIfAbsent(missing, of -> new ArrayList<>()).add(i);
        }
        List<Pattern> patterns = new ArrayList<>();
        found.forEach((missing, rows) -> {
            if (!missing.isEmpty()) {
                patterns.add(new Pattern(missing.stream().toArray(), IntStream.range(0, d).filter(j -> !missing.get(j)).toArray(),
                        rows.stream().mapToInt(Integer::intValue).toArray()));
            }
        });
        return new IncompleteRows(d, x, List.copyOf(patterns));
    }

    int size() {
        return d == 0 ? 0 : x.length / d;
    }

    /** The same rows with some columns only. */
    IncompleteRows columns(int[] kept) {
        double[] part = new double[size() * kept.length];
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < kept.length; j++) {
                part[i * kept.length + j] = x[i * d + kept[j]];
            }
        }
        return of(kept.length, part);
    }

    /** The numbers seen in a column. */
    double[] seen(int column) {
        return IntStream.range(0, size()).mapToDouble(i -> x[i * d + column]).filter(value -> !Double.isNaN(value)).toArray();
    }

    /** The most numbers that a row misses. */
    int mostMissing() {
        return patterns.stream().mapToInt(pattern -> pattern.missing.length).max().orElse(0);
    }

    double[] copy() {
        return Arrays.copyOf(x, x.length);
    }
}
