package intarsia.linalg.decomposition;

import intarsia.linalg.Kernels;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.heap.HostProducts;
import java.util.stream.IntStream;

/**
 * The thin singular value decomposition {@code a = left diag(values) right'} of a matrix a [m x n].
 *
 * @param left   the left singular vectors as orthonormal columns [m x k], signs as the package states
 * @param values the singular values, largest first, not negative, as a vector [k]; k is min(m, n), or fewer by {@link SvdMethod#GRAM}
 * @param right  the right singular vectors as orthonormal columns [n x k]
 */
public record Svd(Tensor left, Tensor values, Tensor right) {
    /** Eigenvalues below this share of the largest, for each column, are rounding, and {@link SvdMethod#GRAM} leaves them out. */
    private static final double GRAM_FLOOR = 2 * Math.ulp(1.0);
    /** The ratio of rows to columns from which a QR factorization comes first. */
    private static final double LONG = 1.6;
    /** Columns below this share of the longest count as zero by {@link SvdMethod#JACOBI}. */
    private static final double NOTHING = 0x1p-480;

    /** Decomposes accurately; O(m n min(m, n)). */
    public static Svd of(Tensor a) {
        return of(a, SvdMethod.ACCURATE);
    }

    /**
     * Decomposes; O(m n min(m, n)). By {@link SvdMethod#GRAM} the triples with values below {@code sqrt(2 min(m, n) eps)} of the largest,
     * rounding of their squares, are left out (all but one of a zero matrix); eps is 2^-52.
     *
     * @throws intarsia.linalg.ShapeException if {@code a} is not a matrix or has no entries
     * @throws DecompositionException         if {@code a} is not finite, the iteration does not converge, or a singular value is more than
     *                                        a double holds
     */
    public static Svd of(Tensor a, SvdMethod method) {
        Matrices.decomposable("svd", a);
        Scaled scaled = Scaled.of(a);
        Svd svd = of(scaled, method).signed();
        return new Svd(svd.left, scaled.back("svd(" + a.shape() + "): a singular value", svd.values), svd.right);
    }

    private static Svd of(Scaled a, SvdMethod method) {
        if (a.numbers().shape().rows() < a.numbers().shape().columns()) {
            Svd transposed = tall(Matrices.transpose(a.numbers()), method);
            return new Svd(transposed.right, transposed.values, transposed.left);
        }
        return tall(a.numbers(), method);
    }

    /** The product of the three parts. */
    public Tensor reconstruct() {
        return Matrices.product(scaledLeft(), false, right, true);
    }

    /** How many singular values exceed {@code tolerance} times the largest. */
    public int rank(double tolerance) {
        double floor = tolerance * values.at(0);
        return (int) IntStream.range(0, values.size()).filter(k -> values.at(k) > floor).count();
    }

    /** The leading triples: the best approximation of this rank. */
    public Svd truncate(int rank) {
        Tensor kept = Matrices.leadingColumns(values.reshape(Shape.of(1, values.size())), rank);
        return new Svd(Matrices.leadingColumns(left, rank), kept.reshape(Shape.of(rank)), Matrices.leadingColumns(right, rank));
    }

    /** {@code left diag(values)}. */
    private Tensor scaledLeft() {
        Tensor scaled = left.copy();
        int k = values.size();
        for (int i = 0; i < scaled.size(); i++) {
            scaled.doubles()[i] *= values.at(i % k);
        }
        return scaled;
    }

    private static Svd zero(Shape shape) {
        int n = shape.columns();
        return new Svd(Matrices.leadingColumns(Matrices.identity(shape.rows()), n), Tensor.zeros(n), Matrices.identity(n));
    }

    private static Svd tall(Tensor a, SvdMethod method) {
        return switch (method) {
            case GRAM -> byGram(a);
            case JACOBI -> byRotations(a);
            case ACCURATE -> {
                if (Matrices.norm(a) == 0) {
                    yield zero(a.shape());
                }
                yield a.shape().rows() < LONG * a.shape().columns() ? direct(a) : ofTriangle(a);
            }
        };
    }

    private static Svd direct(Tensor a) {
        PaddedRows matrix = new PaddedRows(a.shape().rows(), a.shape().columns());
        matrix.take(a.doubles());
        return bidiagonal(matrix, null);
    }

