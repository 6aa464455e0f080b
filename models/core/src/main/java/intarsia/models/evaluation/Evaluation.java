package intarsia.models.evaluation;

import intarsia.models.BoundModel;
import intarsia.models.PredictsDeviations;
import intarsia.models.data.Observations;
import intarsia.models.data.TaskSplit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One estimator, fitted and judged on one split.
 *
 * @param repeat    number of the split, from 0
 * @param estimator the estimator's key
 * @param chosen    what tuning chose or options gave
 * @param note      the limit that ended the fit, or null
 * @param seconds   how long it took
 * @param scores    its figures on test rows, task by task
 * @param heldOut   what it predicted for those rows, task by task
 */
public record Evaluation(int repeat, String estimator, Map<String, String> chosen, String note, double seconds,
        List<Comparison.Score> scores, List<HeldOut> heldOut) {
    /** Copies map and lists. */
    public Evaluation {
        chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
        scores = List.copyOf(scores);
        heldOut = List.copyOf(heldOut);
    }

    /**
     * Predictions of rows that were held out of a fit.
     *
     * @param task       the task's name
     * @param rows       numbers of the task's rows, from 0
     * @param predicted  what was predicted for each, as the model gives it: a number a row, or as many for each row
     * @param deviations the standard deviation of each row's response, as the model gives it; empty where it gives none
     */
    public record HeldOut(String task, int[] rows, double[] predicted, double[] deviations) {
        /** Of a model that has not seen a task's test rows. */
        public static HeldOut of(BoundModel model, TaskSplit task) {
            Observations rows = task.observations(task.test());
            String name = task.task().name();
            return new HeldOut(name, task.test(), model.predict(name, rows), model instanceof PredictsDeviations by
                    && task.task().family().standardized() ? by.deviations(name, rows) : new double[0]);
        }

        /** How many numbers were predicted for a row. */
        public int width() {
            return rows.length == 0 ? 1 : predicted.length / rows.length;
        }
    }
}
