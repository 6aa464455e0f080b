package intarsia.linalg.decomposition;

import intarsia.linalg.Command;
import intarsia.linalg.Elementary;
import intarsia.linalg.Pool;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.heap.Block64;
import java.util.Arrays;

/**
 * The Cholesky factorization {@code a = lower lower'} of a symmetric positive definite matrix. Methods that take a pool compute on its
 * threads, the others on the caller's alone; the bits are the same.
 *
 * @param lower lower triangular with a positive diagonal [n x n]; zeros above
 */
public record Cholesky(Tensor lower) {
    /** Smaller matrices are factorized and solved with by plain loops. */
    private static final int SMALL = 24;
    private static final double EPSILON = 0x1p-52;
    private static final Pool ALONE = new Pool(1);

    /**
     * A factorization of {@code a + jitter I}.
     *
     * @param cholesky the factorization
     * @param jitter   what was added to every diagonal entry; 0 if a is positive definite as it is
     */
    public record Jittered(Cholesky cholesky, double jitter) {}

    /** Factorizes; see {@link #of(Tensor, Pool)}. */
    public static Cholesky of(Tensor a) {
        return of(a, ALONE);
    }

    /**
     * Factorizes the lower triangle of {@code a}; what is above is not read. n^3 / 6 multiplications, most of them in products. The units
     * of rows and columns do not matter: where they are very large or small, works on {@code d a d}, d diagonal with powers of two, whose
     * diagonal lies between 1 and 4.
     *
     * @throws ShapeException         if {@code a} is not a square matrix
     * @throws DecompositionException if {@code a} is not finite, or not positive definite; the message names the leading block that fails
     */
    public static Cholesky of(Tensor a, Pool pool) {
        requireSquare(a);
        return factorize(a, 0, pool);
    }

    /**
     * Factorizes in the memory of an F64 {@code a}, which becomes {@code lower}: half of what {@link #of(Tensor, Pool)} takes.
     *
     * @throws ShapeException         as there
     * @throws DecompositionException as there; {@code a} is lost
     */
    public static Cholesky inPlace(Tensor a, Pool pool) {
        requireSquare(a);
        requireFinite(a);
        return factorize(a, a.doubles(), pool);
    }

    private static void requireSquare(Tensor a) {
        Matrices.matrix("cholesky", a);
        if (a.shape().rows() == 0 || a.shape().columns() != a.shape().rows()) {
            throw new ShapeException("cholesky(" + a.shape() + "): wants a square matrix with at least one row");
        }
    }

    /** Factorizes, with jitter if that takes it; see {@link #withJitter(Tensor, Pool)}. */
    public static Jittered withJitter(Tensor a) {
        return withJitter(a, ALONE);
    }

    /**
     * Factorizes {@code a}, or else {@code a + jitter I} with the first that is positive definite of the jitters {@code 2^-52 m 10^k},
     * k = 0, 1, ..., below m, m being the mean of the diagonal. For matrices that are positive definite but for rounding.
     *
     * @return the factorization, and what was added
     * @throws ShapeException         if {@code a} is not a square matrix
     * @throws DecompositionException if {@code a} is not finite, or not even {@code a + m I / 10} positive definite
     */
    public static Jittered withJitter(Tensor a, Pool pool) {
        try {
            return new Jittered(of(a, pool), 0);
        } catch (DecompositionException e) {
            requireFinite(a);
            double mean = 0;
            for (int i = 0; i < a.shape().rows(); i++) {
                mean += a.get(i, i) / a.shape().rows();
            }
            for (double jitter = EPSILON * mean; jitter > 0 && jitter < mean; jitter *= 10) {
                try {
                    return new Jittered(factorize(a, jitter, pool), jitter);
                } catch (DecompositionException more) {
                    e = more;
                }
            }
            throw e;
        }
    }

    private static Cholesky factorize(Tensor a, double jitter, Pool pool) {
        int n = a.shape().rows();
        double[] l = a.toDoubles();
        for (int i = 0; i < n; i++) {
            l[i * n + i] += jitter;
        }
        try {
            return factorize(a, l, pool);
        } catch (DecompositionException e) {
            requireFinite(a);
            throw e;
        }
    }

