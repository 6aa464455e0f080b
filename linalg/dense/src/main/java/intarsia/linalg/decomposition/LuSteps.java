package intarsia.linalg.decomposition;

import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HostProducts;

/**
 * The LU factorization in place with partial pivoting, by recursion (Toledo 1997): the first half of the columns is factorized, the rows of
 * the second half beside its triangle are solved for, what they stand for is subtracted from those below, and the second half is
 * factorized. A few columns at a time are done one by one, as rows of a copy.
 */
final class LuSteps {
    private static final int FEW = 16;
    private static final MatMul ADDED = MatMul.PLAIN.with(MatMul.Start.OUTPUT);
    private static final Pool ALONE = new Pool(1);

    private final Block64 a;
    private final int n;
    private final int[] rows;
    private final double[][] columns;
    private final double[] swapped;
    private final Strips strips;

    private LuSteps(Block64 a) {
        this.a = a;
        n = a.rows();
        rows = new int[n];
        for (int i = 0; i < n; i++) {
            rows[i] = i;
        }
        columns = new double[Math.min(FEW, n)][n];
        swapped = new double[n];
        strips = new Strips(ALONE, n, n);
    }

    /** Factorizes: L below the diagonal, U on and above it; which row came to each place. */
    static int[] factorize(Block64 a) {
        LuSteps steps = new LuSteps(a);
        steps.factorize(0, steps.n);
        return steps.rows;
    }

    private void factorize(int from, int end) {
        if (end - from <= FEW) {
            few(from, end);
            return;
        }
        int middle = from + ((end - from + 1) / 2 + FEW - 1) / FEW * FEW;
        factorize(from, middle);
        Block64 beside = a.part(from, middle, middle, end);
        TriangularSteps.left(unit(from, middle), false, beside, strips, Command::run);
        if (middle < n) {
            HostProducts.run(ADDED, a.part(middle, n, from, middle), beside, a.part(middle, n, middle, end));
        }
        for (int i = 0; i < beside.rows(); i++) {
            for (int j = beside.row(i); j < beside.row(i) + beside.columns(); j++) {
                a.array()[j] = 0 - a.array()[j];
            }
        }
        factorize(middle, end);
    }

    /** The triangle of L between two columns, with its ones. */
    private Block64 unit(int from, int end) {
        int count = end - from;
        double[] l = new double[count * count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(a.array(), a.row(from + i) + from, l, i * count, i);
            l[i * count + i] = 1;
        }
        return new Block64(l, 0, count, count, count);
    }

    private void few(int from, int end) {
        int count = end - from;
        for (int i = from; i < n; i++) {
            int row = a.row(i) + from;
            for (int j = 0; j < count; j++) {
                columns[j][i] = a.array()[row + j];
            }
        }
        for (int j = 0; j < count; j++) {
            double[] column = columns[j];
            int pivot = largest(column, from + j);
            if (pivot != from + j) {
                swap(from + j, pivot, count);
            }
            double divisor = column[from + j];
            if (divisor != 0) {
                for (int i = from + j + 1; i < n; i++) {
                    column[i] /= divisor;
                }
                for (int k = j + 1; k < count; k++) {
                    RowArrays.axpy(from + j + 1, n, -columns[k][from + j], column, columns[k]);
                }
            }
        }
        for (int i = from; i < n; i++) {
            int row = a.row(i) + from;
            for (int j = 0; j < count; j++) {
                a.array()[row + j] = columns[j][i];
            }
        }
    }

    private void swap(int i, int j, int count) {
        for (int k = 0; k < count; k++) {
            double value = columns[k][i];
            columns[k][i] = columns[k][j];
            columns[k][j] = value;
        }
        int row = rows[i];
        rows[i] = rows[j];
        rows[j] = row;
        System.arraycopy(a.array(), a.row(i), swapped, 0, n);
        System.arraycopy(a.array(), a.row(j), a.array(), a.row(i), n);
        System.arraycopy(swapped, 0, a.array(), a.row(j), n);
    }

    /** The first of the largest magnitudes from an index on; a branch that is hardly ever taken is cheaper than a chain of choices. */
    private static int largest(double[] column, int from) {
        int at = from;
        double largest = Math.abs(column[from]);
        for (int i = from + 1; i < column.length; i++) {
            double magnitude = Math.abs(column[i]);
            if (magnitude > largest) {
                largest = magnitude;
                at = i;
            }
        }
        return at;
    }
}
