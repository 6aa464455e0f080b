package intarsia.models.gp;

import java.util.Arrays;

/**
 * Where each hyperparameter stands in a vector of all, and which tasks share a function.
 *
 * @param sources how many sources
 * @param noisy   for each task whether its responses have noise of unknown variance
 * @param rank    of the tasks' shared covariance; 0 if tasks of a group share one function
 * @param groups  for each task the number of its group; all alike where all share
 * @param anchors how many of the sources are anchors, where blocks are outputs; else 0
 * @param outputs how many outputs all blocks have; 0 where blocks are no outputs
 */
record HyperparameterIndex(int sources, boolean[] noisy, int rank, int[] groups, int anchors, int outputs) {
    private static final int KINDS = KernelKind.values().length;
    private static final int OF_SOURCE = 2 * KINDS + 1;

    /** With all tasks in one group. */
    HyperparameterIndex(int sources, boolean[] noisy, int rank) {
        this(sources, noisy, rank, new int[noisy.length], 0, 0);
    }

    /** The same hyperparameters, of other groups. */
    HyperparameterIndex grouped(int[] other) {
        return new HyperparameterIndex(sources, noisy, rank, other.clone(), anchors, outputs);
    }

    /** With one more task, the last. */
    HyperparameterIndex and(boolean noise, int group) {
        boolean[] all = Arrays.copyOf(noisy, tasks() + 1);
        all[tasks()] = noise;
        int[] more = Arrays.copyOf(groups, tasks() + 1);
        more[tasks()] = group;
        return new HyperparameterIndex(sources, all, rank, more, anchors, outputs);
    }

    int tasks() {
        return noisy.length;
    }

    int constant(int part) {
        return part;
    }

    int weight(int part, int source, KernelKind kind) {
        return 2 + source * OF_SOURCE + part * KINDS + kind.ordinal();
    }

    int length(int source) {
        return 2 + source * OF_SOURCE + 2 * KINDS;
    }

    /** The level of all tasks' noise. */
    int noise() {
        return 2 + sources * OF_SOURCE;
    }

    /** A task's deviation from the level of noise. */
    int noise(int task) {
        return noise() + 1 + task;
    }

    int loading(int task, int factor) {
        return noise() + 1 + tasks() + task * rank + factor;
    }

    /** The scale of a task's specific part. */
    int scale(int task) {
        return noise() + 1 + tasks() * (1 + rank) + task;
    }

    /** An output of a block, by its number among all. */
    OutputIndex output(int k) {
        return new OutputIndex(noise() + 1 + tasks() * (rank == 0 ? 1 : 2 + rank) + k * OutputIndex.size(anchors), anchors);
    }

    int size() {
        return output(outputs).from();
    }

    /** Whether any task has noise of unknown variance. */
    boolean anyNoisy() {
        for (boolean one : noisy) {
            if (one) {
                return true;
            }
        }
        return false;
    }
}
