package intarsia.linalg.decomposition;

import intarsia.linalg.Tensor;
import java.util.Arrays;

/**
 * Matrices as arrays of rows, and the loops over them. The compiler turns a loop over several arrays into vectors where all are read at the
 * loop's own index, and gives each element the same fused multiply-adds at any width.
 */
final class RowArrays {
    private RowArrays() {}

    /** The first columns of an identity. */
    static double[][] identity(int rows, int columns) {
        double[][] identity = new double[rows][columns];
        for (int i = 0; i < Math.min(rows, columns); i++) {
            identity[i][i] = 1;
        }
        return identity;
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
}
