package intarsia.models.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows without a response: what is asked about. A source that is not given, or whose cells are all NaN in a row, is to be imputed.
 *
 * @param rows   the names of the rows
 * @param blocks what was observed, one array per row
 */
public record Observations(List<String> rows, Map<Source, double[][]> blocks) {
    /** Checks every block against its source and the number of rows. */
    public Observations {
        rows = List.copyOf(rows);
        blocks = Map.copyOf(blocks);
        for (var entry : blocks.entrySet()) {
            if (entry.getValue().length != rows.size()) {
                throw new DataException("source '" + entry.getKey().name() + "': " + entry.getValue().length + " rows, expected "
                        + rows.size());
            }
            List<String> names = rows;
            entry.getKey().check(Block.of(entry.getValue()), i -> "row '" + names.get(i) + "'");
        }
    }

    /** No rows. */
    public static final Observations NONE = new Observations(List.of(), Map.of());

    /** Rows named 1, 2, ..., of blocks with one array per row each. */
    public static Observations of(Map<Source, double[][]> blocks) {
        int size = blocks.values().stream().mapToInt(block -> block.length).findFirst().orElse(0);
        return new Observations(IntStream.rangeClosed(1, size).mapToObj(Integer::toString).toList(), blocks);
    }

    /** How many rows there are. */
    public int size() {
        return rows.size();
    }

    /**
     * Makes sure that sources are there.
     *
     * @throws DataException naming the first that is not
     */
    public void require(List<Source> sources) {
        for (Source source : sources) {
            if (!blocks.containsKey(source)) {
                throw new DataException("the rows lack source '" + source.name() + "' with columns "
                        + source.columns().stream().map(Column::name).toList() + ", which the model needs for every row");
            }
        }
    }

    /** Some of the rows. */
    public Observations select(int[] which) {
        Map<Source, double[][]> chosen = new LinkedHashMap<>();
        blocks.forEach((source, block) -> chosen.put(source, Arrays.stream(which).mapToObj(row -> block[row]).toArray(double[][]::new)));
        return new Observations(Arrays.stream(which).mapToObj(rows::get).toList(), chosen);
    }

    /** The same rows with only the blocks of these sources. */
    public Observations only(Set<Source> sources) {
        Map<Source, double[][]> chosen = new LinkedHashMap<>(blocks);
        chosen.keySet().retainAll(sources);
        return new Observations(rows, chosen);
    }

    /** These rows, then others; a source that only some have is missing in the rest. */
    public Observations and(Observations others) {
        if (others.size() == 0) {
            return this;
        }
        List<String> names = new ArrayList<>(rows);
        names.addAll(others.rows);
        Map<Source, double[][]> all = new LinkedHashMap<>();
        for (Source source : Stream.concat(blocks.keySet().stream(), others.blocks.keySet().stream()).distinct().toList()) {
            all.put(source, Stream.concat(Arrays.stream(block(source)), Arrays.stream(others.block(source))).toArray(double[][]::new));
        }
        return new Observations(names, all);
    }

    /** The blocks as those of a task. */
    Map<Source, Block> held() {
        Map<Source, Block> held = new LinkedHashMap<>();
        blocks.forEach((source, block) -> held.put(source, Block.of(block)));
        return held;
    }

    /** A source's block, all missing if it is not given. */
    private double[][] block(Source source) {
        double[][] block = blocks.get(source);
        if (block == null) {
            block = new double[size()][source.columns().size()];
            for (double[] row : block) {
                Arrays.fill(row, Double.NaN);
            }
        }
        return block;
    }

    /**
     * A 64-bit key of each row's cells and response, the same for the same numbers, whatever the order of sources and columns; missing
     * cells and missing blocks are alike.
     *
     * @param responses row after row, as many numbers each
     */
    public long[] keys(double[] responses) {
        long[] keys = RowKeys.ofMeasured(held(), size());
        long[] of = RowKeys.ofContent(Map.of(), size(), responses);
        Arrays.setAll(keys, row -> keys[row] + of[row]);
        return keys;
    }

    /** Some of a task's rows, as if their response were not known. */
    public static Observations of(Task task, int[] which) {
        Map<Source, double[][]> blocks = new LinkedHashMap<>();
        task.blocks().forEach((source, block) -> blocks.put(source, block.rows(which)));
        return new Observations(Arrays.stream(which).mapToObj(i -> task.rows().get(i)).toList(), blocks);
    }

    /** All of a task's rows. */
    public static Observations of(Task task) {
        return of(task, IntStream.range(0, task.size()).toArray());
    }
}
