package intarsia.models.gp;

import intarsia.linalg.Elementary;

/**
 * The covariance's hyperparameters and the responses' noise, on a scale without bounds: logarithms, and the tasks' loadings as they are.
 *
 * @param index what stands where
 * @param values the numbers
 */
record Hyperparameters(HyperparameterIndex index, double[] values) {
    /** The two parts of a task's function. */
    static final int SHARED = 0;
    static final int SPECIFIC = 1;

    /** The variance of a part's constant. */
    double constant(int part) {
        return Elementary.exp(values[index.constant(part)]);
    }

    double weight(int part, int source, KernelKind kind) {
        return Elementary.exp(values[index.weight(part, source, kind)]);
    }

    double length(int source) {
        return Elementary.exp(values[index.length(source)]);
    }

    /** The variance of a task's noise beyond the least that is allowed. */
    double noise(int task) {
        return Elementary.exp(values[index.noise()] + values[index.noise(task)]);
    }

    /** The variance of the noise of a task of which nothing is known. */
    double noiseLevel() {
        return Elementary.exp(values[index.noise()]);
    }

    /** The covariance of two tasks in what is shared: 1 in a group and 0 between groups, or {@code sum_r L_tr L_t'r}. */
    double covariance(int task, int other) {
        if (index.rank() == 0) {
            return index.groups()[task] == index.groups()[other] ? 1 : 0;
        }
        double sum = 0;
        for (int r = 0; r < index.rank(); r++) {
            sum += values[index.loading(task, r)] * values[index.loading(other, r)];
        }
        return sum;
    }

    /** The scale of a task's specific part: 1 where one function is shared by all. */
    double scale(int task) {
        return index.rank() == 0 ? 1 : Elementary.exp(values[index.scale(task)]);
    }

    /**
     * With one more task, the last.
     *
     * @param noisy whether its responses have noise of unknown variance, which is at the level of all
     * @param place where it stands: its loadings and the log scale of its specific part, or the number of its group, or nothing
     */
    Hyperparameters with(boolean noisy, double[] place) {
        HyperparameterIndex more = index.and(noisy, index.rank() == 0 && place.length > 0 ? (int) place[0] : 0);
        double[] to = new double[more.size()];
        System.arraycopy(values, 0, to, 0, index.noise() + 1);
        for (int t = 0; t < index.tasks(); t++) {
            to[more.noise(t)] = values[index.noise(t)];
            for (int r = 0; r < index.rank(); r++) {
                to[more.loading(t, r)] = values[index.loading(t, r)];
            }
            if (index.rank() > 0) {
                to[more.scale(t)] = values[index.scale(t)];
            }
        }
        if (index.rank() > 0) {
            System.arraycopy(place, 0, to, more.loading(index.tasks(), 0), index.rank());
            to[more.scale(index.tasks())] = place[index.rank()];
        }
        return new Hyperparameters(more, to);
    }
}
