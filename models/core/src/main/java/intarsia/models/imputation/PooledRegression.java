package intarsia.models.imputation;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.solve.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A regression of the response on columns, fitted to each completed data set and pooled ({@link PooledEstimate}): least squares for a
 * continuous response, logistic for 0/1, Poisson with a log link for a count, all rows together, an intercept for each task.
 *
 * <p>A quantity and a 0/1 column have one coefficient; a column of levels has one for each level but the first. What never varies is left
 * out.
 */
public final class PooledRegression {
    private final String about;
    private final List<Task> tasks;
    private final Family family;
    private final List<Regressor> regressors;

    /** A coefficient's column; the level whose indicator it is, or -1. */
    private record Regressor(Source source, int column, int level, String name) {
        double of(double[][] block, int row) {
            double cell = block[row][column];
            return level < 0 ? cell : cell == level ? 1 : 0;
        }
    }

    /**
     * A pooled coefficient.
     *
     * @param name  {@code task COHORT} for an intercept, {@code COLUMN}, or {@code COLUMN = LEVEL}
     * @param value what was estimated
     */
    public record Coefficient(String name, PooledEstimate value) {}

    /**
     * A regression of each response that has one, in the order in which responses are given.
     *
     * @throws DataException if there is no such column, or no response has such a regression
     */
    public static List<PooledRegression> ofEach(TaskSet data, Collection<String> columns) {
        List<TaskSet> each = data.with(data.given()).byResponse();
        List<TaskSet> able = each.stream().filter(of -> of.given().stream().allMatch(task -> task.family().glm() != null)).toList();
        return (able.isEmpty() ? each : able).stream().map(of -> new PooledRegression(of, columns)).toList();
    }

    /**
     * Regresses on some columns.
     *
     * @param data    about one response, whose {@link TaskSet#given given} rows are used
     * @param columns names of columns; all of them if it is empty
     * @throws DataException if there is no such column or it does not vary, the response has no such regression, rows have weights, or a
     *                       task's responses of 0 and 1 are all alike
     */
    public PooledRegression(TaskSet data, Collection<String> columns) {
        tasks = data.given().stream().sorted(Comparator.comparing(Task::name)).toList();
        about = tasks.getFirst().about();
        family = family(tasks);
        checkRows();
        Set<Source> sources = new LinkedHashSet<>();
        data.given().forEach(task -> sources.addAll(task.blocks().keySet()));
        Set<String> wanted = new LinkedHashSet<>(columns);
        List<Regressor> found = new ArrayList<>();
        for (Source source : sources) {
            for (int j = 0; j < source.columns().size(); j++) {
                Column column = source.columns().get(j);
                if (columns.isEmpty() || wanted.remove(column.name())) {
                    int before = found.size();
                    add(source, j, column, found);
                    if (found.size() == before && !columns.isEmpty()) {
                        throw new DataException("column '" + column.name() + "' does not vary, and so has no coefficient; leave it out");
                    }
                }
            }
        }
        if (!wanted.isEmpty()) {
            throw new DataException("no column '" + wanted.iterator().next() + "'; there are " + sources.stream()
                    .flatMap(source -> source.columns().stream()).map(Column::name).toList());
        }
        regressors = List.copyOf(found);
    }

    /** Standard errors of weighted rows depend on what weights stand for, which nobody has said. */
    private void checkRows() {
        for (Task task : tasks) {
            if (Arrays.stream(task.weights()).anyMatch(weight -> weight != 1)) {
                throw new DataException("rows have weights, which pooled coefficients do not count; take 'weight' out of the study, or "
                        + "fit the drawn tables by a program for surveys");
            }
            if (family == Family.BINOMIAL && IntStream.range(0, task.size()).map(row -> task.family().stratum(task.response(),
                    row * task.family().columns())).distinct().count() < 2) {
                throw new DataException("task '" + task.name() + "': all its responses are alike, so that its intercept has no finite "
                        + "value; leave the task out of the study");
            }
        }
    }

    private static Family family(List<Task> tasks) {
        List<ResponseFamily> families = tasks.stream().map(Task::family).distinct().toList();
        if (families.size() > 1 || families.getFirst().glm() == null) {
            throw new DataException("coefficients are pooled for responses that are continuous, 0/1 or counts, the same in all tasks, "
                    + "not for " + families.stream().map(ResponseFamily::key).distinct().toList());
        }
        return families.getFirst().glm();
    }

    private void add(Source source, int j, Column column, List<Regressor> to) {
        if (column.kind() != Column.Kind.CATEGORICAL) {
            if (varies(source, j, -1)) {
                to.add(new Regressor(source, j, -1, column.name()));
            }
            return;
        }
        for (int level = 1; level < column.levels().size(); level++) {
            if (varies(source, j, level)) {
                to.add(new Regressor(source, j, level, column.name() + " = " + column.levels().get(level)));
            }
        }
    }

    private boolean varies(Source source, int column, int level) {
        return tasks.stream().map(task -> task.blocks().get(source)).filter(block -> block != null)
                .flatMapToDouble(block -> block.column(column))
                .filter(cell -> !Double.isNaN(cell)).map(cell -> level < 0 ? cell : cell == level ? 1 : 0).distinct().count() > 1;
    }

    /** The response's name; empty where there is one. */
    public String about() {
        return about;
    }

    /** What the coefficients are called. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        tasks.forEach(task -> names.add("task " + task.cohort()));
        regressors.forEach(regressor -> names.add(regressor.name));
        return names;
    }

    /**
     * Fits one completed data set.
     *
     * @param completed each task's blocks
     * @throws DataException if there is no unique finite solution
     */
    public CompletedRegression fit(Map<String, Map<Source, double[][]>> completed) {
        int n = tasks.stream().mapToInt(Task::size).sum();
        int p = tasks.size() + regressors.size();
        Tensor x = Tensor.zeros(n, p);
        double[] y = new double[n];
        double[] offsets = null;
        int at = 0;
        for (int t = 0; t < tasks.size(); t++) {
            Task task = tasks.get(t);
            int numbers = task.family().columns();
            offsets = task.family().hasOffset() && offsets == null ? new double[n] : offsets;
            for (int i = 0; i < task.size(); i++, at++) {
                x.set(1, at, t);
                for (int k = 0; k < regressors.size(); k++) {
                    Regressor regressor = regressors.get(k);
                    x.set(regressor.of(completed.get(task.name()).get(regressor.source), i), at, tasks.size() + k);
                }
                y[at] = task.response()[i * numbers];
                if (offsets != null) {
                    offsets[at] = task.family().offset(task.response(), i * numbers);
                }
            }
        }
        CompletedRegression fitted = CompletedRegression.of(family, Tensor.of(Shape.of(n, p), x.doubles()), y, offsets);
        if (fitted == null) {
            throw new DataException("the regression of " + n + " rows on " + p + " coefficients has no unique finite solution: "
                    + "columns depend on each other, or responses can be told apart without error; name fewer columns");
        }
        return fitted;
    }

    /** Pools what was estimated from completed data sets, two at least. */
    public List<Coefficient> pool(List<CompletedRegression> fits) {
        List<String> names = names();
        List<Coefficient> pooled = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            int j = k;
            pooled.add(new Coefficient(names.get(k), PooledEstimate.of(fits.stream().mapToDouble(fit -> fit.coefficients()[j]).toArray(),
                    fits.stream().mapToDouble(fit -> fit.variances()[j]).toArray(), fits.getFirst().freedom())));
        }
        return pooled;
    }
}
