package intarsia.models.gp;

import java.util.Arrays;

/** Independent normal priors on logarithms of hyperparameters, and on loadings; weights of kernels are relative to the level of noise. */
final class HyperparameterPrior {
    private final HyperparameterIndex index;
    private final double[] means;
    private final double[] deviations;
    /** For each weight the level of noise that it is relative to; -1 for others. */
    private final int[] relative;

    HyperparameterPrior(GpPriors priors, HyperparameterIndex index, boolean together) {
        this.index = index;
        means = new double[index.size()];
        deviations = new double[index.size()];
        relative = new int[index.size()];
        Arrays.fill(relative, -1);
        set(index.constant(Hyperparameters.SHARED), priors.constant());
        set(index.constant(Hyperparameters.SPECIFIC), index.anyNoisy() && !together ? priors.mean() : priors.offset());
        for (int part : new int[] {Hyperparameters.SHARED, Hyperparameters.SPECIFIC}) {
            for (int s = 0; s < index.sources(); s++) {
                for (KernelKind kind : KernelKind.values()) {
                    set(index.weight(part, s, kind), priors.weight(kind));
                    relative[index.weight(part, s, kind)] = index.anyNoisy() ? index.noise() : -1;
                }
            }
        }
        for (int s = 0; s < index.sources(); s++) {
            set(index.length(s), priors.length());
        }
        set(index.noise(), priors.noise());
        for (int t = 0; t < index.tasks(); t++) {
            set(index.noise(t), priors.taskNoise());
            for (int r = 0; r < index.rank(); r++) {
                set(index.loading(t, r), r > 0 ? priors.loading()
                        : new GpPriors.Normal(1 + priors.loading().mean(), priors.loading().deviation()));
            }
            if (index.rank() > 0) {
                set(index.scale(t), priors.scale());
            }
        }
        for (int k = 0; k < index.outputs(); k++) {
            set(index.output(k), priors);
        }
    }

    private void set(OutputIndex output, GpPriors priors) {
        set(output.loading(), priors.block());
        set(output.noise(), priors.noise());
        set(output.constant(), priors.mean());
        for (int a = 0; a < index.anchors(); a++) {
            for (KernelKind kind : KernelKind.values()) {
                set(output.weight(a, kind), priors.weight(kind));
                relative[output.weight(a, kind)] = output.noise();
            }
            set(output.length(a), priors.length());
        }
    }

    private void set(int at, GpPriors.Normal prior) {
        means[at] = prior.mean();
        deviations[at] = prior.deviation();
    }

    /** The prior's mean, at this level of noise. */
    double[] means(double noise) {
        double[] at = means.clone();
        at[index.noise()] = noise;
        for (int i = 0; i < at.length; i++) {
            at[i] += relative[i] >= 0 ? at[relative[i]] : 0;
        }
        return at;
    }

    /** The log density, up to a constant; adds its derivatives. */
    double logDensity(double[] values, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double z = (values[i] - means[i] - (relative[i] >= 0 ? values[relative[i]] : 0)) / deviations[i];
            sum -= 0.5 * z * z;
            gradient[i] -= z / deviations[i];
            if (relative[i] >= 0) {
                gradient[relative[i]] += z / deviations[i];
            }
        }
        return sum;
    }
}
