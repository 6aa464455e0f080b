package intarsia.models.trees;

import intarsia.linalg.Elementary;
import intarsia.models.response.ResponseFamily;
import java.util.stream.IntStream;

/**
 * Responses as trees are grown on them.
 *
 * @param base      what each sum of trees begins with
 * @param responses a number a row: the response as it is learned, the class, the events, or the events over those expected
 * @param offsets   what is added to the sum of trees of each row; empty for nothing
 * @param weights   how much each row counts; empty where all count 1
 */
record TreeTargets(double[] base, float[] responses, float[] offsets, float[] weights) {
    private static final float[] NONE = {};

    private interface Numbers {
        double of(int row);
    }

    /**
     * Of responses as they are learned.
     *
     * @param linear whether trees add up to the linear predictor, else to the mean
     */
    static TreeTargets of(ResponseFamily family, boolean linear, double[] learned) {
        int rows = learned.length / family.learned();
        return switch (family.likelihood()) {
            case SQUARED_ERROR -> alike(rows, row -> learned[row], sum(rows, row -> learned[row]) / rows);
            case BERNOULLI -> {
                double ones = sum(rows, row -> learned[row]);
                yield alike(rows, row -> learned[row], linear ? logOdds(ones, rows - ones) : ones / rows);
            }
            case POISSON -> linear ? counts(rows, learned) : ratios(rows, learned);
            case SOFTMAX -> classes(rows, family.predictors(), learned);
            case INTERVAL -> throw new IllegalStateException("trees do not learn levels in an order");
        };
    }

    /** With these rows. */
    TreeGrower.Table table(float[] rows, int width) {
        return new TreeGrower.Table(rows, width, responses, offsets, weights);
    }

    private static TreeTargets alike(int rows, Numbers responses, double... base) {
        return new TreeTargets(base, floats(rows, responses), NONE, NONE);
    }

    /** Events, those expected an offset; a row of which none is expected says nothing. */
    private static TreeTargets counts(int rows, double[] learned) {
        return new TreeTargets(new double[] {Elementary.log(ratio(rows, learned))}, floats(rows, row -> learned[2 * row]),
                floats(rows, row -> learned[2 * row + 1] > 0 ? Elementary.log(learned[2 * row + 1]) : 0),
                floats(rows, row -> learned[2 * row + 1] > 0 ? 1 : 0));
    }

    /** Events over those expected, which rows count by; where these are more than 1 on average, rows count 1 on average. */
    private static TreeTargets ratios(int rows, double[] learned) {
        double scale = Math.max(1, sum(rows, row -> learned[2 * row + 1]) / rows);
        return new TreeTargets(new double[] {ratio(rows, learned)},
                floats(rows, row -> learned[2 * row + 1] > 0 ? learned[2 * row] / learned[2 * row + 1] : 0),
                NONE, floats(rows, row -> learned[2 * row + 1] / scale));
    }

    /** All events over all expected, with half a one added to both. */
    private static double ratio(int rows, double[] learned) {
        return (sum(rows, row -> learned[2 * row]) + 0.5) / (sum(rows, row -> learned[2 * row + 1]) + 0.5);
    }

    /** The class's number; sums begin with the log of its share, half a row of each added. */
    private static TreeTargets classes(int rows, int classes, double[] learned) {
        double[] base = new double[classes];
        for (int k = 0; k < classes; k++) {
            int of = k;
            base[k] = Elementary.log((sum(rows, row -> learned[row * classes + of]) + 0.5) / (rows + 0.5 * classes));
        }
        return alike(rows, row -> IntStream.range(0, classes).filter(k -> learned[row * classes + k] == 1).findFirst().orElseThrow(), base);
    }

    /** With half a row of each added. */
    private static double logOdds(double ones, double others) {
        return Elementary.log((ones + 0.5) / (others + 0.5));
    }

    private static double sum(int rows, Numbers numbers) {
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += numbers.of(row);
        }
        return sum;
    }

    private static float[] floats(int rows, Numbers numbers) {
        float[] floats = new float[rows];
        for (int row = 0; row < rows; row++) {
            floats[row] = (float) numbers.of(row);
        }
        return floats;
    }
}
