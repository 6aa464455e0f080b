package intarsia.models.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was assumed in reading cells, counted: one line for each file and kind of assumption, however many cells there are. */
final class Notes {
    /** A kind of assumption. */
    enum Kind {
        /** A usual spelling of missing. */
        MISSING(""),
        /** A word for 0 or 1. */
        WORD("read "),
        /** A level that is written as another number. */
        LEVEL("read "),
        /** A level that a model never learned. */
        NEW_LEVEL(""),
        /** A cell that is none of the levels, and has a level for that. */
        UNKNOWN("read "),
        /** A value beyond a limit. */
        CENSORED("read "),
        /** A minus sign that is not ASCII's. */
        MINUS("read ");

        private final String begin;

        Kind(String begin) {
            this.begin = begin;
        }
    }

    private record Key(String file, Kind kind, String what) {}

    private static final class Entry {
        private final Set<String> said = new LinkedHashSet<>();
        private final String first;
        private int cells;

        Entry(String first) {
            this.first = first;
        }
    }

    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    /**
     * One more cell.
     *
     * @param said what is in it; said once
     * @param what what is done with all such cells, or empty
     */
    void add(DataTable table, int row, String column, Kind kind, String said, String what) {
        Entry entry = entries.computeIfAbsent(new Key(table.name(), kind, what),
                key -> new Entry("column " + Text.quoted(column) + ", " + table.where(row)));
        entry.said.add(said);
        entry.cells++;
    }

    /** The lines. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        entries.forEach((key, entry) -> lines.add(key.file() + ": " + key.kind().begin + Nearest.some(entry.said) + key.what() + "; "
                + entry.cells + (entry.cells == 1 ? " cell (" : " cells (first: ") + entry.first + ")"));
        return lines;
    }
}
