package intarsia.models.gp;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.Weights;
import intarsia.models.data.Layout;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Rows and hyperparameters in a model's weights; the names are those of {@link MultitaskGpModel}. */
final class GpStorage {
    static final String HYPERPARAMETERS = "hyperparameters";
    static final String FIRST = "tasks";
    static final String UNLABELLED = "unlabelled";
    static final String REDUCER = FIRST + "/reducer";
    static final String VARIANCES = FIRST + "/variances";

    private final MultitaskGpModel.Settings settings;
    private final Weights weights;

    GpStorage(MultitaskGpModel.Settings settings, Weights weights) {
        this.settings = settings;
        this.weights = weights;
    }

    static String source(Source source) {
        return "source/" + source.name();
    }

    /** Everything that an exact fit gives. */
    static Weights weights(RowCompleter completer, TrainingRows training, Hyperparameters hyperparameters, double[] coefficients) {
        KernelFeatures features = completer.features();
        Weights weights = Weights.NONE.and(HYPERPARAMETERS, Tensor.vector(hyperparameters.values()));
        for (int s = 0; s < features.sources().size(); s++) {
            Weights of = Weights.NONE.and("center", Tensor.vector(features.centers().get(s)));
            LinearImputer imputer = completer.imputer(s);
            if (imputer != null) {
                of = of.and("imputer/coefficients", imputer.coefficients()).and("imputer/spread", imputer.spread());
            }
            weights = weights.and(of.under(source(features.sources().get(s))));
        }
        return weights.and(rows(features, training, coefficients).under(FIRST));
    }

    /** What blocks as outputs give besides: directions, and the rows without responses. */
    static Weights outputs(KernelFeatures features, List<BlockDirections> directions, KernelRows unlabelled) {
        Weights weights = RowStorage.weights(features, unlabelled).under(UNLABELLED);
        for (int s = 0; s < directions.size(); s++) {
            BlockDirections of = directions.get(s);
            weights = of == null ? weights : weights.and(Weights.NONE.and("outputs/mean", of.mean())
                    .and("outputs/directions", of.directions()).under(source(features.sources().get(s))));
        }
        return weights;
    }

    /** What a fit with inducing rows gives besides: C, and the components of variance. */
    static Weights inducing(Tensor reducer, double[][] variances) {
        return Weights.NONE.and(REDUCER, reducer).and(VARIANCES, Tensor.matrix(variances));
    }

    /** Rows with responses and coefficients. */
    private static Weights rows(KernelFeatures features, TrainingRows training, double[] coefficients) {
        return Weights.NONE.and("responses", Tensor.vector(training.responses().values())).and("weights",
                Tensor.vector(training.responses().weights())).and("coefficients", Tensor.vector(coefficients))
                .and(RowStorage.weights(features, training.measured()));
    }

    /** What an added task needs: its rows, and its place among the tasks. */
    static Weights added(String task, KernelFeatures features, TrainingRows training, double[] coefficients, double[] place) {
        return rows(features, training, coefficients).and("place", Tensor.vector(place)).under(path(task));
    }

    static String path(String task) {
        return "added/" + task;
    }

    /**
     * Makes sure that the weights are those of the settings.
     *
     * @throws IllegalArgumentException naming what is not
     */
    void check() {
        new GpShapes(settings, weights, this).check();
    }

    /** For each of the first tasks how many rows are kept. */
    List<Integer> kept() {
        return settings.inducing().isEmpty() ? settings.rows() : settings.inducing();
    }

    int size() {
        return kept().stream().mapToInt(Integer::intValue).sum();
    }

    boolean imputed(int s) {
        return settings.options().missing() == MultitaskGp.MissingBlocks.IMPUTED && s >= settings.layout().anchors().size();
    }

    /** Whether blocks are outputs. */
    boolean joint() {
        return settings.options().missing() == MultitaskGp.MissingBlocks.JOINT;
    }

    int outputs(int s) {
        return settings.outputs().get(s);
    }

    HyperparameterIndex index() {
        boolean[] noisy = new boolean[settings.layout().tasks().size()];
        for (int t = 0; t < noisy.length; t++) {
            noisy[t] = settings.layout().tasks().get(t).response().standardized();
        }
        return new HyperparameterIndex(settings.layout().sources().size(), noisy, settings.options().rank(),
                settings.groups().stream().mapToInt(Integer::intValue).toArray(), joint() ? settings.layout().anchors().size() : 0,
                settings.outputs().stream().mapToInt(Integer::intValue).sum());
    }

    Hyperparameters hyperparameters() {
        return new Hyperparameters(index(), weights.get(HYPERPARAMETERS).doubles());
    }

    /** With an added task, the last. */
    Hyperparameters hyperparameters(MultitaskGpModel.Addition added) {
        return hyperparameters().with(added.response().standardized(), weights.get(path(added.task()) + "/place").doubles());
    }

