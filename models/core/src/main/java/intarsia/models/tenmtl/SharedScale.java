package intarsia.models.tenmtl;

import intarsia.models.data.DataException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One scale for the columns and responses of all participants (ours): the means and standard deviations that all rows together have. First
 * it is found how large numbers are, to a factor of 16, so that sums of any unit fit into fixed point; who has the largest is not told.
 */
final class SharedScale {
    /** So many powers of two are one magnitude. */
    private static final int STEP = 4;
    private static final int LEAST = -1074;
    /** How many magnitudes there are. */
    static final int MAGNITUDES = (1024 - LEAST) / STEP + 1;
    /** Deviations below this share of the largest number are rounding, as in {@link intarsia.models.data.Moments}. */
    private static final double ROUNDING = 0x1p-48;

    private SharedScale() {}

    /** The magnitude of a number, from 0. */
    static int magnitude(double x) {
        // the exponent of a number below the normal ones is that of a multiple of it
        int exponent = x == 0 ? LEAST : Math.abs(x) < Double.MIN_NORMAL ? Math.getExponent(x * 0x1p60) - 60 : Math.getExponent(x);
        return (exponent - LEAST) / STEP;
    }

    /** A number of individuals, if it is one. */
    static int number(double individuals) {
        require(individuals >= 1 && individuals <= Integer.MAX_VALUE && individuals == Math.rint(individuals), "numbers of individuals");
        return (int) individuals;
    }

    /** Sums that no rows have end the fit. */
    static void require(boolean possible, String what) {
        if (!possible) {
            throw new DataException("the sums of all nodes are those of no rows, by their " + what + ": a node does not keep to the "
                    + "protocol, or the nodes have different versions of the program");
        }
    }

    /** Asks for all that is needed; the answer to {@link SharedQuestion.Scales} is empty. */
    static void agree(SharedSums sums, int features, boolean gaussian) {
        double[] counts = sums.of(new SharedQuestion.Magnitudes(features));
        double individuals = number(Arrays.stream(counts, features * MAGNITUDES, (features + 1) * MAGNITUDES).sum());
        int[] exponents = new int[features + 1];
        for (int f = 0; f <= features; f++) {
            double[] each = Arrays.copyOfRange(counts, f * MAGNITUDES, (f + 1) * MAGNITUDES);
            require(Arrays.stream(each).allMatch(count -> count >= 0 && count == Math.rint(count)) && Arrays.stream(each).sum()
                    == individuals, "counts of individuals");
            for (int m = 0; m < MAGNITUDES; m++) {
                exponents[f] = counts[f * MAGNITUDES + m] > 0 ? LEAST + (m + 1) * STEP : exponents[f];
            }
        }
        double[] totals = sums.of(new SharedQuestion.Totals(Arrays.copyOf(exponents, features)));
        require(IntStream.range(0, features).allMatch(f -> totals[2 * f] >= 0), "weights of rows");
        double[] means = new double[features];
        for (int f = 0; f < features; f++) {
            means[f] = totals[2 * f] == 0 ? 0 : totals[2 * f + 1] / totals[2 * f];
        }
        double[] squares = sums.of(new SharedQuestion.Deviations(exponents, means));
        require(Arrays.stream(squares).allMatch(square -> square >= 0), "squares");
        double[] deviations = new double[features];
        for (int f = 0; f < features; f++) {
            double deviation = totals[2 * f] == 0 ? 0 : Math.sqrt(squares[f] / totals[2 * f]);
            deviations[f] = deviation > ROUNDING ? Math.scalb(deviation, exponents[f]) : 0;
            means[f] = Math.scalb(means[f], exponents[f]);
        }
        double scale = Math.scalb(Math.sqrt(squares[features] / individuals), exponents[features]);
        sums.of(new SharedQuestion.Scales(means, deviations, gaussian && scale > 0 ? scale : 1));
    }
}
