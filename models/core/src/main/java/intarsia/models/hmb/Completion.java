package intarsia.models.hmb;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.models.data.DataException;
import intarsia.models.data.Encoding;
import intarsia.models.data.Features;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.net.TaskTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A study's rows made whole: observed blocks are encoded, missing ones imputed, so that every row of every task has the same features. What imputes is a
 * value: step 1 of MTL-HMB ({@link Hbi}), or nothing but column means.
 *
 * @param layout   sources, features and tasks
 * @param encoding the way from raw cells to features
 * @param imputers for each source that is missing somewhere, by name, what imputes it; a source without one gets column means
 */
public record Completion(Layout layout, Encoding encoding, Map<String, Imputer> imputers) {
    /** Fills one source's block. */
    @FunctionalInterface
    public interface Imputer {
        /** The source's features, row-major, for rows of the anchor's. */
        double[] impute(Engine engine, double[] anchor);
    }

    /** Copies the map. */
    public Completion {
        imputers = Map.copyOf(imputers);
    }

    /**
     * Column means: whatever is missing has the mean of its feature over all training rows that have it (over its task's, if it has some). Learned from
     * training rows only.
     */
    public static Completion columnMeans(TaskSet data, List<Split> splits, Encoding.Scaling scaling) {
        Encoding encoding = Encoding.of(data, splits.stream().map(Split::train).toList(), scaling);
        return new Completion(Layout.of(data, encoding), encoding, Map.of());
    }

    /** With a source imputed in another way. */
    public Completion with(Source source, Imputer imputer) {
        Map<String, Imputer> more = new LinkedHashMap<>(imputers);
        more.put(source.name(), imputer);
        return new Completion(layout, encoding, more);
    }

    /** What a network reads of every task, imputed with this precision. */
    public List<Features> features(Precision precision) {
        return layout.tasks().stream().<Features>map(task -> new Whole(this, task, precision)).toList();
    }

    private record Whole(Completion completion, Layout.TaskInfo info, Precision precision) implements Features {
        @Override
        public String task() {
            return info.name();
        }

        @Override
        public Task.ResponseKind kind() {
            return info.responseKind();
        }

        @Override
        public Encoding encoding() {
            return completion.encoding;
        }

        @Override
        public int width() {
            return completion.layout.width();
        }

        @Override
        public double[] dense(Observations rows) {
            try (Engine engine = Engine.options().precision(precision).open()) {
                return completion.all(engine, info.name(), rows);
            }
        }
    }

    /** Whole training and validation rows of every task. */
    public List<TaskTable> tables(Precision precision, TaskSet data, List<Split> splits) {
        List<Features> features = features(precision);
        List<TaskTable> tables = new ArrayList<>();
        for (int t = 0; t < data.tasks().size(); t++) {
            tables.add(TaskTable.of(features.get(t), data.tasks().get(t), splits.get(t)));
        }
        return tables;
    }

    /** Rows whole again, in raw cells: blocks that are not there, or have no number in a row, are imputed; those that are there are as they are. */
    public Map<Source, double[][]> complete(Engine engine, String task, Observations rows) {
        double[] all = all(engine, task, rows);
        Map<Source, double[][]> completed = new LinkedHashMap<>();
        layout.anchors().forEach(source -> completed.put(source, rows.blocks().get(source)));
        for (Source source : layout.others()) {
            double[][] cells = cells(source, all, rows.size());
            double[][] given = rows.blocks().get(source);
            boolean[] there = observed(given, rows.size());
            for (int i = 0; i < cells.length; i++) {
                if (there[i]) {
                    cells[i] = given[i];
                }
            }
            completed.put(source, cells);
        }
        return completed;
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

    /** All features, {@code rows x width}. */
    double[] all(Engine engine, String task, Observations rows) {
        double[] anchor = anchor(task, rows);
        double[] dense = new double[rows.size() * layout.width()];
        put(anchor, layout.anchorWidth(), dense, 0, layout.width());
        for (Source source : layout.others()) {
            put(block(engine, task, rows, source, anchor), layout.width(source), dense, layout.from(source), layout.width());
        }
        return dense;
    }

    private double[] block(Engine engine, String task, Observations rows, Source source, double[] anchor) {
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
        Imputer imputer = imputers.get(source.name());
        if (imputer == null) {
            return encoding.encode(task, source, anyThere ? block : missing(rows.size(), source));
        }
        double[] imputed = imputer.impute(engine, anchor);
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
    private double[][] cells(Source source, double[] dense, int rows) {
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

    private static double[][] missing(int rows, Source source) {
        double[][] block = new double[rows][source.columns().size()];
        for (double[] row : block) {
            java.util.Arrays.fill(row, Double.NaN);
        }
        return block;
    }
}
