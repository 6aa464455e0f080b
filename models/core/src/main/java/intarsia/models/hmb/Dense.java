package intarsia.models.hmb;

import intarsia.linalg.Engine;
import intarsia.linalg.Tensor;
import intarsia.models.data.DataException;
import intarsia.models.data.Encoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From observations to dense rows: encodes what was observed, imputes what was not. */
final class Dense {
    private final MtlHmbOptions options;
    private final Layout layout;
    private final Encoding encoding;

    Dense(MtlHmbOptions options, Layout layout, Encoding encoding) {
        this.options = options;
        this.layout = layout;
        this.encoding = encoding;
    }

    BlockImputer imputer(Source source) {
        boolean[] anchorBinary = new boolean[layout.anchorWidth()];
        int at = 0;
        for (Source anchor : layout.anchors()) {
            for (boolean b : encoding.binary(anchor)) {
                anchorBinary[at++] = b;
            }
        }
        return new BlockImputer(options, anchorBinary, encoding.binary(source));
    }

    /** The anchor's features, {@code rows x anchorWidth}. */
    double[] anchor(String task, Observations rows) {
        double[] dense = new double[rows.size() * layout.anchorWidth()];
        int from = 0;
        for (Source anchor : layout.anchors()) {
            double[][] block = rows.blocks().get(anchor);
            if (block == null) {
                throw new DataException("source '" + anchor.name() + "' is needed for every row: all else is imputed from it");
            }
            put(encoding.encode(task, anchor, block), encoding.width(anchor), dense, from, layout.anchorWidth());
            from += encoding.width(anchor);
        }
        return dense;
    }

    /** One source's features, {@code rows x width(source)}. */
    double[] encode(String task, Source source, double[][] block) {
        return encoding.encode(task, source, block);
    }

    /** All features, {@code rows x width}; blocks that are not there come from the imputers' weights, by source. */
    double[] all(Engine engine, String task, Observations rows, Map<String, Map<String, Tensor>> imputers) {
        double[] anchor = anchor(task, rows);
        double[] dense = new double[rows.size() * layout.width()];
        put(anchor, layout.anchorWidth(), dense, 0, layout.width());
        for (Source source : layout.others()) {
            put(block(engine, task, rows, source, anchor, imputers), layout.width(source), dense, layout.from(source), layout.width());
        }
        return dense;
    }

    private double[] block(Engine engine, String task, Observations rows, Source source, double[] anchor, Map<String, Map<String, Tensor>> imputers) {
        double[][] block = rows.blocks().get(source);
        boolean[] there = observed(block, rows.size());
        boolean anyMissing = false;
        boolean anyThere = false;
        for (boolean b : there) {
            anyThere |= b;
            anyMissing |= !b;
        }
        if (!anyMissing) {
            return block == null ? new double[0] : encoding.encode(task, source, block);
        }
        double[] imputed = imputer(source).impute(engine, imputers.get(source.name()), anchor);
        if (anyThere) {
            double[] encoded = encoding.encode(task, source, block);
            int width = layout.width(source);
            for (int i = 0; i < there.length; i++) {
                if (there[i]) {
                    System.arraycopy(encoded, i * width, imputed, i * width, width);
                }
            }
        }
        return imputed;
    }

    /** Which rows have a number in a block. */
    static boolean[] observed(double[][] block, int rows) {
        boolean[] there = new boolean[rows];
        for (int i = 0; block != null && i < rows; i++) {
            for (double cell : block[i]) {
                there[i] |= !Double.isNaN(cell);
            }
        }
        return there;
    }

    /** A block of the dense rows as raw cells. */
    double[][] cells(Source source, double[] dense, int rows) {
        int width = layout.width(source);
        double[] part = new double[rows * width];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(dense, i * layout.width() + layout.from(source), part, i * width, width);
        }
        return encoding.decode(source, part);
    }

    private static void put(double[] block, int width, double[] dense, int from, int total) {
        for (int i = 0; i * width < block.length; i++) {
            System.arraycopy(block, i * width, dense, i * total + from, width);
        }
    }

    /** Weights named {@code source/...} by source. */
    static Map<String, Map<String, Tensor>> bySource(List<Source> sources, Map<String, Tensor> weights, String prefix) {
        Map<String, Map<String, Tensor>> bySource = new HashMap<>();
        for (Source source : sources) {
            String path = prefix + source.name() + "/";
            Map<String, Tensor> own = new java.util.LinkedHashMap<>();
            weights.forEach((name, value) -> {
                if (name.startsWith(path)) {
                    own.put(name.substring(path.length()), value);
                }
            });
            bySource.put(source.name(), own);
        }
        return bySource;
    }
}
