package intarsia.models.evaluation;

import intarsia.models.BoundModel;
import intarsia.models.UncertainPredictor;
import intarsia.models.data.Observations;
import intarsia.models.data.TaskSplit;
import intarsia.models.explanation.RowChange;
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
     * @param changed    what was predicted for the first of them when they were changed; none unless it was asked for
     */
    public record HeldOut(String task, int[] rows, double[] predicted, double[] deviations, List<Changed> changed) {
        /** Copies the list. */
        public HeldOut {
            changed = List.copyOf(changed);
        }

        /** Of rows as they are, without deviations. */
        public HeldOut(String task, int[] rows, double[] predicted) {
            this(task, rows, predicted, new double[0], List.of());
        }

        /** Of a model that has not seen a task's test rows. */
        public static HeldOut of(BoundModel model, TaskSplit task) {
            Observations rows = task.observations(task.test());
            String name = task.task().name();
            return new HeldOut(name, task.test(), model.predict(name, rows), UncertainPredictor.deviations(model, task.task(), rows),
                    List.of());
        }

        /** With what was predicted for changed rows. */
        public HeldOut with(List<Changed> more) {
            return new HeldOut(task, rows, predicted, deviations, more);
        }

        /** How many numbers were predicted for a row. */
        public int width() {
            return rows.length == 0 ? 1 : predicted.length / rows.length;
        }
    }

    /**
     * Predictions of rows that were changed.
     *
     * @param change    how
     * @param predicted what was predicted for the first rows, as many as there are numbers for
     */
    public record Changed(RowChange change, double[] predicted) {}
}
