package intarsia.linalg.decomposition;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.Arrays;

/**
 * Matrices as arrays of rows, and the loops over them. The compiler turns a loop over several arrays into vectors where all are read at the
 * loop's own index, and gives each element the same fused multiply-adds at any width.
 */
final class Rows {
    private Rows() {}

    /** Copies a matrix, its numbers multiplied. */
    static double[][] of(Tensor a, double factor) {
        int columns = a.shape().columns();
        double[][] rows = new double[a.shape().rows()][columns];
        for (int i = 0; i < rows.length; i++) {
            copy(a, i, factor, rows[i]);
        }
        return rows;
    }

    /** Copies one row, its numbers multiplied. */
    static void copy(Tensor a, int row, double factor, double[] to) {
        System.arraycopy(a.doubles(), row * to.length, to, 0, to.length);
        for (int j = 0; j < to.length; j++) {
            to[j] *= factor;
        }
    }

    /** The first columns of an identity. */
    static double[][] identity(int rows, int columns) {
        double[][] identity = new double[rows][columns];
        for (int i = 0; i < Math.min(rows, columns); i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    static Tensor tensor(double[][] rows, int columns) {
        double[] numbers = new double[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, numbers, i * columns, columns);
        }
        return Tensor.of(Shape.of(rows.length, columns), numbers);
    }

    /**
     * The power of two that brings the largest magnitude to between 1 and 2, so that no square overflows and underflow is negligible;
     * multiplying by it is exact.
     */
    static double scale(double[] numbers) {
        double largest = 0;
        for (double v : numbers) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(largest));
    }

    /** {@code sum = sum_i weights_i rows_i} over the rows from {@code first} on that have a weight, within a range of columns. */
    static void combine(double[] weights, int first, double[][] rows, int from, int to, double[] sum) {
        Arrays.fill(sum, from, to, 0);
        int i = first;
        for (; i + 4 <= weights.length; i += 4) {
            axpy4(from, to, weights[i], weights[i + 1], weights[i + 2], weights[i + 3], rows[i], rows[i + 1], rows[i + 2], rows[i + 3], sum);
        }
        for (; i < weights.length; i++) {
            axpy(from, to, weights[i], rows[i], sum);
        }
    }

    /** {@code c += x b}. */
    static void axpy(int from, int to, double x, double[] b, double[] c) {
        for (int j = from; j < to; j++) {
            c[j] = Math.fma(x, b[j], c[j]);
        }
    }

    /** {@code c += x0 b0 + ... + x3 b3}, in this order. */
    static void axpy4(int from, int to, double x0, double x1, double x2, double x3, double[] b0, double[] b1, double[] b2, double[] b3,
            double[] c) {
        for (int j = from; j < to; j++) {
            c[j] = Math.fma(x3, b3[j], Math.fma(x2, b2[j], Math.fma(x1, b1[j], Math.fma(x0, b0[j], c[j]))));
        }
    }

    /** {@code rows_i += factor weights_i b} for the rows from {@code first} on that have a weight. */
    static void addOuter(double factor, double[] weights, int first, double[] b, double[][] rows, int from, int to) {
        int i = first;
        for (; i + 4 <= weights.length; i += 4) {
            outer4(from, to, factor * weights[i], factor * weights[i + 1], factor * weights[i + 2], factor * weights[i + 3], b, rows[i],
                    rows[i + 1], rows[i + 2], rows[i + 3]);
        }
        for (; i < weights.length; i++) {
            axpy(from, to, factor * weights[i], b, rows[i]);
        }
    }

    private static void outer4(int from, int to, double x0, double x1, double x2, double x3, double[] b, double[] c0, double[] c1,
            double[] c2, double[] c3) {
        for (int j = from; j < to; j++) {
            double v = b[j];
            c0[j] = Math.fma(x0, v, c0[j]);
            c1[j] = Math.fma(x1, v, c1[j]);
            c2[j] = Math.fma(x2, v, c2[j]);
            c3[j] = Math.fma(x3, v, c3[j]);
        }
    }

    /** {@code c += x b + y d}. */
    static void axpyTwice(int from, int to, double x, double[] b, double y, double[] d, double[] c) {
        for (int j = from; j < to; j++) {
            c[j] = Math.fma(x, b[j], Math.fma(y, d[j], c[j]));
        }
    }
}
