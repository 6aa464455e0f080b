package intarsia.models.gp;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.models.BoundModel;
import intarsia.models.SharedPredictor;
import intarsia.models.UncertainPredictor;
import intarsia.models.data.CellNodes;
import intarsia.models.data.DataException;
import intarsia.models.data.Moments;
import intarsia.models.data.Observations;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.Source;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Gaussian process ready to predict. Means of normal responses cost n products of rows each, n being how many rows the model keeps; what
 * needs a variance costs n^2 more, and where all rows are kept n^3 / 2 once. Safe for use by several threads.
 */
public final class BoundGp implements BoundModel, SharedPredictor, UncertainPredictor {
    private final MultitaskGpModel model;
    private final Pool pool;
    private final RowCompleter completer;
    private final TrainingRows training;
    private final Hyperparameters hyperparameters;
    private final double[] coefficients;
    private final double[] noise;
    private final GpPosterior means;
    private final Map<String, AddedPosterior> added = new HashMap<>();
    private GpPosterior full;
    private JointPosterior joint;

    BoundGp(MultitaskGpModel model, Engine engine) {
        this.model = model;
        pool = engine.pool();
        GpStorage storage = model.storage();
        completer = storage.completer();
        training = storage.training(completer);
        hyperparameters = storage.hyperparameters();
        coefficients = storage.coefficients();
        noise = training.responses().noise(hyperparameters);
        means = new GpPosterior(training.cross(kernels()), hyperparameters, coefficients, null);
    }

    private MultitaskGp.KernelSet kernels() {
        return model.settings().options().kernels();
    }

    private Laplace.Mode mode() {
        return new MarginalLikelihood(kernels(), training, pool).from(coefficients).mode(hyperparameters);
    }

    /** Null unless blocks are outputs. */
    private synchronized JointPosterior joint() {
        if (joint == null && training.blocks() != null) {
            joint = new JointPosterior(kernels(), training, model.storage().directions(), hyperparameters, pool);
        }
        return joint;
    }

    /** For each source what its encoded features are expected to be in a task's rows, where it is an output; else null. */
    double[][][] expected(String task, Observations rows) {
        JointPosterior posterior = joint();
        KernelRows asked = completer.rows(task, model.settings().layout().task(task), rows);
        JointPosterior.Of of = posterior.at(asked);
        double[][][] expected = new double[model.sources().size()][][];
        for (int s = 0; s < expected.length; s++) {
            expected[s] = posterior.features(s, of);
            for (int i = 0; expected[s] != null && i < expected[s].length; i++) {
                completer.features().encoded(s, expected[s][i]);
            }
        }
        return expected;
    }

    private synchronized GpPosterior full() {
        if (full == null) {
            double[] kept = model.storage().reducer();
            full = new GpPosterior(training.cross(kernels()), hyperparameters, coefficients,
                    kept == null ? GpPosterior.reducer(mode(), pool) : kept);
        }
        return full;
    }

    private synchronized AddedPosterior added(MultitaskGpModel.Addition task) {
        return added.computeIfAbsent(task.task(), name -> {
            GpStorage storage = model.storage();
            TrainingRows rows = storage.training(completer, task);
            AddedPosterior posterior = prior(rows, storage.firstCovariance(completer, task), storage.hyperparameters(task));
            posterior.learn(rows.responses(), storage.coefficients(task), pool);
            return posterior;
        });
    }

    /** The posterior of a task that is being added, before anything is learned from its rows. */
    AddedPosterior prior(TrainingRows rows, CrossCovariance first, Hyperparameters h) {
        return new AddedPosterior(full().under(first, h), kernels(), h, rows, pool);
    }

    RowCompleter completer() {
        return completer;
    }

    @Override
    public double[] predict(String task, Observations rows) {
        return respond(task, latent(task, rows, !FamilyMeans.linear(model.response(task))));
    }

    /** Not of a task that was added: its rows tell of both parts at once. Nor where blocks are outputs: their part is neither. */
    @Override
    public boolean tellsShared(String task) {
        return training.blocks() == null && model.settings().added().stream().noneMatch(added -> added.task().equals(task));
    }

    @Override
    public Both predictBoth(String task, Observations rows) {
        if (!tellsShared(task)) {
            throw new IllegalArgumentException("the Gaussian process does not tell what is shared of task '" + task + "'"
                    + (training.blocks() == null ? ", which was added" : ": blocks are joint"));
        }
        GpPosterior.Latent whole = latent(task, rows, !FamilyMeans.linear(model.response(task)));
        KernelRows kernelRows = completer.rows(task, model.settings().layout().task(task), rows);
        double[] mean = GpPosterior.inPanels(kernelRows, false, pool, part -> new GpPosterior.Latent(means.shared(part), null)).mean();
        return new Both(respond(task, whole), respond(task, new GpPosterior.Latent(mean, whole.variance())));
    }

    private double[] respond(String task, GpPosterior.Latent latent) {
        ResponseFamily family = model.response(task);
        ResponseEncoding response = completer.features().encoding().response().get(task);
        if (FamilyMeans.linear(family)) {
            return response.respond(family, latent.mean());
        }
        double[] predicted = new double[latent.mean().length * family.width()];
        for (int i = 0; i < latent.mean().length; i++) {
            FamilyMeans.write(family, response.baseline(), latent.mean()[i], latent.variance()[i], predicted, i * family.width());
        }
        return predicted;
    }

