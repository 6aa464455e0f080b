package intarsia.models.imputation;

import intarsia.linalg.Elementary;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.DivergedException;
import intarsia.models.FitContext;
import intarsia.models.ImputationMethod;
import intarsia.models.Progress;
import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.gp.LinearImputation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How good imputation is where the truth is known, by cross-validation: each way of imputing is learned without the rows of a fold, their
 * source is hidden, and what is expected of it is compared with what was measured.
 *
 * <pre>
 * R2 = 1 - sum (x - expected)^2 / sum (x - mean)^2      a quantity; mean of the rows learned from
 * log loss = mean of -log(expected probability of x)     a 0/1 cell or a level, probabilities kept 0.001 away from 0 and 1
 * </pre>
 *
 * <p>Folds are made as the data say ({@link DataSplit#folds}). Rows of a task that has a source are judged, so this says how well
 * rows alike are imputed; of a task without it, it cannot say whether the source depends on the others there as it does elsewhere.
 *
 * @param methods ways compared, that of the model or the program first
 * @param columns each column of each source that is missing somewhere
 */
public record ImputationQuality(List<String> methods, List<OfColumn> columns) {
    /** Folds. */
    public static final int FOLDS = 5;
    /** A task with fewer rows is learned from in every fold. */
    private static final int LEAST_ROWS = 10;
    private static final double LEAST = 1e-3;

    /**
     * A column.
     *
     * @param source  its source
     * @param column  its name
     * @param levels  whether figures are log losses, else they are R2
     * @param cells   how many measured cells judged it
     * @param figures of each method; NaN where it could not be learned
     */
    public record OfColumn(String source, String column, boolean levels, int cells, List<Double> figures) {}

    /** Copies the lists. */
    public ImputationQuality {
        methods = List.copyOf(methods);
        columns = List.copyOf(columns);
    }

    /** Sums of errors of one column under one method: squared errors and those of the mean, or losses. */
    private static final class Sums {
        private double error;
        private double base;
        private int cells;
    }

    /**
     * Judges a way of imputing beside column means and, where there is an anchor, ridge.
     *
     * @param data with sources that are missing somewhere; without any, or where rows cannot be split into folds, there are no columns
     */
    public static ImputationQuality of(ImputationMethod own, TaskSet data, Engine engine, RandomStream random) {
        Map<String, ImputationMethod> methods = new LinkedHashMap<>();
        for (ImputationMethod method : List.of(own, new ColumnMeans(), new LinearImputation())) {
            methods.putIfAbsent(method.key(), method);
        }
        if (data.anchors().isEmpty()) {
            methods.remove(new LinearImputation().key());
        }
        List<ImputationMethod> compared = List.copyOf(methods.values());
        List<Source> sources = data.others();
        Map<String, Sums[]> sums = new TreeMap<>();
        List<DataSplit> folds = sources.isEmpty() ? List.of() : folds(data, random.child("folds"));
        for (int fold = 0; fold < folds.size(); fold++) {
            judge(compared, folds.get(fold), sources, engine, random.child("fold", fold), sums);
        }
        List<OfColumn> columns = new ArrayList<>();
        for (Source source : sources) {
            for (Column column : source.columnsByName()) {
                Sums[] of = sums.get(source.name() + "\n" + column.name());
                if (of != null) {
                    boolean levels = column.kind() != Column.Kind.CONTINUOUS;
                    columns.add(new OfColumn(source.name(), column.name(), levels, of[1].cells, Arrays.stream(of)
                            .map(sum -> sum.cells < of[1].cells ? Double.NaN : levels ? sum.error / sum.cells
                                    : sum.base == 0 ? Double.NaN : 1 - sum.error / sum.base).toList()));
                }
            }
        }
        return new ImputationQuality(compared.stream().map(ImputationMethod::name).toList(), columns);
    }

    /** None where the data cannot be split so: too few groups, say. */
    private static List<DataSplit> folds(TaskSet data, RandomStream random) {
        try {
            return DataSplit.all(data).folds(FOLDS, LEAST_ROWS, random);
        } catch (DataException e) {
            return List.of();
        }
    }

    private static void judge(List<ImputationMethod> methods, DataSplit fold, List<Source> sources, Engine engine, RandomStream random,
            Map<String, Sums[]> sums) {
        ImputationMethod.Learned means = methods.get(1).learn(new FitContext(engine, fold, random, Progress.NONE));
        for (int m = 0; m < methods.size(); m++) {
            ImputationMethod.Learned learned;
            try {
                learned = methods.get(m).learn(new FitContext(engine, fold, random.child(methods.get(m).key()), Progress.NONE));
            } catch (DataException | DivergedException e) {
                continue; // its figures stay unknown
            }
            for (TaskSplit task : fold.once()) {
                for (Source source : sources) {
                    if (task.test().length > 0 && task.task().blocks().containsKey(source)) {
                        add(task, source, learned, means, engine, m, methods.size(), sums);
                    }
                }
            }
        }
    }

    private static void add(TaskSplit task, Source source, ImputationMethod.Learned learned, ImputationMethod.Learned means, Engine engine,
            int method, int methods, Map<String, Sums[]> sums) {
        Observations rows = task.observations(task.test());
        Set<Source> others = new HashSet<>(rows.blocks().keySet());
        others.remove(source);
        double[][] expected = learned.expected(engine, task.task().name(), source, rows.only(others));
        double[][] mean = means.expected(engine, task.task().name(), source, rows.only(others));
        double[][] truth = rows.blocks().get(source);
        Map<String, Integer> numbers = source.columnNumbers();
        int at = 0;
        for (Column column : source.columnsByName()) {
            Sums sum = sums.computeIfAbsent(source.name() + "\n" + column.name(), name -> {
                Sums[] all = new Sums[methods];
                Arrays.setAll(all, i -> new Sums());
                return all;
            })[method];
            for (int i = 0; i < truth.length; i++) {
                double cell = truth[i][numbers.get(column.name())];
                if (!Double.isNaN(cell)) {
                    sum.cells++;
                    boolean levels = column.kind() != Column.Kind.CONTINUOUS;
                    sum.error += levels ? loss(expected[i], at, column.width(), (int) cell)
                            : (cell - expected[i][at]) * (cell - expected[i][at]);
                    sum.base += levels ? 0 : (cell - mean[i][at]) * (cell - mean[i][at]);
                }
            }
            at += column.width();
        }
    }

    private static double loss(double[] expected, int at, int levels, int level) {
        if (levels == 1) {
            double one = Math.clamp(expected[at], LEAST, 1 - LEAST);
            return -Elementary.log(level == 1 ? one : 1 - one);
        }
        double sum = 0;
        for (int k = 0; k < levels; k++) {
            sum += Math.clamp(expected[at + k], LEAST, 1 - LEAST);
        }
        return -Elementary.log(Math.clamp(expected[at + level], LEAST, 1 - LEAST) / sum);
    }

    /** The sources that were judged. */
    public List<String> sources() {
        return columns.stream().map(OfColumn::source).distinct().toList();
    }

    /**
     * How much better than column means a method expects a source: the mean over its columns of R2, or of the share by which the log loss
     * is lower. NaN where it could not be learned.
     */
    public double gain(int method, String source) {
        int means = methods.indexOf(new ColumnMeans().name());
        return columns.stream().filter(column -> column.source.equals(source)).mapToDouble(column -> {
            double base = column.figures.get(means);
            double figure = column.figures.get(method);
            return !column.levels ? figure : base == 0 ? 0 : 1 - figure / base;
        }).filter(gain -> !Double.isNaN(gain)).average().orElse(Double.NaN);
    }

    /** Sources that the first method expects no better than their means do, on average over columns. */
    public List<String> noBetterThanMeans() {
        return sources().stream().filter(source -> !(gain(0, source) > 0)).toList();
    }
}
