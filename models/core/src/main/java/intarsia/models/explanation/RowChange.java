package intarsia.models.explanation;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Column;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One change of a task's rows, which are then predicted again: what the predictions lose says what the change took away.
 *
 * @param kind   what is changed
 * @param source the source that is; empty for {@link Kind#OTHER_TASK}
 * @param column its column that is; empty where the whole block is
 * @param task   as whose rows they are predicted; empty where that stays
 */
public record RowChange(Kind kind, String source, String column, String task) {
    /** More columns, or more tasks, are too many to change one by one. */
    public static final int MOST = 40;

    /** What is changed. */
    public enum Kind {
        /** The block counts as not measured: the model imputes it, has the task's means for it, or does without. */
        WITHHELD,
        /** Cells are those of another of the rows, drawn at random without replacement (Breiman 2001). */
        PERMUTED,
        /** The same, drawn from the rows that are nearest in all other columns ({@link NearestRows}). */
        CONDITIONAL,
        /** Rows are predicted as if they were another task's. */
        OTHER_TASK
    }

    /** Checks that nothing is missing. */
    public RowChange {
        if (kind == null || source == null || column == null || task == null || source.isEmpty() != (kind == Kind.OTHER_TASK)) {
            throw new IllegalArgumentException("a change of rows: kind " + kind + ", source '" + source + "', column '" + column
                    + "', task '" + task + "'");
        }
    }

    /** Of a whole block. */
    static RowChange of(Kind kind, Source source) {
        return new RowChange(kind, source.name(), "", "");
    }

    /** Whether a whole block is changed. */
    public boolean wholeBlock() {
        return !source.isEmpty() && column.isEmpty();
    }

    /**
     * All changes of rows of a task: each source that the model reads and the rows have, withheld and permuted both ways; then its columns,
     * where there are several and not more than {@value #MOST} in all; then every other of some tasks.
     *
     * @param read  the sources that the model reads
     * @param tasks as whose rows they may be predicted
     */
    public static List<RowChange> all(String task, Observations rows, List<Source> read, List<String> tasks) {
        List<RowChange> changes = new ArrayList<>();
        List<Source> there = read.stream().filter(rows.blocks()::containsKey).sorted(Comparator.comparing(Source::name)).toList();
        if (there.size() <= MOST) {
            there.forEach(source -> List.of(Kind.WITHHELD, Kind.PERMUTED, Kind.CONDITIONAL).forEach(kind -> changes.add(of(kind, source))));
        }
        if (there.stream().mapToInt(source -> source.columns().size()).sum() <= MOST) {
            there.stream().filter(source -> source.columns().size() > 1).forEach(source -> source.columnsByName().forEach(column ->
                    List.of(Kind.PERMUTED, Kind.CONDITIONAL).forEach(kind ->
                            changes.add(new RowChange(kind, source.name(), column.name(), "")))));
        }
        if (tasks.size() <= MOST) {
            tasks.stream().filter(other -> !other.equals(task)).sorted().forEach(other ->
                    changes.add(new RowChange(Kind.OTHER_TASK, "", "", other)));
        }
        return changes;
    }

    /**
     * The changed rows. What is drawn depends on the stream, the rows' order and their contents; names of sources and columns, not their
     * order, matter.
     *
     * @throws IllegalArgumentException if the rows have no such source or column
     */
    public Observations of(Observations rows, RandomStream random) {
        if (kind == Kind.OTHER_TASK) {
            return rows;
        }
        Source changed = rows.blocks().keySet().stream().filter(of -> of.name().equals(source)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the rows have no source '" + source + "'"));
        boolean[] which = which(changed);
        int[] from = kind == Kind.WITHHELD ? null : kind == Kind.PERMUTED ? random.permutation(rows.size())
                : NearestRows.drawn(rows, changed, which, random);
        double[][] block = rows.blocks().get(changed);
        double[][] other = new double[block.length][];
        for (int i = 0; i < block.length; i++) {
            other[i] = block[i].clone();
            for (int j = 0; j < which.length; j++) {
                if (which[j]) {
                    other[i][j] = from == null ? Double.NaN : block[from[i]][j];
                }
            }
        }
        Map<Source, double[][]> blocks = new LinkedHashMap<>(rows.blocks());
        blocks.put(changed, other);
        return new Observations(rows.rows(), blocks);
    }

    private boolean[] which(Source of) {
        boolean[] which = new boolean[of.columns().size()];
        boolean any = false;
        for (int j = 0; j < which.length; j++) {
            Column at = of.columns().get(j);
            which[j] = column.isEmpty() || at.name().equals(column);
            any |= which[j];
        }
        if (!any) {
            throw new IllegalArgumentException("source '" + source + "' has no column '" + column + "'");
        }
        return which;
    }

    /** For random streams: what it changes in words. */
    @Override
    public String toString() {
        return kind + "/" + source + "/" + column + task;
    }
}
