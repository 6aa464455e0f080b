package intarsia.models.gp;

import intarsia.autodiff.Node;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.data.BlockEncoder;
import intarsia.models.data.Column;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Makes rows of raw numbers what kernels read, imputing sources that rows lack where that is wanted. Safe for use by several threads. */
final class RowCompleter {
    private final KernelFeatures features;
    private final List<LinearImputer> linear;
    private final SourceImputer[] imputers;

    /**
     * With imputers.
     *
     * @param linear for each source its imputer; null for anchors, and where nothing is imputed
     */
    RowCompleter(KernelFeatures features, List<LinearImputer> linear) {
        this.features = features;
        this.linear = linear;
        imputers = new SourceImputer[linear.size()];
        for (int s = 0; s < imputers.length; s++) {
            imputers[s] = linear.get(s) == null ? null : new SourceImputer(linear.get(s), features.quantities(s));
        }
    }

    /** Learns imputers from measured training rows, if they are wanted. */
    static RowCompleter of(KernelFeatures features, KernelRows training, MultitaskGp.MissingBlocks missing) {
        List<LinearImputer> imputers = new ArrayList<>();
        for (int s = 0; s < features.sources().size(); s++) {
            if (missing != MultitaskGp.MissingBlocks.IMPUTED || s < features.layout().anchors().size()) {
                imputers.add(null);
                continue;
            }
            SourceRows of = training.sources()[s];
            imputers.add(LinearImputer.of(features.anchor(training, s), Tensor.of(Shape.of(of.size(), of.width()), of.x())));
        }
        return new RowCompleter(features, imputers);
    }

    KernelFeatures features() {
        return features;
    }

    /** The imputer of a source; null if it has none. */
    LinearImputer imputer(int s) {
        return linear.get(s);
    }

    /** Rows of one task, of this number. */
    KernelRows rows(String task, int number, Observations rows) {
        return complete(features.rows(List.of(new KernelFeatures.OfTask(task, rows))).ofTask(number));
    }

    /** Measured rows made whole. */
    KernelRows complete(KernelRows measured) {
        SourceRows[] shared = measured.sources().clone();
        SourceRows[] specific = measured.specific().clone();
        Tensor anchor = null;
        for (int s = 0; s < shared.length; s++) {
            if (imputers[s] != null) {
                anchor = anchor == null ? features.anchor(measured) : anchor;
                SourceRows whole = imputers[s].complete(shared[s], anchor);
                specific[s] = specific[s] == shared[s] ? whole : imputers[s].complete(specific[s], anchor);
                shared[s] = whole;
            }
        }
        return new KernelRows(measured.tasks(), shared, specific);
    }

    /** The means of an imputed source in a task's rows, as encoded features. */
    double[][] means(Source source, String task, Observations rows) {
        int s = features.sources().indexOf(source);
        Tensor anchor = features.anchor(features.rows(List.of(new KernelFeatures.OfTask(task, rows))));
        double[] all = linear.get(s).means(anchor.doubles(), rows.size());
        int width = all.length / Math.max(1, rows.size());
        double[][] means = new double[rows.size()][];
        for (int i = 0; i < means.length; i++) {
            means[i] = features.encoded(s, Arrays.copyOfRange(all, i * width, (i + 1) * width));
        }
        return means;
    }

    /**
     * Records rows of a source made whole.
     *
     * @param measured rows' features
     * @param observed whether a row has the source
     * @param anchors  the features of each anchor, 0 in rows that lack it
     */
    SourceRecorder.Features record(int s, Node measured, Node observed, List<Node> anchors) {
        int[] quantities = features.quantities(s);
        return imputers[s] == null ? new SourceRecorder.Features(measured, SourceImputer.squares(measured, quantities, null), null)
                : imputers[s].record(measured, observed, measured.graph().concat(1, anchors));
    }

    /** Every source's block of a task's rows in raw cells: measured ones as they are, others imputed. */
    Map<Source, double[][]> impute(String task, Observations rows) {
        return impute(task, rows, s -> linear.get(s) == null ? null : means(features.sources().get(s), task, rows));
    }

    /**
     * The same, imputed by others.
     *
     * @param expected for a source what its encoded features are expected to be in the rows; null where they are not imputed
     */
    Map<Source, double[][]> impute(String task, Observations rows, IntFunction<double[][]> expected) {
        KernelRows measured = features.rows(List.of(new KernelFeatures.OfTask(task, rows)));
        Map<Source, double[][]> blocks = new LinkedHashMap<>();
        for (int s = 0; s < imputers.length; s++) {
            Source source = features.sources().get(s);
            double[][] given = rows.blocks().get(source);
            BlockEncoder encoder = features.encoding().encoder(task, source);
            double[] dense = new double[rows.size() * encoder.width()];
            double[][] means = expected.apply(s);
            for (int i = 0; i < rows.size(); i++) {
                if (means == null) {
                    encoder.encode(null, dense, i * encoder.width());
                } else {
                    System.arraycopy(means[i], 0, dense, i * encoder.width(), encoder.width());
                }
            }
            double[][] cells = features.encoding().decode(source, dense);
            boolean[] there = new boolean[rows.size()];
            for (int row : measured.sources()[s].rows()) {
                there[row] = true;
            }
            for (int i = 0; i < cells.length; i++) {
                cells[i] = there[i] ? given[i] : valid(source, cells[i]);
            }
            blocks.put(source, cells);
        }
        return blocks;
    }

    /** A binary cell's probability as 0 or 1. */
    private static double[] valid(Source source, double[] cells) {
        for (int j = 0; j < cells.length; j++) {
            if (source.columns().get(j).kind() == Column.Kind.BINARY) {
                cells[j] = cells[j] >= 0.5 ? 1 : 0;
            }
        }
        return cells;
    }
}
