package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.Weights;
import intarsia.models.data.CellNodes;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.data.Observations;
import intarsia.models.data.RowEncoder;
import intarsia.models.data.Source;
import intarsia.models.data.TaskFeatures;
import intarsia.models.net.TaskTable;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How incomplete rows are completed: observed blocks are encoded, missing ones imputed, so that every row of every task has the same
 * features. What imputes is a value: step 1 of MTL-HMB ({@link Hbi}), or nothing but column means.
 *
 * <pre>
 * BlockImputation imputation = BlockImputation.columnMeans(split, scaling);         ablation 3 of arXiv 2505.24413, appendix A.3, with
 * MtlHmb.learn imputation = imputation.with(source, Hbi.fit(context, imputation, source, options).orThrow().model()); network.fit(context,
 * imputation.features(), imputation.tables(engine, split))     ablations 1 and 2: network is SingleTask or HardSharing
 * </pre>
 *
 * @param layout   sources, features and tasks
 * @param encoding the way from raw cells to features
 * @param imputers for each source that is missing somewhere, by name, what imputes it; a source without one gets column means
 */
public record BlockImputation(Layout layout, FeatureEncoding encoding, Map<String, Imputer> imputers) {
    /** Imputes one source. */
    @FunctionalInterface
    public interface Imputer {
        /** Records the source's features, {@code rows x width}, for rows of the anchor's features, {@code rows x anchorWidth}. */
        Node impute(Graph graph, Node anchor);

        /** The values of the parameters that it records. */
        default Weights weights() {
            return Weights.NONE;
        }
    }

    /** Copies the map. */
    public BlockImputation {
        imputers = Map.copyOf(imputers);
    }

    /**
     * Column means: whatever is missing has the mean of its feature over all training rows that have it (over its task's, if it has some).
     * Learned from training rows only.
     */
    public static BlockImputation columnMeans(DataSplit split, FeatureEncoding.Scaling scaling) {
        FeatureEncoding encoding = FeatureEncoding.of(split, scaling);
        return new BlockImputation(Layout.of(split.data(), encoding), encoding, Map.of());
    }

    /** With a source imputed in another way. */
    public BlockImputation with(Source source, Imputer imputer) {
        Map<String, Imputer> more = new LinkedHashMap<>(imputers);
        more.put(source.name(), imputer);
        return new BlockImputation(layout, encoding, more);
    }

    /** With responses encoded in another way. */
    BlockImputation with(FeatureEncoding other) {
        return new BlockImputation(layout, other, imputers);
    }

    /** What a network reads of every task: whole rows. */
    public List<TaskFeatures> features() {
        return layout.tasks().stream().<TaskFeatures>map(task -> new CompleteFeatures(this, task)).toList();
    }

    private record CompleteFeatures(BlockImputation imputation, Layout.TaskInfo info) implements TaskFeatures {
        @Override
        public String task() {
            return info.name();
        }

        @Override
        public ResponseFamily family() {
            return info.response();
        }

        @Override
        public FeatureEncoding encoding() {
            return imputation.encoding;
        }

        @Override
        public List<Source> sources() {
            return imputation.layout.sources();
        }

        @Override
        public Node record(Graph graph, Map<Source, CellNodes> cells) {
            return imputation.record(graph, info.name(), cells);
        }

        @Override
        public RowEncoder bind(Engine engine) {
            return new RowCompletion(engine, imputation, info.name());
        }
    }

    /** Records whole rows, as {@link RowCompletion} makes them. */
    private Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
        List<Node> parts = new ArrayList<>();
        layout.anchors().forEach(anchor -> parts.add(encoding.encoder(task, anchor).record(cells.get(anchor))));
        Node anchor = graph.concat(1, List.copyOf(parts));
        for (Source source : layout.others()) {
            Node given = encoding.encoder(task, source).record(cells.get(source));
            Imputer imputer = imputers.get(source.name());
            if (imputer == null) {
                parts.add(given);
                continue;
            }
            double[] varies = encoding.features().get(source.name()).stream().mapToDouble(of -> of.moments().constant() ? 0 : 1).toArray();
            Node imputed = imputer.weights().recorded(anchor, imputer::impute)
                    .times(graph.constant(Tensor.of(Shape.of(1, varies.length), varies)));
            Node observed = cells.get(source).observed();
            parts.add(given.times(observed).plus(imputed.times(observed.affine(-1, 1))));
        }
        return graph.concat(1, parts);
    }

    /** Training and validation rows of every task, completed when they are asked for, by an engine that stays open as long. */
    public List<TaskTable> tables(Engine engine, DataSplit split) {
        List<TaskFeatures> features = features();
        return IntStream.range(0, features.size()).mapToObj(t -> TaskTable.of(engine, features.get(t), split.tasks().get(t))).toList();
    }

    /**
     * Rows completed, in raw cells: a row of a block without any number is imputed with valid cells, in an anchor with the task's means;
     * all others are as they are, bit by bit, single missing cells too.
     *
     * @throws intarsia.models.data.DataException if there is no such task, or an anchor is not there
     */
    public Map<Source, double[][]> complete(Engine engine, String task, Observations rows) {
        double[] dense;
        try (RowCompletion completion = new RowCompletion(engine, this, task)) {
            dense = completion.dense(rows);
        }
        Map<Source, double[][]> completed = new LinkedHashMap<>();
        for (Source source : layout.sources()) {
            double[][] given = rows.blocks().get(source);
            double[][] cells = cells(source, dense, rows.size());
            for (int i = 0; i < cells.length; i++) {
                cells[i] = RowCompletion.observed(given, i) ? given[i] : cells[i];
            }
            completed.put(source, cells);
        }
        return completed;
    }

    /** A block of whole rows as raw cells. */
    private double[][] cells(Source source, double[] dense, int rows) {
        int width = layout.width(source);
        double[] part = new double[rows * width];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(dense, i * layout.width() + layout.from(source), part, i * width, width);
        }
        return encoding.decode(source, part);
    }

    /** Which features of the anchor are 0/1. */
    boolean[] anchorBinary() {
        boolean[] binary = new boolean[layout.anchorWidth()];
        int at = 0;
        for (Source anchor : layout.anchors()) {
            for (boolean b : encoding.binary(anchor)) {
                binary[at++] = b;
            }
        }
        return binary;
    }
}
