package intarsia.models.stacking;

import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.List;

/**
 * Responses that judge candidates: those of continuous tasks divided by their standard deviation over the rows learned from, so that tasks
 * count alike.
 *
 * @param families the response's family of each row
 * @param truth    the response of each row, scaled, row after row
 * @param weight   how much each row counts, 1 on average
 * @param scale    what each row's response was divided by
 * @param task     the number of each row's task
 * @param fold     the fold in which each row was held out
 * @param at       where each row's response begins
 * @param from     where each row's prediction begins among those of all rows; last where they end
 */
record HeldOutRows(List<ResponseFamily> families, double[] truth, double[] weight, double[] scale, int[] task, int[] fold, int[] at,
        int[] from) {
    HeldOutRows(List<ResponseFamily> families, double[] truth, double[] weight, double[] scale, int[] task, int[] fold) {
        this(families, truth, weight, scale, task, fold, new int[task.length], new int[task.length + 1]);
        int response = 0;
        for (int i = 0; i < task.length; i++) {
            at[i] = response;
            response += families.get(i).columns();
            from[i + 1] = from[i] + families.get(i).width();
        }
    }

    int size() {
        return task.length;
    }

    /** Some of the rows. */
    HeldOutRows at(int[] rows) {
        return new HeldOutRows(Arrays.stream(rows).mapToObj(families::get).toList(),
                Arrays.stream(rows).boxed().flatMapToDouble(row -> Arrays.stream(truth, at[row], at[row] + families.get(row).columns()))
                        .toArray(),
                Arrays.stream(rows).mapToDouble(row -> weight[row]).toArray(),
                Arrays.stream(rows).mapToDouble(row -> scale[row]).toArray(), Arrays.stream(rows).map(row -> task[row]).toArray(),
                Arrays.stream(rows).map(row -> fold[row]).toArray());
    }

    /** Each candidate's predictions of some of the rows. */
    List<double[]> at(List<double[]> predicted, int[] rows) {
        return predicted.stream().map(of -> Arrays.stream(rows).boxed()
                .flatMapToDouble(row -> Arrays.stream(of, from[row], from[row + 1])).toArray()).toList();
    }

    /** Predictions of all rows, divided by what the rows' responses were divided by. */
    double[] scaled(double[] predicted) {
        double[] scaled = new double[predicted.length];
        for (int i = 0; i < size(); i++) {
            for (int k = from[i]; k < from[i + 1]; k++) {
                scaled[k] = predicted[k] / scale[i];
            }
        }
        return scaled;
    }

    /** The deviance of a row's prediction, scaled as its response, times its weight. */
    double deviance(int row, double[] predicted) {
        return weight[row] * families.get(row).deviance(truth, at[row], predicted, from[row]);
    }

    /** Writes its derivatives by the prediction's numbers, in the same place as these. */
    void slopes(int row, double[] predicted, double[] slopes) {
        families.get(row).devianceSlopes(truth, at[row], predicted, from[row], slopes, from[row]);
        for (int k = from[row]; k < from[row + 1]; k++) {
            slopes[k] *= weight[row];
        }
    }
}
