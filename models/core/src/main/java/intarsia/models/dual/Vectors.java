package intarsia.models.dual;

import java.util.Arrays;

/** Sums of products of short vectors. */
final class Vectors {
    private Vectors() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = Math.fma(a[i], b[i], sum);
        }
        return sum;
    }

    static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = Math.fma(a[i] - b[i], a[i] - b[i], sum);
        }
        return Math.sqrt(sum);
    }

    static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    /** {@code to += scale x}. */
    static void add(double scale, double[] x, double[] to) {
        for (int i = 0; i < x.length; i++) {
            to[i] = Math.fma(scale, x[i], to[i]);
        }
    }

    /** {@code A x}. */
    static double[] times(double[][] matrix, double[] x) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = dot(matrix[i], x);
        }
        return product;
    }

    /** The mean of vectors; at least one. */
    static double[] mean(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            add(1.0 / rows.length, row, mean);
        }
        return mean;
    }

    static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }
}
