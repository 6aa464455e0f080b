package intarsia.models.conformal;

import intarsia.linalg.Elementary;
import intarsia.models.response.Survival;

/**
 * Of a time to an event: the cumulative hazard {@code H = -log S} that is predicted for it (Cox &amp; Snell 1968), linear between the
 * predicted times. A row that is censored, or seen after the last predicted time, has a score of at least its hazard then; one that was
 * seen late has entered at its hazard then.
 *
 * @param family the predicted times
 */
record CoxSnell(Survival family) implements Nonconformity {
    private double hazard(double[] predicted, int from, int time) {
        return -Elementary.log(Math.clamp(predicted[from + time], Double.MIN_NORMAL, 1));
    }

    private double time(int place) {
        return place < 0 ? 0 : family.times().get(place);
    }

    /** H at a time; that at the last predicted one for later times. */
    private double hazard(double[] predicted, int from, double time) {
        double before = 0;
        for (int k = 0; k < family.width(); k++) {
            double next = Math.max(before, hazard(predicted, from, k));
            if (time <= time(k)) {
                return before + (next - before) * ((time - time(k - 1)) / (time(k) - time(k - 1)));
            }
            before = next;
        }
        return before;
    }

    @Override
    public RowScore score(double[] y, int at, double[] predicted, int from, double spread) {
        double last = time(family.width() - 1);
        return new RowScore(hazard(predicted, from, y[at]), y[at + 1] == 1 && y[at] <= last, hazard(predicted, from, y[at + 2]),
                hazard(predicted, from, last));
    }

    /** The first time with the lower hazard, and the last with the upper one; no end where that is not reached. */
    @Override
    public PredictionSet set(double[] predicted, int from, double spread, ScoreRange range) {
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double before = 0;
        boolean lower = range.low() <= 0;
        for (int k = 0; k < family.width() && high == Double.POSITIVE_INFINITY; k++) {
            double next = Math.max(before, hazard(predicted, from, k));
            double width = time(k) - time(k - 1);
            if (!lower && next >= range.low()) {
                low = time(k - 1) + width * ((range.low() - before) / (next - before));
                lower = true;
            }
            if (next > range.high()) {
                high = time(k - 1) + width * ((range.high() - before) / (next - before));
            }
            before = next;
        }
        return new PredictionSet.Interval(lower ? low : time(family.width() - 1), high);
    }

    @Override
    public boolean twoSided() {
        return true;
    }
}
