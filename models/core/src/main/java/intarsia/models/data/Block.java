package intarsia.models.data;

import intarsia.linalg.Precision;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The numbers that rows have of a source: one array a row, one number a column, NaN where a cell is missing. They are held as they are
 * given, as doubles, or as floats, which take half the memory; either way they are read as doubles. Immutable by convention: arrays are
 * kept, not copied.
 */
public final class Block {
    private final double[][] doubles;
    private final float[][] floats;

    private Block(double[][] doubles, float[][] floats) {
        this.doubles = doubles;
        this.floats = floats;
    }

    /** Of doubles. */
    public static Block of(double[][] rows) {
        return new Block(rows, null);
    }

    /** Of floats. */
    public static Block of(float[][] rows) {
        return new Block(null, rows);
    }

    /** How its numbers are held. */
    public Precision precision() {
        return floats == null ? Precision.F64 : Precision.F32;
    }

    /** How many rows there are. */
    public int size() {
        return floats == null ? doubles.length : floats.length;
    }

    /** A cell. */
    public double get(int row, int column) {
        return floats == null ? doubles[row][column] : floats[row][column];
    }

    /** The cells of a column, row by row. */
    public DoubleStream column(int column) {
        return IntStream.range(0, size()).mapToDouble(row -> get(row, column));
    }

    /** A row: of doubles the array that was given, of floats a copy. */
    public double[] row(int row) {
        return floats == null ? doubles[row] : widened(floats[row]);
    }

    /** Some rows, each as {@link #row} gives it. */
    public double[][] rows(int[] which) {
        double[][] rows = new double[which.length][];
        Arrays.setAll(rows, i -> row(which[i]));
        return rows;
    }

    /** All rows: of doubles the arrays that were given, of floats copies, which take twice as much as the block. */
    public double[][] rows() {
        return floats == null ? doubles : rows(IntStream.range(0, floats.length).toArray());
    }

    private static double[] widened(float[] row) {
        double[] wide = new double[row.length];
        for (int j = 0; j < wide.length; j++) {
            wide[j] = row[j];
        }
        return wide;
    }
}
