package intarsia.models.dual;

import intarsia.models.data.Encoding;
import intarsia.models.net.Training;
import intarsia.optim.solve.SolverOptions;

/**
 * Everything that can be chosen about a fit, validated when made; {@link DualEncoder#options()} has the defaults, and each method gives a changed copy.
 *
 * @param similarity    what it costs tasks to differ
 * @param strength      c of {@code lambda_r = c sqrt(d / n_r)}
 * @param ridge         rho, on alpha_r
 * @param orthogonality mu, between S_r and C
 * @param decay         omega, on the encoders' weights: without it they could grow while coefficients, and so the penalty, shrink
 * @param width         width of the encoders' hidden layers
 * @param depth         linear layers of the encoders; 0 means the features themselves
 * @param shared        d, what C gives
 * @param own           d_S, what S_r gives
 * @param warmUp        how encoders and coefficients are first trained together
 * @param steps         Adam steps on the encoders in an alternation
 * @param alternations  most alternations
 * @param tolerance     it has converged when an alternation lowers the objective by less than this share of it
 * @param patience      or when so many alternations in a row have brought no better validation loss
 * @param starts        how many starts; the one with the best validation loss is kept
 * @param scaling       whether continuous quantities are standardized
 * @param seed          what all random numbers are derived from
 */
public record DualEncoderOptions(Similarity similarity, double strength, double ridge, double orthogonality, double decay, int width, int depth,
        int shared, int own, Training warmUp, int steps, int alternations, double tolerance, int patience, int starts, Encoding.Scaling scaling, long seed) {
    static final DualEncoderOptions DEFAULT = new DualEncoderOptions(new Similarity.Group(), 0.1, 1e-3, 0.01, 1e-4, 32, 2, 16, 8,
            Training.PUBLISHED, 50, 100, 1e-4, 3, 1, Encoding.Scaling.STANDARDIZED, 1);

    /** Checks every number. */
    public DualEncoderOptions {
        notNegative("strength", strength);
        notNegative("ridge", ridge);
        notNegative("orthogonality", orthogonality);
        notNegative("decay", decay);
        notNegative("tolerance", tolerance);
        atLeast("width", width, 1);
        atLeast("depth", depth, 0);
        atLeast("shared", shared, 1);
        atLeast("own", own, 1);
        atLeast("steps", steps, 1);
        atLeast("alternations", alternations, 1);
        atLeast("patience", patience, 1);
        atLeast("starts", starts, 1);
    }

    /** With another similarity and strength. */
    public DualEncoderOptions similarity(Similarity other, double c) {
        return new DualEncoderOptions(other, c, ridge, orthogonality, decay, width, depth, shared, own, warmUp, steps, alternations, tolerance, patience, starts,
                scaling, seed);
    }

    /** With encoders of another size. */
    public DualEncoderOptions encoders(int hidden, int layers, int sharedWidth, int ownWidth) {
        return new DualEncoderOptions(similarity, strength, ridge, orthogonality, decay, hidden, layers, sharedWidth, ownWidth, warmUp, steps,
                alternations, tolerance, patience, starts, scaling, seed);
    }

    /** With other weights: rho, mu, omega. */
    public DualEncoderOptions weights(double rho, double mu, double omega) {
        return new DualEncoderOptions(similarity, strength, rho, mu, omega, width, depth, shared, own, warmUp, steps, alternations, tolerance, patience, starts,
                scaling, seed);
    }

    /** With another warm-up. */
    public DualEncoderOptions warmUp(Training other) {
        return new DualEncoderOptions(similarity, strength, ridge, orthogonality, decay, width, depth, shared, own, other, steps, alternations,
                tolerance, patience, starts, scaling, seed);
    }

    /** With another alternation: steps on the encoders, most alternations, tolerance. */
    public DualEncoderOptions alternation(int encoderSteps, int most, double share) {
        return new DualEncoderOptions(similarity, strength, ridge, orthogonality, decay, width, depth, shared, own, warmUp, encoderSteps, most, share,
                patience, starts, scaling, seed);
    }

    /** With another patience: alternations without a better validation loss. */
    public DualEncoderOptions patience(int looks) {
        return new DualEncoderOptions(similarity, strength, ridge, orthogonality, decay, width, depth, shared, own, warmUp, steps, alternations,
                tolerance, looks, starts, scaling, seed);
    }

    /** With several starts. */
    public DualEncoderOptions starts(int count) {
        return new DualEncoderOptions(similarity, strength, ridge, orthogonality, decay, width, depth, shared, own, warmUp, steps, alternations,
                tolerance, patience, count, scaling, seed);
    }

    /** With continuous quantities standardized or raw. */
    public DualEncoderOptions scaling(Encoding.Scaling other) {
        return new DualEncoderOptions(similarity, strength, ridge, orthogonality, decay, width, depth, shared, own, warmUp, steps, alternations,
                tolerance, patience, starts, other, seed);
    }

    /** With another seed. */
    public DualEncoderOptions seed(long other) {
        return new DualEncoderOptions(similarity, strength, ridge, orthogonality, decay, width, depth, shared, own, warmUp, steps, alternations,
                tolerance, patience, starts, scaling, other);
    }

    /** How exactly coefficient problems are solved: without encoders once and to the end, else good enough for an alternation. */
    SolverOptions solver() {
        return depth == 0 ? new SolverOptions(1e-9, 100_000) : new SolverOptions(1e-5, 2_000);
    }

    private static void notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " " + value + ": must be finite and not negative");
        }
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + ": must be at least " + least);
        }
    }
}
