package intarsia.models.stacking;

import intarsia.models.response.ResponseFamily;
import java.util.List;

/**
 * Responses that judge candidates: those of continuous tasks divided by their standard deviation over the rows learned from, so that tasks
 * count alike.
 *
 * @param families the response's family of each row
 * @param truth    the response of each row, scaled
 * @param scale    what each row's response was divided by
 */
record HeldOutRows(List<ResponseFamily> families, double[] truth, double[] scale) {
    int size() {
        return truth.length;
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
