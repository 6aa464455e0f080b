package intarsia.models.conformal;

import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Scores of the rows that splits of a comparison held out, of one estimator.
 *
 * @param data       the tasks
 * @param deviations whether scores of quantities are in units of the model's deviations
 * @param rows       by task
 */
record HeldOutScores(TaskSet data, boolean deviations, Map<String, List<Held>> rows) {
    /**
     * A row in a split that held it out.
     *
     * @param predicted what was predicted of it
     * @param deviation its standard deviation by the model; empty where it gives none
     */
    record Held(int split, int row, RowScore score, double[] predicted, double[] deviation) {}

    static HeldOutScores of(Comparison.Result comparison, String estimator, TaskSet data) {
        List<Evaluation> evaluations = comparison.evaluations().stream().filter(of -> of.estimator().equals(estimator)).toList();
        boolean deviations = evaluations.stream().flatMap(of -> of.heldOut().stream()).anyMatch(held -> held.deviations().length > 0);
        Map<String, List<Held>> rows = new LinkedHashMap<>();
        for (Task task : data.tasks()) {
            List<Held> held = new ArrayList<>();
            TaskScores scores = new TaskScores(task.family(), Conformal.spread(task));
            for (Evaluation evaluation : evaluations) {
                evaluation.heldOut().stream().filter(of -> of.task().equals(task.name())).forEach(of -> {
                    List<RowScore> found = scores.of(responses(task, of.rows()), of.predicted(), of.deviations());
                    IntStream.range(0, found.size()).forEach(i -> held.add(new Held(evaluation.repeat(), of.rows()[i], found.get(i),
                            Arrays.copyOfRange(of.predicted(), i * of.width(), (i + 1) * of.width()), of.deviations().length == 0
                                    ? of.deviations() : new double[] {of.deviations()[i]})));
                });
            }
            rows.put(task.name(), held);
        }
        return new HeldOutScores(data, deviations, rows);
    }

    private static double[] responses(Task task, int[] rows) {
        int columns = task.family().columns();
        return Arrays.stream(rows).boxed().flatMapToDouble(row ->
                Arrays.stream(task.response(), row * columns, (row + 1) * columns)).toArray();
    }

    /** By all rows. */
    Conformal conformal() {
        return conformal(-1);
    }

    /** By the rows that a split did not hold out. */
    Conformal conformal(int without) {
        Map<String, CalibrationScores> tasks = new LinkedHashMap<>();
        rows.forEach((task, held) -> tasks.put(task, CalibrationScores.of(data.task(task).about(),
                Conformal.spread(data.task(task)), weighted(data.task(task), outside(held, without)))));
        return new Conformal(deviations, tasks);
    }

    private static List<Held> outside(List<Held> held, int split) {
        Set<Integer> inside = new HashSet<>();
        held.stream().filter(of -> of.split == split).forEach(of -> inside.add(of.row));
        return held.stream().filter(of -> !inside.contains(of.row)).toList();
    }

    /** Each row counts once, by its weight. */
    static List<ScoreDistribution.Weighted> weighted(Task task, List<Held> held) {
        Map<Integer, Integer> times = new HashMap<>();
        held.forEach(of -> times.merge(of.row, 1, Integer::sum));
        return held.stream().map(of -> new ScoreDistribution.Weighted(of.score, task.weights()[of.row] / times.get(of.row))).toList();
    }

    /** The splits, in order. */
    int[] splits() {
        return rows.values().stream().flatMap(List::stream).mapToInt(Held::split).distinct().sorted().toArray();
    }
}
