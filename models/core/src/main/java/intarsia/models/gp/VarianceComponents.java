package intarsia.models.gp;

import intarsia.linalg.Pool;

/**
 * From where the variance of a task's linear predictor is expected to come, before any response was seen. A component of f (part, source,
 * kernel) varies over the task's n rows by
 *
 * <pre>
 * v = 1/n sum_i k(x_i, x_i) - 1/n^2 sum_ij k(x_i, x_j)
 * </pre>
 */
final class VarianceComponents {
    private VarianceComponents() {}

    /** How many components there are. */
    static int count(int sources) {
        return 2 * sources * KernelKind.values().length;
    }

    /** The place of a component. */
    static int index(int sources, int part, int s, KernelKind kind) {
        return (part * sources + s) * KernelKind.values().length + kind.ordinal();
    }

    /** For each task the v of all components, at least 0. O(n^2). */
    static double[][] of(MultitaskGp.KernelSet kernels, TrainingRows rows, Hyperparameters h, Pool pool) {
        int[] tasks = rows.responses().tasks();
        int sources = rows.divisors().length;
        int[] first = Covariance.firsts(tasks, h.index().tasks());
        GradientSums sums = rows.covariance(kernels).gradientSums(h, (i, to) -> {
            int task = tasks[i];
            double n = first[task + 1] - first[task];
            for (int j = 0; j <= i; j++) {
                to[j] = j < first[task] ? 0 : 2 * ((i == j ? 1 / n : 0) - 1 / (n * n));
            }
        }, pool);
        double[][] components = new double[h.index().tasks()][count(sources)];
        for (int t = 0; t < components.length; t++) {
            for (int part : new int[] {Hyperparameters.SHARED, Hyperparameters.SPECIFIC}) {
                for (int s = 0; s < sources; s++) {
                    for (KernelKind kind : KernelKind.values()) {
                        components[t][index(sources, part, s, kind)] = Math.max(0,
                                sums.component(h, kernels, rows.divisors()[s], part, s, kind, t));
                    }
                }
            }
        }
        return components;
    }
}
