package intarsia.models.response;

import java.util.Arrays;

/** Rows that all count 1. */
public final class Alike {
    private Alike() {}

    /** Their weights. */
    public static double[] ones(int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** What to expect of such rows. */
    public static double[] expected(ResponseFamily family, double... responses) {
        return family.expected(responses, ones(responses.length / family.columns()));
    }

    /** The baseline of such rows. */
    public static ResponseBaseline baseline(ResponseFamily family, double... responses) {
        return family.baseline(responses, ones(responses.length / family.columns()));
    }
}
