package intarsia.models.tenmtl;

import intarsia.linalg.Tensor;
import java.util.List;

/**
 * What is asked of those who hold individuals, so that what all share can be fitted without their rows (ours). Each individual answers by
 * a vector of one length, and only the sum over all individuals is wanted. A question holds what all share and nothing of an individual:
 * coordinates and intercepts stay where the rows are.
 */
public sealed interface SharedQuestion {
    /**
     * What all individuals share.
     *
     * @param core    G [R_0 x R_1 .. x R_d]
     * @param factors U_1 .. U_d
     */
    record Shared(Tensor core, List<Tensor> factors) {
        /** Copies the list. */
        public Shared {
            factors = List.copyOf(factors);
        }
    }

    /**
     * What came of the last {@link Step}.
     *
     * @param adopt  whether coordinates become those found in it
     * @param scales by what each column of U_0 is multiplied then [R_0]
     */
    record Settlement(boolean adopt, double[] scales) {}

    /** A question that begins by settling the last step. */
    sealed interface Settling extends SharedQuestion {
        /** The settlement. */
        Settlement settlement();

        /** What all share by now. */
        Shared shared();
    }

    /**
     * How large numbers are, for each feature and then the responses' standard deviation: counts of individuals by {@link
     * SharedScale#magnitude}.
     *
     * @param features how many features there are
     */
    record Magnitudes(int features) implements SharedQuestion {}

    /**
     * For each feature the weight of the rows that have it, and the weighted sum of its numbers over {@code 2^exponent}.
     *
     * @param exponents for each feature
     */
    record Totals(int[] exponents) implements SharedQuestion {}

    /**
     * For each feature the weighted sum of squared deviations from a mean, then the variance of the responses; all over {@code
     * 2^(2 exponent)}.
     *
     * @param exponents for each feature and the responses
     * @param means     for each feature, over {@code 2^exponent}
     */
    record Deviations(int[] exponents, double[] means) implements SharedQuestion {}

    /**
     * From here on columns and responses are on one scale. Nothing is answered.
     *
     * @param means         for each feature
     * @param deviations    for each feature its standard deviation; 0 where it does not vary
     * @param responseScale what responses are divided by
     */
    record Scales(double[] means, double[] deviations, double responseScale) implements SharedQuestion {}

    /** How many there are: {@code 1, 1 / n_i}, the mean squared norm of centered rows, and the mean squared response at eta 0. */
    record Extent() implements SharedQuestion {}

    /**
     * For {@link NoiseRatio}: {@code n_i - 1}, the squares of responses, then for each ratio the quadratic form times it, which is no
     * larger than those squares, and the log determinant.
     *
     * @param meanSquaredNorm m
     * @param ratios          rho
     */
    record Noise(double meanSquaredNorm, double[] ratios) implements SharedQuestion {}

    /**
     * The coefficients of a local model [P].
     *
     * @param ridge relative to the predictors' variance
     * @param size  P
     */
    record LocalMean(double ridge, int size) implements SharedQuestion {}

    /**
     * The products of their deviations from the mean, the lower triangle [P (P + 1) / 2].
     *
     * @param ridge as before
     * @param mean  of all individuals [P]; zeros where there is no common column
     */
    record LocalSpread(double ridge, double[] mean) implements SharedQuestion {}

    /**
     * Coordinates from local models: their deviations from the mean along directions. The answer is that to {@link Step}.
     *
     * @param precision  t of the prior
     * @param ridge      as before
     * @param mean       as before
     * @param directions [P x R_f]
     * @param shared     what all share
     */
    record Start(double precision, double ridge, double[] mean, Tensor directions, Shared shared) implements SharedQuestion {}

    /**
     * Coordinates and intercepts given what all share: the loss, the intercept's prior, the size of each coordinate (squared, or its
     * magnitude where there is a lasso), and the lower triangle of {@code u u' / n_i}, u being the coordinates that are not tied.
     */
    record Step(Settlement settlement, Shared shared) implements Settling {}

    /**
     * Gradient and curvature in some numbers of a block: the loss, the negative gradient [count], the lower triangle of the curvatures.
     *
     * @param block 0 for the core, k for U_k
     * @param from  the first number, row-major
     * @param count how many
     */
    record Curvature(Settlement settlement, Shared shared, int block, int from, int count) implements Settling {}

    /**
     * The loss on the way to other numbers of a block.
     *
     * @param to      those numbers
     * @param lengths how far on the way, for each
     */
    record Trial(Settlement settlement, Shared shared, int block, int from, double[] to, double[] lengths) implements Settling {}

    /** How far linear predictors moved since the last step began, squared, and how large they are, squared. */
    record Movement(Settlement settlement, Shared shared) implements Settling {}

    /** The gradient of a block and the squares of its features: for its first-order conditions. */
    record Conditions(Settlement settlement, Shared shared, int block) implements Settling {}

    /** How many numbers an answer has. */
    default int answerLength() {
        return switch (this) {
            case Magnitudes magnitudes -> (magnitudes.features + 1) * SharedScale.MAGNITUDES;
            case Totals totals -> 2 * totals.exponents.length;
            case Deviations deviations -> deviations.exponents.length;
            case Scales _ -> 0;
            case Extent _ -> 4;
            case Noise noise -> 2 + 2 * noise.ratios.length;
            case LocalMean mean -> mean.size;
            case LocalSpread spread -> SymmetricTriangle.length(spread.mean.length);
            case Start start -> step(start.shared);
            case Step step -> step(step.shared);
            case Curvature curvature -> 1 + curvature.count + SymmetricTriangle.length(curvature.count);
            case Trial trial -> trial.lengths.length;
            case Movement _ -> 2;
            case Conditions conditions -> 2 * (conditions.block == 0 ? conditions.shared.core.size()
                    : conditions.shared.factors.get(conditions.block - 1).size());
        };
    }

    private static int step(Shared shared) {
        int rank = shared.core.shape().size(0);
        return 2 + rank + SymmetricTriangle.length(rank);
    }
}
