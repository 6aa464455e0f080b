package intarsia.models.baseline;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.AdditivePredictor;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.RecordsPredictions;
import intarsia.models.SharedPredictor;
import intarsia.models.Weights;
import intarsia.models.data.CellNodes;
import intarsia.models.data.Observations;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Source;
import intarsia.models.net.ObservedTasks;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A regression for each task. A source that a row lacks, though other rows of its task have it, is filled with the task's means.
 *
 * @param options what it was fitted with
 * @param observed what it reads of each task
 * @param weights {@code coefficients/TASK}: for each feature a number for each linear predictor, row-major, the intercepts last
 */
public record RegressionModel(Regression options, ObservedTasks observed, Weights weights) implements RecordsPredictions {
    static final String COEFFICIENTS = "coefficients/";

    /**
     * What is saved besides the weights.
     *
     * @param options what it was fitted with
     * @param tasks   what it reads
     */
    public record Settings(Regression options, ObservedTasks tasks) {}

    /**
     * Makes sure that the weights are those of the tasks.
     *
     * @throws IllegalArgumentException naming the weights that are missing, too many or of another shape
     */
    public RegressionModel {
        if (options == null || observed == null) {
            throw new IllegalArgumentException("regression needs its options and its tasks");
        }
        Map<String, Shape> expected = new LinkedHashMap<>();
        observed.features().forEach(of -> expected.put(COEFFICIENTS + of.task(), Shape.of((of.width() + 1) * of.family().predictors())));
        weights.check(expected);
    }

    @Override
    public Map<String, ResponseFamily> responses() {
        return observed.responses();
    }

    @Override
    public List<Source> sources() {
        return observed.sources();
    }

    @Override
    public List<Source> requiredSources() {
        return observed.common();
    }

    @Override
    public Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
        response(task);
        ObservedFeatures own = observed.features(task);
        int predictors = own.family().predictors();
        Tensor all = weights.get(COEFFICIENTS + task).reshape(Shape.of(own.width() + 1, predictors));
        double[] numbers = all.toDoubles();
        int slopes = own.width() * predictors;
        Node slope = graph.constant(Tensor.of(Shape.of(own.width(), predictors), Arrays.copyOf(numbers, slopes)));
        Node intercept = graph.constant(Tensor.of(Shape.of(1, predictors), Arrays.copyOfRange(numbers, slopes, numbers.length)));
        return own.respond(own.record(graph, cells).matmul(slope).plus(intercept));
    }

    @Override
    public BoundModel bind(Engine engine) {
        return bound();
    }

    private BoundModel bound() {
        Map<String, ObservedFeatures> features = new LinkedHashMap<>();
        Map<String, Tensor> coefficients = new LinkedHashMap<>();
        observed.features().forEach(of -> {
            features.put(of.task(), of);
            coefficients.put(of.task(), weights.get(COEFFICIENTS + of.task()));
        });
        List<Source> required = requiredSources();
        return new Bound(this, required, features, coefficients);
    }

    private record Bound(RegressionModel model, List<Source> required, Map<String, ObservedFeatures> features,
            Map<String, Tensor> coefficients) implements BoundModel, SharedPredictor, AdditivePredictor {
        @Override
        public double[] predict(String task, Observations rows) {
            model.response(task);
            rows.require(required);
            return respond(task, features.get(task).dense(rows), rows.size());
        }

        private double[] respond(String task, double[] dense, int rows) {
            ObservedFeatures own = features.get(task);
            return own.respond(RidgeRegression.linear(dense, rows, own.width(), own.family().predictors(),
                    coefficients.get(task).doubles()));
        }

        /** Everything, where tasks have one regression; else nothing but the intercept. */
        @Override
        public Both predictBoth(String task, Observations rows) {
            double[] predicted = predict(task, rows);
            return new Both(predicted, model.options.pooled() ? predicted
                    : respond(task, new double[rows.size() * features.get(task).width()], rows.size()));
        }

        @Override
        public void close() {}
    }

    /** A task's coefficients on its features, for each a number for each linear predictor; intercepts last; on the standardized scale. */
    public double[] coefficients(String task) {
        return weights.get(COEFFICIENTS + task).toDoubles();
    }

    @Override
    public double[] predict(String task, Observations rows) {
        return bound().predict(task, rows);
    }

    @Override
    public ModelState state() {
        return new ModelState(Regression.KEY, new Settings(options, observed), weights);
    }

    @Override
    public Map<String, String> hyperparameters() {
        return Map.of("ridge", Double.toString(options.ridge()));
    }
}