    /** Factorizes l, which has a's shape. */
    private static Cholesky factorize(Tensor a, double[] l, Pool pool) {
        int n = a.shape().rows();
        if (n < SMALL) {
            plain(l, n);
        } else {
            CholeskySteps.bind(new Block64(l, 0, n, n, n), new Strips(pool, n, n), Command::run);
        }
        return new Cholesky(Tensor.of(a.shape(), l));
    }

    /** By the definition, in units of powers of two. */
    private static void plain(double[] l, int n) {
        double[] d = new double[n];
        for (int i = 0; i < n; i++) {
            d[i] = unit(l[i * n + i]);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = l[i * n + j] * d[i] * d[j];
                for (int k = 0; k < j; k++) {
                    sum = Math.fma(-l[i * n + k], l[j * n + k], sum);
                }
                if (j < i) {
                    l[i * n + j] = sum / l[j * n + j];
                } else if (sum > 0 && sum <= Double.MAX_VALUE) {
                    l[i * n + i] = Math.sqrt(sum);
                } else {
                    throw notPositive(n, i, sum / d[i] / d[i]);
                }
            }
            Arrays.fill(l, i * n + i + 1, (i + 1) * n, 0);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                l[i * n + j] = l[i * n + j] / d[i] + 0.0;
            }
        }
    }

    /** The power of two that, squared, brings a diagonal entry to between 1 and 4. */
    static double unit(double diagonal) {
        return diagonal > 0 ? Math.scalb(1.0, -Math.floorDiv(Math.getExponent(diagonal), 2)) : 1;
    }

    static DecompositionException notPositive(int n, int pivot, double value) {
        return new DecompositionException("cholesky([" + n + "x" + n + "]): not positive definite; pivot " + pivot + " is " + value
                + ". Add a ridge to the diagonal, or drop the row and column " + pivot);
    }

    private static void requireFinite(Tensor a) {
        int n = a.shape().rows();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                if (!Double.isFinite(a.at(i * n + j))) {
                    throw new DecompositionException("cholesky(" + a.shape() + "): entry (" + i + ", " + j + ") is " + a.at(i * n + j)
                            + "; every entry must be finite");
                }
            }
        }
    }

    /** Solves; see {@link #solve(Tensor, Pool)}. */
    public Tensor solve(Tensor b) {
        return solve(b, ALONE);
    }

    /**
     * The x with {@code a x = b}, for one right-hand side [n] or several [n x m]; n^2 m multiplications.
     *
     * @throws ShapeException if {@code b} has another number of rows
     */
    public Tensor solve(Tensor b, Pool pool) {
        int n = lower.shape().rows();
        if (b.shape().rank() < 1 || b.shape().rank() > 2 || b.shape().size(0) != n) {
            throw new ShapeException("cholesky(" + lower.shape() + ").solve(" + b.shape() + "): wants a vector or matrix with " + n
                    + " rows");
        }
        int m = b.shape().rank() == 1 ? 1 : b.shape().columns();
        double[] x = b.toDoubles();
        if (n < SMALL) {
            plain(lower.doubles(), n, x, m);
        } else {
            Block64 unknowns = new Block64(x, 0, n, m, m);
            Strips strips = new Strips(pool, n, m);
            TriangularSteps.left(block(), false, unknowns, strips, Command::run);
            TriangularSteps.left(block(), true, unknowns, strips, Command::run);
        }
        return Tensor.of(b.shape(), x);
    }

    private static void plain(double[] l, int n, double[] x, int m) {
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
                for (int k = n - 1; k > i; k--) {
                    sum = Math.fma(-l[k * n + i], x[k * m + c], sum);
                }
                x[i * m + c] = sum / l[i * n + i];
            }
        }
    }

    /** The inverse of {@code a}; see {@link #inverse(Pool)}. */
    public Tensor inverse() {
        return inverse(ALONE);
    }

    /** The inverse of {@code a} [n x n], symmetric to the bit; n^3 / 3 multiplications. */
    public Tensor inverse(Pool pool) {
        int n = lower.shape().rows();
        double[] x = new double[n * n];
        InverseSteps.bind(block(), new Block64(x, 0, n, n, n), new Strips(pool, n, n), Command::run);
        return Tensor.of(lower.shape(), x);
    }

    /** The logarithm of the determinant of {@code a}. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.shape().rows(); i++) {
            sum += 2 * Elementary.log(lower.get(i, i));
        }
        return sum;
    }

    private Block64 block() {
        return TriangularSolve.block(lower);
    }
}
