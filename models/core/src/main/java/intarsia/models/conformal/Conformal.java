package intarsia.models.conformal;

import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.UncertainPredictor;
import intarsia.models.data.DataSplit;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.evaluation.Comparison;
import intarsia.models.response.ResponseFamily;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What prediction sets of a model are made by: how far responses of rows were from what a model predicted that had not seen them.
 *
 * <pre>
 * Conformal conformal = Conformal.split(model, split);                           test rows, which the model has not seen
 * List&lt;PredictionSet&gt; sets = conformal.at(0.9).sets(model, "hungarian", rows);   each holds its row's response in 90 % of rows
 *
 * C(x) = {y : s(x, y) &lt;= q},   q the ceil((n + 1) level)-th smallest of the task's n scores s
 * </pre>
 *
 * <p>Scores are those of the response's family: {@link PredictionSet} says what sets look like. With the scores of {@link #split}, and
 * enough rows in a task, a new row's response lies in its set with probability between {@code level} and {@code level + 1 / (n + 1)},
 * whatever the model and the distribution, where the task's rows are exchangeable (Vovk, Gammerman &amp; Shafer 2005; Lei et al. 2018): on
 * average over rows and calibration rows, not at each x. Without ties; with them it may be more.
 *
 * <p>{@link #of} takes the scores of rows that were held out when models were compared, and sets stand around the predictions of the one
 * model that was then fitted on all rows. That wastes no rows. The same coverage then holds as far as a fit with a few rows more predicts
 * the same (Barber et al. 2021, where it is the jackknife; Steinberger &amp; Leeb 2023): a theorem needs the fits themselves, as in
 * {@link CrossConformal}. A model of more rows predicts better, so sets are too wide rather than too narrow.
 *
 * <p>Few rows: n rows can say nothing beyond {@code n / (n + 1)}, nine nothing above 90 %. A task with fewer than {@code 5 / (1 - level)}
 * borrows the scores of the other tasks about the same response, as many as it lacks, all with the same weight (ours). As Barber,
 * Cand&egrave;s, Ramdas &amp; Tibshirani (2023) show, that costs at most about the borrowed share of the weight times the total variation
 * distance between the tasks' scores. Where all those together are too few, sets have no end.
 *
 * <p>Of times to an event, scores of censored rows are lower bounds, and their distribution is estimated by Kaplan &amp; Meier; half of
 * what is to be left out lies below a set, half above. Coverage is exact without censoring, and approximate where censoring depends on
 * nothing that the score depends on. (Cand&egrave;s, Lei &amp; Ren 2023 have lower bounds for all censoring times known; here those of rows
 * with events are not.)
 *
 * @param deviations whether scores of quantities are divided by the model's standard deviation, not by that of the task's responses
 * @param tasks      the scores of each task's rows
 */
public record Conformal(boolean deviations, Map<String, CalibrationScores> tasks) {
    /** Copies the map, in the order of tasks' names. */
    public Conformal {
        tasks = Collections.unmodifiableMap(new TreeMap<>(tasks));
        tasks.values().forEach(Objects::requireNonNull);
    }

    /** By the rows that were held out when an estimator was compared; a row that k splits held out counts 1/k in each. */
    public static Conformal of(Comparison.Result comparison, String estimator, TaskSet data) {
        return HeldOutScores.of(comparison, estimator, data).conformal();
    }

    /** By the test rows of a split, which the model has not seen: split-conformal sets. */
    public static Conformal split(Model model, BoundModel bound, DataSplit split) {
        Map<String, CalibrationScores> tasks = new LinkedHashMap<>();
        boolean deviations = TaskScores.spread(model.responses().values()) && split.taskList().stream().filter(task ->
                task.family().standardized()).allMatch(task -> UncertainPredictor.of(bound, task.name()).isPresent());
        for (TaskSplit part : split.tasks()) {
            String name = part.task().name();
            double[] of = deviations ? UncertainPredictor.deviations(bound, part.task(), part.observations(part.test())) : new double[0];
            TaskScores scores = new TaskScores(part.task().family(), spread(part.task()));
            tasks.put(name, CalibrationScores.of(part.task().about(), spread(part.task()), ScoreDistribution.weighted(
                    scores.of(part.responses(part.test()), bound.predict(name, part.observations(part.test())), of),
                    part.weights(part.test()))));
        }
        return new Conformal(deviations, tasks);
    }

    /** With a task that has no calibration rows, and borrows all of them. */
    public Conformal and(Task task) {
        Map<String, CalibrationScores> all = new TreeMap<>(tasks);
        all.put(task.name(), CalibrationScores.none(task.about(), spread(task)));
        return new Conformal(deviations, all);
    }

    /** The standard deviation of a task's responses; 1 where they do not vary, or are no quantities. */
    static double spread(Task task) {
        ResponseFamily family = task.family();
        // in an order that is not that of the rows
        TaskSplit all = TaskSplit.all(task);
        double scale = family.standardized() ? ResponseEncoding.moments(family, all.responses(all.train()),
                all.weights(all.train())).scale() : 1;
        return scale > 0 ? scale : 1;
    }

    /**
     * Sets that are to hold this share of responses.
     *
     * @param level above 0 and below 1
     * @throws IllegalArgumentException if it is not
     */
    public ConformalSets at(double level) {
        return new ConformalSets(this, level);
    }

    /** How many rows a task has that were predicted without having been seen. */
    public double rows(String task) {
        return tasks.containsKey(task) ? tasks.get(task).rows() : 0;
    }
}
