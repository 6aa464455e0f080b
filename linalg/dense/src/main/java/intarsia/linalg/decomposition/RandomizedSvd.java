package intarsia.linalg.decomposition;

import intarsia.linalg.RandomStream;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;

/**
 * The leading singular triples of a matrix [m x n] by a randomized range finder (Halko, Martinsson &amp; Tropp 2011): an orthonormal basis
 * q of {@code (a a')^s a x}, x standard normal with l = rank + oversampling columns, then the decomposition of {@code q'a}, truncated.
 *
 * <p>Without power iterations (s = 0) {@code E ||a - q q'a||_F <= (1 + rank / (oversampling - 1))^(1/2) (sum of squares of the values from
 * rank + 1 on)^(1/2)}, their theorem 10.5; each power iteration brings it nearer to the sum itself, by the powers 2 s + 1 of the ratios of
 * values. What was reached is known exactly: {@link #residual()}.
 *
 * @param svd      the leading triples
 * @param residual {@code ||a - left diag(values) right'||_F}, computed; by Weyl's inequality no singular value of a lies further from the
 *                 one found, and those behind are not larger
 */
public record RandomizedSvd(Svd svd, double residual) {
    /** The columns drawn beyond the rank, and the power iterations, unless others are given. */
    public static final int OVERSAMPLING = 10;
    public static final int POWER_ITERATIONS = 2;

    /** Decomposes with the usual settings; a stream at the same seed and path gives the same bits. */
    public static RandomizedSvd of(Tensor a, int rank, RandomStream random) {
        return of(a, rank, OVERSAMPLING, POWER_ITERATIONS, random);
    }

    /**
     * Decomposes; {@code O(m n l (s + 1))}, l columns and s power iterations, between which the basis is made orthonormal.
     *
     * @throws ShapeException           if {@code a} is not a matrix or has no entries
     * @throws IllegalArgumentException if the rank is not between 1 and the smaller side, or another setting is negative
     * @throws DecompositionException   if {@code a} is not finite, or a value is more than a double holds
     */
    public static RandomizedSvd of(Tensor a, int rank, int oversampling, int powerIterations, RandomStream random) {
        Matrices.decomposable("randomized svd", a);
        int m = a.shape().rows();
        int n = a.shape().columns();
        int most = Math.min(m, n);
        if (rank < 1 || rank > most) {
            throw new IllegalArgumentException("randomized svd(" + a.shape() + "): rank " + rank + " is not between 1 and " + most);
        }
        if (oversampling < 0 || powerIterations < 0) {
            throw new IllegalArgumentException("randomized svd: oversampling " + oversampling + " and power iterations " + powerIterations
                    + " must not be negative");
        }
        Scaled scaled = Scaled.of(a);
        Tensor x = Tensor.zeros(n, Math.min(most, rank + oversampling));
        for (int i = 0; i < x.size(); i++) {
            x.doubles()[i] = random.nextGaussian();
        }
        Tensor q = Qr.of(Matrices.product(scaled.numbers(), x)).q();
        for (int k = 0; k < powerIterations; k++) {
            Tensor back = Qr.of(Matrices.product(scaled.numbers(), true, q, false)).q();
            q = Qr.of(Matrices.product(scaled.numbers(), back)).q();
        }
        Svd small = Svd.of(Matrices.product(q, true, scaled.numbers(), false)).truncate(rank);
        Svd leading = new Svd(Matrices.product(q, small.left()), small.values(), small.right()).signed();
        Tensor rest = leading.reconstruct();
        for (int i = 0; i < rest.size(); i++) {
            rest.doubles()[i] = scaled.numbers().at(i) - rest.at(i);
        }
        Tensor values = scaled.back("randomized svd(" + a.shape() + "): a singular value", leading.values());
        return new RandomizedSvd(new Svd(leading.left(), values, leading.right()), scaled.back(Matrices.norm(rest)));
    }
}
