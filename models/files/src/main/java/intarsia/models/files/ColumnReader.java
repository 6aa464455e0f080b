package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.response.Binomial;
import intarsia.models.response.Gaussian;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the cells of one column of one file, and notes what it assumed. O(1) a cell. */
final class ColumnReader {
    /** Who reads: what a person can do about a cell depends on it. */
    enum Purpose {
        /** A study: its file can say how cells are read. */
        STUDY,
        /** New rows for a fitted model: only the cell can be changed, and a level that was never learned says nothing. */
        NEW_ROWS,
        /** A study's response, which may not be missing. */
        RESPONSE,
        /** A response of rows for a fitted model. */
        NEW_RESPONSE,
        /** How much a row counts. */
        WEIGHT;

        /** Whether the study file can still say how a cell is read. */
        boolean isStudy() {
            return this == STUDY || this == RESPONSE;
        }

        boolean isResponse() {
            return this == RESPONSE || this == NEW_RESPONSE;
        }

        /** What can always be done. */
        String correct() {
            return isResponse() || this == WEIGHT ? "; correct it, or take the row out" : "; correct it";
        }
    }

    /** A whole number as programs write it in a column of real ones. */
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+[.,]0+");
    private static final Pattern NOT_FINITE = Pattern.compile("(?i)[+-]?(inf|infinity|nan)");
    private static final Map<String, Double> WORDS = Map.of("false", 0.0, "true", 1.0, "no", 0.0, "yes", 1.0, "n", 0.0, "y", 1.0);

    private final DataTable table;
    private final String name;
    private final Column.Kind kind;
    private final Purpose purpose;
    private final Schema.Reading reading;
    private final Missing missing;
    private final boolean usualMissing;
    private final Levels levels;
    private final ResponseFamily response;
    private final NumberStyle style;
    private final Notes notes;
    /** Whether a cell that is a number at first sight needs no second look. */
    private final boolean plain;
    private final boolean listed;
    private final int place;

    ColumnReader(DataTable table, Schema schema, Column column, NumberStyle style, Purpose purpose,
            Schema.Response response, Notes notes) {
        this.table = table;
        this.name = column.name();
        this.kind = column.kind();
        this.purpose = purpose;
        this.reading = schema.reading(name);
        this.missing = new Missing(schema.missing(), reading.missing());
        this.usualMissing = table.format().usualMissing();
        this.levels = kind == Column.Kind.CATEGORICAL ? new Levels(column.levels()) : reading.levels().isEmpty() ? null
                : new Levels(reading.levels());
        this.response = response == null ? null : response.family();
        this.style = style;
        this.notes = notes;
        this.plain = kind == Column.Kind.CONTINUOUS && levels == null && reading.since() == null && missing.tells(style);
        this.listed = missing.hasNumbers();
        this.place = table.column(name);
    }

    DataTable table() {
        return table;
    }

    String name() {
        return name;
    }

    /** Whether a cell whose plain number with a decimal point is {@linkplain NumberStyle#isNormal normal} says it and nothing else. */
    boolean isPlain() {
        return plain && !listed && style.decimal() == '.';
    }

    /** Whether a cell is said to be missing, in one way or another. */
    boolean isMissing(int row) {
        String cell = table.cell(row, name);
        return missing.isListed(cell, style) || usualMissing && Missing.isUsual(cell);
    }

    /**
     * What a cell says: a number, a level's code, or NaN if it is missing.
     *
     * @throws FileException at the cell if it says nothing that the column can hold
     */
    double read(int row) {
        double number = plain ? table.number(row, place, style) : Double.NaN;
        return NumberStyle.isNormal(number) && !(listed && missing.isListed(number)) ? number : readText(row);
    }

