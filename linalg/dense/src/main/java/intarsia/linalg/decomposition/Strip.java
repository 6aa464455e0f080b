package intarsia.linalg.decomposition;

import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HeapBuffer64;
import intarsia.linalg.heap.HostProducts;
import java.util.Arrays;

/**
 * Some rows to work on: a copy of the rows or columns of a block, in their order or the other way round. Rows have whole chunks of numbers,
 * and there are fours of them, as the kernels want; what is no copy is 0.
 */
final class Strip {
    /** The longest rows: what belongs to a strip stays in the second-level cache. */
    static final int WIDTH = 512;
    static final int CHUNK = 32;
    /** Rows that are a power of two apart would compete for a few lines of the first-level cache. */
    private static final int GAP = 8;
    private static final int FIRST = HeapBuffer64.FIRST;

    private final double[] x;
    private final int step;
    private int width;

    /** With room for so many rows of this length. */
    Strip(int count, int length) {
        step = chunks(length) + GAP;
        x = new double[FIRST + fours(count) * step];
    }

    /** So many in whole fours. */
    static int fours(int count) {
        return (count + 3) / 4 * 4;
    }

    static int chunks(int length) {
        return (length + CHUNK - 1) / CHUNK * CHUNK;
    }

    /** How many numbers of each row are in use. */
    int width() {
        return width;
    }

    double get(int i, int j) {
        return x[FIRST + i * step + j];
    }

    void set(int i, int j, double value) {
        x[FIRST + i * step + j] = value;
    }

    /** {@link intarsia.linalg.heap.Loops64#substitute} in some columns. */
    void substitute(int first, int order, double[] l, int lStep, int from, int end) {
        HostProducts.substitute(first, order, l, 0, lStep, x, FIRST + from, step, end - from);
    }

    /** The same for four rows from i on to which those before them were added already. */
    void divide(int i, double[] l, int lStep, int from, int end) {
        HostProducts.substitute(0, 4, l, i * lStep + i, lStep, x, FIRST + i * step + from, step, end - from);
    }

    /** Copies the rows, or else the columns, of a block, the last one first if asked. */
    void take(Block64 from, boolean columns, boolean reversed) {
        int count = columns ? from.columns() : from.rows();
        if (columns) {
            HostProducts.transpose(from.rows(), count, from.array(), from.offset(), from.stride(), x, at(0, count, reversed),
                    reversed ? -step : step);
        } else {
            for (int i = 0; i < count; i++) {
                System.arraycopy(from.array(), from.row(i), x, at(i, count, reversed), from.columns());
            }
        }
        clear(count, columns ? from.rows() : from.columns());
    }

    /** Copies back what was taken. */
    void put(Block64 to, boolean columns, boolean reversed) {
        int count = columns ? to.columns() : to.rows();
        if (columns) {
            HostProducts.transpose(count, to.rows(), x, at(0, count, reversed), reversed ? -step : step, to.array(), to.offset(),
                    to.stride());
        } else {
            for (int i = 0; i < count; i++) {
                System.arraycopy(x, at(i, count, reversed), to.array(), to.row(i), to.columns());
            }
        }
    }

    private int at(int i, int count, boolean reversed) {
        return FIRST + (reversed ? count - 1 - i : i) * step;
    }

    /** Zeros behind what was copied. */
    private void clear(int count, int length) {
        width = chunks(length);
        for (int i = 0; i < count; i++) {
            Arrays.fill(x, FIRST + i * step + length, FIRST + i * step + width, 0);
        }
        for (int i = count; i < fours(count); i++) {
            Arrays.fill(x, FIRST + i * step, FIRST + i * step + width, 0);
        }
    }
}
