package intarsia.models.data;

import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The way from raw cells to dense features, learned on training rows only. Continuous columns are standardized by the mean and standard
 * deviation of their observed cells over all tasks, rows by their weights; binary ones stay 0/1; categorical ones become one 0/1 feature
 * per level. A single missing cell, or a level that no training row has, is filled with its task's mean of that feature, or the overall
 * mean where the task has none. Rows with several responses count once.
 *
 * <p>A number that lies farther outside the range of training rows than that range is wide is taken to lie there: a single cell, however
 * far out, cannot move a prediction farther ({@link Feature.Limits}).
 *
 * <p>A feature that is the same in every training row, to rounding, carries no information and is 0 everywhere: no model can let it move a
 * prediction. Nothing depends on a column's unit: multiplied by any power of two it gives the same features bit by bit, by any other number
 * to rounding. Features stand in the order of their columns' names, whatever the order of columns. Immutable.
 *
 * @param scaling  whether continuous columns and responses are standardized
 * @param features for each source, what its columns became
 * @param response for each task, the way of its responses
 */
public record FeatureEncoding(Scaling scaling, Map<String, List<Feature>> features, Map<String, ResponseEncoding> response) {
    /** Whether continuous quantities are brought to mean 0 and standard deviation 1. */
    public enum Scaling {
        /** They are: columns over all tasks, responses within each task. */
        STANDARDIZED,
        /** They are taken as they come. */
        RAW
    }

    /** Learns from each task's training rows. */
    public static FeatureEncoding of(DataSplit split, Scaling scaling) {
        Map<String, List<Feature>> features = new LinkedHashMap<>();
        List<Source> sources = new ArrayList<>(split.data().anchors());
        sources.addAll(split.data().others());
        List<TaskSplit> rows = split.once();
        for (Source source : sources) {
            List<Feature> of = new ArrayList<>();
            Map<String, Integer> numbers = source.columnNumbers();
            source.columnsByName().forEach(column -> addFeatures(split, rows, scaling, source, column, numbers.get(column.name()), of));
            features.put(source.name(), List.copyOf(of));
        }
        Map<String, ResponseEncoding> response = new LinkedHashMap<>();
        for (TaskSplit task : split.tasks()) {
            response.put(task.task().name(), ResponseEncoding.of(task.task().family(), task.responses(task.train()),
                    task.weights(task.train()), scaling == Scaling.STANDARDIZED));
        }
        return new FeatureEncoding(scaling, features, response);
    }

    /**
     * For one more task: known columns keep their scale; what only it has, its response and its fills are learned from its training rows.
     */
    public FeatureEncoding with(TaskSplit split) {
        String task = split.task().name();
        TaskSet data = TaskSet.builder().minimumShare(0).task(split.task()).build();
        DataSplit alone = DataSplit.of(data, same -> new TaskSplit(same, split.train(), split.validation(), split.test()));
        FeatureEncoding own = of(alone, scaling);
        Map<String, List<Feature>> extended = new LinkedHashMap<>(features);
        own.features.forEach(extended::putIfAbsent);
        for (Source source : data.anchors()) {
            List<Feature> known = features.get(source.name());
            if (known == null) {
                continue;
            }
            List<Feature> more = new ArrayList<>();
            Map<String, Integer> numbers = source.columnNumbers();
            for (Feature feature : known) {
                ObservedValues values = ObservedValues.of(alone.tasks().stream().map(of ->
                        ObservedValues.of(of, source, numbers.get(feature.column()), feature)).toList());
                Map<String, Double> fill = new LinkedHashMap<>(feature.fill());
                fill.put(task, values.mean(feature, 0));
                List<String> constant = new ArrayList<>(feature.constant());
                if (values.moments().constant()) {
                    constant.add(task);
                }
                more.add(new Feature(feature.column(), feature.level(), feature.binary(), feature.moments(), fill, List.copyOf(constant),
                        feature.limits()));
            }
            extended.put(source.name(), List.copyOf(more));
        }
        features.keySet().stream().filter(source -> !own.features.containsKey(source)).forEach(source ->
                extended.put(source, features.get(source).stream().map(feature -> filledAsOthers(feature, task)).toList()));
        Map<String, ResponseEncoding> responses = new LinkedHashMap<>(response);
        responses.putAll(own.response);
        return new FeatureEncoding(scaling, extended, responses);
    }

