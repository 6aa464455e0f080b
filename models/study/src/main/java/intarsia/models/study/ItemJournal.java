package intarsia.models.study;

import intarsia.models.files.Journal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The items that a study has done so far, kept in a {@link Journal}: a line an item, its cells separated by tabs. */
final class ItemJournal implements AutoCloseable {
    private final Journal journal;
    private final List<String> columns;
    private final Map<Item.Key, Measurements.Row> done = new LinkedHashMap<>();

    /**
     * Opens or begins one.
     *
     * @param terms   what all items depend on, one line
     * @param columns names of the cells of every item
     * @throws intarsia.models.files.FileException as {@link Journal} does
     */
    ItemJournal(Path file, String terms, List<String> columns) {
        this.columns = columns;
        this.journal = new Journal(file, terms, "study");
        done.putAll(rows(journal.lines(), columns));
    }

    /**
     * What another process has written so far; it may be at work.
     *
     * @throws intarsia.models.files.FileException if it was begun on other terms or is damaged
     */
    static Map<Item.Key, Measurements.Row> read(Path file, String terms, List<String> columns) {
        return rows(Journal.read(file, terms), columns);
    }

    private static Map<Item.Key, Measurements.Row> rows(List<String> lines, List<String> columns) {
        Map<Item.Key, Measurements.Row> rows = new LinkedHashMap<>();
        for (String line : lines) {
            Measurements.Row row = row(Arrays.asList(line.split("\t", -1)), columns);
            rows.put(row.key(), row);
        }
        return rows;
    }

    /** What was done before and since. */
    synchronized Map<Item.Key, Measurements.Row> done() {
        return new LinkedHashMap<>(done);
    }

    /** One more item is done: on the disk when this returns. */
    synchronized void add(Measurements.Row row) {
        if (!row.cells().names().equals(columns)) {
            throw new IllegalStateException("an item measured " + row.cells().names() + " where the plan says " + columns);
        }
        journal.add(String.join("\t", cells(row)));
        done.put(row.key(), row);
    }

    private static List<String> cells(Measurements.Row row) {
        List<String> cells = new ArrayList<>(row.key().cells());
        cells.addAll(row.cells().values());
        cells.addAll(row.seconds().cells());
        return cells;
    }

    private static Measurements.Row row(List<String> cells, List<String> columns) {
        int from = Item.Key.COLUMNS.size();
        int to = from + columns.size();
        return new Measurements.Row(Item.Key.of(cells.subList(0, from)), ItemCells.of(columns, cells.subList(from, to)),
                Timing.of(cells.subList(to, cells.size())));
    }

    @Override
    public void close() {
        journal.close();
    }
}
