package intarsia.models.gp;

import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Weights;
import intarsia.models.baseline.ConditionalBaselines;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.TaskSplit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Fits a multi-task Gaussian process. */
final class GpFit {
    /** Components of variance are found by at most so many rows. */
    private static final int VARIANCE_ROWS = 2_000;
    /** Each has a process of its own, which costs as much as that of the response. */
    private static final int MOST_OUTPUTS = 30;

    private final MultitaskGp options;
    private final Pool pool;
    private final RandomStream random;
    private final Progress progress;
    private final DataSplit split;
    private final FeatureEncoding encoding;
    private final Layout layout;
    private final ResponseScale scale;

    GpFit(MultitaskGp options, FitContext context) {
        this.options = options;
        pool = context.engine().pool();
        random = context.random();
        progress = context.progress();
        split = context.split().withoutValidation();
        FeatureEncoding own = FeatureEncoding.of(split, FeatureEncoding.Scaling.STANDARDIZED);
        Map<String, Integer> standardized = new LinkedHashMap<>();
        split.tasks().stream().filter(task -> task.task().family().standardized())
                .forEach(task -> standardized.put(task.task().name(), task.train().length));
        scale = ResponseScale.of(own, standardized);
        encoding = ConditionalBaselines.of(context.engine(), split, scale.moderated(own, standardized));
        layout = Layout.of(split.data(), encoding);
    }

    /**
     * Fits.
     *
     * @param start hyperparameters to search from; null for the options' starts
     */
    Outcome<MultitaskGpModel> fit(double[] start) {
        List<KernelFeatures.OfTask> rows = split.map(task -> new KernelFeatures.OfTask(task.task().name(),
                task.observations(task.train())));
        KernelFeatures features = KernelFeatures.of(layout, encoding, rows);
        // features that do not vary in a task's training rows are what they are there: both parts read the same
        KernelRows encoded = features.rows(rows);
        KernelRows measured = new KernelRows(encoded.tasks(), encoded.sources(), encoded.sources());
        RowCompleter completer = RowCompleter.of(features, once(features, measured), options.missing());
        KernelRows unlabelled = features.rows(split.map(task ->
                new KernelFeatures.OfTask(task.task().name(), split.unlabelled(task.task()))));
        boolean joint = options.missing() == MultitaskGp.MissingBlocks.JOINT;
        List<BlockDirections> directions = joint ? directions(features, measured, unlabelled) : List.of();
        TrainingRows training = new TrainingRows(measured, completer.complete(measured),
                features.divisors(layout.tasks().stream().map(Layout.TaskInfo::name).toList()), responses(measured.tasks()),
                joint ? BlockOutputs.of(features, measured, unlabelled, directions) : null);
        HyperparameterSearch search = new HyperparameterSearch(options, scale.together(), random, pool, progress);
        HyperparameterSearch.Found found = start == null || start.length != training.index(options.rank()).size()
                ? search.best(training) : search.from(training, start);
        boolean exact = training.size() <= options.inducing().exactRows();
        MultitaskGpModel model = exact
                ? exact(completer, training, found.hyperparameters(), new Outputs(directions, unlabelled))
                : inducing(completer, training, found.hyperparameters());
        return found.converged() ? new Outcome.Converged<>(model, search.evaluations())
                : new Outcome.Stopped<>(model, "the search for hyperparameters reached its limit of " + options.search().steps()
                        + " evaluations");
    }

    /** What imputers learn from: each row once, whatever its responses, and those whose response is not known. */
    private KernelRows once(KernelFeatures features, KernelRows measured) {
        List<TaskSplit> once = split.once();
        return once.equals(split.tasks()) && split.taskList().stream().allMatch(task -> split.unlabelled(task).size() == 0) ? measured
                : features.rows(once.stream().map(task -> new KernelFeatures.OfTask(task.task().name(),
                        task.observations(task.train()).and(split.unlabelled(task.task())))).toList());
    }

