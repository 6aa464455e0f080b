package intarsia.models.gp;

import java.util.stream.Stream;

/**
 * Priors of a Gaussian process's hyperparameters, weak ones. Weights of kernels are relative to the level of noise, or to 1 where the
 * responses' family has none: a kernel for which the data do not speak stays near what noise can hide.
 *
 * @param linear    log weight of linear kernels
 * @param squares   of squares
 * @param quadratic of quadratic ones
 * @param smooth    of smooth ones
 * @param constant  log variance of the shared constant
 * @param offset    log variance of the tasks' constants, where tasks' responses are centered together, or not at all
 * @param mean      the same where each task's are centered: their mean is 0 then, but not that of the task's function
 * @param length    log length scale, in root mean squared distances of features
 * @param noise     log level of the noise's variance
 * @param taskNoise log variance of a task's noise relative to that level
 * @param loading   deviation of loadings from 1 in the first factor, from 0 in others
 * @param scale     log scale of a task's specific part, where loadings are used
 * @param block     what a standard deviation of a block's first component adds to the response, where blocks are outputs
 */
public record GpPriors(Normal linear, Normal squares, Normal quadratic, Normal smooth, Normal constant, Normal offset, Normal mean,
        Normal length, Normal noise, Normal taskNoise, Normal loading, Normal scale, Normal block) {
    /** The defaults. */
    public static final GpPriors DEFAULT = new GpPriors(new Normal(-1, 3.5), new Normal(-1, 3.5), new Normal(-1, 3.5), new Normal(-3, 3.5),
            new Normal(0, 1), new Normal(-1, 2), new Normal(0, 0.5), new Normal(0, 0.7), new Normal(-1, 2), new Normal(0, 0.7),
            new Normal(0, 1), new Normal(0, 1), new Normal(0, 0.5));

    /**
     * A normal distribution: of a hyperparameter's logarithm, or of a loading.
     *
     * @param mean      its mean
     * @param deviation its standard deviation, positive
     */
    public record Normal(double mean, double deviation) {
        /** Checks both. */
        public Normal {
            if (!Double.isFinite(mean) || !(deviation > 0) || Double.isInfinite(deviation)) {
                throw new IllegalArgumentException("gp: prior of mean " + mean + " and deviation " + deviation
                        + ": must be finite, the latter positive");
            }
        }
    }

    /** Checks that nothing is missing. */
    public GpPriors {
        Stream.of(linear, squares, quadratic, smooth, constant, offset, mean, length, noise, taskNoise, loading, scale, block)
                .forEach(prior -> {
                    if (prior == null) {
                        throw new IllegalArgumentException("gp: every hyperparameter needs a prior");
                    }
                });
    }

    Normal weight(KernelKind kind) {
        return switch (kind) {
            case LINEAR -> linear;
            case SQUARES -> squares;
            case QUADRATIC -> quadratic;
            case SMOOTH -> smooth;
        };
    }
}
