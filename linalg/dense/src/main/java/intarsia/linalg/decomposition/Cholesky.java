package intarsia.linalg.decomposition;

import intarsia.linalg.Elementary;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.Arrays;

/**
 * The Cholesky factorization {@code a = lower lower'} of a symmetric positive definite matrix.
 *
 * @param lower lower triangular with a positive diagonal [n x n]; zeros above
 */
public record Cholesky(Tensor lower) {
    /**
     * Factorizes the lower triangle of {@code a}; what is above is not read. O(n^3 / 3). The units of rows and columns do not matter: works
     * on {@code d a d}, d diagonal with powers of two, whose diagonal lies between 1 and 4.
     *
     * @throws ShapeException         if {@code a} is not a square matrix
     * @throws DecompositionException if {@code a} is not finite, or not positive definite; the message names the leading block that fails
     */
    public static Cholesky of(Tensor a) {
        Matrices.square("cholesky", a);
        int n = a.shape().rows();
        double[] d = new double[n];
        for (int i = 0; i < n; i++) {
            double pivot = a.get(i, i);
            d[i] = pivot > 0 ? Math.scalb(1.0, -Math.floorDiv(Math.getExponent(pivot), 2)) : 1;
        }
        double[] l = a.toDoubles();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = l[i * n + j] * d[i] * d[j];
                for (int k = 0; k < j; k++) {
                    sum = Math.fma(-l[i * n + k], l[j * n + k], sum);
                }
                if (j < i) {
                    l[i * n + j] = sum / l[j * n + j];
                } else if (sum > 0) {
                    l[i * n + i] = Math.sqrt(sum);
                } else {
                    throw new DecompositionException("cholesky(" + a.shape() + "): not positive definite; pivot " + i + " is "
                            + sum / d[i] / d[i] + ". Add a ridge to the diagonal, or drop the row and column " + i);
                }
            }
            Arrays.fill(l, i * n + i + 1, (i + 1) * n, 0);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                l[i * n + j] /= d[i];
            }
        }
        return new Cholesky(Tensor.of(a.shape(), l));
    }

    /**
     * The x with {@code a x = b}, for one right-hand side [n] or several [n x m]; O(n^2 m).
     *
     * @throws ShapeException if {@code b} has another number of rows
     */
    public Tensor solve(Tensor b) {
        int n = lower.shape().rows();
        if (b.shape().rank() < 1 || b.shape().rank() > 2 || b.shape().size(0) != n) {
            throw new ShapeException("cholesky(" + lower.shape() + ").solve(" + b.shape() + "): wants a vector or matrix with " + n
                    + " rows");
        }
        int m = b.shape().rank() == 1 ? 1 : b.shape().columns();
        double[] l = lower.doubles();
        double[] x = b.toDoubles();
        for (int c = 0; c < m; c++) {
            for (int i = 0; i < n; i++) {
                double sum = x[i * m + c];
                for (int k = 0; k < i; k++) {
                    sum = Math.fma(-l[i * n + k], x[k * m + c], sum);
                }
                x[i * m + c] = sum / l[i * n + i];
            }
            for (int i = n - 1; i >= 0; i--) {
                double sum = x[i * m + c];
                for (int k = i + 1; k < n; k++) {
                    sum = Math.fma(-l[k * n + i], x[k * m + c], sum);
                }
                x[i * m + c] = sum / l[i * n + i];
            }
        }
        return Tensor.of(b.shape(), x);
    }

    /** The logarithm of the determinant of {@code a}. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.shape().rows(); i++) {
            sum += 2 * Elementary.log(lower.get(i, i));
        }
        return sum;
    }
}
