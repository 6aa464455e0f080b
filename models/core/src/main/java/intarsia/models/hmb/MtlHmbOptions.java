package intarsia.models.hmb;

import intarsia.models.data.Encoding;
import intarsia.models.net.Training;

/**
 * Everything that can be chosen about a fit, validated when made; {@link MtlHmb#options()} has the defaults, and each method gives a changed copy.
 *
 * @param reading              the paper's or the released code's reading
 * @param width                width of the hidden layers of step 2's encoders
 * @param depth                linear layers of step 2's encoders
 * @param representation       width of h and k, what step 2's encoders give
 * @param pathWidth            width of the layers of the shared and the task path
 * @param pathDepth            how many layers the paths have
 * @param orthogonality        gamma, the weight of {@code R_orth}
 * @param imputationWeight     delta, the weight of {@code R_imp}
 * @param redundancy           kappa, the weight of {@code R_dr}
 * @param imputerWidth         width of step 1's networks
 * @param imputerDepth         linear layers of step 1's networks
 * @param imputerOrthogonality weight of step 1's orthogonality term, which the released code may add and the paper does not have; 0 leaves it out
 * @param imputerTraining      how step 1 is trained
 * @param training             how step 2 is trained
 * @param scaling              whether continuous quantities are standardized
 * @param seed                 what all random numbers are derived from
 */
public record MtlHmbOptions(Reading reading, int width, int depth, int representation, int pathWidth, int pathDepth, double orthogonality,
        double imputationWeight, double redundancy, int imputerWidth, int imputerDepth, double imputerOrthogonality, Training imputerTraining,
        Training training, Encoding.Scaling scaling, long seed) {
    /** Checks every number. */
    public MtlHmbOptions {
        positive("width", width);
        positive("depth", depth);
        positive("representation", representation);
        positive("pathWidth", pathWidth);
        positive("pathDepth", pathDepth);
        positive("imputerWidth", imputerWidth);
        positive("imputerDepth", imputerDepth);
        weight("orthogonality", orthogonality);
        weight("imputationWeight", imputationWeight);
        weight("redundancy", redundancy);
        weight("imputerOrthogonality", imputerOrthogonality);
    }

    static final MtlHmbOptions DEFAULT = new MtlHmbOptions(Reading.PAPER, 64, 2, 64, 64, 2, 0.01, 0.01, 0.01, 32, 1, 0, Training.DEFAULT,
            Training.DEFAULT, Encoding.Scaling.STANDARDIZED, 1);

    /** With another reading. */
    public MtlHmbOptions reading(Reading other) {
        return new MtlHmbOptions(other, width, depth, representation, pathWidth, pathDepth, orthogonality, imputationWeight, redundancy, imputerWidth,
                imputerDepth, imputerOrthogonality, imputerTraining, training, scaling, seed);
    }

    /** With encoders, representations and paths of this width. */
    public MtlHmbOptions width(int all) {
        return widths(all, all, all);
    }

    /** With encoders, representations and paths of different widths. */
    public MtlHmbOptions widths(int encoders, int representations, int paths) {
        return new MtlHmbOptions(reading, encoders, depth, representations, paths, pathDepth, orthogonality, imputationWeight, redundancy,
                imputerWidth, imputerDepth, imputerOrthogonality, imputerTraining, training, scaling, seed);
    }

    /** With encoders and paths of this depth. */
    public MtlHmbOptions depth(int both) {
        return depths(both, both);
    }

    /** With encoders and paths of different depths. */
    public MtlHmbOptions depths(int encoders, int paths) {
        return new MtlHmbOptions(reading, width, encoders, representation, pathWidth, paths, orthogonality, imputationWeight, redundancy, imputerWidth,
                imputerDepth, imputerOrthogonality, imputerTraining, training, scaling, seed);
    }

    /** With another gamma. */
    public MtlHmbOptions orthogonality(double gamma) {
        return weights(gamma, imputationWeight, redundancy);
    }

    /** With other weights of the three regularizers: gamma, delta, kappa. */
    public MtlHmbOptions weights(double gamma, double delta, double kappa) {
        return new MtlHmbOptions(reading, width, depth, representation, pathWidth, pathDepth, gamma, delta, kappa, imputerWidth, imputerDepth,
                imputerOrthogonality, imputerTraining, training, scaling, seed);
    }

    /** With other networks in step 1. */
    public MtlHmbOptions imputer(int networkWidth, int networkDepth, double orthogonalityWeight) {
        return new MtlHmbOptions(reading, width, depth, representation, pathWidth, pathDepth, orthogonality, imputationWeight, redundancy, networkWidth,
                networkDepth, orthogonalityWeight, imputerTraining, training, scaling, seed);
    }

    /** With step 1 trained in another way. */
    public MtlHmbOptions imputerTraining(Training other) {
        return new MtlHmbOptions(reading, width, depth, representation, pathWidth, pathDepth, orthogonality, imputationWeight, redundancy, imputerWidth,
                imputerDepth, imputerOrthogonality, other, training, scaling, seed);
    }

    /** With step 2 trained in another way. */
    public MtlHmbOptions training(Training other) {
        return new MtlHmbOptions(reading, width, depth, representation, pathWidth, pathDepth, orthogonality, imputationWeight, redundancy, imputerWidth,
                imputerDepth, imputerOrthogonality, imputerTraining, other, scaling, seed);
    }

    /** With continuous quantities standardized or raw. */
    public MtlHmbOptions scaling(Encoding.Scaling other) {
        return new MtlHmbOptions(reading, width, depth, representation, pathWidth, pathDepth, orthogonality, imputationWeight, redundancy, imputerWidth,
                imputerDepth, imputerOrthogonality, imputerTraining, training, other, seed);
    }

    /** With another seed. */
    public MtlHmbOptions seed(long other) {
        return new MtlHmbOptions(reading, width, depth, representation, pathWidth, pathDepth, orthogonality, imputationWeight, redundancy, imputerWidth,
                imputerDepth, imputerOrthogonality, imputerTraining, training, scaling, other);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + ": must be at least 1");
        }
    }

    private static void weight(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " " + value + ": must not be negative");
        }
    }
}
