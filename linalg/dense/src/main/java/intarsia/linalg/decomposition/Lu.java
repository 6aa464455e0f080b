package intarsia.linalg.decomposition;

import intarsia.linalg.Command;
import intarsia.linalg.Elementary;
import intarsia.linalg.Pool;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.heap.Block64;
import java.util.Arrays;

/**
 * The LU factorization of a square matrix with partial pivoting: {@code a} with its rows in another order is {@code lower upper}.
 *
 * @param lower lower triangular [n x n], 1 on the diagonal, nothing larger than 1 below
 * @param upper upper triangular [n x n]; 0 on the diagonal where a is singular
 * @param rows  the row of a that is row i of the product
 */
public record Lu(Tensor lower, Tensor upper, int[] rows) {
    private static final Pool ALONE = new Pool(1);

    /**
     * Factorizes; n^3 / 3 multiplications, most of them in products. The pivot of a column is its entry of largest magnitude, the first of
     * equal ones. Every entry takes its terms in ascending order, each by one fused multiply-add.
     *
     * @throws ShapeException         if {@code a} is not a square matrix
     * @throws DecompositionException if {@code a} is not finite, or an entry of a factor is more than a double holds
     */
    public static Lu of(Tensor a) {
        Matrices.square("lu", a);
        int n = a.shape().rows();
        Scaled scaled = Scaled.of(a);
        double[] upper = scaled.copy();
        int[] rows = LuSteps.factorize(new Block64(upper, 0, n, n, n));
        double[] lower = new double[n * n];
        double unit = Math.scalb(1.0, scaled.exponent());
        for (int i = 0; i < n; i++) {
            System.arraycopy(upper, i * n, lower, i * n, i);
            lower[i * n + i] = 1;
            Arrays.fill(upper, i * n, i * n + i, 0);
            for (int j = i * n + i; j < (i + 1) * n; j++) {
                upper[j] *= unit;
            }
        }
        Scaled.requireFinite("lu(" + a.shape() + "): an entry of upper", upper);
        return new Lu(Tensor.of(a.shape(), lower), Tensor.of(a.shape(), upper), rows);
    }

    /**
     * The x with {@code a x = b}, for one right-hand side [n] or several [n x m]; n^2 m multiplications.
     *
     * @throws ShapeException         if {@code b} has another number of rows
     * @throws DecompositionException if a is singular to working precision: an entry on the diagonal of upper is 0; or if the solution is
     *                                more than doubles hold
     */
    public Tensor solve(Tensor b) {
        int n = rows.length;
        if (b.shape().rank() < 1 || b.shape().rank() > 2 || b.shape().size(0) != n) {
            throw new ShapeException("lu(" + lower.shape() + ").solve(" + b.shape() + "): wants a vector or matrix with " + n + " rows");
        }
        for (int i = 0; i < n; i++) {
            if (upper.get(i, i) == 0) {
                throw new DecompositionException("lu(" + lower.shape() + ").solve: the matrix is singular; pivot " + i + " is 0");
            }
        }
        int m = b.shape().rank() == 1 ? 1 : b.shape().columns();
        double[] x = new double[n * m];
        double[] given = b.toDoubles();
        for (int i = 0; i < n; i++) {
            System.arraycopy(given, rows[i] * m, x, i * m, m);
        }
        Block64 unknowns = new Block64(x, 0, n, m, m);
        Strips strips = new Strips(ALONE, n, m);
        // each solve leaves the other sign
        TriangularSteps.left(TriangularSolve.block(lower), false, unknowns, strips, Command::run);
        TriangularSteps.left(TriangularSolve.block(Matrices.transpose(upper)), true, unknowns, strips, Command::run);
        for (int i = 0; i < x.length; i++) {
            // a zero is 0, never -0
            x[i] += 0.0;
            if (!Double.isFinite(x[i])) {
                throw new DecompositionException("lu(" + lower.shape() + ").solve(" + b.shape() + "): entry " + i
                        + " of the solution is more "
                        + "than a double holds, or the right-hand side is not finite");
            }
        }
        return Tensor.of(b.shape(), x);
    }

    /** The inverse of {@code a} [n x n]; n^3 multiplications. */
    public Tensor inverse() {
        return solve(Matrices.identity(rows.length));
    }

    /** The logarithm of the magnitude of the determinant of {@code a}; negative infinity if a is singular. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            sum += Elementary.log(Math.abs(upper.get(i, i)));
        }
        return sum;
    }

    /** The sign of the determinant: 1, -1, or 0 if a is singular. */
    public int determinantSign() {
        int sign = 1;
        boolean[] seen = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double pivot = upper.get(i, i);
            sign = pivot == 0 ? 0 : pivot < 0 ? -sign : sign;
            // a cycle of even length is odd
            for (int j = rows[i]; j != i && !seen[j]; j = rows[j]) {
                seen[j] = true;
                sign = -sign;
            }
            seen[i] = true;
        }
        return sign;
    }
}
