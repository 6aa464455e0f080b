package intarsia.models.conformal;

import intarsia.models.response.Observed;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;

/**
 * Of a response with an offset: it is scored by its prediction with that offset. A set is of a response at offset 0, a count's of the
 * events in one unit of exposure.
 *
 * @param family with an offset
 * @param plain  the score without
 */
record WithOffset(ResponseFamily family, Nonconformity plain) implements Nonconformity {
    @Override
    public RowScore score(double[] y, int at, double[] predicted, int from, double spread) {
        Observed row = Observed.of(family, Arrays.copyOfRange(y, at, at + family.columns()),
                Arrays.copyOfRange(predicted, from, from + family.width()));
        return plain.score(row.truth(), 0, row.predicted(), 0, spread);
    }

    @Override
    public PredictionSet set(double[] predicted, int from, double spread, ScoreRange range) {
        return plain.set(predicted, from, spread, range);
    }

    @Override
    public boolean twoSided() {
        return plain.twoSided();
    }

    @Override
    public boolean spread() {
        return plain.spread();
    }
}
