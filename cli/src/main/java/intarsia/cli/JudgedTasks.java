package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSplit;
import intarsia.models.evaluation.ChangedRows;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Evaluation;
import intarsia.models.explanation.RowChange;
import intarsia.models.report.run.EvaluationPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows with known outcomes as tasks, changed and predicted again. */
final class JudgedTasks {
    /** How often permutations are drawn, at most; fewer where more than so many rows would have to be predicted. */
    private static final int DRAWS = 5;
    private static final int MOST_ROWS = 20_000;

    private JudgedTasks() {}

    /** Of tasks about one response. */
    static EvaluationPage.Changed changed(Model model, List<Task> tasks) {
        List<Evaluation> evaluations = new ArrayList<>();
        try (Engine engine = Engine.options().precision(model.state().precision()).open(); BoundModel bound = model.bind(engine)) {
            for (int draw = 0; draw < draws(model, tasks); draw++) {
                RandomStream random = RandomStream.of(1, "evaluate").child("draw", draw);
                evaluations.add(new Evaluation(draw, EvaluationPage.MODEL, Map.of(), null, 0, List.of(), tasks.stream().map(task -> {
                    int[] order = TaskSplit.all(task).train();
                    Observations rows = Observations.of(task, order);
                    return new Evaluation.HeldOut(task.name(), order, bound.predict(task.name(), rows), new double[0],
                            ChangedRows.of(model, bound, task.name(), rows, List.of(), random));
                }).toList()));
            }
        }
        return new EvaluationPage.Changed(new Comparison.Result(evaluations), tasks);
    }

    private static int draws(Model model, List<Task> tasks) {
        long each = tasks.stream().mapToLong(task -> (long) Math.min(ChangedRows.MOST, task.size())
                * RowChange.all(task.name(), Observations.of(task), model.sources(), List.of()).size()).sum();
        return Math.clamp(MOST_ROWS / Math.max(1, each), 1, DRAWS);
    }
}
