package intarsia.models.gp;

import java.util.Arrays;

/**
 * What a Gaussian process learns from.
 *
 * @param measured  the rows, task after task, without what is imputed
 * @param rows      the same made whole
 * @param divisors  what belongs to each source
 * @param responses the rows' responses
 * @param blocks    blocks as outputs; null where they are none
 */
record TrainingRows(KernelRows measured, KernelRows rows, Divisors[] divisors, Responses responses, BlockOutputs blocks) {
    /** Where blocks are no outputs. */
    TrainingRows(KernelRows measured, KernelRows rows, Divisors[] divisors, Responses responses) {
        this(measured, rows, divisors, responses, null);
    }

    /** With blocks as outputs. */
    TrainingRows with(BlockOutputs outputs) {
        return new TrainingRows(measured, rows, divisors, responses, outputs);
    }

    int size() {
        return responses.size();
    }

    Covariance covariance(MultitaskGp.KernelSet kernels) {
        return new Covariance(kernels, rows, divisors, responses.families().size());
    }

    CrossCovariance cross(MultitaskGp.KernelSet kernels) {
        return new CrossCovariance(kernels, rows, divisors, responses.families().size());
    }

    /** About so many of the rows, evenly from every task, at least one of each. */
    TrainingRows some(int count) {
        int tasks = responses.families().size();
        int[] first = Covariance.firsts(responses.tasks(), tasks);
        int[] chosen = new int[size()];
        int to = 0;
        for (int t = 0; t < tasks; t++) {
            int of = first[t + 1] - first[t];
            int taken = Math.clamp(Math.round((double) of * count / size()), Math.min(1, of), of);
            for (int j = 0; j < taken; j++) {
                chosen[to++] = first[t] + (int) ((2L * j + 1) * of / (2L * taken));
            }
        }
        return select(Arrays.copyOf(chosen, to));
    }

    /** Some of the rows, by ascending numbers. */
    TrainingRows select(int[] which) {
        KernelRows someMeasured = measured.select(which);
        KernelRows some = rows == measured ? someMeasured : rows.select(which);
        return new TrainingRows(someMeasured, some, divisors, responses.select(which), blocks == null ? null : blocks.select(which));
    }

    HyperparameterIndex index(int rank) {
        return new HyperparameterIndex(divisors.length, responses.noisy(), rank, new int[responses.families().size()],
                blocks == null ? 0 : blocks.divisors().length, blocks == null ? 0 : blocks.outputs().size());
    }
}
