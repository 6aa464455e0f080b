package intarsia.models.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The way from raw cells to dense features, learned on training rows only. Continuous columns are standardized by the mean and standard deviation of
 * their observed cells over all tasks; binary ones stay 0/1; categorical ones become one 0/1 feature per level. A single missing cell is filled with
 * its task's mean of that feature, or the overall mean where the task has none. Immutable.
 *
 * @param scaling  whether continuous columns and responses are standardized
 * @param features for each source, what its columns became, in order
 * @param response for each task, the response's mean and standard deviation (0 and 1 if binary or raw)
 */
public record Encoding(Scaling scaling, Map<String, List<Feature>> features, Map<String, Moments> response) {
    /** Whether continuous quantities are brought to mean 0 and standard deviation 1. */
    public enum Scaling {
        /** They are: columns over all tasks, responses within each task. */
        STANDARDIZED,
        /** They are taken as they come. */
        RAW
    }

    /**
     * A mean and a standard deviation.
     *
     * @param mean  the mean
     * @param scale the standard deviation; 1 where it would be 0
     */
    public record Moments(double mean, double scale) {
        static final Moments NONE = new Moments(0, 1);

        /** Checks both, for those that were read from somewhere. */
        public Moments {
            if (!Double.isFinite(mean) || !(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("mean " + mean + " and scale " + scale + ": must be finite, the scale above 0");
            }
        }
    }

    /**
     * One dense feature.
     *
     * @param column  the column it comes from
     * @param level   the level whose indicator it is, or -1
     * @param binary  whether it is 0/1
     * @param moments what is subtracted and divided by
     * @param fill    for each task, what stands in for a missing cell, on the dense scale
     */
    public record Feature(String column, int level, boolean binary, Moments moments, Map<String, Double> fill) {
        double encode(double cell, String task) {
            if (Double.isNaN(cell)) {
                return fill.getOrDefault(task, 0.0);
            }
            return raw(cell, this);
        }

        private static double raw(double cell, Feature feature) {
            return feature.level >= 0 ? (cell == feature.level ? 1 : 0) : (cell - feature.moments.mean) / feature.moments.scale;
        }

        /** The cell that a dense number stands for: the quantity, or the probability of 1 or of the level. */
        public double decode(double dense) {
            return binary ? dense : moments.mean + moments.scale * dense;
        }
    }

    /** Learns from the given rows of each task: {@code rows.get(t)} are row numbers of the t-th task. */
    public static Encoding of(TaskSet data, List<int[]> rows, Scaling scaling) {
        Map<String, List<Feature>> features = new LinkedHashMap<>();
        List<Source> sources = new ArrayList<>(data.anchors());
        sources.addAll(data.others());
        for (Source source : sources) {
            List<Feature> of = new ArrayList<>();
            for (int c = 0; c < source.columns().size(); c++) {
                addFeatures(data, rows, scaling, source, c, of);
            }
            features.put(source.name(), List.copyOf(of));
        }
        Map<String, Moments> response = new LinkedHashMap<>();
        for (int t = 0; t < data.tasks().size(); t++) {
            Task task = data.tasks().get(t);
            boolean scaled = scaling == Scaling.STANDARDIZED && task.responseKind() == Task.ResponseKind.CONTINUOUS;
            double[] chosen = new double[rows.get(t).length];
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = task.response()[rows.get(t)[i]];
            }
            response.put(task.name(), scaled ? moments("the response of task '" + task.name() + "'", chosen) : Moments.NONE);
        }
        return new Encoding(scaling, features, response);
    }

    /**
     * For one more task: known columns keep their scale; what only it has, its response and its fills are learned from the given rows.
     *
     * @param rows row numbers of the task
     */
    public Encoding with(Task task, int[] rows) {
        TaskSet alone = TaskSet.builder().minimumShare(0).task(task).build();
        Encoding own = of(alone, List.of(rows), scaling);
        Map<String, List<Feature>> extended = new LinkedHashMap<>(features);
        own.features.forEach((source, list) -> extended.putIfAbsent(source, list));
        for (Source source : alone.anchors()) {
            if (features.containsKey(source.name())) {
                List<Feature> known = new ArrayList<>();
                for (Feature feature : features.get(source.name())) {
                    Map<String, Double> fill = new LinkedHashMap<>(feature.fill);
                    int column = source.columns().stream().map(Column::name).toList().indexOf(feature.column);
                    fill.put(task.name(), mean(feature, observed(alone, List.of(rows), source, column, null), 0));
                    known.add(new Feature(feature.column, feature.level, feature.binary, feature.moments, fill));
                }
                extended.put(source.name(), List.copyOf(known));
            }
        }
        Map<String, Moments> responses = new LinkedHashMap<>(response);
        responses.putAll(own.response);
        return new Encoding(scaling, extended, responses);
    }

