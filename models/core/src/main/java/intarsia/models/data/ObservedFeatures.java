package intarsia.models.data;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Some sources of a task as dense rows. A block that is not given is filled like single missing cells. Immutable. */
public final class ObservedFeatures implements TaskFeatures, RowEncoder {
    private final String task;
    private final ResponseFamily family;
    private final List<Source> sources;
    private final FeatureEncoding encoding;
    private final boolean alone;
    private final List<BlockEncoder> encoders;
    private final int width;
    private final boolean[] kept;

    /**
     * Some sources of a task.
     *
     * @param task     the task's name
     * @param family   what is known of its response
     * @param sources  the sources, in the order of the features
     * @param encoding the way from raw cells to features
     * @param alone    whether the reader is learned from this task alone: features that do not vary in its training rows are 0 then, since
     *                 nothing can be learned about them
     */
    public ObservedFeatures(String task, ResponseFamily family, List<Source> sources, FeatureEncoding encoding, boolean alone) {
        this.task = task;
        this.family = family;
        this.sources = List.copyOf(sources);
        this.encoding = encoding;
        this.alone = alone;
        encoders = sources.stream().map(source -> encoding.encoder(task, source)).toList();
        width = encoders.stream().mapToInt(BlockEncoder::width).sum();
        kept = alone ? encoding.varying(sources, task) : new boolean[0];
    }

    /** Some sources of a task, for a reader that learns from several tasks. */
    public static ObservedFeatures of(Task task, List<Source> sources, FeatureEncoding encoding) {
        return new ObservedFeatures(task.name(), task.family(), sources, encoding, false);
    }

    /** All sources that a task observes, by name, for a reader that learns from this task alone. */
    public static ObservedFeatures alone(Task task, FeatureEncoding encoding) {
        List<Source> sources = task.blocks().keySet().stream().sorted(Comparator.comparing(Source::name)).toList();
        return new ObservedFeatures(task.name(), task.family(), sources, encoding, true);
    }

    /** The same encoded in another way. */
    public ObservedFeatures with(FeatureEncoding other) {
        return new ObservedFeatures(task, family, sources, other, alone);
    }

    @Override
    public String task() {
        return task;
    }

    @Override
    public ResponseFamily family() {
        return family;
    }

    @Override
    public List<Source> sources() {
        return sources;
    }

    @Override
    public FeatureEncoding encoding() {
        return encoding;
    }

    /** Whether the reader is learned from this task alone. */
    public boolean alone() {
        return alone;
    }

    @Override
    public int width() {
        return width;
    }

    /** Itself: observed cells need no engine. */
    @Override
    public RowEncoder bind(Engine engine) {
        return this;
    }

    @Override
    public Node record(Graph graph, Map<Source, CellNodes> cells) {
        List<Node> parts = new ArrayList<>();
        for (int s = 0; s < encoders.size(); s++) {
            parts.add(encoders.get(s).record(cells.get(sources.get(s))));
        }
        double[] factors = new double[width];
        for (int f = 0; f < width; f++) {
            factors[f] = kept.length == 0 || kept[f] ? 1 : 0;
        }
        return graph.concat(1, parts).times(graph.constant(Tensor.of(Shape.of(1, width), factors)));
    }

    @Override
    public double[] dense(Observations rows) {
        double[] dense = new double[rows.size() * width];
        int from = 0;
        for (int s = 0; s < encoders.size(); s++) {
            double[][] block = rows.blocks().get(sources.get(s));
            for (int i = 0; i < rows.size(); i++) {
                encoders.get(s).encode(block == null ? null : block[i], dense, i * width + from);
            }
            from += encoders.get(s).width();
        }
        for (int f = 0; f < kept.length; f++) {
            for (int i = f; i < dense.length && !kept[f]; i += width) {
                dense[i] = 0;
            }
        }
        return dense;
    }
}
