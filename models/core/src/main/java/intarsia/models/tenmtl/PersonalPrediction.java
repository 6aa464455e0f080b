package intarsia.models.tenmtl;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.AdditivePredictor;
import intarsia.models.BoundModel;
import intarsia.models.SharedPredictor;
import intarsia.models.data.CellNodes;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.response.ResponseBaseline;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Predicts rows of tasks by coefficients that stand ready; values only, so it may be used by several threads. */
final class PersonalPrediction implements BoundModel, SharedPredictor, AdditivePredictor {
    private final TensorEncoding encoding;
    private final PersonalCoefficients coefficients;
    private final Map<String, Integer> numbers = new HashMap<>();

    PersonalPrediction(TensorEncoding encoding, PersonalCoefficients coefficients) {
        this.encoding = encoding;
        this.coefficients = coefficients;
        coefficients.names().forEach(name -> numbers.put(name, numbers.size()));
    }

    @Override
    public double[] predict(String task, Observations rows) {
        Integer number = numbers.get(task);
        if (number == null) {
            throw new DataException("no task '" + task + "'; the model has " + String.join(", ", coefficients.names()));
        }
        return scaled(coefficients.predict(number, encoding.numbers(task, rows), rows.size()));
    }

    @Override
    public Both predictBoth(String task, Observations rows) {
        return new Both(predict(task, rows), scaled(coefficients.predictByMean(numbers.get(task), encoding.numbers(task, rows),
                rows.size())));
    }

    /** Where rows are one vector or coupled ones: of products of vectors, products of their numbers have coefficients. */
    @Override
    public boolean additive(String task) {
        return encoding.coupled() || encoding.parts().size() == 1;
    }

    @Override
    public void close() {}

    private double[] scaled(double[] means) {
        for (int i = 0; i < means.length; i++) {
            means[i] *= encoding.responseScale();
        }
        return means;
    }

    /** Records the same. */
    Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
        int number = numbers.get(task);
        int group = RowLoss.group(coefficients.family());
        Tensor own = Tensor.vector(byFeatures(coefficients.coefficients(number).toDoubles()));
        Tensor intercepts = Tensor.of(Shape.of(1, group), Arrays.copyOfRange(coefficients.intercepts(), number * group,
                (number + 1) * group));
        Node eta = predictors(graph, task, cells).matmul(graph.constant(own.reshape(Shape.of(own.size() / group, group))))
                .plus(graph.constant(intercepts));
        return coefficients.family().respond(eta, ResponseBaseline.NONE).times(encoding.responseScale());
    }

    /** Coefficients of the numbers as parts record them. */
    private double[] byFeatures(double[] own) {
        double[] coefficients = own;
        if (encoding.coupled()) {
            int at = 0;
            for (TensorPart part : encoding.parts()) {
                double[] its = Arrays.copyOfRange(own, at, at + part.size(encoding.encoding()));
                System.arraycopy(part.byFeatures(encoding.encoding(), its, 1), 0, coefficients, at, its.length);
                at += its.length;
            }
            return coefficients;
        }
        int inner = own.length;
        for (TensorPart part : encoding.parts()) {
            int size = part.size(encoding.encoding());
            inner /= size;
            coefficients = part.byFeatures(encoding.encoding(), coefficients, inner);
        }
        return coefficients;
    }

    /** Records rows as predictor tensors, the numbers of each one after another; places of a tensor as its features stand. */
    private Node predictors(Graph graph, String task, Map<Source, CellNodes> cells) {
        if (encoding.coupled()) {
            return graph.concat(1, encoding.parts().stream().map(part -> part.record(graph, encoding.encoding(), task, cells)).toList());
        }
        Node product = null;
        for (TensorPart part : encoding.parts()) {
            Node vectors = part.record(graph, encoding.encoding(), task, cells);
            int rows = vectors.shape().size(0);
            int left = product == null ? 0 : product.shape().size(1);
            int right = vectors.shape().size(1);
            product = product == null ? vectors
                    : product.reshape(rows, left, 1).times(vectors.reshape(rows, 1, right)).reshape(rows, left * right);
        }
        return product;
    }

    /** Names of tasks, copied and checked to differ. */
    static List<String> different(List<String> tasks) {
        if (tasks.isEmpty() || new HashSet<>(tasks).size() < tasks.size()) {
            throw new IllegalArgumentException("personal model: tasks " + tasks + " must be at least one, all different");
        }
        return List.copyOf(tasks);
    }

    /** The shape of all tasks' coefficients. */
    static Shape stacked(List<String> tasks, TensorEncoding encoding) {
        int[] row = encoding.row().sizes();
        int[] sizes = new int[row.length + 1];
        sizes[0] = tasks.size();
        System.arraycopy(row, 0, sizes, 1, row.length);
        return Shape.of(sizes);
    }

    /** What is known of each task's response. */
    static Map<String, ResponseFamily> responses(List<String> tasks, TensorEncoding encoding) {
        Map<String, ResponseFamily> responses = new LinkedHashMap<>();
        tasks.stream().sorted().forEach(task -> responses.put(task, encoding.response()));
        return responses;
    }

    /** What to add to hyperparameters where sources are not read. */
    static Map<String, String> unused(TensorEncoding encoding) {
        return encoding.unused().isEmpty() ? Map.of() : Map.of("sources not used", String.join(", ", encoding.unused()));
    }
}
