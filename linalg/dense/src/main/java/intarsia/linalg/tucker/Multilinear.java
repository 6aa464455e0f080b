package intarsia.linalg.tucker;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.GramSum;
import intarsia.linalg.decomposition.Matrices;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Unfoldings, mode products, Kronecker and Khatri-Rao products of F64 tensors of any order.
 *
 * <p>A mode splits the modes into those before and those after it. In the form [before x n x after] each slice is a matrix, and every
 * contraction here is a sequence of matrix products on these slices. No tensor is unfolded for a product, and no Kronecker product is
 * formed for a contraction.
 */
public final class Multilinear {
    private Multilinear() {}

    /** A mode between those before and those after it. */
    private record Split(int before, int size, int after) {
        static Split of(Shape shape, int mode) {
            int[] sizes = shape.sizes();
            int k = shape.axis(mode);
            int before = IntStream.range(0, k).map(i -> sizes[i]).reduce(1, (a, b) -> a * b);
            int after = IntStream.range(k + 1, sizes.length).map(i -> sizes[i]).reduce(1, (a, b) -> a * b);
            return new Split(before, sizes[k], after);
        }
    }

    /** The mode-k unfolding [n_k x product of the other sizes], columns ordered as the package states; copied. */
    public static Tensor unfold(Tensor a, int mode) {
        Split s = Split.of(a.shape(), mode);
        double[] from = a.doubles();
        double[] to = new double[from.length];
        for (int b = 0; b < s.before; b++) {
            for (int i = 0; i < s.size; i++) {
                System.arraycopy(from, (b * s.size + i) * s.after, to, (i * s.before + b) * s.after, s.after);
            }
        }
        return Tensor.of(Shape.of(s.size, s.before * s.after), to);
    }

    /**
     * The tensor of this shape whose mode-k unfolding is {@code matrix}; copied.
     *
     * @throws ShapeException if the matrix is not what an unfolding of this shape would be
     */
    public static Tensor fold(Tensor matrix, int mode, Shape shape) {
        Split s = Split.of(shape, mode);
        Shape unfolded = Shape.of(s.size, s.before * s.after);
        if (!matrix.shape().equals(unfolded)) {
            throw new ShapeException("fold(" + matrix.shape() + ", mode " + mode + ") to " + shape + ": wants the matrix " + unfolded);
        }
        double[] from = matrix.doubles();
        double[] to = new double[from.length];
        for (int b = 0; b < s.before; b++) {
            for (int i = 0; i < s.size; i++) {
                System.arraycopy(from, (i * s.before + b) * s.after, to, (b * s.size + i) * s.after, s.after);
            }
        }
        return Tensor.of(shape, to);
    }

    /**
     * The mode-k product {@code a x_k matrix}: every mode-k fiber is multiplied by the matrix [r x n_k], and mode k gets size r; O(r
     * size(a)).
     *
     * @throws ShapeException if the matrix's columns do not match the size of the mode
     */
    public static Tensor modeProduct(Tensor a, Tensor matrix, int mode) {
        Split s = Split.of(a.shape(), mode);
        if (matrix.shape().rank() != 2 || matrix.shape().columns() != s.size) {
            throw new ShapeException("mode product of " + a.shape() + " with " + matrix.shape() + " in mode " + mode
                    + ": wants a matrix with " + s.size + " columns");
        }
        int r = matrix.shape().rows();
        Shape shape = a.shape().with(mode, r);
        double[] product = new double[shape.size()];
        if (s.after == 1) {
            Matrices.multiplyAdd(s.before, s.size, r, a.doubles(), 0, Matrices.transpose(matrix).doubles(), 0, product, 0);
        } else {
            for (int b = 0; b < s.before; b++) {
                Matrices.multiplyAdd(r, s.size, s.after, matrix.doubles(), 0, a.doubles(), b * s.size * s.after, product, b * r * s.after);
            }
        }
        return Tensor.of(shape, product);
    }

    /** The mode-k product with a transposed matrix [n_k x r]: the contraction with a factor's columns. */
    public static Tensor contract(Tensor a, Tensor matrix, int mode) {
        return modeProduct(a, Matrices.transpose(matrix), mode);
    }

