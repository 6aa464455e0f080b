package intarsia.models.gp;

import intarsia.linalg.Pool;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fits a multi-task Gaussian process. */
final class GpFit {
    private final MultitaskGp options;
    private final Pool pool;
    private final Progress progress;
    private final DataSplit split;
    private final FeatureEncoding encoding;
    private final Layout layout;
    private final ResponseScale scale;

    GpFit(MultitaskGp options, FitContext context) {
        this.options = options;
        pool = context.engine().pool();
        progress = context.progress();
        split = context.split().withoutValidation();
        int rows = split.tasks().stream().mapToInt(task -> task.train().length).sum();
        if (rows > MultitaskGp.MOST_ROWS) {
            throw new DataException("the Gaussian process is exact and takes at most " + MultitaskGp.MOST_ROWS + " rows to learn from, not "
                    + rows + "; fit another model");
        }
        FeatureEncoding own = FeatureEncoding.of(split, FeatureEncoding.Scaling.STANDARDIZED);
        Map<String, Integer> standardized = new LinkedHashMap<>();
        split.tasks().stream().filter(task -> task.task().family().standardized())
                .forEach(task -> standardized.put(task.task().name(), task.train().length));
        scale = ResponseScale.of(own, standardized);
        encoding = scale.moderated(own, standardized);
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
        KernelRows measured = features.rows(rows);
        RowCompleter completer = RowCompleter.of(features, measured, options.missing());
        TrainingRows training = new TrainingRows(measured, completer.complete(measured),
                features.divisors(layout.tasks().stream().map(Layout.TaskInfo::name).toList()), responses(measured.tasks()));
        HyperparameterSearch search = new HyperparameterSearch(options, scale.together(), pool, progress);
        HyperparameterSearch.Found found = start == null ? search.best(training) : search.from(training, start);
        Laplace.Mode mode = new MarginalLikelihood(training.covariance(options.kernels()), training.responses(),
                pool).mode(found.hyperparameters());
        MultitaskGpModel model = new MultitaskGpModel(new MultitaskGpModel.Settings(options, layout, encoding, scale,
                split.map(task -> task.train().length), List.of()),
                GpStorage.weights(completer, training, found.hyperparameters(), mode.a()));
        return found.converged() ? new Outcome.Converged<>(model, search.evaluations())
                : new Outcome.Stopped<>(model, "the search for hyperparameters reached its limit of " + options.search().steps()
                        + " evaluations");
    }

    private Responses responses(int[] tasks) {
        double[] y = split.tasks().stream().flatMapToDouble(task -> Arrays.stream(task.responses(task.train()))
                .map(value -> encoding.encodeResponse(task.task().name(), value))).toArray();
        return new Responses(tasks, y, split.map(task -> task.task().family()));
    }
}