    /** By the triangle of a QR factorization. */
    private static Svd ofTriangle(Tensor a) {
        int n = a.shape().columns();
        PaddedRows columns = transposed(a);
        Reflectors q = QrSteps.factorize(columns);
        PaddedRows triangle = new PaddedRows(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                triangle.set(i, j, columns.get(j, i));
            }
        }
        return bidiagonal(triangle, q);
    }

    /** Decomposes a matrix, or q times it if q is given. */
    private static Svd bidiagonal(PaddedRows matrix, Reflectors q) {
        int m = matrix.rows();
        int n = matrix.columns();
        Bidiagonal b = Bidiagonal.of(matrix);
        BidiagonalSvd.Parts parts = BidiagonalSvd.of(b.diagonal(), b.offDiagonal());
        if (parts == null) {
            throw new DecompositionException("svd([" + m + "x" + n + "]): the QR iteration did not converge");
        }
        int[] order = Order.descending(parts.values());
        double[] values = new double[n];
        for (int k = 0; k < n; k++) {
            values[k] = parts.values()[order[k]];
        }
        int length = q == null ? m : q.vectors().columns();
        PaddedRows left = ordered(parts.left(), order, length);
        PaddedRows right = ordered(parts.right(), order, n);
        b.q().applyTransposed(left, 0, n);
        b.p().applyTransposed(right, 0, n);
        if (q != null) {
            q.applyTransposed(left, 0, n);
        }
        return new Svd(columns(left), Tensor.vector(values), columns(right));
    }

    /** Rows in an order, continued by zeros. */
    private static PaddedRows ordered(PaddedRows rows, int[] order, int length) {
        PaddedRows ordered = new PaddedRows(order.length, length);
        int width = Math.min(length, rows.columns());
        for (int k = 0; k < order.length; k++) {
            System.arraycopy(rows.numbers(), rows.at(order[k], 0), ordered.numbers(), ordered.at(k, 0), width);
        }
        return ordered;
    }

    private static Tensor columns(PaddedRows rows) {
        double[] columns = new double[rows.rows() * rows.columns()];
        Matrices.transpose(rows.rows(), rows.columns(), rows.numbers(), rows.at(0, 0), rows.step(), columns, 0, rows.rows());
        return Tensor.of(Shape.of(rows.columns(), rows.rows()), columns);
    }

    private static Svd byRotations(Tensor a) {
        int m = a.shape().rows();
        int n = a.shape().columns();
        PaddedRows columns = transposed(a);
        double[] norms = norms(columns);
        int[] byNorm = Order.descending(norms);
        PaddedRows work = ordered(columns, byNorm, m);
        PaddedRows rotations = JacobiSvd.rotate(work);
        if (rotations == null) {
            throw new DecompositionException("svd(" + a.shape() + "): the Jacobi rotations did not converge");
        }
        double[] found = norms(work);
        int[] order = Order.descending(found);
        double[] values = new double[n];
        Tensor left = Tensor.zeros(m, n);
        Tensor right = Tensor.zeros(n, n);
        int rank = 0;
        for (int k = 0; k < n; k++) {
            values[k] = found[order[k]];
            for (int i = 0; i < m && values[k] > 0; i++) {
                left.doubles()[i * n + k] = work.get(order[k], i) / values[k];
            }
            for (int i = 0; i < n; i++) {
                right.doubles()[byNorm[i] * n + k] = rotations.get(order[k], i);
            }
            rank += values[k] > 0 ? 1 : 0;
        }
        return new Svd(completed(left, rank), Tensor.vector(values), right);
    }

    /** Norms of rows; those that are nothing beside the largest are 0. */
    private static double[] norms(PaddedRows rows) {
        double[] norms = new double[rows.rows()];
        double[] x = rows.numbers();
        double[] lanes = new double[Kernels.LANES];
        double largest = 0;
        for (int i = 0; i < norms.length; i++) {
            norms[i] = Math.sqrt(HostProducts.dot(x, rows.at(i, 0), x, rows.at(i, 0), rows.columns(), lanes));
            largest = Math.max(largest, norms[i]);
        }
        for (int i = 0; i < norms.length; i++) {
            norms[i] = norms[i] <= NOTHING * largest ? 0 : norms[i];
        }
        return norms;
    }

    /** Orthonormal columns, continued by others. */
    private static Tensor completed(Tensor columns, int rank) {
        if (rank == columns.shape().columns()) {
            return columns;
        }
        Tensor q = Qr.of(columns).q();
        int n = columns.shape().columns();
        for (int i = 0; i < columns.shape().rows(); i++) {
            System.arraycopy(columns.doubles(), i * n, q.doubles(), i * n, rank);
        }
        return q;
    }

    private static PaddedRows transposed(Tensor a) {
        int m = a.shape().rows();
        int n = a.shape().columns();
        PaddedRows columns = new PaddedRows(n, m);
        Matrices.transpose(m, n, a.doubles(), 0, n, columns.numbers(), columns.at(0, 0), columns.step());
        return columns;
    }

    private static Svd byGram(Tensor a) {
        double scale = Matrices.norm(a);
        if (scale == 0) {
            return zero(a.shape()).truncate(1);
        }
        Tensor unit = a.copy();
        for (int i = 0; i < unit.size(); i++) {
            unit.doubles()[i] /= scale;
        }
        SymmetricEigen eigen = SymmetricEigen.of(Matrices.gram(unit));
        double floor = eigen.values().size() * GRAM_FLOOR * eigen.values().at(0);
        int k = (int) IntStream.range(0, eigen.values().size()).filter(i -> eigen.values().at(i) > floor).count();
        Tensor right = Matrices.leadingColumns(eigen.vectors(), k);
        Tensor left = Matrices.product(unit, right);
        double[] values = new double[k];
        for (int j = 0; j < k; j++) {
            double root = Math.sqrt(eigen.values().at(j));
            values[j] = scale * root;
            for (int i = 0; i < left.shape().rows(); i++) {
                left.doubles()[i * k + j] /= root;
            }
        }
        return new Svd(left, Tensor.vector(values), right);
    }

    /** Sets the signs of the vectors, in place. */
    Svd signed() {
        int k = values.size();
        for (int j = 0; j < k; j++) {
            if (Signs.negative(left.doubles(), left.shape().rows(), k, j)) {
                Signs.flip(left.doubles(), left.shape().rows(), k, j);
                Signs.flip(right.doubles(), right.shape().rows(), k, j);
            }
        }
        return this;
    }
}
