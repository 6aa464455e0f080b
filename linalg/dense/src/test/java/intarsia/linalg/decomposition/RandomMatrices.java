package intarsia.linalg.decomposition;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;

/** Matrices for the tests: Gaussian, and the degenerate ones that data bring along. */
public final class RandomMatrices {
    private RandomMatrices() {}

    /** Standard normal entries. */
    public static Tensor gaussian(RandomStream random, int... sizes) {
        Tensor a = Tensor.zeros(sizes);
        for (int i = 0; i < a.size(); i++) {
            a.doubles()[i] = random.nextGaussian();
        }
        return a;
    }

    /** Gaussian, or (one time in two) with zero, duplicated, huge or tiny columns, or of low rank. */
    static Tensor awkward(RandomStream random, int rows, int columns) {
        Tensor a = gaussian(random, rows, columns);
        int from = random.nextInt(columns);
        int to = random.nextInt(columns);
        switch (random.nextInt(10)) {
            case 0 -> column(a, to, a, from, 0);
            case 1 -> column(a, to, a, from, 1);
            case 2 -> column(a, to, a, from, 1e8);
            case 3 -> column(a, to, a, from, 1e-8);
            case 4 -> a = Matrices.product(gaussian(random, rows, 1), gaussian(random, 1, columns));
            default -> { }
        }
        return a;
    }

    private static void column(Tensor a, int to, Tensor source, int from, double scale) {
        for (int i = 0; i < a.shape().rows(); i++) {
            a.set(scale * source.get(i, from), i, to);
        }
    }

    /** The largest magnitude of an entry of a - b. */
    public static double distance(Tensor a, Tensor b) {
        if (!a.shape().equals(b.shape())) {
            throw new AssertionError(a.shape() + " is not " + b.shape());
        }
        double largest = 0;
        for (int i = 0; i < a.size(); i++) {
            largest = Math.max(largest, Math.abs(a.at(i) - b.at(i)));
        }
        return largest;
    }

    /** How far the columns are from orthonormal. */
    public static double fromOrthonormal(Tensor q) {
        return distance(Matrices.gram(q), Matrices.identity(q.shape().columns()));
    }

    /** The diagonal matrix of a vector. */
    static Tensor diagonal(Tensor values) {
        Tensor d = Matrices.identity(values.size());
        for (int i = 0; i < values.size(); i++) {
            d.set(values.at(i), i, i);
        }
        return d;
    }

    /** A copy under its own shape, for tests of what must not be written. */
    static Tensor frozen(Tensor a) {
        return Tensor.of(Shape.of(a.shape().sizes()), a.toDoubles());
    }
}
