package intarsia.models.study;

import intarsia.models.files.Journal;
import java.nio.file.Path;
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
            Measurements.Row row = Measurements.Row.of(line, columns);
            rows.put(row.key(), row);
        }
        return rows;
    }

    /** How many were done before and since. */
    synchronized int size() {
        return done.size();
    }

    /** What was done before and since. */
    synchronized Map<Item.Key, Measurements.Row> done() {
        return new LinkedHashMap<>(done);
    }

    /** One more item is done: on the disk when this returns. */
    synchronized Measurements.Row add(String line) {
        Measurements.Row row = Measurements.Row.of(line, columns);
        journal.add(line);
        done.put(row.key(), row);
        return row;
    }

    @Override
    public void close() {
        journal.close();
    }
}
