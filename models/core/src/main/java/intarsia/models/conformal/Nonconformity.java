package intarsia.models.conformal;

import intarsia.models.data.DataException;
import intarsia.models.response.Binomial;
import intarsia.models.response.Count;
import intarsia.models.response.Gaussian;
import intarsia.models.response.LevelResponse;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;

/**
 * How strange a response is for what was predicted: the score of a family. A prediction set holds the responses whose score lies in a
 * range.
 *
 * <pre>
 * kind             score s(y)                                        set of scores up to q
 * continuous       |y - mean| / spread                               mean +- q spread
 * count            D(y, mean) - min D(k, mean), D the deviance       from one whole number to another
 * binary, classes  the probability of all likelier levels            the likeliest, and the next ones below q in sum
 * ordered          the probability of all levels nearer the likeliest, the same, of neighbors
 * survival         -log S(y | x)                                     from S = exp(-low) to S = exp(-high)
 * </pre>
 *
 * <p>The score of levels is that of adaptive prediction sets (Romano, Sesia &amp; Cand&egrave;s 2020) with their random number at 1: the
 * likeliest level is always in the set, and the same row has the same set. That of ordered levels is its form for neighbors (ours; as Lu,
 * Angelopoulos &amp; Pomerantz 2022). That of times is the Cox-Snell residual (1968), which a censored row has at least.
 */
interface Nonconformity {
    /** Of a family. */
    static Nonconformity of(ResponseFamily family) {
        return switch (family) {
            case ResponseFamily offset when offset.hasOffset() -> new WithOffset(offset, of(offset.withoutOffset()));
            case Gaussian gaussian -> new MeanDistance();
            case Count count -> new DevianceDistance();
            case Ordered ordered -> new NeighborMass(ordered.width());
            case Binomial binomial -> new LikelierMass(2);
            case LevelResponse levels -> new LikelierMass(levels.width());
            case Survival survival -> new CoxSnell(survival);
            default -> throw new DataException("there are no prediction sets for responses of kind " + family.key());
        };
    }

    /**
     * Of a row.
     *
     * @param y         responses, this one from a place on
     * @param predicted predictions, this one from a place on
     * @param spread    what a distance is divided by, above 0; others do not ask for it
     */
    RowScore score(double[] y, int at, double[] predicted, int from, double spread);

    /** The responses whose scores lie in a range. */
    PredictionSet set(double[] predicted, int from, double spread, ScoreRange range);

    /** Whether low scores are left out too. */
    default boolean twoSided() {
        return false;
    }

    /** Whether scores are in units of a spread. */
    default boolean spread() {
        return false;
    }
}