    private List<BlockDirections> directions(KernelFeatures features, KernelRows measured, KernelRows unlabelled) {
        List<BlockDirections> directions = BlockOutputs.directions(features, measured, unlabelled);
        int rows = measured.size() + unlabelled.size();
        int outputs = directions.stream().filter(Objects::nonNull).mapToInt(BlockDirections::count).sum();
        if (rows > options.inducing().exactRows() || outputs > MOST_OUTPUTS) {
            throw new DataException("gp: joint blocks need an exact solution: at most " + options.inducing().exactRows()
                    + " rows ('exact_rows') and " + MOST_OUTPUTS + " outputs of blocks; there are " + rows + " and " + outputs
                    + "; use missing_blocks = \"imputed\"");
        }
        return directions;
    }

    /** Blocks as outputs: directions, empty where they are none, and rows without responses. */
    private record Outputs(List<BlockDirections> directions, KernelRows unlabelled) {}

    private MultitaskGpModel exact(RowCompleter completer, TrainingRows training, Hyperparameters h, Outputs outputs) {
        Laplace.Mode mode = new MarginalLikelihood(options.kernels(), training, pool).mode(h);
        Weights weights = GpStorage.weights(completer, training, h, mode.a());
        return outputs.directions.isEmpty() ? model(h, List.of(), weights, calibrated(mode.f()), List.of(), 0)
                : model(h, List.of(), weights.and(GpStorage.outputs(completer.features(), outputs.directions, outputs.unlabelled)),
                        calibrated(mode.f()), outputs.directions.stream().map(of -> of == null ? 0 : of.count()).toList(),
                        outputs.unlabelled.size());
    }

    /** The encoding with each task's baseline as it is given the linear predictors of all rows. */
    private FeatureEncoding calibrated(double[] f) {
        Map<String, ResponseEncoding> responses = new LinkedHashMap<>();
        int first = 0;
        for (TaskSplit task : split.tasks()) {
            int last = first + task.train().length;
            ResponseEncoding own = encoding.response().get(task.task().name());
            responses.put(task.task().name(), own.calibrated(task.task().family(), task.responses(task.train()),
                    task.weights(task.train()), Arrays.copyOfRange(f, first, last)));
            first = last;
        }
        return encoding.withResponses(responses);
    }

    private MultitaskGpModel inducing(RowCompleter completer, TrainingRows training, Hyperparameters h) {
        TrainingRows chosen = InducingRows.choose(options.kernels(), training, h, options.inducing().count(), random.child("inducing"),
                pool);
        CollapsedBound bound = new CollapsedBound(options.kernels(), chosen, training, pool);
        InducingProjection projection = bound.projection(h);
        InducingLaplace.Mode mode = bound.mode(projection, h);
        int[] first = Covariance.firsts(chosen.responses().tasks(), layout.tasks().size());
        return model(h, IntStream.range(0, layout.tasks().size()).mapToObj(t -> first[t + 1] - first[t]).toList(),
                GpStorage.weights(completer, chosen, h, mode.coefficients(projection, pool))
                        .and(GpStorage.inducing(mode.reducer(projection, pool),
                                VarianceComponents.of(options.kernels(), training.some(VARIANCE_ROWS), h, pool))), encoding, List.of(), 0);
    }

    private MultitaskGpModel model(Hyperparameters h, List<Integer> inducing, Weights weights, FeatureEncoding calibrated,
            List<Integer> outputs, int unlabelled) {
        return new MultitaskGpModel(new MultitaskGpModel.Settings(options, layout, calibrated, scale,
                split.map(task -> task.train().length),
                inducing, Arrays.stream(h.index().groups()).boxed().toList(), outputs, unlabelled, List.of()), weights);
    }

    private Responses responses(int[] tasks) {
        double[] y = split.tasks().stream().flatMapToDouble(task -> Arrays.stream(encoding.responses(task, task.train()))).toArray();
        double[] weights = split.tasks().stream().flatMapToDouble(task -> Arrays.stream(task.weights(task.train()))).toArray();
        return new Responses(tasks, y, weights, split.map(task -> task.task().family()));
    }
}