    private static void addFeatures(TaskSet data, List<int[]> rows, Scaling scaling, Source source, int c, List<Feature> to) {
        Column column = source.columns().get(c);
        boolean continuous = column.kind() == Column.Kind.CONTINUOUS;
        Moments moments = continuous && scaling == Scaling.STANDARDIZED 
                ? moments("column '" + column.name() + "'", observed(data, rows, source, c, null)) : Moments.NONE;
        for (int level = continuous || column.kind() == Column.Kind.BINARY ? -1 : 0; level < column.levels().size(); level++) {
            Feature bare = new Feature(column.name(), level, !continuous, moments, Map.of());
            Map<String, Double> fill = new LinkedHashMap<>();
            double overall = mean(bare, observed(data, rows, source, c, null), 0);
            for (Task task : data.tasks()) {
                fill.put(task.name(), mean(bare, observed(data, rows, source, c, task), overall));
            }
            to.add(new Feature(column.name(), level, !continuous, moments, fill));
            if (level < 0) {
                break;
            }
        }
    }

    private static double[] observed(TaskSet data, List<int[]> rows, Source source, int column, Task only) {
        List<Double> cells = new ArrayList<>();
        for (int t = 0; t < data.tasks().size(); t++) {
            double[][] block = data.tasks().get(t).blocks().get(source);
            if (block != null && (only == null || data.tasks().get(t) == only)) {
                for (int row : rows.get(t)) {
                    if (!Double.isNaN(block[row][column])) {
                        cells.add(block[row][column]);
                    }
                }
            }
        }
        return cells.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double mean(Feature feature, double[] cells, double otherwise) {
        double sum = 0;
        for (double cell : cells) {
            sum += feature.encode(cell, "");
        }
        return cells.length == 0 ? otherwise : sum / cells.length;
    }

    private static Moments moments(String what, double[] values) {
        if (values.length == 0) {
            return Moments.NONE;
        }
        double mean = 0;
        for (double v : values) {
            mean += v / values.length;
        }
        double square = 0;
        for (double v : values) {
            square += (v - mean) * (v - mean) / values.length;
        }
        double deviation = Math.sqrt(square);
        if (!Double.isFinite(deviation)) {
            throw new DataException(what + ": its numbers are too large to be standardized (their squares overflow); give it in another unit");
        }
        // A column that does not vary, to rounding, carries no information: leave its scale alone.
        return new Moments(mean, deviation > 1e-12 * Math.max(1, Math.abs(mean)) ? deviation : 1);
    }

    /** How many features a source becomes. */
    public int width(Source source) {
        return features.get(source.name()).size();
    }

    /** Which features of a source are 0/1, for its losses. */
    public boolean[] binary(Source source) {
        List<Feature> of = features.get(source.name());
        boolean[] binary = new boolean[of.size()];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = of.get(i).binary();
        }
        return binary;
    }

    /** A block as dense features, row-major: {@code rows x width(source)}. */
    public double[] encode(String task, Source source, double[][] block) {
        List<Feature> of = features.get(source.name());
        double[] dense = new double[block.length * of.size()];
        for (int i = 0; i < block.length; i++) {
            int f = 0;
            for (int c = 0; c < source.columns().size(); c++) {
                for (int w = 0; w < source.columns().get(c).width(); w++, f++) {
                    dense[i * of.size() + f] = of.get(f).encode(block[i][c], task);
                }
            }
        }
        return dense;
    }

    /** Dense features as raw cells: a categorical column gets the code of its most probable level, a binary one its probability of 1. */
    public double[][] decode(Source source, double[] dense) {
        List<Feature> of = features.get(source.name());
        int rows = dense.length / of.size();
        double[][] block = new double[rows][source.columns().size()];
        for (int i = 0; i < rows; i++) {
            int f = 0;
            for (int c = 0; c < source.columns().size(); c++) {
                int width = source.columns().get(c).width();
                int best = f;
                for (int w = f; w < f + width; w++) {
                    best = dense[i * of.size() + w] > dense[i * of.size() + best] ? w : best;
                }
                block[i][c] = width > 1 ? best - f : of.get(f).decode(dense[i * of.size() + f]);
                f += width;
            }
        }
        return block;
    }

    /** A response on the scale the model learns it. */
    public double encodeResponse(String task, double y) {
        Moments moments = response.get(task);
        return (y - moments.mean()) / moments.scale();
    }

    /** A linear prediction on the response's own scale. */
    public double decodeResponse(String task, double dense) {
        Moments moments = response.get(task);
        return moments.mean() + moments.scale() * dense;
    }
}
