package intarsia.models.files;

import java.util.regex.Pattern;

/**
 * Keeps cells of CSV files what they are in a spreadsheet. A text that begins with =, +, -, @, a tab or a carriage return would be run as a
 * formula there: an apostrophe before it makes it text, as it does when typed. Numbers are left alone. {@link CsvTable} takes the
 * apostrophe off again.
 */
final class Spreadsheet {
    /** What a formula begins with, full-width forms too. */
    private static final String LEADS = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    private Spreadsheet() {}

    /** A cell that no spreadsheet runs. */
    static String guarded(String cell) {
        return isFormula(cell) ? "'" + cell : cell;
    }

    /** A cell as it was before {@link #guarded}. */
    static String unguarded(String cell) {
        return cell.startsWith("'") && isFormula(cell.substring(1)) ? cell.substring(1) : cell;
    }

    /** A sign alone is none. */
    private static boolean isFormula(String cell) {
        return cell.length() > 1 && LEADS.indexOf(cell.charAt(0)) >= 0 && !NUMBER.matcher(cell).matches();
    }
}
