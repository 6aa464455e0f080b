package intarsia.models.data;

import java.util.List;
import java.util.Map;

/**
 * Encodes one source's cells of one task, as {@link FeatureEncoding} says: all names are looked up once, for encoding often. A level that
 * no training row had is filled like a missing cell. Immutable, so that threads may share it.
 */
public final class BlockEncoder {
    private final Feature[] features;
    private final int[] columns;
    private final double[] fills;

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
        encodeKnown(cells, to, from);
        for (int f = 0; f < features.length; f++) {
            to[from + f] = Double.isNaN(to[from + f]) ? fills[f] : to[from + f];
        }
    }

    /** The same with NaN in place of fills, for models that take missing numbers. */
    public void encodeKnown(double[] cells, double[] to, int from) {
        for (int f = 0; f < features.length; f++) {
            double cell = cells == null ? Double.NaN : cells[columns[f]];
            to[from + f] = unknown(f, cell) ? Double.NaN : features[f].encode(cell);
        }
    }

    /** Whether a cell is missing, or is a level that does not vary in training: features of the other levels, all 0, would mislead. */
    private boolean unknown(int feature, double cell) {
        int level = features[feature].level();
        return Double.isNaN(cell) || level >= 0 && features[feature - level + (int) cell].moments().constant();
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
