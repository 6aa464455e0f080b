package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSplit;
import intarsia.models.evaluation.ChangedRows;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Evaluation;
import intarsia.models.explanation.RowChange;
import intarsia.models.files.KnownRows;
import intarsia.models.files.NewRows;
import intarsia.models.report.run.EvaluationPage;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows with known outcomes as tasks, changed and predicted again. */
final class JudgedTasks {
    /** How often permutations are drawn, at most; fewer where more than so many rows would have to be predicted. */
    private static final int DRAWS = 5;
    private static final int MOST_ROWS = 20_000;

    private JudgedTasks() {}

    static EvaluationPage.Changed changed(Model model, KnownRows known) {
        List<Task> tasks = model.tasks().stream().filter(name -> rows(known, name).length > 0)
                .map(name -> task(known, name, model.response(name))).toList();
        List<Evaluation> evaluations = new ArrayList<>();
        try (Engine engine = Engine.options().precision(model.state().precision()).open(); BoundModel bound = model.bind(engine)) {
            for (int draw = 0; draw < draws(model, tasks); draw++) {
                RandomStream random = RandomStream.of(1, "evaluate").child("draw", draw);
                evaluations.add(new Evaluation(draw, EvaluationPage.MODEL, Map.of(), null, 0, List.of(), tasks.stream().map(task -> {
                    int[] order = TaskSplit.all(task).train();
                    Observations rows = Observations.of(task, order);
                    return new Evaluation.HeldOut(task.name(), order, bound.predict(task.name(), rows),
                            ChangedRows.of(model, bound, task.name(), rows, random));
                }).toList()));
            }
        }
        return new EvaluationPage.Changed(new Comparison.Result(evaluations), tasks);
    }

    private static int draws(Model model, List<Task> tasks) {
        long each = tasks.stream().mapToLong(task -> (long) Math.min(ChangedRows.MOST, task.size())
                * RowChange.all(task.name(), Observations.of(task), model.sources(), model.tasks()).size()).sum();
        return Math.clamp(MOST_ROWS / Math.max(1, each), 1, DRAWS);
    }

    private static int[] rows(KnownRows known, String task) {
        return IntStream.of(known.rows().rowsOf(task)).filter(known::given).toArray();
    }

    private static Task task(KnownRows known, String name, ResponseFamily family) {
        int[] rows = rows(known, name);
        NewRows of = known.rows();
        Task.Builder task = Task.of(name, family).rows(IntStream.of(rows).mapToObj(row -> of.ids().get(row)).toList());
        for (Map.Entry<Source, double[][]> block : of.blocks().entrySet()) {
            double[][] own = IntStream.of(rows).mapToObj(row -> block.getValue()[row]).toArray(double[][]::new);
            if (Arrays.stream(own).anyMatch(row -> Arrays.stream(row).anyMatch(cell -> !Double.isNaN(cell)))
                    || known.rows().blocks().size() == 1) {
                task.block(block.getKey(), own);
            }
        }
        int columns = family.columns();
        return task.response(IntStream.of(rows).boxed().flatMapToDouble(row -> Arrays.stream(known.responses(), row * columns,
                (row + 1) * columns)).toArray());
    }
}
