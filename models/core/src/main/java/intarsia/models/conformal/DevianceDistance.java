package intarsia.models.conformal;

import intarsia.models.response.Count;
import java.util.function.DoublePredicate;

/**
 * Of a count: its Poisson deviance from the number expected, less that of the likeliest whole number. About
 * {@code (y - mean)^2 / mean}, so intervals widen with the mean, and lie higher above it than below.
 */
record DevianceDistance() implements Nonconformity {
    private static final double LARGEST = Integer.MAX_VALUE;

    @Override
    public RowScore score(double[] y, int at, double[] predicted, int from, double spread) {
        double mean = predicted[from];
        return RowScore.of(distance(y[at], mean, least(mean)));
    }

    private static double distance(double count, double mean, double least) {
        return Math.max(0, deviance(count, mean) - least);
    }

    private static double deviance(double count, double mean) {
        return new Count(false).deviance(new double[] {count}, 0, new double[] {mean}, 0);
    }

    private static double least(double mean) {
        double below = Math.floor(Math.min(mean, LARGEST));
        return Math.min(deviance(below, mean), deviance(Math.min(below + 1, LARGEST), mean));
    }

    @Override
    public PredictionSet set(double[] predicted, int from, double spread, ScoreRange range) {
        double mean = predicted[from];
        double least = least(mean);
        double below = Math.floor(Math.min(mean, LARGEST));
        double likeliest = deviance(below, mean) <= deviance(Math.min(below + 1, LARGEST), mean) ? below : below + 1;
        DoublePredicate in = count -> distance(count, mean, least) <= range.high();
        return new PredictionSet.Interval(last(likeliest, 0, in), range.high() == Double.POSITIVE_INFINITY ? range.high()
                : last(likeliest, LARGEST, in));
    }

    /** The last whole number on the way from one that is in to another; those that are in lie together. */
    private static double last(double in, double end, DoublePredicate holds) {
        if (holds.test(end)) {
            return end;
        }
        double inside = in;
        double outside = end;
        while (Math.abs(outside - inside) > 1) {
            double middle = Math.rint((inside + outside) / 2);
            if (holds.test(middle)) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }
}
