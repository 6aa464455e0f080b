package intarsia.models.gp;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One output of a block, in rows by their numbers.
 *
 * @param source   the block's number
 * @param share    its standard deviation relative to that of the block's first output
 * @param observed the rows that have the block, ascending
 * @param values   the output in them
 * @param missing  the rows with responses that lack it, ascending
 */
record BlockOutput(int source, double share, int[] observed, double[] values, int[] missing) {
    /** The same where rows have other numbers, -1 for those that are left out. */
    BlockOutput renumbered(int[] numbers) {
        int[] kept = IntStream.range(0, observed.length).filter(i -> numbers[observed[i]] >= 0).toArray();
        return new BlockOutput(source, share, Arrays.stream(kept).map(i -> numbers[observed[i]]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> values[i]).toArray(),
                Arrays.stream(missing).map(row -> numbers[row]).filter(row -> row >= 0).toArray());
    }
}
