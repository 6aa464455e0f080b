package intarsia.estimators;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Column;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.response.Binomial;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Gaussian;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Small data that estimators are tried on: three tasks of 24 rows, an anchor of four columns of all kinds, a block of two columns that the
 * last task lacks, and a response of any family. Each change gives the same data in another form.
 */
final class EstimatorData {
    static final int ROWS = 24;
    static final List<Column> EXAM_COLUMNS = List.of(Column.continuous("age"), Column.binary("sex"),
            Column.categorical("stage", "I", "II", "III"), Column.continuous("pressure"));
    static final List<Column> LAB_COLUMNS = List.of(Column.continuous("crp"), Column.continuous("iron"));
    private static final List<String> TASKS = List.of("mainz", "oslo", "bergen");

    private final ResponseFamily family;
    private double unit = 1;
    private List<String> tasks = TASKS;
    private List<Column> exam = EXAM_COLUMNS;
    private List<Column> labs = LAB_COLUMNS;
    private int rows = ROWS;
    private IntToDoubleFunction weights = row -> 1;
    private boolean reversed;
    private List<String> constant = List.of();
    private boolean named = true;
    private boolean labsFirst;
    private Map<String, DoubleUnaryOperator> changes = Map.of();

    EstimatorData(ResponseFamily family) {
        this.family = family;
    }

    /** Rows of each task. */
    EstimatorData rows(int count) {
        rows = count;
        return this;
    }

    /** Rows count by their numbers. */
    EstimatorData weights(IntToDoubleFunction of) {
        weights = of;
        return this;
    }

    /** Only these tasks, in this order. */
    EstimatorData tasks(String... names) {
        tasks = List.of(names);
        return this;
    }

    /** Rows in another order. */
    EstimatorData reversed() {
        reversed = true;
        return this;
    }

    /** Rows without names of their own. */
    EstimatorData unnamed() {
        named = false;
        return this;
    }

    /** Columns in another order within their sources, and sources too. */
    EstimatorData otherColumnOrder() {
        exam = new ArrayList<>(exam).reversed();
        labs = new ArrayList<>(labs).reversed();
        labsFirst = true;
        return this;
    }

    /** With other columns in the anchor. */
    EstimatorData exam(Column... columns) {
        exam = List.of(columns);
        return this;
    }

    /** Numbers of a column changed. */
    EstimatorData changed(String column, DoubleUnaryOperator change) {
        Map<String, DoubleUnaryOperator> more = new LinkedHashMap<>(changes);
        more.put(column, change);
        changes = more;
        return this;
    }

    /** With a response of 0, the first level or no event in every row of these tasks. */
    EstimatorData constantIn(String... names) {
        constant = List.of(names);
        return this;
    }

    /** Continuous responses, times and exposures in another unit. */
    EstimatorData unit(double of) {
        unit = of;
        return this;
    }

    /** The family in that unit. */
    ResponseFamily family() {
        return family instanceof Survival(List<Double> times, boolean discrete)
                ? new Survival(times.stream().map(time -> time * unit).toList(), discrete) : family;
    }

    Source examSource() {
        return new Source("exam", exam);
    }

    Source labSource() {
        return new Source("labs", labs);
    }

    private double cell(String task, int row, String column) {
        RandomStream random = RandomStream.of(7, task + "/" + row + "/" + column);
        double cell = switch (column) {
            case "age", "age2" -> 60 + 9 * RandomStream.of(7, task + "/" + row + "/age").nextGaussian();
            case "sex" -> random.nextInt(2);
            case "stage" -> random.nextInt(3);
            case "pressure" -> 130 + 12 * random.nextGaussian();
            case "crp" -> 5 + 2 * random.nextGaussian() + (raw(task, row, "age") - 60) / 9;
            case "iron" -> 12 + 3 * random.nextGaussian();
            case "constant" -> 3;
            default -> throw new IllegalArgumentException(column);
        };
        return changes.getOrDefault(column, x -> x).applyAsDouble(cell);
    }

