package intarsia.models.files.table;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * A column of a table, each cell of which is a number, a text or missing. A cell's text is what a CSV file of the same table has: whole
 * numbers without a point, others in the shortest form that is read again as the same bits, dates as ISO 8601 writes them.
 */
public sealed interface TableColumn {
    /** Its name. */
    String name();

    /** How many cells it has. */
    int size();

    /** A cell as text; empty if it is missing. */
    String text(int row);

    /** A cell as a number; NaN if it is missing or a text. */
    double number(int row);

    /** The cells of these rows, in this order. */
    TableColumn at(int[] rows);

    /**
     * Real numbers.
     *
     * @param values one a row, NaN where it is missing; not copied
     */
    record Numbers(String name, double[] values) implements TableColumn {
        private static final double LARGEST_PLAIN = 1e15;

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public String text(int row) {
            double value = values[row];
            boolean plain = value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN && (value != 0 || 1 / value > 0);
            return Double.isNaN(value) ? "" : plain ? Long.toString((long) value) : Double.toString(value);
        }

        @Override
        public double number(int row) {
            return values[row];
        }

        @Override
        public Numbers at(int[] rows) {
            return new Numbers(name, IntStream.of(rows).mapToDouble(row -> values[row]).toArray());
        }
    }

    /**
     * Whole numbers, which may name rows: none of their digits is lost.
     *
     * @param values  one a row; not copied
     * @param missing the rows without one; not copied
     */
    record Wholes(String name, long[] values, BitSet missing) implements TableColumn {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public String text(int row) {
            return missing.get(row) ? "" : Long.toString(values[row]);
        }

        @Override
        public double number(int row) {
            return missing.get(row) ? Double.NaN : values[row];
        }

        @Override
        public Wholes at(int[] rows) {
            BitSet moved = new BitSet(rows.length);
            IntStream.range(0, rows.length).filter(i -> missing.get(rows[i])).forEach(moved::set);
            return new Wholes(name, IntStream.of(rows).mapToLong(row -> values[row]).toArray(), moved);
        }
    }

    /**
     * Texts.
     *
     * @param values one a row, empty where it is missing; not copied
     */
    record Texts(String name, String[] values) implements TableColumn {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public String text(int row) {
            return values[row];
        }

        @Override
        public double number(int row) {
            return Double.NaN;
        }

        @Override
        public Texts at(int[] rows) {
            return new Texts(name, IntStream.of(rows).mapToObj(row -> values[row]).toArray(String[]::new));
        }
    }
}