    private double readText(int row) {
        String cell = table.cell(row, name);
        if (missing.isListed(cell, style)) {
            return Double.NaN;
        }
        double value = levels != null ? level(row, cell) : kind == Column.Kind.BINARY ? binary(row, cell) : number(row, cell);
        if (!Double.isNaN(value)) {
            return value;
        }
        if (usualMissing && Missing.isUsual(cell)) {
            note(row, Notes.Kind.MISSING, Text.quoted(cell), " read as missing");
            return Double.NaN;
        }
        if (kind == Column.Kind.CATEGORICAL && reading.unknown() != null) {
            note(row, Notes.Kind.UNKNOWN, Text.quoted(cell), " as '" + Text.shown(reading.unknown()) + "', among the levels of '"
                    + Text.shown(name) + "'");
            return levels.code(reading.unknown());
        }
        if (kind == Column.Kind.CATEGORICAL && purpose == Purpose.NEW_ROWS && reading.strict()) {
            throw error(row, Text.quoted(cell) + " is none of the levels that the model learned (" + Nearest.some(levels.names())
                    + "); correct it, or fit with unknown = \"other\" for this column");
        }
        if (kind == Column.Kind.CATEGORICAL && purpose == Purpose.NEW_ROWS) {
            note(row, Notes.Kind.NEW_LEVEL, Text.quoted(cell), " not among the levels of '" + Text.shown(name)
                    + "' that the model learned (" + Nearest.some(levels.names()) + "), read as missing");
            return Double.NaN;
        }
        throw error(row, Text.quoted(cell) + " " + (levels != null ? notALevel(cell) : kind == Column.Kind.BINARY ? "is not 0 or 1"
                + binaryAdvice(cell) : notANumber(row, cell)));
    }

    private double level(int row, String cell) {
        int code = levels.code(cell);
        if (code < 0) {
            code = levels.codeOfNumber(cell, style);
            if (code >= 0 && !WHOLE.matcher(cell).matches()) {
                note(row, Notes.Kind.LEVEL, Text.quoted(cell) + " as '" + levels.name(code) + "'", ", levels of '" + name + "'");
            }
        }
        return code < 0 ? Double.NaN : kind == Column.Kind.CATEGORICAL ? code : code == levels.names().size() - 1 ? 1 : 0;
    }

    private double binary(int row, String cell) {
        double number = style.parse(cell);
        if (number == 0 || number == 1) {
            return number + 0.0;
        }
        Double word = WORDS.get(cell.toLowerCase(Locale.ROOT));
        if (word == null) {
            return Double.NaN;
        }
        note(row, Notes.Kind.WORD, Text.quoted(cell) + " as " + Schema.plain(word), "");
        return word;
    }

    private double number(int row, String cell) {
        if (reading.since() != null) {
            return Dates.parse(cell) - Dates.parse(reading.since());
        }
        double number = style.parse(cell);
        if (Double.isNaN(number) && reading.censored() != null && Censored.isMarked(cell)) {
            double limit = style.parse(Censored.limit(cell));
            number = limit >= 0 ? reading.censored().value(cell, limit) : Double.NaN;
            if (Double.isFinite(number)) {
                note(row, Notes.Kind.CENSORED, Text.quoted(cell) + " as " + Schema.plain(number), ", beyond a limit");
            }
        }
        if (Double.isInfinite(number)) {
            throw error(row, Text.quoted(cell) + " is too large a number; the largest is 1.8e308");
        }
        if (Math.abs(number) < Double.MIN_NORMAL && !NumberStyle.isZero(cell)) {
            throw error(row, Text.quoted(cell) + " is too small a number to keep its digits; the smallest is 2.2e-308: give the column "
                    + "another unit, or write 0");
        }
        if (!Double.isNaN(number) && cell.charAt(0) == '\u2212') {
            note(row, Notes.Kind.MINUS, "the minus sign U+2212 as -", "");
        }
        return number;
    }

    private String notALevel(String cell) {
        String more = purpose == Purpose.STUDY ? ", or list it under missing if it means so" : "";
        if (kind == Column.Kind.BINARY) {
            return (levels.names().size() > 2 ? "is none of " + Nearest.some(levels.names())
                    : "is neither '" + levels.name(0) + "' nor '" + levels.name(1) + "'") + ", its levels" + purpose.correct() + more;
        }
        if (purpose.isResponse()) {
            return "is none of the levels" + (purpose.isStudy() ? "" : " that the model learned") + " (" + Nearest.some(levels.names())
                    + ")"
                    + Nearest.find(cell, levels.names()).map(near -> "; did you mean '" + Text.shown(near) + "'?")
                    .orElse(purpose.correct());
        }
        return "is not one of its levels (" + Nearest.some(levels.names()) + ")" + Nearest.find(cell, levels.names())
                .map(near -> "; did you mean '" + Text.shown(near) + "'?").orElse("; add it to them" + more);
    }

    private String binaryAdvice(String cell) {
        String levels = Double.isNaN(style.parse(cell)) ? "levels = [\"no\", \"yes\"]" : "levels = [1, 2]";
        return switch (purpose) {
            case STUDY -> "; correct it, say what stands for 0 and for 1, " + setting(levels)
                    + ", or make the column continuous or categorical";
            case RESPONSE -> response instanceof Survival
                    ? "; correct it, or say what means that the event was seen: [response] positive = "
                    + (Double.isNaN(style.parse(cell)) ? "\"dead\"" : "2")
                    : "; correct it, say what stands for 0 and for 1, [response] " + levels + ", or where 1 begins: above = ...";
            case NEW_ROWS, NEW_RESPONSE, WEIGHT -> purpose.correct();
        };
    }

