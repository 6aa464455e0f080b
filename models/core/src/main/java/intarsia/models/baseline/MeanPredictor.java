package intarsia.models.baseline;

import intarsia.linalg.Engine;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.Outcome;
import intarsia.models.Weights;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Predicts the mean response of a task's training and validation rows, whatever a row holds: the least that a model has to beat. */
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
    public Outcome<Means> fit(FitContext context) {
        Map<String, ResponseFamily> responses = new LinkedHashMap<>();
        Weights means = Weights.NONE;
        for (TaskSplit split : context.split().tasks()) {
            double[] y = split.responses(split.trainAndValidation());
            responses.put(split.task().name(), split.task().family());
            means = means.and(split.task().name(), Tensor.vector(split.task().family().expected(y)));
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
     * @param weights   a number for each task, under its name
     */
    public record Means(Map<String, ResponseFamily> responses, Weights weights) implements Model {
        /** Checks that there is a mean for each task. */
        public Means {
            responses = new LinkedHashMap<>(responses);
            Map<String, Shape> expected = new LinkedHashMap<>();
            responses.keySet().forEach(task -> expected.put(task, Shape.of(1)));
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
            double[] predicted = new double[rows.size()];
            Arrays.fill(predicted, weights.get(task).at(0));
            return predicted;
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
