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
import java.util.List;

/**
 * What every method predicted for every row that a split held out: {@code held-out.csv}.
 *
 * @param tasks      the tasks
 * @param response   what their response is called
 * @param methods    what was compared
 * @param comparison what came out
 */
record HeldOutTable(TaskSet tasks, Schema.Response response, List<Estimator> methods, Comparison.Result comparison) {
    static final String FILE = "held-out.csv";

    void write(FolderWriter run) {
        int width = response.family().width();
        List<String> header = new ArrayList<>(List.of("split", "method", "task", "row"));
        header.addAll(response.headings());
        header.addAll(response.family().predicted());
        List<List<String>> lines = new ArrayList<>();
        for (Evaluation evaluation : comparison.evaluations()) {
            if (methods.stream().anyMatch(method -> method.key().equals(evaluation.estimator()))) {
                evaluation.heldOut().forEach(held -> lines.addAll(lines(evaluation, held, width)));
            }
        }
        run.write(FILE, Results.csv(header, lines));
    }

    private List<List<String>> lines(Evaluation evaluation, Evaluation.HeldOut held, int width) {
        Task task = tasks.task(held.task());
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < held.rows().length; i++) {
            int row = held.rows()[i];
            List<String> line = new ArrayList<>(List.of(Integer.toString(evaluation.repeat() + 1), evaluation.estimator(), task.name(),
                    task.rows().get(row)));
            line.addAll(response.cells(task.response(), row));
            for (int k = 0; k < width; k++) {
                line.add(k < held.width() ? Double.toString(held.predicted()[i * held.width() + k]) : "");
            }
            lines.add(line);
        }
        return lines;
    }
}
