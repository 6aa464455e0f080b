package intarsia.models.imputation;

import intarsia.models.FitContext;
import intarsia.models.ImputationMethod;
import intarsia.models.data.Block;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSplit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each column at its mean, or its shares of levels, over the training rows of all tasks that have it. */
public record ColumnMeans() implements ImputationMethod {
    @Override
    public String key() {
        return "means";
    }

    @Override
    public String name() {
        return "column means";
    }

    @Override
    public Learned learn(FitContext context) {
        Map<Source, double[]> means = new HashMap<>();
        List<TaskSplit> once = context.split().withoutValidation().once();
        once.stream().flatMap(task -> task.task().blocks().keySet().stream()).distinct()
                .forEach(source -> means.put(source, means(once, source)));
        return (engine, task, source, rows) -> {
            double[][] expected = new double[rows.size()][];
            Arrays.setAll(expected, i -> means.get(source).clone());
            return expected;
        };
    }

    private static double[] means(List<TaskSplit> tasks, Source source) {
        double[] sums = new double[source.width()];
        Map<String, Integer> numbers = source.columnNumbers();
        int at = 0;
        for (Column column : source.columnsByName()) {
            int seen = 0;
            for (TaskSplit task : tasks) {
                Block block = task.task().blocks().get(source);
                for (int row : block == null ? new int[0] : task.train()) {
                    double cell = block.get(row, numbers.get(column.name()));
                    if (!Double.isNaN(cell)) {
                        seen++;
                        int place = column.kind() == Column.Kind.CATEGORICAL ? at + (int) cell : at;
                        sums[place] += column.kind() == Column.Kind.CATEGORICAL ? 1 : cell;
                    }
                }
            }
            for (int k = at; k < at + column.width(); k++) {
                sums[k] /= Math.max(1, seen);
            }
            at += column.width();
        }
        return sums;
    }
}
