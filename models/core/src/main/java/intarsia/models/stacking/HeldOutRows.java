package intarsia.models.stacking;

import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.List;

/**
 * Responses that judge candidates: those of continuous tasks divided by their standard deviation over the rows learned from, so that tasks
 * count alike.
 *
 * @param families the response's family of each row
 * @param truth    the response of each row, scaled
 * @param scale    what each row's response was divided by
 * @param task     the number of each row's task
 * @param fold     the fold in which each row was held out
 */
record HeldOutRows(List<ResponseFamily> families, double[] truth, double[] scale, int[] task, int[] fold) {
    int size() {
        return truth.length;
    }

    /** Some of the rows. */
    HeldOutRows at(int[] rows) {
        return new HeldOutRows(Arrays.stream(rows).mapToObj(families::get).toList(), at(truth, rows), at(scale, rows),
                Arrays.stream(rows).map(row -> task[row]).toArray(), Arrays.stream(rows).map(row -> fold[row]).toArray());
    }

    /** Some of each candidate's numbers. */
    static List<double[]> at(List<double[]> predicted, int[] rows) {
        return predicted.stream().map(of -> at(of, rows)).toList();
    }

    private static double[] at(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
    }

    /** The deviance of a predicted mean, given on the response's scale. */
    double deviance(int row, double mean) {
        return families.get(row).deviance(truth[row], mean / scale[row]);
    }

    /** Its derivative by the mean. */
    double slope(int row, double mean) {
        return families.get(row).devianceSlope(truth[row], mean / scale[row]) / scale[row];
    }
}
