package intarsia.models.files.table;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Gathers a {@link TableColumn} from values as a database gives them: whole numbers while all are, then real ones, then texts. What comes
 * of it does not depend on their order.
 */
final class ColumnBuilder {
    private static final int FIRST = 16;
    /** Whole numbers up to here are doubles, too. */
    private static final long EXACT = 1L << 53;

    private final String name;
    private int size;
    private final BitSet missing = new BitSet();
    /** One of the three is not null. */
    private long[] wholes = new long[FIRST];
    private double[] numbers;
    private String[] texts;

    ColumnBuilder(String name) {
        this.name = name;
    }

    /** One more cell; null if it is missing. */
    void add(Object value) {
        grow();
        switch (value) {
            case null -> missing.set(size);
            case Long whole -> addWhole(whole);
            case Integer whole -> addWhole(whole);
            case Short whole -> addWhole(whole);
            case Byte whole -> addWhole(whole);
            case Double number -> addNumber(number);
            // As it is written, in the fewest digits: the number that a CSV file has.
            case Float number -> addNumber(Double.parseDouble(number.toString()));
            case BigDecimal number -> addText(number.toPlainString());
            default -> addText(value.toString());
        }
        if (texts != null && texts[size] == null) {
            texts[size] = "";
        }
        size++;
    }

    private void addWhole(long whole) {
        if (numbers != null && Math.abs(whole) > EXACT) {
            toTexts();
        }
        if (wholes != null) {
            wholes[size] = whole;
        } else if (numbers != null) {
            numbers[size] = whole;
        } else {
            texts[size] = Long.toString(whole);
        }
    }

    private void addNumber(double number) {
        if (Double.isNaN(number)) {
            missing.set(size);
            return;
        }
        if (wholes != null) {
            toNumbers();
        }
        if (numbers != null) {
            numbers[size] = number;
        } else {
            texts[size] = new TableColumn.Numbers(name, new double[] {number}).text(0);
        }
    }

    private void addText(String text) {
        if (texts == null) {
            toTexts();
        }
        texts[size] = text;
    }

    private void grow() {
        if (wholes != null && size == wholes.length) {
            wholes = Arrays.copyOf(wholes, size + (size >> 1));
        }
        if (numbers != null && size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size + (size >> 1));
        }
        if (texts != null && size == texts.length) {
            texts = Arrays.copyOf(texts, size + (size >> 1));
        }
    }

    private void toNumbers() {
        for (int i = 0; i < size; i++) {
            if (Math.abs(wholes[i]) > EXACT) {
                toTexts();
                return;
            }
        }
        numbers = Arrays.stream(wholes).asDoubleStream().toArray();
        wholes = null;
    }

    private void toTexts() {
        TableColumn before = build();
        texts = new String[wholes != null ? wholes.length : numbers.length];
        for (int i = 0; i < size; i++) {
            texts[i] = before.text(i);
        }
        wholes = null;
        numbers = null;
    }

    /** What was added. */
    TableColumn build() {
        if (wholes != null) {
            return new TableColumn.Wholes(name, Arrays.copyOf(wholes, size), missing);
        }
        if (texts != null) {
            return new TableColumn.Texts(name, Arrays.copyOf(texts, size));
        }
        double[] values = Arrays.copyOf(numbers, size);
        missing.stream().forEach(i -> values[i] = Double.NaN);
        return new TableColumn.Numbers(name, values);
    }
}
