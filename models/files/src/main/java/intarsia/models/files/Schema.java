package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task.ResponseKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How cells of a CSV file become numbers: what a model must remember of its study in order to read new rows. Saved with the model as JSON.
 *
 * @param id            the column that names a row, or null: rows are then numbered
 * @param task          the column that names a row's task, or null where every task has its own file
 * @param response      the response
 * @param sources       the sources and their columns
 * @param missing       what stands for "missing" in every column; an empty cell always does
 * @param columnMissing what else does so in one column, by its name
 */
public record Schema(String id, String task, Response response, List<Source> sources, List<String> missing,
        Map<String, List<String>> columnMissing) {
    private static final Pattern NOT_FINITE = Pattern.compile("(?i)[+-]?(nan|inf|infinity)");

    /**
     * The response.
     *
     * @param column its column
     * @param kind   continuous or binary
     * @param above  for a binary one: the response is 1 where the number in the column is above this, else 0; null: the column
     *               holds 0 and 1
     */
    public record Response(String column, ResponseKind kind, Double above) {
        /** {@code num > 0}, or the column's name. */
        public String describe() {
            return above == null ? column : column + " > " + plain(above);
        }
    }

    /** Keeps copies. */
    public Schema {
        sources = List.copyOf(sources);
        missing = List.copyOf(missing);
        columnMissing = Map.copyOf(columnMissing);
    }

    /** The source a column belongs to, or null. */
    Source sourceOf(String column) {
        return sources.stream().filter(s -> s.columns().stream().anyMatch(c -> c.name().equals(column))).findFirst().orElse(null);
    }

    /** The names of all sources' columns. */
    public List<String> columns() {
        return sources.stream().flatMap(s -> s.columns().stream()).map(Column::name).toList();
    }

    /** What a cell of a source's column says: a number, a level's code, or NaN if it is missing. */
    double value(Column column, String cell, Path file, int line) {
        if (missing(column.name(), cell)) {
            return Double.NaN;
        }
        if (column.kind() == Column.Kind.CATEGORICAL) {
            return level(column, cell, file, line);
        }
        double number = number(column.name(), cell, file, line);
        if (column.kind() == Column.Kind.BINARY && number != 0 && number != 1) {
            throw new FileException(file, line, "column '" + column.name() + "': " + shown(cell)
                    + " is not 0 or 1; recode it, list it under missing, or make the column categorical or continuous");
        }
        return number;
    }

    /** What a cell of the response's column says. */
    double response(String cell, Path file, int line) {
        String where = "response '" + response.column() + "'";
        if (missing(response.column(), cell)) {
            throw new FileException(file, line, where + " is missing; give it, or take the row out");
        }
        double number = number(response.column(), cell, file, line);
        if (response.above() != null) {
            return number > response.above() ? 1 : 0;
        }
        if (response.kind() == ResponseKind.BINARY && number != 0 && number != 1) {
            throw new FileException(file, line, where + ": " + shown(cell)
                    + " is not 0 or 1; recode it, or state a threshold in the study file: above = ...");
        }
        return number;
    }

    /** How a value of a column is written in a CSV file: a level by its name, a missing cell as an empty one. */
    public String text(Column column, double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return column.kind() == Column.Kind.CATEGORICAL ? column.levels().get((int) value) : plain(value);
    }

    private boolean missing(String column, String cell) {
        return cell.isEmpty() || listed(cell, missing) || listed(cell, columnMissing.getOrDefault(column, List.of()));
    }

    private static boolean listed(String cell, List<String> codes) {
        for (String code : codes) {
            if (same(code, cell)) {
                return true;
            }
        }
        return false;
    }

    private static double level(Column column, String cell, Path file, int line) {
        for (int code = 0; code < column.levels().size(); code++) {
            if (same(column.levels().get(code), cell)) {
                return code;
            }
        }
        throw new FileException(file, line, "column '" + column.name() + "': " + shown(cell) + " is not one of its levels "
                + column.levels()
                + "; add it to them, or list it under missing");
    }

    private static double number(String column, String cell, Path file, int line) {
        String where = "column '" + column + "': " + shown(cell) + " is ";
        double number = parse(cell);
        if (Double.isNaN(number)) {
            throw new FileException(file, line, where + (NOT_FINITE.matcher(cell).matches()
                    ? "not a finite number; leave the cell empty if it is missing"
                    : "not a number" + (cell.contains(",") ? "; the decimal sign is a point"
                            : "; leave the cell empty or list this under missing if it means so")));
        }
        if (Double.isInfinite(number)) {
            throw new FileException(file, line, where + "too large a number; the largest is 1.8e308");
        }
        return number;
    }

    /** A cell in a message: quoted, and cut if it is long. */
    private static String shown(String cell) {
        return "'" + (cell.length() > 40 ? cell.substring(0, 40) + "..." : cell) + "'";
    }

    /** Whether two cells say the same: letter by letter, or as numbers (3 and 3.0). */
    static boolean same(String a, String b) {
        if (a.equals(b)) {
            return true;
        }
        double number = parse(a);
        return !Double.isNaN(number) && number == parse(b);
    }

    /** A decimal number, or NaN for anything else: Double.parseDouble alone would take 1d, 0x1p3, NaN and Infinity too. */
    private static double parse(String cell) {
        boolean digit = false;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c >= '0' && c <= '9') {
                digit = true;
            } else if (c != '.' && c != '+' && c != '-' && !(digit && (c == 'e' || c == 'E'))) {
                return Double.NaN;
            }
        }
        try {
            return digit ? Double.parseDouble(cell) : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** A number without a needless ".0". */
    static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number) : Double.toString(number);
    }
}