    /** A row's response: what pulls it up makes numbers and levels higher, and events earlier. */
    private double[] response(String task, int row) {
        double shared = (raw(task, row, "age") - 60) / 9 - 0.7 * raw(task, row, "sex") + (raw(task, row, "crp") - 5) / 4;
        double own = task.equals("oslo") ? (raw(task, row, "pressure") - 130) / 12 : 0;
        double z = shared + own + 0.5 * RandomStream.of(7, task + "/" + row + "/noise").nextGaussian();
        double chance = RandomStream.of(7, task + "/" + row + "/chance").nextDouble();
        boolean none = constant.contains(task);
        return switch (family) {
            case Gaussian(boolean offset) when offset -> new double[] {unit * (none ? 9 * chance : 20 + 4 * z + 9 * chance),
                    unit * 9 * chance};
            case Gaussian _ -> new double[] {none ? 0 : unit * (20 + 4 * z)};
            case Binomial(boolean offset) when offset -> new double[] {!none && z + chance > 0.5 ? 1 : 0, 2 * chance};
            case Binomial _ -> new double[] {!none && z > 0 ? 1 : 0};
            case Count _ -> new double[] {none ? 0 : Math.floor(Math.exp(0.5 + 0.6 * z) * (0.5 + chance) + chance), unit * (0.5 + chance)};
            case Classes _ -> new double[] {none || z > 0.3 ? 0 : chance < 0.8 == raw(task, row, "sex") > 0 ? 1 : 2};
            case Ordered _ -> new double[] {none || z < -0.8 ? 0 : z < 0 ? 1 : z < 0.8 ? 2 : 3};
            case Survival _ -> survival(Math.exp(-0.6 * z) * (0.1 + 2 * chance), 0.5 + 4 * RandomStream.of(7, task + "/" + row + "/end")
                    .nextDouble(), none, chance);
            default -> throw new IllegalArgumentException(family.key());
        };
    }

    private double[] survival(double event, double end, boolean none, double chance) {
        double time = Math.min(event, end);
        return new double[] {unit * time, !none && event <= end ? 1 : 0, chance > 0.8 ? unit * time / 4 : 0};
    }

    private double raw(String task, int row, String column) {
        Map<String, DoubleUnaryOperator> kept = changes;
        changes = Map.of();
        double cell = cell(task, row, column);
        changes = kept;
        return cell;
    }

    private List<Integer> order() {
        List<Integer> order = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
        if (reversed) {
            Collections.reverse(order);
        }
        return order;
    }

    private double[][] block(String task, List<Integer> order, List<Column> columns) {
        return order.stream().map(row -> columns.stream().mapToDouble(column -> cell(task, row, column.name())).toArray())
                .toArray(double[][]::new);
    }

    /** The tasks. */
    TaskSet taskSet() {
        TaskSet.Builder all = TaskSet.builder();
        for (String name : tasks) {
            List<Integer> order = order();
            Task.Builder task = Task.of(name, family()).rows(named ? order.stream().map(row -> "r" + row).toList() : null);
            task.weights(order.stream().mapToDouble(row -> weights.applyAsDouble(row)).toArray());
            if (labsFirst && !name.equals("bergen")) {
                task.block(labSource(), block(name, order, labs));
            }
            task.block(examSource(), block(name, order, exam));
            if (!labsFirst && !name.equals("bergen")) {
                task.block(labSource(), block(name, order, labs));
            }
            all.task(task.response(order.stream().flatMapToDouble(row -> Arrays.stream(response(name, row))).toArray()));
        }
        return all.build();
    }

    /** New rows of a task, in these columns' form; the block too where the task has it. */
    Observations newRows(String task, int count) {
        List<Integer> order = IntStream.range(1000, 1000 + count).boxed().toList();
        Map<Source, double[][]> blocks = new LinkedHashMap<>();
        blocks.put(examSource(), block(task, order, exam));
        if (!task.equals("bergen")) {
            blocks.put(labSource(), block(task, order, labs));
        }
        return new Observations(order.stream().map(row -> "r" + row).toList(), blocks);
    }
}
