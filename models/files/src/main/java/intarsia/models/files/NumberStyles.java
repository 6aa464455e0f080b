package intarsia.models.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds out how the numbers of a file's columns are written. {@code 12,5} shows a decimal comma, {@code 1,234.5} a comma between thousands;
 * {@code 1,234} alone may be either, and so may {@code 1.234} in a file with decimal commas: then the rest of the column and of the file
 * decide, and where they do not, the cell is refused. A column in which one sign means two things is refused as well.
 */
final class NumberStyles {
    private static final String EXPONENT = "([eE][-+]?[0-9]+)?";
    private static final Pattern GROUPS = Pattern.compile(
            "[-+\u2212]?[1-9][0-9]{0,2}(?<sign>[.,])[0-9]{3}((\\k<sign>[0-9]{3})+([.,][0-9]*)?|[.,][0-9]*)");
    private static final Pattern EITHER = Pattern.compile("[-+\u2212]?[1-9][0-9]{0,2}[.,][0-9]{3}");
    private static final Pattern DECIMAL = Pattern.compile("[-+\u2212]?[0-9]*[.,][0-9]+" + EXPONENT);

    /** The first row of each kind, or -1: decimal sign, sign between thousands, either of the two. */
    private static final class Evidence {
        private final int[] decimal = {-1, -1};
        private final int[] groups = {-1, -1};
        private final int[] either = {-1, -1};

        /** Looks at a cell; place 0 is for a comma, 1 for a point. */
        void see(String cell, int row) {
            int comma = cell.indexOf(',');
            int point = cell.indexOf('.');
            if (comma < 0 && point < 0) {
                return;
            }
            int sign = comma >= 0 && (point < 0 || comma < point) ? 0 : 1;
            int[] kind = EITHER.matcher(cell).matches() ? either : DECIMAL.matcher(cell).matches() ? decimal
                    : isGrouped(cell, ",.".charAt(sign)) ? groups : null;
            if (kind != null && kind[sign] < 0) {
                kind[sign] = row;
            }
        }

        /** Groups with this sign between them, then perhaps a decimal sign, which is the other one. */
        private static boolean isGrouped(String cell, char sign) {
            int last = Math.max(cell.lastIndexOf(','), cell.lastIndexOf('.'));
            return GROUPS.matcher(cell).matches() && (cell.charAt(last) != sign || cell.length() - last == 4);
        }

        /** A row that shows a decimal sign: by itself, or as the sign that is not between thousands; or -1. */
        int shows(int sign) {
            return decimal[sign] >= 0 ? decimal[sign] : groups[1 - sign];
        }

        void add(Evidence other) {
            for (int sign = 0; sign < 2; sign++) {
                decimal[sign] = Math.max(decimal[sign], other.decimal[sign]);
                groups[sign] = Math.max(groups[sign], other.groups[sign]);
                either[sign] = Math.max(either[sign], other.either[sign]);
            }
        }
    }

    private final DataTable table;
    private final CsvFormat format;
    private final boolean study;
    private final Map<String, Evidence> columns = new LinkedHashMap<>();
    private final Evidence all = new Evidence();
    private final Map<String, NumberStyle> found = new LinkedHashMap<>();

    /** Looks at these columns of a file. O(cells). */
    NumberStyles(DataTable table, List<String> numeric, boolean study) {
        this.table = table;
        this.format = table.format();
        this.study = study;
        boolean said = format.decimal() != null && format.thousands() != null;
        // Without a comma every number is written with a point, and there is nothing to find out.
        if (said || !table.canHoldCommas() || numeric.stream().noneMatch(this::holdsComma)) {
            return;
        }
        for (String column : numeric) {
            Evidence evidence = new Evidence();
            for (int row = 0; row < table.size(); row++) {
                evidence.see(number(table.cell(row, column)), row);
            }
            columns.put(column, evidence);
            all.add(evidence);
        }
    }