    double[] coefficients() {
        return weights.get(FIRST + "/coefficients").doubles();
    }

    /** C; null where all rows are kept. */
    double[] reducer() {
        return settings.inducing().isEmpty() ? null : weights.get(REDUCER).doubles();
    }

    /** For each task its components of variance; null where all rows are kept. */
    double[][] variances() {
        if (settings.inducing().isEmpty()) {
            return null;
        }
        Tensor of = weights.get(VARIANCES);
        int columns = of.shape().columns();
        return IntStream.range(0, of.shape().rows()).mapToObj(t -> Arrays.copyOfRange(of.doubles(), t * columns, (t + 1) * columns))
                .toArray(double[][]::new);
    }

    double[] coefficients(MultitaskGpModel.Addition added) {
        return weights.get(path(added.task()) + "/coefficients").doubles();
    }

    RowCompleter completer() {
        List<double[]> centers = new ArrayList<>();
        List<LinearImputer> imputers = new ArrayList<>();
        for (int s = 0; s < settings.layout().sources().size(); s++) {
            Weights of = weights.below(source(settings.layout().sources().get(s)));
            centers.add(of.get("center").doubles());
            imputers.add(imputed(s) ? new LinearImputer(of.get("imputer/coefficients"), of.get("imputer/spread")) : null);
        }
        return new RowCompleter(new KernelFeatures(settings.layout(), settings.encoding(), centers), imputers);
    }

    /** The first tasks' rows that are kept. */
    TrainingRows training(RowCompleter completer) {
        int[] tasks = new int[size()];
        int first = 0;
        for (int t = 0; t < settings.rows().size(); t++) {
            Arrays.fill(tasks, first, first + kept().get(t), t);
            first += kept().get(t);
        }
        TrainingRows rows = rows(completer, FIRST, tasks, settings.layout().tasks());
        if (!joint()) {
            return rows;
        }
        KernelFeatures features = completer.features();
        KernelRows unlabelled = RowStorage.read(features, weights.below(UNLABELLED), new int[settings.unlabelled()]);
        return rows.with(BlockOutputs.of(features, rows.measured(), unlabelled, directions()));
    }

    /** For each source the directions of its outputs; null where it has none. */
    List<BlockDirections> directions() {
        List<BlockDirections> directions = new ArrayList<>();
        for (int s = 0; s < settings.outputs().size(); s++) {
            Weights of = weights.below(source(settings.layout().sources().get(s)) + "/outputs");
            directions.add(outputs(s) == 0 ? null : new BlockDirections(of.get("mean"), of.get("directions")));
        }
        return directions;
    }

    /** An added task's rows; its number follows those of the first tasks. */
    TrainingRows training(RowCompleter completer, MultitaskGpModel.Addition added) {
        int[] tasks = new int[added.rows()];
        Arrays.fill(tasks, settings.rows().size());
        return rows(completer, path(added.task()), tasks, tasks(added));
    }

    /** The same of rows that are being added. */
    TrainingRows training(RowCompleter completer, MultitaskGpModel.Addition added, KernelRows measured, double[] responses,
            double[] rowWeights) {
        return rows(completer, measured, responses, rowWeights, tasks(added));
    }

    /** The first tasks, and an added one as the last. */
    private List<Layout.TaskInfo> tasks(MultitaskGpModel.Addition added) {
        List<Layout.TaskInfo> tasks = new ArrayList<>(settings.layout().tasks());
        tasks.add(new Layout.TaskInfo(added.task(), "", added.response(), List.of()));
        return tasks;
    }

    /** The covariance with the first tasks' rows where an added task is the last. */
    CrossCovariance firstCovariance(RowCompleter completer, MultitaskGpModel.Addition added) {
        List<String> names = tasks(added).stream().map(Layout.TaskInfo::name).toList();
        return new CrossCovariance(settings.options().kernels(), training(completer).rows(), completer.features().divisors(names),
                settings.rows().size());
    }

    private TrainingRows rows(RowCompleter completer, String path, int[] numbers, List<Layout.TaskInfo> tasks) {
        Weights of = weights.below(path);
        return rows(completer, RowStorage.read(completer.features(), of, numbers), of.get("responses").doubles(),
                of.get("weights").doubles(), tasks);
    }

    private static TrainingRows rows(RowCompleter completer, KernelRows measured, double[] responses, double[] rowWeights,
            List<Layout.TaskInfo> tasks) {
        return new TrainingRows(measured, completer.complete(measured),
                completer.features().divisors(tasks.stream().map(Layout.TaskInfo::name).toList()),
                new Responses(measured.tasks(), responses, rowWeights, tasks.stream().map(Layout.TaskInfo::response).toList()));
    }
}
