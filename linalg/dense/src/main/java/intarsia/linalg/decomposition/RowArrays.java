package intarsia.linalg.decomposition;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.Arrays;

/**
 * Matrices as arrays of rows, and the loops over them. The compiler turns a loop over several arrays into vectors where all are read at the
 * loop's own index, and gives each element the same fused multiply-adds at any width.
 */
final class RowArrays {
    private RowArrays() {}

    /** Copies a matrix. */
    static double[][] of(Tensor a) {
        int columns = a.shape().columns();
        double[][] rows = new double[a.shape().rows()][columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(a.doubles(), i * columns, rows[i], 0, columns);
        }
        return rows;
    }

    /** Copies a matrix, its columns multiplied. */
    static double[][] of(Tensor a, double[] factors) {
        double[][] rows = new double[a.shape().rows()][a.shape().columns()];
        for (int i = 0; i < rows.length; i++) {
            copy(a, i, factors, rows[i]);
        }
        return rows;
    }

    /** Copies one row, its numbers multiplied. */
    static void copy(Tensor a, int row, double[] factors, double[] to) {
        System.arraycopy(a.doubles(), row * to.length, to, 0, to.length);
        for (int j = 0; j < to.length; j++) {
            to[j] *= factors[j];
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

    /** For each column the power of two that brings its largest magnitude to between 1 and 2, as {@link Scaled} does for all together. */
    static double[] columnFactors(Tensor a) {
        int columns = a.shape().columns();
        double[] numbers = a.doubles();
        double[] largest = new double[columns];
        for (int i = 0; i < a.shape().rows(); i++) {
            for (int j = 0; j < columns; j++) {
                largest[j] = Math.max(largest[j], Math.abs(numbers[i * columns + j]));
            }
        }
        return Arrays.stream(largest).map(v -> v == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(v))).toArray();
    }

    /** {@code sum = sum_i weights_i rows_i} over the rows from {@code first} on that have a weight, within a range of columns. */
    static void combine(double[] weights, int first, double[][] rows, int from, int to, double[] sum) {
        Arrays.fill(sum, from, to, 0);
        int i = first;
        for (; i + 4 <= weights.length; i += 4) {
            axpy4(from, to, weights[i], weights[i + 1], weights[i + 2], weights[i + 3], rows[i], rows[i + 1], rows[i + 2], rows[i + 3],
                    sum);
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