    private boolean holdsComma(String column) {
        for (int row = 0; row < table.size(); row++) {
            if (table.cell(row, column).indexOf(',') >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The number of a cell such as {@code <0,5}. */
    private static String number(String cell) {
        return Censored.isMarked(cell) ? Censored.limit(cell) : cell;
    }

    /**
     * How a column's numbers are written.
     *
     * @throws FileException at a cell that makes it undecidable
     */
    NumberStyle of(String column) {
        NumberStyle style = find(column, columns.getOrDefault(column, new Evidence()));
        found.put(column, style);
        return style;
    }

    /** How numbers are written in a file whose numeric columns agree; with a point if they do not. */
    NumberStyle ofFile() {
        boolean comma = format.decimal() != null ? format.decimal().equals(",") : all.shows(0) >= 0 && all.shows(1) < 0;
        return comma ? new NumberStyle(',', (char) 0) : NumberStyle.POINT;
    }

    /** How a number is written into a column, which may be a new one: as its numbers are, or else as the file's. */
    NumberStyle toWrite(String column) {
        Evidence own = columns.get(column);
        boolean shown = own != null && (own.shows(0) >= 0 || own.shows(1) >= 0 || own.either[0] >= 0 || own.either[1] >= 0);
        return shown ? found.computeIfAbsent(column, name -> find(name, own)) : ofFile();
    }

    private NumberStyle find(String column, Evidence own) {
        char decimal = format.decimal() != null ? format.decimal().charAt(0) : decimal(column, own);
        if (format.thousands() != null) {
            return new NumberStyle(decimal, format.thousands().isEmpty() ? 0 : format.thousands().charAt(0));
        }
        int other = decimal == '.' ? 0 : 1;
        boolean grouped = own.groups[other] >= 0 || own.either[other] >= 0 && all.groups[other] >= 0 && all.shows(other) < 0;
        return new NumberStyle(decimal, grouped ? other == 0 ? ',' : '.' : 0);
    }

    private char decimal(String column, Evidence own) {
        int comma = own.shows(0);
        int point = own.shows(1);
        if (comma >= 0 && point >= 0) {
            int later = Math.max(comma, point);
            int earlier = Math.min(comma, point);
            throw table.error(later, column, "column " + Text.quoted(column) + ": " + Text.quoted(table.cell(later, column))
                    + " has another decimal sign than " + Text.quoted(table.cell(earlier, column)) + " on " + table.where(earlier)
                    + "; write all numbers of a column alike");
        }
        if (comma >= 0) {
            return ',';
        }
        if (point >= 0) {
            return '.';
        }
        boolean commaElsewhere = all.shows(0) >= 0;
        boolean pointElsewhere = all.shows(1) >= 0;
        if (own.either[0] >= 0 && (own.either[1] >= 0 || !commaElsewhere || pointElsewhere)) {
            throw ambiguous(table, column, own.either[0], study);
        }
        if (own.either[1] >= 0 && commaElsewhere) {
            throw ambiguous(table, column, own.either[1], study);
        }
        return own.either[0] >= 0 ? ',' : '.';
    }

    /** An error at a cell that may be one of two numbers; a study's file can say which. */
    static FileException ambiguous(DataTable table, String column, int row, boolean study) {
        String cell = table.cell(row, column);
        char sign = cell.indexOf(',') >= 0 ? ',' : '.';
        String digits = cell.replace(String.valueOf(sign), "");
        String fraction = cell.replace(',', '.');
        return table.error(row, column, "column " + Text.quoted(column) + ": " + Text.quoted(cell) + " may be " + digits + " or " + fraction
                + "; write it as one of them" + (study ? ", or say in the study file: [csv] thousands = \"" + sign + "\" or decimal = \""
                + sign + "\"" : ""));
    }

    /** Whether a cell that is no number in a style may be one in another. */
    static boolean isAmbiguous(String cell) {
        return EITHER.matcher(cell).matches();
    }

    /** What was found out of the columns that were asked for, for people. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        note(notes, "the decimal sign is a comma in ", style -> format.decimal() == null && style.decimal() == ',');
        note(notes, "a comma separates thousands in ", style -> format.thousands() == null && style.thousands() == ',');
        note(notes, "a point separates thousands in ", style -> format.thousands() == null && style.thousands() == '.');
        return notes;
    }

    private void note(List<String> notes, String what, Predicate<NumberStyle> which) {
        List<String> names = found.keySet().stream().filter(column -> which.test(found.get(column))).toList();
        if (!names.isEmpty()) {
            notes.add(table.name() + ": " + what + Nearest.some(names));
        }
    }
}
