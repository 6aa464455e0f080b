package intarsia.models.dual;

import intarsia.linalg.RandomStream;
import java.util.Arrays;

/** Rows dealt into folds. */
final class Folds {
    private Folds() {}

    /**
     * Row numbers in folds whose sizes differ by one at most, each in ascending order.
     *
     * @throws IllegalArgumentException unless there are at least 2 folds and a row for each
     */
    static int[][] deal(int rows, int folds, RandomStream random) {
        if (folds < 2 || folds > rows) {
            throw new IllegalArgumentException(folds + " folds of " + rows + " rows: needs at least 2, and a row for each");
        }
        int[] order = random.permutation(rows);
        int[][] dealt = new int[folds][];
        for (int fold = 0; fold < folds; fold++) {
            int first = fold;
            dealt[fold] = java.util.stream.IntStream.range(0, rows).filter(i -> i % folds == first).map(i -> order[i]).sorted().toArray();
        }
        return dealt;
    }

    /** All rows but one fold's, in ascending order. */
    static int[] without(int[][] folds, int left) {
        return java.util.stream.IntStream.range(0, folds.length).filter(fold -> fold != left).boxed().flatMapToInt(fold -> Arrays.stream(folds[fold]))
                .sorted().toArray();
    }
}
