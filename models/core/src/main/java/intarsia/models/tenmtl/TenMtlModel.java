package intarsia.models.tenmtl;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.AcceptsTasks;
import intarsia.models.BoundModel;
import intarsia.models.Finding;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.Outcome;
import intarsia.models.RecordsPredictions;
import intarsia.models.Weights;
import intarsia.models.data.CellNodes;
import intarsia.models.data.DataException;
import intarsia.models.data.Individual;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A fitted TenMTL. Weights are named {@code core}, {@code factor/0} .. {@code factor/d} and {@code intercepts}; of several modalities
 * {@code core} and {@code factor/1} .. have the modality's name before them, as in {@code scan/core}.
 *
 * @param options    what it was fitted with, the ranks as they were for its data
 * @param encoding   the way from rows to predictor tensors
 * @param tasks      their names, in the order of the rows of {@code factor/0}
 * @param dispersion as in {@link TenMtlFit}
 * @param starts     how the search ended
 * @param weights    all learned numbers by name
 */
public record TenMtlModel(TenMtl options, TensorEncoding encoding, List<String> tasks, double dispersion, Starts starts, Weights weights)
        implements RecordsPredictions, AcceptsTasks {
    private static final String CORE = "core";
    private static final String FACTOR = "factor/";
    private static final String INTERCEPTS = "intercepts";
    /** Encoded numbers are about 1; from here on products of squares may not be finite. */
    private static final double LARGE = 1e70;

    /**
     * How the search ended.
     *
     * @param best      the name of the start that ended lowest
     * @param sweeps    how many it took
     * @param count     how many starts there were
     * @param spread    as in {@link TenMtlFit#spread}
     * @param violation as in {@link TenMtlFit}
     */
    public record Starts(String best, int sweeps, int count, double spread, double violation) {}

    /**
     * What is saved besides the weights.
     *
     * @param options    what it was fitted with
     * @param encoding   the way from rows to predictor tensors
     * @param tasks      their names
     * @param dispersion of Gaussian responses
     * @param starts     how the search ended
     */
    public record Settings(TenMtl options, TensorEncoding encoding, List<String> tasks, double dispersion, Starts starts) {}

    /**
     * Makes sure that the weights are those of the options, the encoding and the tasks.
     *
     * @throws IllegalArgumentException naming the weights that are missing, too many or of another shape
     */
    public TenMtlModel {
        tasks = PersonalPrediction.different(tasks);
        if (!(dispersion >= 0 && dispersion <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("tenmtl: dispersion " + dispersion + " must be finite and not negative");
        }
        TuckerRanks ranks = options.ranks();
        List<Shape> rows = encoding.coefficients();
        // the individuals' rank may be above their number here: a federated fit has more of them elsewhere
        boolean suits = !ranks.capped() && ranks.predictors().size() == encoding.modes();
        int mode = 0;
        Map<String, Shape> expected = new LinkedHashMap<>();
        expected.put(FACTOR + 0, Shape.of(tasks.size(), options.totalIndividualRank()));
        for (int m = 0; suits && m < rows.size(); m++) {
            Shape row = rows.get(m);
            suits = ranks.within(row, mode);
            int[] core = new int[row.rank() + 1];
            core[0] = options.totalIndividualRank();
            for (int k = 1; k < core.length; k++) {
                core[k] = ranks.predictors().get(mode++);
                expected.put(weight(encoding, m, FACTOR + k), Shape.of(row.size(k - 1), core[k]));
            }
            expected.put(weight(encoding, m, CORE), Shape.of(core));
        }
        if (!suits) {
            throw new IllegalArgumentException("tenmtl: ranks of a fitted model must be given and suit rows "
                    + rows.stream().map(Shape::toString).collect(Collectors.joining(" + ")) + ", not '" + ranks + "'");
        }
        expected.put(INTERCEPTS, Shape.of(tasks.size() * RowLoss.group(encoding.response())));
        weights.check(expected);
    }

    /** Saved settings with their weights. */
    public TenMtlModel(Settings settings, Weights weights) {
        this(settings.options, settings.encoding, settings.tasks, settings.dispersion, settings.starts, weights);
    }

    static TenMtlModel of(TensorEncoding encoding, TenMtlFit fit) {
        TenMtlFit.Start best = fit.bestStart();
        Starts starts = new Starts(best.name(), best.sweeps(), fit.starts().size(), fit.spread(), fit.violation());
        return of(fit.options(), encoding, fit.parameters(), fit.coefficients(), fit.dispersion(), starts);
    }

    static TenMtlModel of(TenMtl options, TensorEncoding encoding, CoupledTucker parameters, PersonalCoefficients coefficients,
            double dispersion, Starts starts) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (int m = 0; m < parameters.modalities().size(); m++) {
            TuckerDecomposition modality = parameters.modality(m);
            weights.put(weight(encoding, m, CORE), modality.core());
            weights.put(FACTOR + 0, parameters.individuals());
            for (int k = 1; k < modality.factors().size(); k++) {
                weights.put(weight(encoding, m, FACTOR + k), modality.factors().get(k));
            }
        }
        weights.put(INTERCEPTS, Tensor.vector(coefficients.intercepts()));
        return new TenMtlModel(options, encoding, coefficients.names(), dispersion, starts, new Weights(weights));
    }

    private static String weight(TensorEncoding encoding, int modality, String name) {
        String of = encoding.modality(modality);
        return of.isEmpty() ? name : of + "/" + name;
    }

    /** Cores and factors, U_0 first. */
    public CoupledTucker parameters() {
        List<TuckerDecomposition> modalities = new ArrayList<>();
        List<Shape> rows = encoding.coefficients();
        for (int m = 0; m < rows.size(); m++) {
            List<Tensor> factors = new ArrayList<>(List.of(weights.get(FACTOR + 0)));
            for (int k = 1; k <= rows.get(m).rank(); k++) {
                factors.add(weights.get(weight(encoding, m, FACTOR + k)));
            }
            modalities.add(new TuckerDecomposition(weights.get(weight(encoding, m, CORE)), factors));
        }
        return new CoupledTucker(modalities);
    }

    /** The tasks' coefficients, on the encoded scale. */
    public PersonalCoefficients coefficients() {
        return new PersonalCoefficients(encoding.response(), tasks, parameters().reconstruct(), weights.get(INTERCEPTS).toDoubles());
    }

    @Override
    public Map<String, ResponseFamily> responses() {
        return PersonalPrediction.responses(tasks, encoding);
    }

    @Override
    public List<Source> sources() {
        return encoding.sources();
    }

    @Override
    public List<Source> requiredSources() {
        return encoding.required();
    }

    @Override
    public Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
        response(task);
        return new PersonalPrediction(encoding, coefficients()).record(graph, task, cells);
    }

    @Override
    public BoundModel bind(Engine engine) {
        return new PersonalPrediction(encoding, coefficients());
    }

    @Override
    public double[] predict(String task, Observations rows) {
        return new PersonalPrediction(encoding, coefficients()).predict(task, rows);
    }

    @Override
    public ModelState state() {
        return new ModelState(TenMtl.KEY, new Settings(options, encoding, tasks, dispersion, starts), weights);
    }

    @Override
    public Map<String, String> hyperparameters() {
        Map<String, String> chosen = new LinkedHashMap<>(options.hyperparameters());
        chosen.put("best start", starts.best + (starts.count > 1 ? " of " + starts.count : ", the only one"));
        if (starts.count > 1) {
            chosen.put("worst start above the best", String.format(Locale.ROOT, "%.2g %%", 100 * starts.spread));
        }
        chosen.put("stationary to", String.format(Locale.ROOT, "%.1e", starts.violation));
        chosen.putAll(PersonalPrediction.unused(encoding));
        return chosen;
    }

    @Override
    public List<Finding> findings(TaskSet data) {
        return new TenMtlFindings(this).all();
    }

    /** One row of a new task says something already, given the population. */
    @Override
    public boolean needsVariedResponse() {
        return false;
    }

    /**
     * With one more task, folded in ({@link FoldIn}); core, predictor factors and all other tasks stay as they are.
     *
     * @throws DataException if there is a task of this name, this one lacks a source that the predictors are made of (of coupled ones,
     * all), its response is of another kind, or its numbers are too large
     */
    @Override
    public Outcome<TenMtlModel> add(Engine engine, TaskSplit task, RandomStream random) {
        String name = task.task().name();
        if (tasks.stream().anyMatch(name::equalsIgnoreCase)) {
            throw new DataException("task '" + name + "': the model has one of this name already");
        }
        if (!task.task().family().equals(encoding.response())) {
            throw new DataException("task '" + name + "': its response is " + task.task().family().key() + ", the model's "
                    + encoding.response().key());
        }
        task.observations(task.train()).require(requiredSources());
        TaskSplit all = task.withoutValidation();
        TensorEncoding extended = encoding.with(all);
        Individual known = extended.individual(all, all.train());
        if (!(Matrices.norm(known.predictors()) < LARGE && Matrices.norm(Tensor.vector(known.response())) < LARGE)) {
            throw new DataException("task '" + name + "': a number in its rows is too large compared with those of the tasks fitted");
        }
        FoldIn.Place place = FoldIn.fold(parameters(), weights.get(INTERCEPTS).toDoubles(), encoding.response(), dispersion, known);
        Tensor factor = weights.get(FACTOR + 0);
        Shape taller = Shape.of(tasks.size() + 1, factor.shape().columns());
        Weights more = weights.and(FACTOR + 0, Tensor.of(taller, joined(factor.toDoubles(), place.coordinates())))
                .and(INTERCEPTS, Tensor.vector(joined(weights.get(INTERCEPTS).toDoubles(), place.intercepts())));
        List<String> names = new ArrayList<>(tasks);
        names.add(name);
        return new Outcome.Converged<>(new TenMtlModel(options, extended, names, dispersion, starts, more), 1);
    }

    private static double[] joined(double[] a, double... b) {
        return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }
}
