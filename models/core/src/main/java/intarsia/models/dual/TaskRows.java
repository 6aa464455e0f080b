package intarsia.models.dual;

import intarsia.models.data.DataException;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.TaskTable;
import intarsia.models.selection.HeldOutLoss;

/**
 * A task's rows to learn from and to choose by.
 *
 * @param features the way from raw cells to what is read
 * @param split    its rows
 * @param table    the same as dense numbers; there may be more columns than features
 */
record TaskRows(ObservedFeatures features, TaskSplit split, TaskTable table) {
    /**
     * Makes sure that there are rows to choose by.
     *
     * @throws DataException if there are none
     */
    TaskRows {
        if (split.validation().length == 0) {
            boolean classes = split.task().family().strata() > 1;
            throw new DataException("task '" + split.task().name() + "' has " + split.task().size()
                    + " rows, none of which is left for early stopping; give at least 3 rows" + (classes ? " of one class" : "")
                            + ", or leave the task out");
        }
    }

    static TaskRows of(ObservedFeatures features, TaskSplit split) {
        return new TaskRows(features, split, TaskTable.of(features, split));
    }

    /** How far predictions are from validation responses, given linear predictors of those rows, which are overwritten. */
    double validationLoss(double[] eta) {
        return HeldOutLoss.of(split, split.validation(), features.respond(eta));
    }
}
