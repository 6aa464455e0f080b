package intarsia.models.baseline;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.ModelState;
import intarsia.models.Outcome;
import intarsia.models.RecordsPredictions;
import intarsia.models.Weights;
import intarsia.models.data.CellNodes;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Predicts the distribution of the responses of a task's training and validation rows (their mean), whatever a row holds: the least that a
 * model has to beat.
 */
public record MeanPredictor() implements Estimator {
    /** Its name in files. */
    public static final String KEY = "mean";

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String name() {
        return "mean";
    }

    @Override
    public boolean learns(ResponseFamily family) {
        return true;
    }

    @Override
    public Outcome<Means> fit(FitContext context) {
        Map<String, ResponseFamily> responses = new LinkedHashMap<>();
        Weights means = Weights.NONE;
        for (TaskSplit split : context.split().tasks()) {
            double[] y = split.responses(split.trainAndValidation());
            responses.put(split.task().name(), split.task().family());
            means = means.and(split.task().name(), Tensor.vector(split.task().family().expected(y,
                    split.weights(split.trainAndValidation()))));
        }
        return new Outcome.Converged<>(new Means(responses, means), 1);
    }

    /**
     * What is saved besides the means.
     *
     * @param responses the tasks
     */
    public record Settings(Map<String, ResponseFamily> responses) {}

    /**
     * The tasks' means.
     *
     * @param responses the tasks
     * @param weights   what each task predicts, under its name
     */
    public record Means(Map<String, ResponseFamily> responses, Weights weights) implements RecordsPredictions {
        /** Checks that there is a mean for each task. */
        public Means {
            responses = new LinkedHashMap<>(responses);
            Map<String, Shape> expected = new LinkedHashMap<>();
            responses.forEach((task, family) -> expected.put(task, Shape.of(family.width())));
            weights.check(expected);
        }

        @Override
        public List<Source> sources() {
            return List.of();
        }

        @Override
        public List<Source> requiredSources() {
            return List.of();
        }

        @Override
        public double[] predict(String task, Observations rows) {
            response(task);
            double[] each = weights.get(task).toDoubles();
            double[] predicted = new double[rows.size() * each.length];
            for (int i = 0; i < rows.size(); i++) {
                System.arraycopy(each, 0, predicted, i * each.length, each.length);
            }
            return predicted;
        }

        @Override
        public Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
            return graph.constant(weights.get(task).reshape(Shape.of(1, response(task).width())));
        }

        @Override
        public BoundModel bind(Engine engine) {
            return BoundModel.of(this);
        }

        @Override
        public ModelState state() {
            return new ModelState(KEY, new Settings(responses), weights);
        }

        @Override
        public Map<String, String> hyperparameters() {
            return Map.of();
        }
    }
}
