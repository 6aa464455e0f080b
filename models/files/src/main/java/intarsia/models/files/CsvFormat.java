package intarsia.models.files;

import intarsia.models.data.DataException;
import java.util.List;
import java.util.Set;

/**
 * How CSV files are written, as far as a study file says so under {@code [csv]}. What it does not say is found out file by file where that
 * is unambiguous; what was found is said in {@link Study#notes}.
 *
 * @param separator    what separates cells, one character; null: comma, semicolon, tab or vertical bar, whichever the header shows
 * @param decimal      the decimal sign, {@code "."} or {@code ","}; null: what the numbers of a column show
 * @param thousands    what separates groups of three digits: {@code ","}, {@code "."}, {@code " "} (of any width) or {@code "'"}; empty:
 *                     nothing; null: comma or point, where a number such as 1,234.5 shows it
 * @param comment      what a line begins with that is not read; empty: nothing; null: {@code #}, in lines that cannot be rows
 * @param headerLine   the line that names the columns, from 1; null: the first that is neither empty nor a comment
 * @param usualMissing whether the usual spellings of "missing" (NA, NaN, NULL, ?, ...) are read as such
 */
public record CsvFormat(String separator, String decimal, String thousands, String comment, Integer headerLine, boolean usualMissing) {
    /** Everything is found out. */
    public static final CsvFormat FOUND_OUT = new CsvFormat(null, null, null, null, null, true);

    /** The keys of a study file's {@code [csv]}. */
    static final List<String> KEYS = List.of("separator", "decimal", "thousands", "comment", "header_line", "usual_missing");

    private static final Set<String> DECIMALS = Set.of(".", ",");
    private static final Set<String> THOUSANDS = Set.of("", ",", ".", " ", "'");

    /** Checks every sign; one of comma and point as thousands makes the other the decimal sign. */
    public CsvFormat {
        check(separator == null || separator.length() == 1 && !"\"\r\n".contains(separator),
                "'separator' is one character, such as \",\", \";\" or \"\\t\"");
        check(decimal == null || DECIMALS.contains(decimal), "'decimal' is \".\" or \",\"");
        check(thousands == null || THOUSANDS.contains(thousands), "'thousands' is \",\", \".\", \" \" or \"'\", or \"\" for none");
        check(thousands == null || !thousands.equals(decimal), "'thousands' and 'decimal' cannot be the same sign");
        check(comment == null || comment.length() <= 10 && !comment.contains("\"") && comment.strip().equals(comment),
                "'comment' is what a line begins with that is not read, such as \"#\" or \"//\", or \"\" for none");
        check(headerLine == null || headerLine >= 1, "'header_line' is the number of a line, from 1");
        if (decimal == null && thousands != null && DECIMALS.contains(thousands)) {
            decimal = thousands.equals(",") ? "." : ",";
        }
    }

    private static void check(boolean fits, String rule) {
        if (!fits) {
            throw new DataException(rule);
        }
    }

    /**
     * The format that a section of a study file says, and where it says nothing, this one.
     *
     * @throws FileException at a key that says what cannot be
     */
    CsvFormat with(Section section) {
        try {
            Integer line = section.has("header_line") ? Integer.valueOf(Math.clamp(section.integer("header_line", 1), 0, Integer.MAX_VALUE))
                    : headerLine;
            return new CsvFormat(section.text("separator", separator), section.text("decimal", decimal),
                    section.text("thousands", thousands),
                    section.text("comment", comment), line, section.flag("usual_missing", usualMissing));
        } catch (FileException e) {
            throw e;
        } catch (DataException e) {
            String key = KEYS.stream().filter(k -> e.getMessage().startsWith("'" + k + "'")).findFirst().orElse(KEYS.getFirst());
            throw section.error(key, e.getMessage());
        }
    }
}
