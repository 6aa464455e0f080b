/**
 * Matrix products and decompositions on the host, in double precision: tensors in, tensors out.
 *
 * <p>All are our own, most of their work in matrix products. Cholesky factors, triangular systems and inverses go by recursion over
 * products. QR, eigenvalues and singular values are by Householder reflections, applied together ({@link
 * intarsia.linalg.decomposition.Qr}, {@link intarsia.linalg.decomposition.SymmetricEigen}, {@link intarsia.linalg.decomposition.Svd}), and
 * divide and conquer. The bits of a result depend neither on the width of vectors nor on threads. The order of values and the signs of
 * vectors are fixed, so that a result is unique. Every method needs finite F64 matrices with at least one row and one column, does not
 * change its arguments, and fails with {@link intarsia.linalg.ShapeException} or
 * {@link intarsia.linalg.decomposition.DecompositionException}.
 *
 * <h2>Units</h2>
 * Every method works on numbers divided by powers of two, so that squares neither overflow nor vanish: the whole matrix ({@link
 * intarsia.linalg.decomposition.Scaled}), or each column in QR and each row and column in Cholesky. That is exact: in other units the
 * results are the same, up to the ends of the range of doubles. A result beyond it is refused.
 *
 * <h2>Signs</h2>
 * A singular or eigenvector is determined up to its sign. Here the entry of largest magnitude is positive (the first one, of entries that
 * differ by less than one part in 10<sup>8</sup>); for singular pairs the left vector decides. In a QR factorization the diagonal of R is
 * not negative.
 */
package intarsia.linalg.decomposition;