    /** A task without any number of a column has the mean of the other tasks' fills. */
    private static Feature filledAsOthers(Feature feature, String task) {
        Map<String, Double> fill = new LinkedHashMap<>(feature.fill());
        fill.put(task, feature.fill().values().stream().mapToDouble(Double::doubleValue).average().orElse(0));
        return new Feature(feature.column(), feature.level(), feature.binary(), feature.moments(), fill, feature.constant(),
                feature.limits());
    }

    private static void addFeatures(DataSplit split, List<TaskSplit> rows, Scaling scaling, Source source, Column column, int index,
            List<Feature> to) {
        boolean continuous = column.kind() == Column.Kind.CONTINUOUS;
        for (int level = firstLevel(column); level < column.levels().size(); level++) {
            Feature bare = new Feature(column.name(), level, !continuous, Moments.NONE, Map.of(), List.of(), Feature.Limits.NONE);
            Map<TaskSplit, ObservedValues> each = new IdentityHashMap<>();
            Stream.concat(rows.stream(), split.tasks().stream()).forEach(task -> each.computeIfAbsent(task, of ->
                    ObservedValues.of(of, source, index, bare)));
            ObservedValues all = ObservedValues.of(rows.stream().map(each::get).toList());
            Moments seen = all.moments();
            Moments moments = seen.constant() || continuous && scaling == Scaling.STANDARDIZED ? seen : Moments.NONE;
            Feature scaled = new Feature(column.name(), level, !continuous, moments, Map.of(), List.of(), Feature.Limits.NONE);
            Feature.Limits limits = continuous ? Feature.Limits.of(Arrays.stream(all.numbers()).map(moments::encode).toArray())
                    : Feature.Limits.NONE;
            double overall = all.mean(scaled, 0);
            Map<String, Double> fill = new LinkedHashMap<>();
            List<String> constant = new ArrayList<>();
            for (TaskSplit task : split.tasks()) {
                String name = task.task().name();
                ObservedValues values = ObservedValues.of(rows.stream().filter(other -> other.task().cohort().equals(task.task()
                        .cohort())).map(each::get).toList());
                fill.put(name, values.mean(scaled, overall));
                if (each.get(task).moments().constant()) {
                    constant.add(name);
                }
            }
            to.add(new Feature(column.name(), level, !continuous, moments, fill, List.copyOf(constant), limits));
        }
    }

    /** How many features a source becomes. */
    public int width(Source source) {
        return features.get(source.name()).size();
    }

    /** Which features of a source are 0/1, for its losses. */
    public boolean[] binary(Source source) {
        return flags(source, Feature::binary);
    }

    /** Which features of a source vary in a task's training rows: from the others nothing can be learned about the task alone. */
    public boolean[] varying(Source source, String task) {
        return flags(source, feature -> !feature.constant().contains(task));
    }

    /** The same of several sources, one after another. */
    public boolean[] varying(List<Source> sources, String task) {
        boolean[] all = new boolean[sources.stream().mapToInt(this::width).sum()];
        int from = 0;
        for (Source source : sources) {
            boolean[] of = varying(source, task);
            System.arraycopy(of, 0, all, from, of.length);
            from += of.length;
        }
        return all;
    }

    /**
     * Makes sure that this encodes a task's response and these sources: for an encoding that was read from somewhere.
     *
     * @throws IllegalArgumentException naming what is missing or does not fit
     */
    public void check(String task, List<Source> sources) {
        if (scaling == null || features == null || response == null || response.get(task) == null) {
            throw new IllegalArgumentException("the encoding lacks the scale of task '" + task + "'");
        }
        check(sources);
        for (Source source : sources) {
            if (features.get(source.name()).stream().anyMatch(feature -> !feature.fill().containsKey(task))) {
                throw new IllegalArgumentException("the encoding of source '" + source.name() + "' does not know task '" + task + "'");
            }
        }
    }

