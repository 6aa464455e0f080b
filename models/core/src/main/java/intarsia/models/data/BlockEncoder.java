package intarsia.models.data;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Encodes one source's cells of one task, as {@link FeatureEncoding} says: all names are looked up once, for encoding often. A level that
 * no training row had is filled like a missing cell. Immutable, so that threads may share it.
 */
public final class BlockEncoder {
    private final Feature[] features;
    private final int[] columns;
    private final double[] fills;
    /** Of features that are no levels and vary; of others the scale is NaN. */
    private final double[] means;
    private final double[] scales;
    private final double[] lows;
    private final double[] highs;

    BlockEncoder(List<Feature> of, String task, Source source) {
        Map<String, Integer> numbers = source.columnNumbers();
        features = of.toArray(Feature[]::new);
        columns = new int[features.length];
        fills = new double[features.length];
        for (int f = 0; f < features.length; f++) {
            Integer column = numbers.get(features[f].column());
            if (column == null) {
                throw new DataException("source '" + source.name() + "' has no column '" + features[f].column() + "'");
            }
            columns[f] = column;
            fills[f] = features[f].fill().getOrDefault(task, 0.0);
        }
        means = Arrays.stream(features).mapToDouble(feature -> feature.moments().mean()).toArray();
        scales = Arrays.stream(features).mapToDouble(feature -> feature.level() < 0 && !feature.moments().constant()
                ? feature.moments().scale() : Double.NaN).toArray();
        lows = Arrays.stream(features).mapToDouble(feature -> feature.limits().low()).toArray();
        highs = Arrays.stream(features).mapToDouble(feature -> feature.limits().high()).toArray();
    }

    /** How many features a row has. */
    public int width() {
        return features.length;
    }

    /**
     * Writes a row's features.
     *
     * @param cells the row's cells, or null where the block is not there: every feature is then filled like a single missing cell
     * @param to    where to write
     * @param from  the place of the first feature
     */
    public void encode(double[] cells, double[] to, int from) {
        for (int f = 0; f < features.length; f++) {
            // Nearly all are numbers within their limits, which two comparisons tell.
            double dense = cells == null ? Double.NaN : (cells[columns[f]] - means[f]) / scales[f];
            if (lows[f] < dense && dense < highs[f]) {
                to[from + f] = dense;
            } else {
                double known = known(f, cells);
                to[from + f] = Double.isNaN(known) ? fills[f] : known;
            }
        }
    }

    /** The same with NaN in place of fills, for models that take missing numbers. */
    public void encodeKnown(double[] cells, double[] to, int from) {
        for (int f = 0; f < features.length; f++) {
            to[from + f] = known(f, cells);
        }
    }

    private double known(int feature, double[] cells) {
        double cell = cells == null ? Double.NaN : cells[columns[feature]];
        return unknown(feature, cell) ? Double.NaN : features[feature].encode(cell);
    }

    /** Whether a cell is missing, or is a level that does not vary in training: features of the other levels, all 0, would mislead. */
    private boolean unknown(int feature, double cell) {
        int level = features[feature].level();
        return Double.isNaN(cell) || level >= 0 && features[feature - level + (int) cell].moments().constant();
    }

    /** Records a block's features, {@code rows x width}; a row without known cells is filled. */
    public Node record(CellNodes cells) {
        CellNodes known = recordKnown(cells);
        return known.values().plus(numbers(known.known().graph(), f -> fills[f]).times(known.known().affine(-1, 1)));
    }

    /** Records which features are known, and those, the others being 0. */
    public CellNodes recordKnown(CellNodes cells) {
        Node x = cells.values().columns(columns);
        Node known = cells.known().columns(columns);
        Graph graph = x.graph();
        Node level = numbers(graph, f -> features[f].level());
        Node same = x.atLeast(level).times(level.atLeast(x));
        Node value = x.plus(same.minus(x).times(numbers(graph, f -> features[f].level() < 0 ? 0 : 1)));
        Node encoded = value.minus(numbers(graph, f -> features[f].moments().mean()))
                .dividedBy(numbers(graph, f -> features[f].moments().constant() ? 1 : features[f].moments().scale()))
                .times(numbers(graph, f -> features[f].moments().constant() ? 0 : 1))
                .max(numbers(graph, f -> features[f].limits().low())).min(numbers(graph, f -> features[f].limits().high()));
        for (int k = 0; constant(k); k++) {
            int which = k;
            Node unseen = numbers(graph, f -> unseen(f, which));
            known = known.times(x.atLeast(unseen).times(unseen.atLeast(x)).affine(-1, 1));
        }
        return new CellNodes(encoded.times(known), known);
    }

    private Node numbers(Graph graph, IntToDoubleFunction of) {
        return graph.constant(Tensor.of(Shape.of(1, features.length), IntStream.range(0, features.length).mapToDouble(of).toArray()));
    }

    /** Whether some column has more levels than k that did not vary in training. */
    private boolean constant(int k) {
        return IntStream.range(0, features.length).anyMatch(f -> unseen(f, k) >= 0);
    }

    /** The code of the k-th level of a feature's column that did not vary in training; -1 if there are fewer. */
    private int unseen(int feature, int k) {
        return features[feature].level() < 0 ? -1 : Arrays.stream(features)
                .filter(of -> of.level() >= 0 && of.column().equals(features[feature].column()) && of.moments().constant())
                .mapToInt(Feature::level).skip(k).findFirst().orElse(-1);
    }

    /** A block's features, row-major: {@code rows x width}. */
    public double[] encode(double[][] block) {
        double[] dense = new double[block.length * features.length];
        for (int i = 0; i < block.length; i++) {
            encode(block[i], dense, i * features.length);
        }
        return dense;
    }
}
