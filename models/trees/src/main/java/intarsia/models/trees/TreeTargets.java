package intarsia.models.trees;

import intarsia.linalg.Elementary;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
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
     * @param each   how much each row counts
     */
    static TreeTargets of(ResponseFamily family, boolean linear, double[] learned, double[] each) {
        int rows = each.length;
        double all = sum(rows, row -> each[row]);
        return switch (family.likelihood()) {
            case SQUARED_ERROR -> plain(each, row -> learned[row], sum(rows, row -> each[row] * learned[row]) / all);
            case BERNOULLI -> {
                double ones = sum(rows, row -> each[row] * learned[row]);
                yield plain(each, row -> learned[row], linear ? logOdds(ones, all - ones) : ones / all);
            }
            case BERNOULLI_WITH_OFFSET -> new TreeTargets(family.linear(family.expected(learned, each)),
                    floats(rows, row -> learned[2 * row]), floats(rows, row -> learned[2 * row + 1]), floats(rows, row -> each[row]));
            case POISSON, NEGATIVE_BINOMIAL -> {
                double[] counts = counts(learned, family.learned());
                yield linear ? counts(counts, each) : ratios(counts, each);
            }
            case SOFTMAX -> classes(family.predictors(), learned, each);
            case INTERVAL, GROUPED -> throw new IllegalStateException("trees do not learn " + family.key());
        };
    }

    /** Events and those expected: trees learn the mean, by Poisson's likelihood. */
    private static double[] counts(double[] learned, int numbers) {
        double[] counts = new double[learned.length / numbers * 2];
        Arrays.setAll(counts, i -> learned[i / 2 * numbers + i % 2]);
        return counts;
    }

    /** With these rows. */
    TreeGrower.Table table(float[] rows, int width) {
        return new TreeGrower.Table(rows, width, responses, offsets, weights);
    }

    private static TreeTargets plain(double[] each, Numbers responses, double... base) {
        boolean alike = Arrays.stream(each).allMatch(weight -> weight == 1);
        return new TreeTargets(base, floats(each.length, responses), NONE, alike ? NONE : floats(each.length, row -> each[row]));
    }

    /** Events, those expected an offset; a row of which none is expected says nothing. */
    private static TreeTargets counts(double[] learned, double[] each) {
        int rows = each.length;
        return new TreeTargets(new double[] {Elementary.log(ratio(learned, each))}, floats(rows, row -> learned[2 * row]),
                floats(rows, row -> learned[2 * row + 1] > 0 ? Elementary.log(learned[2 * row + 1]) : 0),
                floats(rows, row -> learned[2 * row + 1] > 0 ? each[row] : 0));
    }

    /** Events over those expected, which rows count by; where these are more than 1 on average, that is taken out. */
    private static TreeTargets ratios(double[] learned, double[] each) {
        int rows = each.length;
        double scale = Math.max(1, sum(rows, row -> each[row] * learned[2 * row + 1]) / sum(rows, row -> each[row]));
        return new TreeTargets(new double[] {ratio(learned, each)},
                floats(rows, row -> learned[2 * row + 1] > 0 ? learned[2 * row] / learned[2 * row + 1] : 0),
                NONE, floats(rows, row -> each[row] * learned[2 * row + 1] / scale));
    }

    /** All events over all expected, with half a one added to both. */
    private static double ratio(double[] learned, double[] each) {
        int rows = each.length;
        return (sum(rows, row -> each[row] * learned[2 * row]) + 0.5) / (sum(rows, row -> each[row] * learned[2 * row + 1]) + 0.5);
    }

    /** The class's number; sums begin with the log of its share, half a row of each added. */
    private static TreeTargets classes(int classes, double[] learned, double[] each) {
        int rows = each.length;
        double all = sum(rows, row -> each[row]);
        double[] base = new double[classes];
        for (int k = 0; k < classes; k++) {
            int of = k;
            base[k] = Elementary.log((sum(rows, row -> each[row] * learned[row * classes + of]) + 0.5) / (all + 0.5 * classes));
        }
        return plain(each, row -> IntStream.range(0, classes).filter(k -> learned[row * classes + k] == 1).findFirst().orElseThrow(), base);
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
