package intarsia.models.files;

import java.util.Arrays;

/**
 * Where the rows of a CSV text are: the place and the line of each. Where cells begin is found again when a row is looked at, in time that
 * is proportional to the row, and known until another row is: rows are best read one after another, each with all its columns.
 */
final class RowPlaces {
    private final TextFile file;
    private final char separator;
    private int[] begins = new int[16];
    private int[] lines = new int[16];
    private int size;
    private Row last = new Row(-1, null);

    /** A row and where its cells begin. Final fields: whoever sees it sees it whole. */
    private record Row(int number, int[] cells) {}

    /** None yet. */
    RowPlaces(TextFile file, char separator) {
        this.file = file;
        this.separator = separator;
    }

    /** Adds a row. */
    void add(int begin, int line) {
        if (size == begins.length) {
            begins = Arrays.copyOf(begins, 2 * size);
            lines = Arrays.copyOf(lines, 2 * size);
        }
        begins[size] = begin;
        lines[size++] = line;
    }

    int size() {
        return size;
    }

    int line(int row) {
        return lines[row];
    }

    /** Where the cells of a row begin, as {@link CsvRecords#at} says it. */
    int[] cells(int row) {
        Row found = last;
        if (found.number != row) {
            found = new Row(row, CsvRecords.at(file, separator, begins[row]));
            last = found;
        }
        return found.cells;
    }
}
