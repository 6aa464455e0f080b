package intarsia.models.data;

import intarsia.models.response.ResponseFamily;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One learning task: rows with a response, and for each observed {@link Source} a block of numbers. A source that was not observed is
 * simply not there; a single missing cell inside an observed block is NaN; a categorical cell holds its level's code. Immutable by
 * convention: the arrays given are kept, not copied.
 *
 * <p>Where rows have several responses, each response is a task of its own, and the tasks over the same rows are a cohort. A row that has
 * one response and lacks another is in the one's task only. Rows of a cohort are the same if they have the same name, or where rows have
 * none the same content: then they are on the same side of every split, and teach once how sources are encoded and imputed.
 */
public final class Task {
    private final String name;
    private final String cohort;
    private final String about;
    private final ResponseFamily family;
    private final List<String> rows;
    private final boolean named;
    private long[] rowKeys;
    private int[] canonicalRank;
    private final Map<Source, Block> blocks;
    private final double[] response;
    private final double[] weights;
    private final int size;
    private final Observations unlabelled;

    private Task(Builder builder, double[] response) {
        this.name = builder.name;
        this.cohort = builder.cohort;
        this.about = builder.about;
        this.family = builder.family;
        this.rowKeys = builder.rowKeys;
        this.blocks = Collections.unmodifiableMap(new LinkedHashMap<>(builder.blocks));
        this.response = response;
        this.size = response.length / family.columns();
        this.unlabelled = builder.unlabelled;
        this.weights = builder.weights == null ? ones(size) : builder.weights;
        this.named = builder.rows != null;
        this.rows = named ? builder.rows : numbers(size);
        TaskCheck.check(this);
    }

    /** 1, 2, ... as texts, which are made when they are asked for: a million of them would take 130 MB. */
    private static List<String> numbers(int size) {
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                return Integer.toString(Objects.checkIndex(index, size) + 1);
            }

            @Override
            public int size() {
                return size;
            }
        };
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

    /**
     * Begins a task of one of several responses over the same rows; it is called {@link #nameOf}.
     *
     * @param cohort what the rows are called, in all these tasks
     * @param about  what the response is called
     */
    public static Builder of(String cohort, String about, ResponseFamily family) {
        return new Builder(nameOf(cohort, about), cohort, about, family);
    }

    /** The name of a cohort's task about a response: {@code pain in Oslo}; the cohort's name where there is one response only. */
    public static String nameOf(String cohort, String about) {
        return about.isEmpty() ? cohort : about + " in " + cohort;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The name of its rows, which it may share with tasks about other responses; else its own. */
    public String cohort() {
        return cohort;
    }

    /** What its response is called where rows have several; else empty. */
    public String about() {
        return about;
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

    /** Its observed blocks, in the order in which they were given. */
    public Map<Source, Block> blocks() {
        return blocks;
    }

    /** The blocks' rows as doubles, in that order: those that were given, or of blocks that are held as floats copies. */
    public Map<Source, double[][]> cells() {
        Map<Source, double[][]> cells = new LinkedHashMap<>();
        blocks.forEach((source, block) -> cells.put(source, block.rows()));
        return cells;
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
            rowKeys = named ? RowKeys.ofNames(rows) : about.isEmpty() ? RowKeys.ofContent(blocks, size, response)
                    : RowKeys.ofMeasured(blocks, size);
        }
        return rowKeys;
    }

    /** Keys of the rows whose response is not known, by which they are found among a cohort's other rows. */
    long[] unlabelledKeys() {
        return keys(unlabelled);
    }

    /** Keys of rows of the cohort, whatever their responses. */
    long[] keys(Observations of) {
        return named ? RowKeys.ofNames(of.rows()) : RowKeys.ofMeasured(of.held(), of.size());
    }

    /** The place of every row in the task's canonical order: of row keys, then responses, then weights; equal rows stand as given. */
    int[] canonicalRank() {
        if (canonicalRank == null) {
            canonicalRank = RowKeys.rank(rowKeys(), RowKeys.ofContent(Map.of(), size, response), weights);
        }
        return canonicalRank;
    }

    /** The same task with only the blocks of these sources. */
    public Task only(Set<Source> sources) {
        if (sources.containsAll(blocks.keySet()) && sources.containsAll(unlabelled.blocks().keySet())) {
            return this;
        }
        Builder builder = new Builder(name, cohort, about, family).rows(named ? rows : null).weights(weights)
                .unlabelled(unlabelled.only(sources));
        builder.rowKeys = about.isEmpty() ? null : rowKeys();
        blocks.forEach((source, values) -> {
            if (sources.contains(source)) {
                builder.block(source, values);
            }
        });
        return builder.response(response);
    }

    /** The same rows with another response: they keep their keys, and so their parts in splits. */
    public Task with(ResponseFamily other, double... responses) {
        Builder builder = new Builder(name, cohort, about, other).rows(named ? rows : null).weights(weights).unlabelled(unlabelled);
        builder.rowKeys = rowKeys();
        blocks.forEach(builder::block);
        return builder.response(responses);
    }

    @Override
    public String toString() {
        return name + " (" + size() + " rows, " + blocks.keySet().stream().map(Source::name).toList() + ")";
    }

    /** A task being put together; ended by {@link #response}. */
    public static final class Builder {
        private final String name;
        private final String cohort;
        private final String about;
        private final ResponseFamily family;
        private final Map<Source, Block> blocks = new LinkedHashMap<>();
        private List<String> rows;
        private double[] weights;
        private long[] rowKeys;
        private Observations unlabelled = Observations.NONE;

        private Builder(String name, ResponseFamily family) {
            this(name, name, "", family);
        }

        private Builder(String name, String cohort, String about, ResponseFamily family) {
            this.name = name;
            this.cohort = cohort;
            this.about = about;
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
            long[] keys = RowKeys.ofContent(more.held(), more.size(), new double[0]);
            unlabelled = more.select(IntStream.range(0, more.size()).boxed().sorted(Comparator.comparingLong(row -> keys[row]))
                    .mapToInt(Integer::intValue).toArray());
            return this;
        }

        /** An observed block: one array per row, one number per column, NaN where a single cell is missing. */
        public Builder block(Source source, double[][] values) {
            return block(source, Block.of(values));
        }

        /** The same, held as floats. */
        public Builder block(Source source, float[][] values) {
            return block(source, Block.of(values));
        }

        /** The same, however it is held. */
        public Builder block(Source source, Block values) {
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
