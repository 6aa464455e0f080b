package intarsia.linalg.decomposition;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.svd.SvdImplicitQrDecompose_DDRM;

/**
 * The thin singular value decomposition {@code a = left diag(values) right'} of a matrix a [m x n].
 *
 * @param left   the left singular vectors as orthonormal columns [m x k], signs as the package states
 * @param values the singular values, largest first, not negative, as a vector [k]; k is min(m, n), or fewer by {@link SvdMethod#GRAM}
 * @param right  the right singular vectors as orthonormal columns [n x k]
 */
public record Svd(Tensor left, Tensor values, Tensor right) {
    /** Singular values below this share of the largest are noise after squaring, and {@link SvdMethod#GRAM} leaves them out. */
    private static final double GRAM_FLOOR = 1e-8;

    /** Decomposes accurately; O(m n min(m, n)). */
    public static Svd of(Tensor a) {
        return of(a, SvdMethod.ACCURATE);
    }

    /**
     * Decomposes; O(m n min(m, n)). By {@link SvdMethod#GRAM} the triples with values below 1e-8 of the largest are left out (all but one
     * of a zero matrix).
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

    private static Svd tall(Tensor a, SvdMethod method) {
        return switch (method) {
            case GRAM -> byGram(a);
            case ACCURATE -> {
                if (a.shape().rows() < 2 * a.shape().columns()) {
                    yield direct(a);
                }
                Qr qr = Qr.of(a);
                Svd small = direct(qr.r());
                yield new Svd(Matrices.product(qr.q(), small.left), small.values, small.right);
            }
        };
    }

    private static Svd direct(Tensor a) {
        int m = a.shape().rows();
        int n = a.shape().columns();
        // EJML compares against a fixed tiny number; a norm of 1 keeps that harmless.
        double scale = Matrices.norm(a);
        if (scale == 0) {
            return new Svd(Matrices.leadingColumns(Matrices.identity(m), n), Tensor.zeros(n), Matrices.identity(n));
        }
        double[] scaled = a.toDoubles();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= scale;
        }
        var ejml = new SvdImplicitQrDecompose_DDRM(true, true, true, false);
        if (!ejml.decompose(DMatrixRMaj.wrap(m, n, scaled))) {
            throw new DecompositionException("svd(" + a.shape() + "): the QR iteration did not converge");
        }
        int[] order = descending(Arrays.copyOf(ejml.getSingularValues(), n));
        DMatrixRMaj u = ejml.getU(null, false);
        DMatrixRMaj v = ejml.getV(null, false);
        double[] values = new double[n];
        double[] left = new double[m * n];
        double[] right = new double[n * n];
        for (int k = 0; k < n; k++) {
            values[k] = scale * Math.abs(ejml.getSingularValues()[order[k]]);
            for (int i = 0; i < m; i++) {
                left[i * n + k] = u.data[i * u.numCols + order[k]];
            }
            for (int i = 0; i < n; i++) {
                right[i * n + k] = v.data[i * v.numCols + order[k]];
            }
        }
        return new Svd(Tensor.of(Shape.of(m, n), left), Tensor.vector(values), Tensor.of(Shape.of(n, n), right));
    }

    private static Svd byGram(Tensor a) {
        double scale = Matrices.norm(a);
        if (scale == 0) {
            return direct(a).truncate(1);
        }
        Tensor unit = a.copy();
        for (int i = 0; i < unit.size(); i++) {
            unit.doubles()[i] /= scale;
        }
        SymmetricEigen eigen = SymmetricEigen.of(Matrices.gram(unit));
        double floor = GRAM_FLOOR * GRAM_FLOOR * eigen.values().at(0);
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

    /** Gives the vectors, which nobody else holds yet, their signs. */
    private Svd signed() {
        int k = values.size();
        for (int j = 0; j < k; j++) {
            if (Signs.negative(left.doubles(), left.shape().rows(), k, j)) {
                Signs.flip(left.doubles(), left.shape().rows(), k, j);
                Signs.flip(right.doubles(), right.shape().rows(), k, j);
            }
        }
        return this;
    }

    /** The positions of the values from the largest down; equal values keep their order. */
    static int[] descending(double[] values) {
        return IntStream.range(0, values.length).boxed().sorted(Comparator.comparingDouble((Integer i) -> -values[i])).mapToInt(i -> i)
                .toArray();
    }
}
