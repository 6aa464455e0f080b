package intarsia.models.files;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a CSV file is laid out: what the format says, the rest found out from its first lines.
 *
 * @param separator what separates cells
 * @param header    where the header begins, as a character of the text
 * @param comments  where the comment lines above the header begin
 */
record CsvLayout(char separator, int header, List<Integer> comments) {
    private static final char[] SEPARATORS = {',', ';', '\t', '|'};
    /** What Excel writes and reads first: {@code sep=;}. */
    private static final Pattern HINT = Pattern.compile("\\A\"?sep=([^\r\n\"])\"?(\r\n|\r|\n)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]*[.,]?[0-9]+([eE][-+]?[0-9]+)?");
    /** So many records are looked at to tell one separator from another. */
    private static final int LOOKED_AT = 100;

    /** One record at a place: how many cells a separator makes of it, and where the next one begins. */
    private record Scan(int cells, int next) {}

    static CsvLayout of(TextFile file, CsvFormat format) {
        String text = file.text();
        String said = format.separator();
        int at = 0;
        Matcher hint = HINT.matcher(text);
        if (hint.find()) {
            at = hint.end();
            said = said == null ? hint.group(1) : said;
        }
        List<Integer> comments = new ArrayList<>();
        if (format.headerLine() != null) {
            at = line(file, format.headerLine());
        } else {
            while (at < text.length() && (isEmpty(text, at) || isComment(text, at, format))) {
                if (!isEmpty(text, at)) {
                    comments.add(at);
                }
                at = CsvRecords.afterLine(text, at);
            }
        }
        if (at >= text.length()) {
            throw new FileException(file.path(), "has no header line");
        }
        char separator = said != null ? said(file, at, said.charAt(0)) : separator(file, at);
        if (format.comment() == null && !comments.isEmpty() && namesColumns(text, comments.getLast(), at, separator)) {
            at = comments.removeLast();
        }
        return new CsvLayout(separator, at, comments);
    }

    /** Whether a line is a comment if it cannot be a row: it begins as the format says, or with a # where the format says nothing. */
    static boolean isComment(String text, int at, CsvFormat format) {
        String mark = format.comment() == null ? "#" : format.comment();
        return !mark.isEmpty() && (text.startsWith(mark, at) || text.startsWith("\"" + mark, at) && format.comment() == null);
    }

    /**
     * Whether the last line that begins with # is the header all the same: it has as many cells as the row below it, which holds numbers.
     */
    private static boolean namesColumns(String text, int marked, int row, char separator) {
        Scan above = scan(text, marked, separator);
        Scan below = scan(text, row, separator);
        if (above.next() != row || above.cells() < 2 || above.cells() != below.cells()) {
            return false;
        }
        for (String cell : text.substring(row, below.next()).split(Pattern.quote(String.valueOf(separator)))) {
            if (NUMBER.matcher(cell.strip()).matches()) {
                return true;
            }
        }
        return false;
    }

    private static int line(TextFile file, int line) {
        int at = 0;
        for (int i = 1; i < line && at < file.text().length(); i++) {
            at = CsvRecords.afterLine(file.text(), at);
        }
        if (at >= file.text().length()) {
            throw new FileException(file.path(), "has no line " + line + ", which [csv] header_line names");
        }
        return at;
    }

    /** Whether a line holds nothing but blanks and separators. */
    private static boolean isEmpty(String text, int at) {
        int end = CsvRecords.afterLine(text, at);
        return Text.strip(text.substring(at, end).replaceAll("[,;|\"]", "")).isEmpty();
    }

    /** The separator that is said, unless the header has another one and not this. */
    private static char said(TextFile file, int header, char separator) {
        for (char candidate : SEPARATORS) {
            if (scan(file.text(), header, separator).cells() == 1 && scan(file.text(), header, candidate).cells() > 1) {
                throw file.at(header, "the header is separated by " + name(candidate)
                        + ", not by " + name(separator) + " as [csv] in the study file says; a section [csv.\""
                        + file.path().getFileName() + "\"] can say so for one file");
            }
        }
        return separator;
    }

    private static char separator(TextFile file, int header) {
        String text = file.text();
        List<Character> found = new ArrayList<>();
        for (char candidate : SEPARATORS) {
            if (scan(text, header, candidate).cells() > 1) {
                found.add(candidate);
            }
        }
        if (found.isEmpty()) {
            // R's write.table separates by blanks; a single column whose name has blanks shows other numbers of words below.
            return scan(text, header, ' ').cells() > 1 && isEven(text, header, ' ') ? ' ' : ',';
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        List<Character> even = found.stream().filter(candidate -> isEven(text, header, candidate)).toList();
        if (even.size() > 1) {
            throw file.at(header, "cells may be separated by "
                    + even.stream().map(CsvLayout::name).collect(Collectors.joining(" or "))
                    + "; say which in the study file: [csv] separator = \"" + even.getFirst() + "\"");
        }
        return even.isEmpty() ? found.getFirst() : even.getFirst();
    }

    /** Whether the rows, and there are some, have as many cells as the header, or all of them one more: names of rows, as R writes them. */
    private static boolean isEven(String text, int header, char separator) {
        Scan first = scan(text, header, separator);
        int width = 0;
        int at = first.next();
        for (int n = 0; n < LOOKED_AT && at < text.length(); n++) {
            Scan row = scan(text, at, separator);
            if (!isEmpty(text, at) && !text.startsWith("#", at)) {
                if (width > 0 && row.cells() != width) {
                    return false;
                }
                width = row.cells();
            }
            at = row.next();
        }
        return width == first.cells() || width == first.cells() + 1;
    }

    private static Scan scan(String text, int from, char separator) {
        int cells = 1;
        boolean quoted = false;
        int at = from;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                break;
            } else if (!quoted && c == separator) {
                cells++;
            }
        }
        return new Scan(cells, at >= text.length() ? at : CsvRecords.afterLine(text, at));
    }

    /** A separator in a message. */
    static String name(char separator) {
        return switch (separator) {
            case ',' -> "commas";
            case ';' -> "semicolons";
            case '\t' -> "tabs";
            case '|' -> "vertical bars";
            case ' ' -> "blanks";
            default -> Text.quoted(String.valueOf(separator));
        };
    }
}
