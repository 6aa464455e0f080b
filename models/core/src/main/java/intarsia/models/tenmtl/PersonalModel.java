package intarsia.models.tenmtl;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.RecordsPredictions;
import intarsia.models.Weights;
import intarsia.models.data.CellNodes;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.response.ResponseFamily;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A generalized linear model for each task, by whatever personal method.
 *
 * @param method          the method's name
 * @param hyperparameters what it was fitted with, name by name
 * @param encoding        the way from rows to predictor tensors
 * @param tasks           their names, in the order of the coefficients
 * @param weights         {@code coefficients} [tasks x p_1 x ... x p_d] and {@code intercepts} [tasks], on the encoded scale
 */
public record PersonalModel(String method, Map<String, String> hyperparameters, TensorEncoding encoding, List<String> tasks,
        Weights weights) implements RecordsPredictions {
    /** What reads it back. */
    public static final String KIND = "personal";
    private static final String COEFFICIENTS = "coefficients";
    private static final String INTERCEPTS = "intercepts";

    /**
     * What is saved besides the weights.
     *
     * @param method          the method's name
     * @param hyperparameters what it was fitted with, name by name
     * @param encoding        the way from rows to predictor tensors
     * @param tasks           their names
     */
    public record Settings(String method, Map<String, String> hyperparameters, TensorEncoding encoding, List<String> tasks) {}

    /**
     * Makes sure that the weights are those of the tasks and the encoding.
     *
     * @throws IllegalArgumentException naming the weights that are missing, too many or of another shape
     */
    public PersonalModel {
        hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
        tasks = PersonalPrediction.different(tasks);
        weights.check(Map.of(COEFFICIENTS, PersonalPrediction.stacked(tasks, encoding), INTERCEPTS,
                Shape.of(tasks.size() * RowLoss.group(encoding.response()))));
    }

    /** Saved settings with their weights. */
    public PersonalModel(Settings settings, Weights weights) {
        this(settings.method, settings.hyperparameters, settings.encoding, settings.tasks, weights);
    }

    static PersonalModel of(PersonalEstimator estimator, TensorEncoding encoding, PersonalCoefficients fitted) {
        Map<String, String> chosen = new LinkedHashMap<>(estimator.hyperparameters());
        chosen.putAll(PersonalPrediction.unused(encoding));
        return new PersonalModel(estimator.name(), chosen, encoding, fitted.names(),
                Weights.NONE.and(COEFFICIENTS, fitted.coefficients()).and(INTERCEPTS, Tensor.vector(fitted.intercepts())));
    }

    /** The tasks' coefficients, on the encoded scale. */
    public PersonalCoefficients coefficients() {
        return new PersonalCoefficients(encoding.response(), tasks, weights.get(COEFFICIENTS), weights.get(INTERCEPTS).toDoubles());
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
        return new ModelState(KIND, new Settings(method, hyperparameters, encoding, tasks), weights);
    }
}
