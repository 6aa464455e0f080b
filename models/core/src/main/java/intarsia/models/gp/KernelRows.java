package intarsia.models.gp;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows as kernels read them.
 *
 * @param tasks    for each row its task, ascending
 * @param sources  for each source the rows that have it
 * @param specific the same with features that do not vary in the training rows of a row's task set to what they are there: what kernels of
 *                 the specific part read
 */
record KernelRows(int[] tasks, SourceRows[] sources, SourceRows[] specific) {
    /** How many rows there are. */
    int size() {
        return tasks.length;
    }

    /** The same rows as those of this task. */
    KernelRows ofTask(int task) {
        int[] same = new int[tasks.length];
        Arrays.fill(same, task);
        return new KernelRows(same, sources, specific);
    }

    /** Rows from one number to another. */
    KernelRows range(int from, int to) {
        return from == 0 && to == size() ? this : select(IntStream.range(from, to).toArray());
    }

    /** Some of the rows, by ascending numbers. */
    KernelRows select(int[] which) {
        SourceRows[] shared = new SourceRows[sources.length];
        SourceRows[] own = new SourceRows[sources.length];
        for (int s = 0; s < shared.length; s++) {
            shared[s] = sources[s].select(which);
            own[s] = specific[s] == sources[s] ? shared[s] : specific[s].select(which);
        }
        return new KernelRows(Arrays.stream(which).map(row -> tasks[row]).toArray(), shared, own);
    }
}
