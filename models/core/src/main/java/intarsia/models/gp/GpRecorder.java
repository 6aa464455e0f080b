package intarsia.models.gp;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.data.CellNodes;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Records the posterior of f at rows of one of the tasks that were fitted, as {@link GpPosterior} has it. */
final class GpRecorder {
    private final Graph graph;
    private final Hyperparameters h;
    private final KernelRows fixed;
    private final int task;
    private final List<SourceRecorder> sources = new ArrayList<>();

    /**
     * For a task.
     *
     * @param task  its number
     * @param name  its name
     * @param cells of each source
     */
    GpRecorder(Graph graph, MultitaskGp.KernelSet kernels, RowCompleter completer, TrainingRows training, Hyperparameters h, int task,
            String name, Map<Source, CellNodes> cells) {
        this.graph = graph;
        this.h = h;
        this.task = task;
        fixed = training.rows();
        KernelFeatures features = completer.features();
        List<Node> anchors = new ArrayList<>();
        for (int s = 0; s < features.sources().size(); s++) {
            CellNodes of = cells.get(features.sources().get(s));
            Node observed = of.observed();
            Node all = features.record(s, name, of, false);
            Node own = features.record(s, name, of, true);
            if (s < features.layout().anchors().size()) {
                anchors.add(all.times(observed));
            }
            SourceRecorder.Features whole = completer.record(s, all, observed, anchors);
            int[] rows = fixed.sources()[s].rows();
            sources.add(new SourceRecorder(kernels, h, s, task, training.divisors()[s], fixed.sources()[s],
                    Arrays.stream(rows).map(row -> fixed.tasks()[row]).toArray(), observed, whole,
                    own == all ? whole : completer.record(s, own, observed, anchors)));
        }
    }

    private double constant(int other) {
        return h.covariance(task, other) * h.constant(Hyperparameters.SHARED)
                + (task == other ? h.scale(task) * h.constant(Hyperparameters.SPECIFIC) : 0);
    }

    /** What coefficients, {@code fixed rows x m} row-major, make of the covariance with the fixed rows: {@code rows x m}. */
    Node project(double[] coefficients) {
        int n = fixed.size();
        int m = coefficients.length / n;
        double[] constant = new double[m];
        for (int k = 0; k < coefficients.length; k++) {
            constant[k % m] += constant(fixed.tasks()[k / m]) * coefficients[k];
        }
        Node sum = graph.constant(Tensor.of(Shape.of(1, m), constant));
        for (int s = 0; s < sources.size(); s++) {
            int[] rows = fixed.sources()[s].rows();
            double[] own = new double[rows.length * m];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(coefficients, rows[i] * m, own, i * m, m);
            }
            sum = rows.length == 0 ? sum
                    : sources.get(s).covariance().matmul(graph.constant(Tensor.of(Shape.of(rows.length, m), own))).plus(sum);
        }
        return sum;
    }

    /**
     * The variance, {@code rows x 1}.
     *
     * @param reducer C, n x n
     */
    Node variance(double[] reducer) {
        int n = fixed.size();
        double[] transposed = new double[n * n];
        IntStream.range(0, n * n).forEach(k -> transposed[k % n * n + k / n] = reducer[k]);
        Node known = project(transposed).square();
        Node variance = known.sum(1).reshape(known.shape().size(0), 1).negate().plus(constant(task));
        for (SourceRecorder source : sources) {
            variance = variance.plus(source.variance());
        }
        return variance.relu();
    }
}
