package intarsia.models.files.model;

import intarsia.models.data.Block;
import intarsia.models.data.Column;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What a model's study held, as far as new rows are compared with it.
 *
 * @param tasks   each task's rows
 * @param columns the smallest and the largest number in each continuous column, over all tasks
 */
public record TrainingSummary(Map<String, OfTask> tasks, Map<String, Range> columns) {
    /**
     * Of a task.
     *
     * @param cohort  what its rows are called, of whose responses it may be about one
     * @param rows    how many
     * @param expected what is predicted where nothing is known of a row, as the response's family has it: the mean
     * @param sources the names of those that were observed
     * @param keys    a key of each row's cells and response, in hexadecimal digits, in the order of the keys
     */
    public record OfTask(String cohort, int rows, List<Double> expected, List<String> sources, List<String> keys) {
        /** How many of some rows are, number for number, among those of the task. */
        public int seen(Observations others, double[] responses) {
            Set<Source> known = others.blocks().keySet().stream().filter(source -> sources.contains(source.name()))
                    .collect(Collectors.toSet());
            Set<String> own = Set.copyOf(keys);
            return (int) hexadecimal(others.only(known).keys(responses)).filter(own::contains).count();
        }

        private static Stream<String> hexadecimal(long[] keys) {
            return Arrays.stream(keys).mapToObj(key -> HexFormat.of().toHexDigits(key));
        }
    }

    /** From the smallest to the largest. */
    public record Range(double low, double high) {
        /** Numbers below are farther outside than the range is wide. A range of one number says nothing. */
        double lowest() {
            double width = high - low;
            return width > 0 ? low - width : Double.NEGATIVE_INFINITY;
        }

        /** Numbers above are as far. */
        double highest() {
            double width = high - low;
            return width > 0 ? high + width : Double.POSITIVE_INFINITY;
        }

        private Range and(double number) {
            return new Range(Math.min(low, number), Math.max(high, number));
        }
    }

    /** Keeps copies. */
    public TrainingSummary {
        tasks = new TreeMap<>(tasks);
        columns = new TreeMap<>(columns);
    }

    /** Of a study's data. */
    public static TrainingSummary of(TaskSet data) {
        Map<String, OfTask> tasks = new TreeMap<>();
        Map<String, Range> columns = new TreeMap<>();
        for (Task task : data.tasks()) {
            tasks.put(task.name(), of(task));
            task.blocks().forEach((source, block) -> add(columns, source, block));
        }
        return new TrainingSummary(tasks, columns);
    }

    private static OfTask of(Task task) {
        return new OfTask(task.cohort(), task.size(), DoubleStream.of(task.family().expected(task.response(), task.weights())).boxed()
                .toList(), task.blocks().keySet().stream().map(Source::name).sorted().toList(), OfTask.hexadecimal(Observations.of(task)
                        .keys(task.response())).sorted().toList());
    }

    private static void add(Map<String, Range> columns, Source source, Block block) {
        for (int j = 0; j < source.columns().size(); j++) {
            for (int row = 0; row < block.size(); row++) {
                double number = block.get(row, j);
                if (source.columns().get(j).kind() == Column.Kind.CONTINUOUS && !Double.isNaN(number)) {
                    columns.merge(source.columns().get(j).name(), new Range(number, number), (range, one) -> range.and(number));
                }
            }
        }
    }

    /** The names of the sources that rows were learned with, whatever their response; none where no such rows were. */
    List<String> sources(String cohort) {
        return tasks.values().stream().filter(task -> task.cohort.equals(cohort)).flatMap(task -> task.sources.stream()).distinct().sorted()
                .toList();
    }

    /** With one more task. */
    public TrainingSummary and(Task task) {
        Map<String, OfTask> all = new TreeMap<>(tasks);
        all.put(task.name(), of(task));
        Map<String, Range> wider = new TreeMap<>(columns);
        task.blocks().forEach((source, block) -> add(wider, source, block));
        return new TrainingSummary(all, wider);
    }
}
