package intarsia.cli;

import intarsia.models.Estimator;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Evaluation;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Results;
import intarsia.models.files.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What every method predicted for every row that a split held out: {@code held-out.csv}. Of several responses a line is about one, whose
 * columns it fills.
 *
 * @param tasks      the tasks
 * @param schema     what their responses are called
 * @param methods    what was compared
 * @param comparison what came out
 */
record HeldOutTable(TaskSet tasks, Schema schema, List<Estimator> methods, Comparison.Result comparison) {
    static final String FILE = "held-out.csv";

    void write(FolderWriter run) {
        boolean several = schema.responses().size() > 1;
        List<String> header = new ArrayList<>(several ? List.of("split", "method", "response", "task", "row")
                : List.of("split", "method", "task", "row"));
        schema.responses().forEach(response -> {
            header.addAll(response.headings());
            response.family().predicted().stream().map(response::heading).forEach(header::add);
        });
        List<List<String>> lines = new ArrayList<>();
        for (Evaluation evaluation : comparison.evaluations()) {
            if (methods.stream().anyMatch(method -> method.key().equals(evaluation.estimator()))) {
                evaluation.heldOut().forEach(held -> lines.addAll(lines(evaluation, held, several)));
            }
        }
        run.write(FILE, Results.csv(header, lines));
    }

    private List<List<String>> lines(Evaluation evaluation, Evaluation.HeldOut held, boolean several) {
        Task task = tasks.task(held.task());
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < held.rows().length; i++) {
            int row = held.rows()[i];
            List<String> line = new ArrayList<>(List.of(Integer.toString(evaluation.repeat() + 1), evaluation.estimator()));
            line.addAll(several ? List.of(task.about(), task.cohort()) : List.of(task.name()));
            line.add(task.rows().get(row));
            for (Schema.Response response : schema.responses()) {
                int width = response.family().width();
                if (!response.name().equals(task.about())) {
                    line.addAll(Collections.nCopies(response.columns().size() + width, ""));
                    continue;
                }
                line.addAll(response.cells(task.response(), row));
                for (int k = 0; k < width; k++) {
                    line.add(k < held.width() ? Double.toString(held.predicted()[i * held.width() + k]) : "");
                }
            }
            lines.add(line);
        }
        return lines;
    }
}
