package intarsia.bench.panel;

import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.data.Block;
import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Moments;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSplit;
import intarsia.models.files.Study;
import intarsia.models.response.Metric;
import intarsia.models.response.ResponseFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A study of the panel: its splits, which are those of {@code ./intarsia fit}, how predictions are judged, and its files for peers.
 *
 * @param key   its folder's name
 * @param study the study
 */
record PanelStudy(String key, Study study) {
    private static final double TEST_SHARE = 0.2;

    /** Reads a study's folder. */
    static PanelStudy read(Path folder) {
        PanelStudy read = new PanelStudy(folder.getFileName().toString(), Study.read(folder));
        if (read.tasks().stream().map(Task::family).distinct().count() > 1) {
            throw new DataException(folder + ": its tasks have responses of different kinds, which have no loss in common");
        }
        return read;
    }

    /** Tasks in the order of their names. */
    List<Task> tasks() {
        return study.tasks().tasks().stream().sorted(Comparator.comparing(Task::name)).toList();
    }

    ResponseFamily family() {
        return tasks().getFirst().family();
    }

    int rows() {
        return tasks().stream().mapToInt(Task::size).sum();
    }

    /** Random numbers of a split, from 0. */
    static RandomStream random(long seed, int split) {
        return RandomStream.of(seed).child("comparison").child("repeat", split);
    }

    DataSplit split(long seed, int split) {
        return DataSplit.random(study.tasks(), Estimator.VALIDATION_SHARE, TEST_SHARE, random(seed, split));
    }

    /** What the loss is, for people. */
    String lossName() {
        return family().equals(ResponseFamily.BINARY) ? "log loss" : "RMSE / SD";
    }

    /**
     * The loss of predictions of each task's test rows: of a binary response the mean over tasks of the log loss, of a continuous one
     * {@code sqrt(mean over tasks of MSE_t / var_t)}, var_t the variance of all the task's responses: 1 is about what the task's mean
     * reaches. Tasks without test rows, or whose response is constant, are left out.
     */
    double loss(DataSplit split, Map<String, double[]> predicted) {
        boolean binary = family().equals(ResponseFamily.BINARY);
        double sum = 0;
        int count = 0;
        for (TaskSplit task : split.tasks()) {
            double[] truth = task.responses(task.test());
            double scale = binary ? 1 : Moments.of(task.task().response()).scale();
            if (truth.length > 0 && scale > 0) {
                double of = (binary ? Metric.LOG_LOSS : Metric.RMSE).of(truth, predicted.get(task.task().name())) / scale;
                sum += binary ? of : of * of;
                count++;
            }
        }
        return binary ? sum / count : Math.sqrt(sum / count);
    }

    /**
     * Writes {@code table.csv} and {@code columns.csv}: a row for each of all tasks' rows; numbers and codes of levels, empty where
     * missing.
     */
    void writeTable(Path folder) throws IOException {
        List<Source> sources = tasks().stream().flatMap(task -> task.blocks().keySet().stream()).distinct()
                .sorted(Comparator.comparing(Source::name)).toList();
        List<String> columns = new ArrayList<>(List.of("column,kind"));
        StringBuilder head = new StringBuilder("task,response");
        for (Source source : sources) {
            for (Column column : source.columns()) {
                columns.add(quoted(column.name()) + "," + column.kind().name().toLowerCase(java.util.Locale.ROOT));
                head.append(',').append(quoted(column.name()));
            }
        }
        List<String> lines = new ArrayList<>(List.of(head.toString()));
        for (Task task : tasks()) {
            for (int i = 0; i < task.size(); i++) {
                StringBuilder line = new StringBuilder(quoted(task.name())).append(',').append(task.response()[i]);
                for (Source source : sources) {
                    Block block = task.blocks().get(source);
                    for (int j = 0; j < source.columns().size(); j++) {
                        double cell = block == null ? Double.NaN : block.get(i, j);
                        line.append(',').append(Double.isNaN(cell) ? "" : Double.toString(cell));
                    }
                }
                lines.add(line.toString());
            }
        }
        Files.write(folder.resolve("table.csv"), lines);
        Files.write(folder.resolve("columns.csv"), columns);
    }

    /** Writes which part of a split each row of the table is in. */
    void writeSplit(DataSplit split, Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of("part"));
        for (TaskSplit task : split.tasks()) {
            String[] part = new String[task.task().size()];
            mark(part, task.train(), "train");
            mark(part, task.validation(), "validation");
            mark(part, task.test(), "test");
            lines.addAll(List.of(part));
        }
        Files.write(file, lines);
    }

    private static void mark(String[] part, int[] rows, String name) {
        for (int row : rows) {
            part[row] = name;
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