    private String notANumber(int row, String cell) {
        if (reading.since() != null) {
            return Dates.problem(cell);
        }
        if (NumberStyles.isAmbiguous(cell)) {
            throw NumberStyles.ambiguous(table, name, row, purpose.isStudy());
        }
        if (Censored.isMarked(cell) || Censored.isTooLow(cell)) {
            return censoredAdvice(cell);
        }
        if (NOT_FINITE.matcher(cell).matches()) {
            return "is not a finite number" + purpose.correct();
        }
        if ((style.decimal() == '.' ? new NumberStyle(',', '.') : new NumberStyle('.', ',')).parse(cell) <= Double.MAX_VALUE) {
            return "is not a number with '" + style.decimal() + "' as the decimal sign" + purpose.correct()
                    + (purpose.isStudy() ? ", or say in the study file how numbers are written: [csv] decimal = ..." : "");
        }
        for (char sign : new char[] {' ', '\''}) {
            double grouped = new NumberStyle(style.decimal(), sign).parse(cell);
            if (grouped <= Double.MAX_VALUE) {
                return "may be " + Schema.plain(grouped) + " with its thousands apart; write it without"
                        + (purpose.isStudy() ? ", or say in the study file: [csv] thousands = \"" + sign + "\"" : "");
            }
        }
        if (says() && WORDS.containsKey(cell.toLowerCase(Locale.ROOT))) {
            return "is not a number; if it means 0 or 1, say so: "
                    + (purpose == Purpose.RESPONSE ? "[response] kind = \"binary\"" : setting("kind = \"binary\""));
        }
        if (cell.startsWith("#")) {
            return "is the error of a spreadsheet" + purpose.correct();
        }
        if (cell.codePoints().anyMatch(Character::isDigit)) {
            return "is not a number" + purpose.correct() + " (a number stands alone in its cell, without a unit or a mark)";
        }
        return "is not a number" + switch (purpose) {
            case STUDY -> "; correct it, or, if it means that nothing was measured, list it in the study file: missing = [\""
                    + (cell.length() > 20 ? "..." : Text.shown(cell.replace("\\", "\\\\").replace("\"", "\\\""))) + "\"]";
            case NEW_ROWS -> "; correct it, or leave the cell empty if nothing was measured";
            case RESPONSE, NEW_RESPONSE, WEIGHT -> purpose.correct();
        };
    }

    /** Whether a key of the study file says how a cell that is no number is read. */
    private boolean says() {
        return purpose == Purpose.STUDY || purpose == Purpose.RESPONSE && (response instanceof Gaussian || response instanceof Binomial);
    }

    /** A low value is known to be low: whoever calls it missing throws that away. */
    private String censoredAdvice(String cell) {
        boolean marked = Censored.isMarked(cell);
        boolean above = marked && (cell.charAt(0) == '>' || cell.charAt(0) == '\u2265');
        double limit = marked ? style.parse(Censored.limit(cell)) : Double.NaN;
        String number = above ? "the limit" : "half the limit" + (limit >= 0 ? ", " + Schema.plain(limit / 2) + "," : "") + " is common";
        return (marked ? "is " : "may say that the value is ") + (above ? "above" : "below") + " a limit, which is "
                + (above ? "high" : "low")
                + ", not missing; write a number (" + number + ")" + (!marked || Double.isNaN(limit) || !says() ? ""
                : ", or say how to read such cells: " + (purpose == Purpose.RESPONSE ? "[response] censored = \"half\""
                : setting("censored = \"half\"")));
    }

    /** What to write into the study file for this column. */
    private String setting(String what) {
        return "[columns] " + key(name) + " = { " + what + " }";
    }

    /** A column's name as a key of a study file. */
    static String key(String name) {
        return name.matches("[A-Za-z0-9_-]+") ? name : "\"" + Text.shown(name) + "\"";
    }

    private void note(int row, Notes.Kind of, String said, String what) {
        notes.add(table, row, name, of, said, what);
    }

    private FileException error(int row, String message) {
        return table.error(row, name, (purpose.isResponse() ? "response " : "column ") + Text.quoted(name) + ": " + message);
    }
}
