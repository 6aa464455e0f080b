package intarsia.linalg.decomposition;

import intarsia.linalg.Command;
import intarsia.linalg.Pool;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.heap.Block64;

/**
 * Systems with a lower triangular matrix l [n x n], or its transpose, and many right-hand sides; what is above the diagonal of l is not
 * read. n^2 multiplications a right-hand side, halved, most of them in products. The same bits on any number of threads.
 */
public final class TriangularSolve {
    private static final Pool ALONE = new Pool(1);

    private TriangularSolve() {}

    /** Solves on the caller's thread; see {@link #left(Tensor, boolean, Tensor, Pool)}. */
    public static Tensor left(Tensor l, boolean transposed, Tensor b) {
        return left(l, transposed, b, ALONE);
    }

    /**
     * The x with {@code l x = b}, or {@code l' x = b} if transposed, for one right-hand side [n] or several [n x m].
     *
     * @throws ShapeException         if l is not square, or b has another number of rows
     * @throws DecompositionException if an entry on the diagonal of l is 0
     */
    public static Tensor left(Tensor l, boolean transposed, Tensor b, Pool pool) {
        int n = requireTriangle(l);
        if (b.shape().rank() < 1 || b.shape().rank() > 2 || b.shape().size(0) != n) {
            throw new ShapeException("triangular solve(" + l.shape() + (transposed ? "'" : "") + ", " + b.shape()
                    + "): wants a vector or matrix with " + n + " rows");
        }
        int m = b.shape().rank() == 1 ? 1 : b.shape().columns();
        double[] x = b.toDoubles();
        TriangularSteps.left(block(l), transposed, new Block64(x, 0, n, m, m), new Strips(pool, n, m), Command::run);
        negate(x);
        return Tensor.of(b.shape(), x);
    }

    /** Solves on the caller's thread; see {@link #right(Tensor, boolean, Tensor, Pool)}. */
    public static Tensor right(Tensor l, boolean transposed, Tensor b) {
        return right(l, transposed, b, ALONE);
    }

    /**
     * The x with {@code x l = b}, or {@code x l' = b} if transposed, for b [m x n].
     *
     * @throws ShapeException         if l is not square, or b is not a matrix with as many columns
     * @throws DecompositionException if an entry on the diagonal of l is 0
     */
    public static Tensor right(Tensor l, boolean transposed, Tensor b, Pool pool) {
        int n = requireTriangle(l);
        if (b.shape().rank() != 2 || b.shape().columns() != n) {
            throw new ShapeException("triangular solve(" + b.shape() + ", " + l.shape() + (transposed ? "'" : "")
                    + "): wants a matrix with " + n + " columns");
        }
        double[] x = b.toDoubles();
        int m = b.shape().rows();
        TriangularSteps.right(block(l), transposed, new Block64(x, 0, m, n, n), new Strips(pool, n, m), Command::run);
        negate(x);
        return Tensor.of(b.shape(), x);
    }

    static Block64 block(Tensor a) {
        return new Block64(a.doubles(), 0, a.shape().rows(), a.shape().columns(), a.shape().columns());
    }

    private static int requireTriangle(Tensor l) {
        Matrices.matrix("triangular solve", l);
        int n = l.shape().rows();
        if (l.shape().columns() != n) {
            throw new ShapeException("triangular solve: " + l.shape() + " is not square");
        }
        for (int i = 0; i < n; i++) {
            if (l.get(i, i) == 0) {
                throw new DecompositionException("triangular solve(" + l.shape() + "): entry (" + i + ", " + i + ") is 0");
            }
        }
        return n;
    }

    private static void negate(double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = -x[i];
        }
    }
}
