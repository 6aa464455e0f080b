package intarsia.models.files;

import java.util.Arrays;

/** The rows of a {@linkplain CsvPieces piece}, which has no quotes and ends lines with line feeds, with their numbers. O(1) a character. */
final class PlainRecords implements Records {
    /** The text, and the end of its last line, whether it is there or not. */
    private final char[] text;
    private final int length;
    private final char separator;
    private int next;
    private int line;
    private double[] numbers;
    /** How many cells the last record has, as the next one will. */
    private int cells;

    /** Those of a text from this character on, which begins a line of this number. */
    PlainRecords(String text, char separator, int from, int line, int cells) {
        this.length = text.length();
        this.text = new char[length + 1];
        text.getChars(0, length, this.text, 0);
        this.text[length] = '\n';
        this.separator = separator;
        this.next = from;
        this.line = line - 1;
        this.cells = cells;
    }

    @Override
    public int[] read() {
        if (next >= length) {
            return null;
        }
        int[] starts = new int[cells + 1];
        numbers = new double[cells];
        int count = 0;
        int at = next;
        while (true) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
                starts = Arrays.copyOf(starts, 2 * count + 1);
            }
            starts[count] = at;
            at = readCell(at, count++);
            if (text[at++] == '\n') {
                break;
            }
        }
        starts[count] = at;
        next = at;
        line++;
        if (count < numbers.length) {
            numbers = Arrays.copyOf(numbers, count);
            starts = Arrays.copyOf(starts, count + 1);
        }
        cells = count;
        return starts;
    }

    /** Reads the cell that begins at a place, and finds its end. */
    private int readCell(int from, int cell) {
        char[] all = text;
        boolean negative = all[from] == '-';
        int begin = negative ? from + 1 : from;
        int at = begin;
        long digits = 0;
        char digit = (char) (all[at] - '0');
        for (; digit <= 9; digit = (char) (all[++at] - '0')) {
            digits = 10 * digits + digit;
        }
        int count = at - begin;
        int places = 0;
        if (all[at] == '.') {
            int point = at;
            for (digit = (char) (all[++at] - '0'); digit <= 9; digit = (char) (all[++at] - '0')) {
                digits = 10 * digits + digit;
            }
            places = at - point - 1;
            count += places;
        }
        boolean number = count > 0 && isEnd(all[at]);
        while (!isEnd(all[at])) {
            at++;
        }
        numbers[cell] = number ? NumberStyle.plain(negative, digits, significant(begin, count), places) : Double.NaN;
        return at;
    }

    /** How many of the digits from a place on are not leading zeros; of few, as many as there are. */
    private int significant(int begin, int count) {
        int significant = count;
        for (int at = begin; significant > NumberStyle.MOST_DIGITS && (text[at] == '0' || text[at] == '.'); at++) {
            significant -= text[at] == '0' ? 1 : 0;
        }
        return significant;
    }

    private boolean isEnd(char c) {
        return c == separator || c == '\n';
    }

    @Override
    public int line() {
        return line;
    }

    @Override
    public double[] numbers() {
        return numbers;
    }
}
