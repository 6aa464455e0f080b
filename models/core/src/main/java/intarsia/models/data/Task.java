package intarsia.models.data;

import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One learning task: rows with a response, and for each observed {@link Source} a block of numbers. A source that was not observed is
 * simply not there; a single missing cell inside an observed block is NaN; a categorical cell holds its level's code. Immutable by
 * convention: the arrays given are kept, not copied.
 */
public final class Task {
    private static final int LONGEST_NAME = 100;

    private final String name;
    private final ResponseFamily family;
    private final List<String> rows;
    private final boolean named;
    private long[] rowKeys;
    private int[] canonicalRank;
    private final Map<Source, double[][]> blocks;
    private final double[] response;
    private final double[] weights;
    private final int size;
    private final Observations unlabelled;

    private Task(Builder builder, double[] response) {
        this.name = builder.name;
        this.family = builder.family;
        this.blocks = Collections.unmodifiableMap(new LinkedHashMap<>(builder.blocks));
        this.response = response;
        this.size = response.length / family.columns();
        this.unlabelled = builder.unlabelled;
        this.weights = builder.weights == null ? ones(size) : builder.weights;
        this.named = builder.rows != null;
        this.rows = named ? builder.rows : IntStream.range(0, size).mapToObj(i -> Integer.toString(i + 1)).toList();
        check();
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Begins a task with a 0/1 response. */
    public static Builder binary(String name) {
        return new Builder(name, ResponseFamily.BINARY);
    }

    /** Begins a task with a response of this family. */
    public static Builder of(String name, ResponseFamily family) {
        return new Builder(name, family);
    }

    /** Begins a task with a continuous response. */
    public static Builder continuous(String name) {
        return new Builder(name, ResponseFamily.CONTINUOUS);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What is known of its response. */
    public ResponseFamily family() {
        return family;
    }

    /** The names of its rows. */
    public List<String> rows() {
        return rows;
    }

    /** How many rows it has. */
    public int size() {
        return size;
    }

    /** Its observed blocks, one array per row, in the order in which they were given. */
    public Map<Source, double[][]> blocks() {
        return blocks;
    }

    /** The response of every row, row after row: {@link ResponseFamily#columns} numbers each. */
    public double[] response() {
        return response;
    }

    /** How much each row counts wherever responses do, above 0: a row of weight 2 as if it was there twice. 1 for each unless given. */
    public double[] weights() {
        return weights;
    }

    /**
     * Rows whose response is not known; none for most tasks. They are no part of {@link #rows} and of no split. Imputation learns from them
     * how sources depend on each other. They stand in an order of their own content's.
     */
    public Observations unlabelled() {
        return unlabelled;
    }

    /** The stratum of a row's response, for splits. */
    int stratum(int row) {
        return family.stratum(response, row * family.columns());
    }

    /**
     * A key of every row: from its name, or from its content where rows have no names of their own. It does not depend on the order of
     * rows, columns or sources.
     */
    long[] rowKeys() {
        if (rowKeys == null) {
            rowKeys = named ? RowKeys.ofNames(rows) : RowKeys.ofContent(blocks, size, response);
        }
        return rowKeys;
    }

    /** The place of every row in the task's canonical order, that of the row keys; equal rows stand as given. */
    int[] canonicalRank() {
        if (canonicalRank == null) {
            long[] keys = rowKeys();
            int[] rank = new int[size()];
            int[] order = IntStream.range(0, size()).boxed().sorted(Comparator.<Integer>comparingLong(row -> keys[row])
                    .thenComparingDouble(row -> weights[row])).mapToInt(Integer::intValue).toArray();
            for (int place = 0; place < order.length; place++) {
                rank[order[place]] = place;
            }
            canonicalRank = rank;
        }
        return canonicalRank;
    }

    /** The same task with only the blocks of these sources. */
    public Task only(Set<Source> sources) {
        if (sources.containsAll(blocks.keySet()) && sources.containsAll(unlabelled.blocks().keySet())) {
            return this;
        }
        Builder builder = new Builder(name, family).rows(named ? rows : null).weights(weights).unlabelled(unlabelled.only(sources));
        blocks.forEach((source, values) -> {
            if (sources.contains(source)) {
                builder.block(source, values);
            }
        });
        return builder.response(response);
    }

    /** The same rows with another response: they keep their keys, and so their parts in splits. */
    public Task with(ResponseFamily other, double... responses) {
        Builder builder = new Builder(name, other).rows(named ? rows : null).weights(weights).unlabelled(unlabelled);
        blocks.forEach(builder::block);
        Task task = builder.response(responses);
        task.rowKeys = rowKeys();
        return task;
    }

    private void check() {
        checkName();
        if (response.length % family.columns() != 0) {
            throw new DataException("task '" + name + "': " + response.length + " numbers are not responses of " + family.columns()
                    + " numbers each");
        }
        if (size == 0) {
            throw new DataException("task '" + name + "': has no rows");
        }
        if (rows.size() != size) {
            throw new DataException("task '" + name + "': " + rows.size() + " row names and " + size + " responses");
        }
        Set<String> seen = new HashSet<>();
        for (String row : rows) {
            if (!seen.add(row)) {
                throw new DataException("task '" + name + "': row '" + row + "' is there twice");
            }
        }
        checkResponse();
        checkWeights();
        blocks.forEach(this::checkBlock);
    }

    /** A task's name becomes the name of a file when its table is written. */
    private void checkName() {
        boolean fits = !name.isBlank() && name.length() <= LONGEST_NAME && !name.equals(".") && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
        if (!fits) {
            throw new DataException("task '" + (name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name)
                    + "': its name becomes a file's; it may not be empty, '.' or '..', longer than " + LONGEST_NAME
                    + " characters, or hold a slash, a backslash or a control character");
        }
    }

    private void checkResponse() {
        for (int i = 0; i < size; i++) {
            String problem = family.problem(response, i * family.columns());
            if (problem != null) {
                throw new DataException("task '" + name + "', row '" + rows.get(i) + "': the response is " + problem);
            }
        }
    }

    private void checkWeights() {
        if (weights.length != size) {
            throw new DataException("task '" + name + "': " + weights.length + " weights of " + size + " rows");
        }
        for (int i = 0; i < size; i++) {
            if (!(weights[i] > 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw new DataException("task '" + name + "', row '" + rows.get(i) + "': the weight is " + weights[i]
                        + ", which must be above 0");
            }
        }
    }

    private void checkBlock(Source source, double[][] values) {
        if (values.length != size) {
            throw new DataException("task '" + name + "', source '" + source.name() + "': " + values.length + " rows and " + size
                    + " responses");
        }
        for (int i = 0; i < values.length; i++) {
            source.checkRow("task '" + name + "', row '" + rows.get(i) + "'", values[i]);
        }
    }

    @Override
    public String toString() {
        return name + " (" + size() + " rows, " + blocks.keySet().stream().map(Source::name).toList() + ")";
    }

    /** A task being put together; ended by {@link #response}. */
    public static final class Builder {
        private final String name;
        private final ResponseFamily family;
        private final Map<Source, double[][]> blocks = new LinkedHashMap<>();
        private List<String> rows;
        private double[] weights;
        private Observations unlabelled = Observations.NONE;

        private Builder(String name, ResponseFamily family) {
            this.name = name;
            this.family = family;
        }

        /** The names of the rows, all different; 1, 2, ... if not given or null. */
        public Builder rows(List<String> names) {
            rows = names == null ? null : List.copyOf(names);
            return this;
        }

        /** How much each row counts, above 0; 1 each if not given. */
        public Builder weights(double... each) {
            weights = each;
            return this;
        }

        /** Rows whose response is not known. */
        public Builder unlabelled(Observations more) {
            long[] keys = RowKeys.ofContent(more.blocks(), more.size(), new double[0]);
            unlabelled = more.select(IntStream.range(0, more.size()).boxed().sorted(Comparator.comparingLong(row -> keys[row]))
                    .mapToInt(Integer::intValue).toArray());
            return this;
        }

        /** An observed block: one array per row, one number per column, NaN where a single cell is missing. */
        public Builder block(Source source, double[][] values) {
            if (blocks.putIfAbsent(source, values) != null) {
                throw new DataException("task '" + name + "': source '" + source.name() + "' is given twice");
            }
            return this;
        }

        /**
         * The response of every row, row after row, which completes the task.
         *
         * @throws DataException if anything does not fit: row counts, a missing, infinite or not 0/1 response, a bad cell
         */
        public Task response(double... values) {
            return new Task(this, values);
        }
    }
}
