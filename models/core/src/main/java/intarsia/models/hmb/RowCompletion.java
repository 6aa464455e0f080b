package intarsia.models.hmb;

import intarsia.linalg.Engine;
import intarsia.models.data.BlockEncoder;
import intarsia.models.data.Feature;
import intarsia.models.data.Layout;
import intarsia.models.data.Observations;
import intarsia.models.data.RowEncoder;
import intarsia.models.data.Source;
import intarsia.models.net.RowProgram;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A {@link BlockImputation} of one task on an engine: rows become whole, each source imputed in those rows, and only in those, that lack
 * it.
 */
final class RowCompletion implements RowEncoder {
    private final List<Source> anchors;
    private final int anchorWidth;
    private final int width;
    private final List<BlockEncoder> anchorEncoders;
    private final List<Block> blocks;

    /**
     * A source that may be missing; without an imputer it is filled like single missing cells. Features that are 0 in every row are not
     * imputed.
     */
    private record Block(Source source, BlockEncoder encoder, int from, int[] constant, RowProgram imputer) {}

    RowCompletion(Engine engine, BlockImputation imputation, String task) {
        Layout layout = imputation.layout();
        layout.task(task);
        anchors = layout.anchors();
        anchorWidth = layout.anchorWidth();
        width = layout.width();
        anchorEncoders = anchors.stream().map(anchor -> imputation.encoding().encoder(task, anchor)).toList();
        blocks = layout.others().stream().map(source -> {
            BlockImputation.Imputer imputer = imputation.imputers().get(source.name());
            List<Feature> features = imputation.encoding().features().get(source.name());
            int[] constant = IntStream.range(0, features.size()).filter(f -> features.get(f).moments().constant()).toArray();
            return new Block(source, imputation.encoding().encoder(task, source), layout.from(source), constant, imputer == null ? null
                    : new RowProgram(engine, imputer.weights(), anchorWidth, (graph, anchor) -> List.of(imputer.impute(graph, anchor))));
        }).toList();
    }

    /** Whether a row has a number in a block; null is a block that is not there. */
    static boolean observed(double[][] block, int row) {
        if (block != null) {
            for (double cell : block[row]) {
                if (!Double.isNaN(cell)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** All features, {@code rows x width}. */
    @Override
    public double[] dense(Observations rows) {
        double[] dense = new double[rows.size() * width];
        encodeAnchors(rows, dense);
        for (Block block : blocks) {
            double[][] given = rows.blocks().get(block.source);
            int[] lacking = new int[rows.size()];
            int count = 0;
            for (int i = 0; i < lacking.length; i++) {
                boolean there = observed(given, i);
                if (there || block.imputer == null) {
                    block.encoder.encode(there ? given[i] : null, dense, i * width + block.from);
                } else {
                    lacking[count++] = i;
                }
            }
            if (count > 0) {
                impute(block, lacking, count, dense);
            }
        }
        return dense;
    }

    private void encodeAnchors(Observations rows, double[] dense) {
        rows.require(anchors);
        int from = 0;
        for (int a = 0; a < anchors.size(); a++) {
            double[][] block = rows.blocks().get(anchors.get(a));
            for (int i = 0; i < block.length; i++) {
                anchorEncoders.get(a).encode(block[i], dense, i * width + from);
            }
            from += anchorEncoders.get(a).width();
        }
    }

    private void impute(Block block, int[] lacking, int count, double[] dense) {
        double[] anchor = new double[count * anchorWidth];
        for (int k = 0; k < count; k++) {
            System.arraycopy(dense, lacking[k] * width, anchor, k * anchorWidth, anchorWidth);
        }
        double[] imputed = block.imputer.run(anchor)[0];
        int columns = block.encoder.width();
        for (int k = 0; k < count; k++) {
            System.arraycopy(imputed, k * columns, dense, lacking[k] * width + block.from, columns);
            for (int f : block.constant) {
                dense[lacking[k] * width + block.from + f] = 0;
            }
        }
    }

    @Override
    public void close() {
        blocks.stream().filter(block -> block.imputer != null).forEach(block -> block.imputer.close());
    }
}
