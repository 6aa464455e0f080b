package intarsia.models.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which source was observed in which task: the pattern of missing blocks.
 *
 * @param sources the sources, anchors (observed in every task) first
 * @param tasks   the names of the tasks
 * @param sizes   how many rows each task has
 * @param cells   for each task and source, what was found
 */
public record MissingnessPattern(List<Source> sources, List<String> tasks, List<Integer> sizes, List<List<Cell>> cells) {
    /**
     * One block of the pattern.
     *
     * @param status   whether it is there
     * @param rows     rows with at least one number in this block
     * @param missing  single missing cells inside an observed block
     */
    public record Cell(Status status, int rows, int missing) {}

    /** Whether a block is there. */
    public enum Status {
        /** It takes part. */
        OBSERVED,
        /** It was never given. */
        ABSENT,
        /** It was given for too few rows and counts as missing. */
        TOO_FEW
    }

    static MissingnessPattern of(List<Source> sources, List<Task> given, List<Set<Source>> observed) {
        List<List<Cell>> cells = new ArrayList<>();
        for (int t = 0; t < given.size(); t++) {
            List<Cell> row = new ArrayList<>();
            for (Source source : sources) {
                Block block = given.get(t).blocks().get(source);
                row.add(block == null ? new Cell(Status.ABSENT, 0, 0) : cell(block, observed.get(t).contains(source)));
            }
            cells.add(List.copyOf(row));
        }
        return new MissingnessPattern(sources, given.stream().map(Task::cohort).toList(), given.stream().map(Task::size).toList(),
                List.copyOf(cells));
    }

    private static Cell cell(Block block, boolean observed) {
        int missing = 0;
        for (int i = 0; i < block.size(); i++) {
            for (double v : block.row(i)) {
                missing += Double.isNaN(v) ? 1 : 0;
            }
        }
        return new Cell(observed ? Status.OBSERVED : Status.TOO_FEW, rowsGiven(block), observed ? missing : 0);
    }

    /** How many rows have a number. */
    static int rowsGiven(Block block) {
        return rowsGiven(block, IntStream.range(0, block.size()).toArray());
    }

    /** How many of some rows do. */
    static int rowsGiven(Block block, int[] which) {
        int rows = 0;
        for (int i : which) {
            boolean any = false;
            for (double v : block.row(i)) {
                any |= !Double.isNaN(v);
            }
            rows += any ? 1 : 0;
        }
        return rows;
    }

    /** Whether a source takes part in a task. */
    public boolean observed(int task, Source source) {
        return cells.get(task).get(sources.indexOf(source)).status() == Status.OBSERVED;
    }

    /** A table a person can read: a task per line, a source per column. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int nameWidth = Math.max(4, tasks.stream().mapToInt(String::length).max().orElse(0));
        text.append(String.format("%-" + nameWidth + "s  %5s", "task", "rows"));
        List<Integer> widths = sources.stream().map(s -> Math.max(16, s.name().length())).toList();
        for (int s = 0; s < sources.size(); s++) {
            text.append(String.format("  %-" + widths.get(s) + "s", sources.get(s).name()));
        }
        for (int t = 0; t < tasks.size(); t++) {
            text.append(String.format("%n%-" + nameWidth + "s  %5d", tasks.get(t), sizes.get(t)));
            for (int s = 0; s < sources.size(); s++) {
                text.append(String.format("  %-" + widths.get(s) + "s", describe(cells.get(t).get(s), sizes.get(t))));
            }
        }
        return text.toString().lines().map(String::stripTrailing).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String describe(Cell cell, int rows) {
        return switch (cell.status()) {
            case OBSERVED -> cell.missing() == 0 ? "observed" : "observed (-" + cell.missing() + ")";
            case ABSENT -> "-";
            case TOO_FEW -> "- (" + cell.rows() + " of " + rows + ")";
        };
    }
}
