package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes values of sources' columns as cells of one file, in the words, the levels and the number style that each column has there. */
final class CellWriter {
    private static final List<String> DIGITS = List.of("0", "1");
    /** The words for 0 and for 1, see {@link ColumnReader}. */
    private static final List<List<String>> WORDS = List.of(List.of("no", "yes"), List.of("n", "y"), List.of("false", "true"));

    private final DataTable table;
    private final Schema schema;
    private final NumberStyles styles;
    private final Map<String, List<String>> words = new HashMap<>();

    CellWriter(DataTable table, Schema schema, NumberStyles styles) {
        this.table = table;
        this.schema = schema;
        this.styles = styles;
    }

    /**
     * The value that a column can hold: 1 from one half on, else 0, in a binary column; whole days in one of dates; any other as it is, or
     * where numbers are held as floats the nearest of those.
     */
    static double valid(Schema schema, Column column, double value) {
        return column.kind() == Column.Kind.BINARY ? value >= 0.5 ? 1 : 0
                : schema.held(schema.reading(column.name()).since() != null ? Math.rint(value) : value);
    }

    /**
     * A {@linkplain #valid valid} value as the text of a cell, without quotes.
     *
     * @throws DataException if it is infinite, or no level's code
     */
    String text(Column column, double value) {
        return switch (column.kind()) {
            case CONTINUOUS -> number(column, value);
            case BINARY -> Spreadsheet.guarded(words.computeIfAbsent(column.name(), this::words).get((int) value));
            case CATEGORICAL -> Spreadsheet.guarded(level(column, value));
        };
    }

    private static String level(Column column, double value) {
        int code = (int) value;
        if (code != value || code < 0 || code >= column.levels().size()) {
            throw new DataException("column " + Text.quoted(column.name()) + ": " + value + " is the code of none of its "
                    + column.levels().size() + " levels");
        }
        return column.levels().get(code);
    }

    private String number(Column column, double value) {
        if (!Double.isFinite(value)) {
            throw new DataException("column " + Text.quoted(column.name()) + ": " + value + " cannot be written; it is not finite");
        }
        String since = schema.reading(column.name()).since();
        if (since != null) {
            return Dates.show(value + Dates.parse(since));
        }
        String text = styles.toWrite(column.name()).write(value);
        // Among decimal commas 1.234 may be taken for 1234; 1.2340 may not.
        return table.canHoldCommas() && NumberStyles.isAmbiguous(text) ? text + "0" : text;
    }

    /** What stands for 0 and for 1 in a binary column: its levels, or the first word found in it with its counterpart, or 0 and 1. */
    private List<String> words(String column) {
        List<String> levels = schema.reading(column).levels();
        if (!levels.isEmpty()) {
            return levels;
        }
        for (int row = 0; table.has(column) && row < table.size(); row++) {
            String cell = table.cell(row, column);
            for (List<String> pair : WORDS) {
                if (pair.contains(cell.toLowerCase(Locale.ROOT))) {
                    return pair.stream().map(word -> likewise(word, cell)).toList();
                }
            }
        }
        return DIGITS;
    }

    /** A word in capital letters where another one is. */
    private static String likewise(String word, String other) {
        if (!Character.isUpperCase(other.charAt(0))) {
            return word;
        }
        boolean all = other.equals(other.toUpperCase(Locale.ROOT));
        return all ? word.toUpperCase(Locale.ROOT) : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
