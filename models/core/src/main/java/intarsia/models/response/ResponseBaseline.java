package intarsia.models.response;

import java.util.List;

/**
 * What of a response's distribution is a task's own and no matter of predictors: the distribution of a row whose linear predictor is 0. It
 * is estimated from a task's training rows before a model is fitted, and the model learns how rows differ from it.
 *
 * <pre>
 * count      values = the rate of events per unit of exposure, and the dispersion of their numbers
 * ordered    values = the thresholds between levels, increasing
 * survival   at = the times of events, increasing; values = the cumulative hazard from each of them on
 * </pre>
 *
 * @param at     where it changes; empty if it has no places
 * @param values its numbers
 */
public record ResponseBaseline(List<Double> at, List<Double> values) {
    /** Of a response that has none. */
    public static final ResponseBaseline NONE = new ResponseBaseline(List.of(), List.of());

    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException if a number is not finite, or values do not fit their places
     */
    public ResponseBaseline {
        at = List.copyOf(at);
        values = List.copyOf(values);
        if (!at.isEmpty() && at.size() != values.size() || !at.stream().allMatch(Double::isFinite)
                || !values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("the baseline of a response: " + at.size() + " places and " + values.size()
                    + " values; must be finite, a value for each place");
        }
        increasing("places", at);
    }

    static void increasing(String what, List<Double> numbers) {
        for (int k = 1; k < numbers.size(); k++) {
            if (!(numbers.get(k) > numbers.get(k - 1))) {
                throw new IllegalArgumentException("the " + what + " " + numbers + " must increase");
            }
        }
    }
}