    /**
     * The products with one matrix [r_k x n_k] for each mode, in ascending order of the modes.
     *
     * @throws ShapeException if there are not as many matrices as modes, or one does not match
     */
    public static Tensor modeProducts(Tensor a, List<Tensor> matrices) {
        everyMode("mode products", a, matrices);
        Tensor product = a;
        for (int k = 0; k < matrices.size(); k++) {
            product = modeProduct(product, matrices.get(k), k);
        }
        return product;
    }

    /** The contractions with the columns of one factor [n_k x r_k] for each mode: the core of a for orthonormal factors. */
    public static Tensor contractAll(Tensor a, List<Tensor> factors) {
        return contractAllBut(a, factors, -1);
    }

    /** As {@link #contractAll}, except for one mode. */
    public static Tensor contractAllBut(Tensor a, List<Tensor> factors, int left) {
        everyMode("contraction", a, factors);
        Tensor product = a;
        for (int k = 0; k < factors.size(); k++) {
            product = k == left ? product : contract(product, factors.get(k), k);
        }
        return product;
    }

    /** The Gram matrix {@code unfold(a, k) unfold(a, k)'} [n_k x n_k], symmetric to the bit; O(n_k size(a) / 2), nothing unfolded. */
    public static Tensor gram(Tensor a, int mode) {
        Split s = Split.of(a.shape(), mode);
        GramSum sum = new GramSum(s.size, (long) s.before * s.after);
        if (s.after == 1) {
            sum.add(s.before, a.doubles(), 0);
        } else {
            for (int b = 0; b < s.before; b++) {
                sum.addTransposed(s.after, a.doubles(), b * s.size * s.after);
            }
        }
        return sum.matrix();
    }

    /** The Kronecker product [m x n] kron [p x q] = [mp x nq]: entry (ip + k, jq + l) is {@code a_ij b_kl}. */
    public static Tensor kronecker(Tensor a, Tensor b) {
        matrices("kronecker", a, b);
        int p = b.shape().rows();
        int q = b.shape().columns();
        Tensor product = Tensor.zeros(a.shape().rows() * p, a.shape().columns() * q);
        int columns = product.shape().columns();
        for (int i = 0; i < product.shape().rows(); i++) {
            for (int j = 0; j < columns; j++) {
                product.doubles()[i * columns + j] = a.get(i / p, j / q) * b.get(i % p, j % q);
            }
        }
        return product;
    }

    /**
     * The Khatri-Rao product [m x r], [p x r] to [mp x r]: column j is the Kronecker product of the columns j.
     *
     * @throws ShapeException if the numbers of columns differ
     */
    public static Tensor khatriRao(Tensor a, Tensor b) {
        matrices("khatri-rao", a, b);
        int r = a.shape().columns();
        if (b.shape().columns() != r) {
            throw new ShapeException("khatri-rao(" + a.shape() + ", " + b.shape() + "): " + r + " and " + b.shape().columns() + " columns");
        }
        int p = b.shape().rows();
        Tensor product = Tensor.zeros(a.shape().rows() * p, r);
        for (int i = 0; i < product.shape().rows(); i++) {
            for (int j = 0; j < r; j++) {
                product.doubles()[i * r + j] = a.get(i / p, j) * b.get(i % p, j);
            }
        }
        return product;
    }

    /** The sum of products of two tensors of one shape. */
    public static double inner(Tensor a, Tensor b) {
        if (!a.shape().equals(b.shape())) {
            throw new ShapeException("inner(" + a.shape() + ", " + b.shape() + "): shapes differ");
        }
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum = Math.fma(a.doubles()[i], b.doubles()[i], sum);
        }
        return sum;
    }

    private static void matrices(String operation, Tensor a, Tensor b) {
        if (a.shape().rank() != 2 || b.shape().rank() != 2) {
            throw new ShapeException(operation + "(" + a.shape() + ", " + b.shape() + "): both sides must be matrices");
        }
    }

    private static void everyMode(String operation, Tensor a, List<Tensor> matrices) {
        if (matrices.size() != a.shape().rank()) {
            throw new ShapeException(operation + " of " + a.shape() + ": wants one matrix for each of the " + a.shape().rank()
                    + " modes, was given " + matrices.size());
        }
    }
}
