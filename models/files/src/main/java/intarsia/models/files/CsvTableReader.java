package intarsia.models.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads a {@link CsvTable}: finds header and rows in the records of a file, passes over what has no content, and notes what it assumed. */
final class CsvTableReader {
    /** A name with more line breaks is a quote left open. */
    private static final int MOST_BREAKS = 3;

    private final TextFile file;
    private final String text;
    private final CsvFormat format;
    private final CsvLayout layout;
    private final int[] header;
    private final int headerLine;
    private final RowPlaces rows;
    /** Rows with more or fewer cells than the header. */
    private final List<Integer> uneven = new ArrayList<>();
    /** How many of them have one cell more. */
    private int wider;
    private final List<String> notes = new ArrayList<>();

    /** Reads a file's rows. */
    CsvTableReader(TextFile file, CsvFormat format) {
        this.file = file;
        this.text = file.text();
        this.format = format;
        layout = CsvLayout.of(file, format);
        headerLine = line(layout.header(), 0, 1);
        header = CsvRecords.at(file, layout.separator(), layout.header());
        rows = new RowPlaces(file, layout.separator());
        if (layout.separator() != ',' && format.separator() == null) {
            note("cells are separated by " + CsvLayout.name(layout.separator()));
        }
        readRows();
    }

    CsvTable read() {
        int shift = hasRowNames() ? 1 : 0;
        if (shift == 0) {
            uneven.forEach(row -> checkWidth(rows.cells(row)));
        } else {
            note("the first column, which numbers the rows, has no name and is not used");
        }
        Map<String, CsvTable.Place> columns = columns(shift);
        noteNameless();
        return new CsvTable(file, format, layout, headerLine, columns, rows, notes);
    }

    private void readRows() {
        CsvRecords records = new CsvRecords(file, layout.separator(), layout.header(), headerLine);
        records.next();
        List<Integer> comments = new ArrayList<>();
        layout.comments().forEach(at -> comments.add(line(at, 0, 1)));
        List<Integer> blank = new ArrayList<>();
        List<Integer> bare = new ArrayList<>();
        while (records.next()) {
            int line = records.line();
            if (isBlank(records)) {
                (records.cells() > 1 ? blank : bare).add(line);
            } else if (CsvLayout.isComment(text, records.begin(), format) && !looksLikeRow(records)) {
                comments.add(line);
            } else {
                if (records.cells() != header.length - 1) {
                    uneven.add(rows.size());
                    wider += records.cells() == header.length ? 1 : 0;
                }
                rows.add(records.begin(), line);
                // A line without any character is no row, unless it stands among rows of a single cell.
                if (header.length == 2) {
                    blank.addAll(bare);
                }
                bare.clear();
            }
        }
        if (format.comment() == null) {
            noteSkipped(comments, "beginning with #");
        }
        noteSkipped(blank, "without any content");
    }

    private void noteSkipped(List<Integer> skipped, String what) {
        if (!skipped.isEmpty()) {
            note(skipped.size() + (skipped.size() == 1 ? " line " + what + " is" : " lines " + what + " are") + " not read (first: line "
                    + skipped.getFirst() + ")");
        }
    }

    /** A line that begins with # and has as many cells as the header: nobody but its author can tell whether it is a comment. */
    private boolean looksLikeRow(CsvRecords record) {
        if (format.comment() != null || record.cells() != header.length - 1) {
            return false;
        }
        throw at(record.begin(), "is this a comment or a row? Say it in the study file: [csv] comment = \"#\", or comment = \"\" if it is "
                + "a row");
    }