    /**
     * Makes sure that this encodes these sources, column by column.
     *
     * @throws IllegalArgumentException naming the source that does not fit
     */
    public void check(List<Source> sources) {
        for (Source source : sources) {
            List<Feature> of = features.get(source.name());
            Iterator<Feature> next = of == null ? Collections.emptyIterator() : of.iterator();
            boolean fits = of != null && of.size() == source.width() && source.columnsByName().stream().allMatch(column -> {
                boolean all = true;
                for (int level = firstLevel(column); level < column.levels().size(); level++) {
                    Feature feature = next.next();
                    all &= feature != null && feature.encodes(column, level);
                }
                return all;
            });
            if (!fits) {
                throw new IllegalArgumentException("the encoding is not that of source '" + source.name() + "' with columns "
                        + source.columns().stream().map(Column::name).toList());
            }
        }
    }

    /** -1, which stands for the column itself, or the first of its levels. */
    private static int firstLevel(Column column) {
        return column.kind() == Column.Kind.CATEGORICAL ? 0 : -1;
    }

    private boolean[] flags(Source source, Predicate<Feature> flag) {
        List<Feature> of = features.get(source.name());
        boolean[] flags = new boolean[of.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = flag.test(of.get(i));
        }
        return flags;
    }

    /** What a source's features stand for: a column's name, or {@code column = level}. */
    public List<String> names(Source source) {
        Map<String, Integer> numbers = source.columnNumbers();
        return features.get(source.name()).stream().map(feature -> feature.level() < 0 ? feature.column()
                : feature.column() + " = " + source.columns().get(numbers.get(feature.column())).levels().get(feature.level())).toList();
    }

    /** The columns that do not vary in any training row, so that models do not use them. */
    public List<String> constantColumns() {
        Map<String, Boolean> constant = new LinkedHashMap<>();
        features.values().stream().flatMap(List::stream)
                .forEach(feature -> constant.merge(feature.column(), feature.moments().constant(), Boolean::logicalAnd));
        return constant.keySet().stream().filter(constant::get).toList();
    }

    /** What encodes a source's blocks of a task, all names looked up. */
    public BlockEncoder encoder(String task, Source source) {
        return new BlockEncoder(features.get(source.name()), task, source);
    }

    /** A block as dense features, row-major: {@code rows x width(source)}. */
    public double[] encode(String task, Source source, double[][] block) {
        return encoder(task, source).encode(block);
    }

    /**
     * Dense features as valid raw cells: a categorical column gets the code of its most probable level, a binary one 1 if that is as
     * probable as 0.
     */
    public double[][] decode(Source source, double[] dense) {
        List<Feature> of = features.get(source.name());
        int width = of.size();
        Map<String, Integer> numbers = source.columnNumbers();
        double[][] block = new double[dense.length / width][source.columns().size()];
        for (int f = 0; f < width;) {
            Feature first = of.get(f);
            int column = numbers.get(first.column());
            int levels = source.columns().get(column).width();
            for (int i = 0; i < block.length; i++) {
                int best = f;
                for (int w = f + 1; w < f + levels; w++) {
                    best = of.get(w).decode(dense[i * width + w]) > of.get(best).decode(dense[i * width + best]) ? w : best;
                }
                double value = first.decode(dense[i * width + f]);
                block[i][column] = levels > 1 ? of.get(best).level() : !first.binary() ? value : value >= 0.5 ? 1 : 0;
            }
            f += levels;
        }
        return block;
    }

    /** The same with other ways of some tasks' responses. */
    public FeatureEncoding withResponses(Map<String, ResponseEncoding> other) {
        Map<String, ResponseEncoding> responses = new LinkedHashMap<>(response);
        responses.putAll(other);
        return new FeatureEncoding(scaling, features, responses);
    }

    /** Responses of some rows of a task as a model learns them, {@link ResponseFamily#learned} numbers each. */
    public double[] responses(TaskSplit split, int[] rows) {
        return response.get(split.task().name()).encode(split.task().family(), split.responses(rows));
    }
}