    /** Records predictions; see {@link MultitaskGpModel#record}. */
    Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
        ResponseFamily family = model.response(task);
        GpRecorder recorder = new GpRecorder(graph, kernels(), completer, training, hyperparameters, model.settings().layout().task(task),
                task, cells);
        ResponseEncoding response = completer.features().encoding().response().get(task);
        Node mean = recorder.project(coefficients);
        return FamilyMeans.linear(family) ? response.respond(family, mean)
                : FamilyMeans.record(family, response.baseline(), mean, recorder.variance(full().reducer()));
    }

    /**
     * Predictions with their uncertainty.
     *
     * @throws intarsia.models.data.DataException if there is no such task, or the rows lack a source that every row must have
     */
    public PredictiveDistribution predictive(String task, Observations rows) {
        return distribution(task, latent(task, rows, true));
    }

    @Override
    public Linear linear(String task, Observations rows) {
        PredictiveDistribution of = predictive(task, rows);
        return new Linear(of.linear(), of.linearDeviation());
    }

    @Override
    public double[] deviations(String task, Observations rows) {
        if (!FamilyMeans.linear(model.response(task))) {
            throw new DataException("task '" + task + "': responses of kind " + model.response(task).key() + " have no deviation");
        }
        return predictive(task, rows).deviation();
    }

    private GpPosterior.Latent latent(String task, Observations rows, boolean variances) {
        model.response(task);
        rows.require(model.requiredSources());
        for (MultitaskGpModel.Addition addition : model.settings().added()) {
            if (addition.task().equals(task)) {
                AddedPosterior posterior = added(addition);
                return GpPosterior.inPanels(completer.rows(task, model.settings().rows().size(), rows), true, pool, posterior::at);
            }
        }
        JointPosterior joint = joint();
        if (joint != null) {
            return GpPosterior.inPanels(completer.rows(task, model.settings().layout().task(task), rows), variances, pool,
                    part -> joint.at(part).latent());
        }
        GpPosterior posterior = variances ? full() : means;
        return GpPosterior.inPanels(completer.rows(task, model.settings().layout().task(task), rows), variances, pool, posterior::at);
    }

    private PredictiveDistribution distribution(String task, GpPosterior.Latent latent) {
        ResponseFamily family = model.response(task);
        ResponseEncoding response = completer.features().encoding().response().get(task);
        Moments scale = response.moments();
        double noiseVariance = noiseVariance(task);
        int m = latent.mean().length;
        PredictiveDistribution of = new PredictiveDistribution(new double[m], new double[m], new double[m], new double[m]);
        for (int i = 0; i < m; i++) {
            double variance = latent.variance()[i];
            of.linear()[i] = scale.decode(latent.mean()[i]);
            of.linearDeviation()[i] = scale.scale() * Math.sqrt(variance);
            if (FamilyMeans.linear(family)) {
                of.mean()[i] = of.linear()[i];
                of.deviation()[i] = scale.scale() * Math.sqrt(variance + noiseVariance);
            } else {
                double[] mean = new double[family.width()];
                FamilyMeans.write(family, response.baseline(), latent.mean()[i], variance, mean, 0);
                of.mean()[i] = mean[0];
                of.deviation()[i] = family.equals(ResponseFamily.BINARY) ? Math.sqrt(mean[0] * (1 - mean[0])) : Double.NaN;
            }
        }
        return of;
    }

    private double noiseVariance(String task) {
        for (MultitaskGpModel.Addition addition : model.settings().added()) {
            if (addition.task().equals(task)) {
                return addition.response().standardized() ? Responses.LEAST_NOISE + hyperparameters.noiseLevel() : 1;
            }
        }
        return noise[model.settings().layout().task(task)];
    }

    /**
     * What the model would predict of each training row had it not seen the row's response, hyperparameters kept (Rasmussen &amp; Williams
     * 2006, section 5.4.2; for other families than the normal with the row's site of Laplace's approximation left out). With R = (K +
     * W^-1)^-1 and z the working response, f_i has mean {@code z_i - a_i / R_ii} and variance {@code 1 / R_ii - 1 / W_ii}. Costs n^3.
     *
     * @return for each task it was fitted on its training rows (validation rows among them), in the task's canonical order
     * @throws DataException where the model keeps inducing rows only
     */
    public Map<String, PredictiveDistribution> leaveOneOut() {
        if (!model.settings().inducing().isEmpty()) {
            throw new DataException("leave-one-out predictions need all rows; the Gaussian process keeps " + training.size()
                    + " inducing rows; fit it exactly, with 'exact_rows' no fewer than its rows");
        }
        Laplace.Mode mode = mode();
        double[] inverse = mode.factor().inverse(pool).doubles();
        int n = training.size();
        double[] mean = new double[n];
        double[] variance = new double[n];
        for (int i = 0; i < n; i++) {
            double w = mode.w()[i];
            double r = w * inverse[i * n + i];
            mean[i] = mode.f()[i] + training.responses().slope(i, mode.f()[i], noise) / w - mode.a()[i] / r;
            variance[i] = Math.max(0, 1 / r - 1 / w);
        }
        Map<String, PredictiveDistribution> byTask = new LinkedHashMap<>();
        int first = 0;
        for (int t = 0; t < model.settings().rows().size(); t++) {
            int last = first + model.settings().rows().get(t);
            String name = model.settings().layout().tasks().get(t).name();
            byTask.put(name, distribution(name,
                    new GpPosterior.Latent(Arrays.copyOfRange(mean, first, last), Arrays.copyOfRange(variance, first, last))));
            first = last;
        }
        return byTask;
    }

    @Override
    public void close() {}
}