    private boolean isBlank(CsvRecords found) {
        char first = text.charAt(found.begin());
        if (first >= '0' && first <= '9' || first == '-') {
            return false;
        }
        int[] record = CsvRecords.at(file, layout.separator(), found.begin());
        for (int j = 0; j < record.length - 1; j++) {
            if (!cell(record, j).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Whether every row has one cell more than the header and begins with its number: R writes row names like that. */
    private boolean hasRowNames() {
        for (int i = 0; i < rows.size(); i++) {
            if (wider != rows.size() || !cell(rows.cells(i), 0).equals(Integer.toString(i + 1))) {
                return false;
            }
        }
        return rows.size() > 0;
    }

    /** Cells beyond the header's are passed over if they are empty; cells below columns without a name may be left out. */
    private void checkWidth(int[] row) {
        int width = header.length - 1;
        while (width > row.length - 1 && cell(header, width - 1).isEmpty()) {
            width--;
        }
        int cells = row.length - 1;
        int surplus = width;
        while (surplus < cells && cell(row, surplus).isEmpty()) {
            surplus++;
        }
        if (cells < width || surplus < cells) {
            throw at(cells < width ? row[cells] - 1 : row[surplus], "has " + count(cells, "cell") + ", the header has "
                    + count(width, "column") + hint(row));
        }
    }

    private String hint(int[] row) {
        for (int j = 0; j < row.length - 1; j++) {
            if (cell(row, j).indexOf('\n') >= 0) {
                return "; is a quote on this line left open?";
            }
        }
        if (wider == rows.size()) {
            return ", and so has every row; a column without a name still has a separator in the header";
        }
        return header.length > 2 ? "" : "; if line " + headerLine
                + " is not the header, say in the study file where it is: [csv] header_line = "
                + line(row[0], 0, 1);
    }

    private Map<String, CsvTable.Place> columns(int shift) {
        Map<String, CsvTable.Place> columns = new LinkedHashMap<>();
        for (int j = 0; j < header.length - 1; j++) {
            String given = cell(header, j);
            if (given.chars().filter(c -> c == '\n').count() > MOST_BREAKS) {
                throw at(header[j], "the name of column " + (j + 1) + " spans lines; is a quote on this line left open?");
            }
            boolean broken = given.chars().anyMatch(c -> c == '\n' || c == '\r' || c == '\t');
            String name = Text.normal(broken ? given.replaceAll("[ \r\n\t]+", " ") : given);
            if (name.chars().anyMatch(Character::isISOControl)) {
                throw at(header[j], "the name " + Text.quoted(name) + " of column " + (j + 1) + " holds a control character");
            }
            CsvTable.Place earlier = name.isEmpty() ? null : columns.putIfAbsent(name, new CsvTable.Place(j, j + shift, header[j]));
            if (earlier != null) {
                throw at(header[j], "the header names column " + Text.quoted(name) + " twice (columns " + (earlier.inHeader() + 1) + " and "
                        + (j + 1) + "); rename one");
            }
        }
        if (columns.isEmpty()) {
            throw at(header[0], "the header names no column");
        }
        return columns;
    }

    private void noteNameless() {
        List<String> nameless = new ArrayList<>();
        for (int j = 0; j < header.length - 1; j++) {
            int column = j;
            if (cell(header, j).isEmpty() && IntStream.range(0, rows.size()).mapToObj(rows::cells)
                    .anyMatch(row -> column < row.length - 1 && !cell(row, column).isEmpty())) {
                nameless.add(Integer.toString(j + 1));
            }
        }
        if (!nameless.isEmpty()) {
            boolean one = nameless.size() == 1;
            note((one ? "column " : "columns ") + Nearest.some(nameless) + (one ? " has no name and is" : " have no name and are")
                    + " not used");
        }
    }

    private String cell(int[] record, int cell) {
        return Text.strip(CsvRecords.cell(text, record, cell));
    }

    /** The line of a place, counted from that of another before it. */
    private int line(int offset, int from, int line) {
        int at = from;
        int count = line;
        while (at < offset) {
            at = CsvRecords.afterLine(text, at);
            count += at <= offset ? 1 : 0;
        }
        return count;
    }

    private void note(String said) {
        notes.add(file.path().getFileName() + ": " + said);
    }

    private FileException at(int offset, String message) {
        return file.at(offset, message);
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
