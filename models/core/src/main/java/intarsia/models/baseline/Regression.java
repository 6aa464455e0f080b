package intarsia.models.baseline;

import intarsia.linalg.Tensor;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Weights;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.ObservedTasks;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.SearchSpace;
import intarsia.models.selection.SearchSpace.Option;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Plain regression on the sources that a task observes, with a small ridge so that the solution is unique: linear, logistic, Poisson,
 * multinomial, proportional odds or Cox's, by the kind of response. Of each task alone:
 *
 * <pre>
 * minimize over w_t, b_t   sum_i v_ti loss(y_ti, b_t + x_ti' w_t) + ridge / 2 ||w_t||^2
 * </pre>
 *
 * or pooled, one w for all tasks and an effect of each task:
 *
 * <pre>
 * minimize over w, b, u    sum_ti v_ti loss(y_ti, b + u_t + x_ti' w) + ridge / 2 (||w||^2 + ||u||^2)
 * </pre>
 *
 * v are the rows' weights. Features are standardized, continuous responses within each task; the intercept is not penalized. Pooled, a
 * source that a task lacks contributes nothing: its continuous columns are at their mean over all tasks, its 0/1 columns at 0; the task's
 * effect takes the rest. It learns from training and validation rows, since it needs none to stop by. {@link RidgeRegression} has the
 * solvers. Cox's regression has the tasks as strata, proportional odds thresholds that are common to all tasks; multinomial regression has
 * coefficients of each class.
 *
 * @param ridge  the weight of the ridge; 1 is what common libraries use for logistic regression unless told otherwise
 * @param pooled whether tasks have one regression
 */
public record Regression(double ridge, boolean pooled) implements Estimator {
    /** The name in files of a regression for each task, and of the saved model of both. */
    public static final String KEY = "regression";
    /** The name in files of the pooled one. */
    public static final String POOLED_KEY = "pooled-regression";
    /** Of each task alone, with ridge 1. */
    public static final Regression DEFAULT = new Regression(1);
    /** Pooled, with ridge 1. */
    public static final Regression POOLED = new Regression(1, true);

    /** What tuning may change: the ridge. */
    public static final SearchSpace<Regression> SPACE = new SearchSpace<>(
            List.of(new Option<>("ridge", ridges(10, 100, 1000), Map.of())), true);

    private static Map<String, UnaryOperator<Regression>> ridges(double... values) {
        Map<String, UnaryOperator<Regression>> ridges = new LinkedHashMap<>();
        for (double value : values) {
            ridges.put(Double.toString(value), o -> new Regression(value, o.pooled));
        }
        return ridges;
    }

    /** Of each task alone. */
    public Regression(double ridge) {
        this(ridge, false);
    }

    /** Checks that the ridge is positive. */
    public Regression {
        if (!(ridge > 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("ridge " + ridge + ": must be positive, else the solution need not be unique");
        }
    }

    @Override
    public String key() {
        return pooled ? POOLED_KEY : KEY;
    }

    @Override
    public String name() {
        return pooled ? "pooled regression" : "regression";
    }

    @Override
    public boolean made(Model model) {
        return model instanceof RegressionModel fitted && fitted.options().equals(this);
    }

    @Override
    public boolean learns(ResponseFamily family) {
        return true;
    }

    /** One regression is of one response; of each task alone the ridge is chosen for one. */
    @Override
    public Object together(Task task) {
        return List.of(task.about(), task.family());
    }

    @Override
    public Outcome<? extends Model> fit(FitContext context) {
        DataSplit split = context.split().withoutValidation();
        FeatureEncoding encoding = FeatureEncoding.of(split, FeatureEncoding.Scaling.STANDARDIZED);
        return pooled ? pooled(split, encoding) : alone(split, encoding);
    }

    private Outcome<? extends Model> alone(DataSplit split, FeatureEncoding encoding) {
        List<ObservedFeatures> features = new ArrayList<>();
        Weights weights = Weights.NONE;
        boolean converged = true;
        Map<String, ResponseEncoding> fitted = new LinkedHashMap<>();
        for (TaskSplit task : split.tasks()) {
            ObservedFeatures own = ObservedFeatures.alone(task.task(), encoding);
            RidgeRegression.Solution solution = new RidgeRegression(task.task().family(), ridge).solve(new RidgeRegression.Rows(
                    own.dense(task.observations(task.train())), own.width(), task.responses(task.train()),
                    task.weights(task.train()), List.of(encoding.response().get(task.task().name())), new int[task.train().length]));
            features.add(own);
            fitted.put(task.task().name(), solution.encoding().getFirst());
            weights = weights.and(RegressionModel.COEFFICIENTS + task.task().name(), Tensor.vector(solution.coefficients()));
            converged &= solution.converged();
        }
        return outcome(features, encoding.withResponses(fitted), weights, converged);
    }

    private Outcome<? extends Model> pooled(DataSplit split, FeatureEncoding encoding) {
        ResponseFamily family = split.tasks().getFirst().task().family();
        List<Source> sources = split.taskList().stream().flatMap(task -> task.blocks().keySet().stream()).distinct()
                .sorted(Comparator.comparing(Source::name)).toList();
        List<ObservedFeatures> features = new ArrayList<>();
        for (TaskSplit task : split.tasks()) {
            if (!task.task().family().equals(family)) {
                throw new DataException(name() + ": the response of task '" + task.task().name() + "' is " + task.task().family().key()
                        + ", that of task '" + split.tasks().getFirst().task().name() + "' " + family.key() + "; all must be of one kind");
            }
            features.add(ObservedFeatures.of(task.task(), sources.stream().filter(task.task().blocks()::containsKey).toList(), encoding));
        }
        int width = sources.stream().mapToInt(encoding::width).sum();
        int tasks = features.size();
        int p = width + tasks;
        int[] of = IntStream.range(0, tasks).flatMap(t -> IntStream.generate(() -> t).limit(split.tasks().get(t).train().length)).toArray();
        double[] x = new double[of.length * p];
        int row = 0;
        for (int t = 0; t < tasks; t++) {
            TaskSplit task = split.tasks().get(t);
            ObservedFeatures own = features.get(t);
            int[] places = places(own, sources, encoding);
            double[] dense = own.dense(task.observations(task.train()));
            for (int i = 0; i < task.train().length; i++, row++) {
                for (int f = 0; f < places.length; f++) {
                    x[row * p + places[f]] = dense[i * places.length + f];
                }
                x[row * p + width + t] = 1;
            }
        }
        RidgeRegression.Solution solution = new RidgeRegression(family, ridge).solve(new RidgeRegression.Rows(x, p,
                split.tasks().stream().flatMapToDouble(task -> Arrays.stream(task.responses(task.train()))).toArray(),
                split.tasks().stream().flatMapToDouble(task -> Arrays.stream(task.weights(task.train()))).toArray(),
                split.map(task -> encoding.response().get(task.task().name())), of));
        double[] w = solution.coefficients();
        int q = family.predictors();
        Map<String, ResponseEncoding> fitted = new LinkedHashMap<>();
        Weights weights = Weights.NONE;
        for (int t = 0; t < tasks; t++) {
            int[] places = places(features.get(t), sources, encoding);
            double[] own = new double[(places.length + 1) * q];
            for (int k = 0; k < q; k++) {
                for (int f = 0; f < places.length; f++) {
                    own[f * q + k] = w[places[f] * q + k];
                }
                own[places.length * q + k] = w[p * q + k] + w[(width + t) * q + k];
            }
            fitted.put(features.get(t).task(), solution.encoding().get(t));
            weights = weights.and(RegressionModel.COEFFICIENTS + features.get(t).task(), Tensor.vector(own));
        }
        return outcome(features, encoding.withResponses(fitted), weights, solution.converged());
    }

    /** Where a task's features stand among those of all sources. */
    private static int[] places(ObservedFeatures own, List<Source> sources, FeatureEncoding encoding) {
        int[] places = new int[own.width()];
        int at = 0;
        int first = 0;
        for (Source source : sources) {
            for (int f = 0; f < encoding.width(source) && own.sources().contains(source); f++) {
                places[at++] = first + f;
            }
            first += encoding.width(source);
        }
        return places;
    }

    private Outcome<? extends Model> outcome(List<ObservedFeatures> features, FeatureEncoding encoding, Weights weights,
            boolean converged) {
        ObservedTasks read = ObservedTasks.of(features);
        Model model = new RegressionModel(this, new ObservedTasks(read.tasks(), encoding, read.alone()), weights);
        return converged ? new Outcome.Converged<>(model, 1) : new Outcome.Stopped<>(model, name() + " reached its limit of Newton steps");
    }
}
