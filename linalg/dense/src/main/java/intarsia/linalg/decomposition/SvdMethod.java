package intarsia.linalg.decomposition;

/** The method for singular values. */
public enum SvdMethod {
    /**
     * Bidiagonalization and divide and conquer, of the triangular factor of a QR factorization where one side is at least 1.6 times the
     * other. Absolute error of each singular value about eps times the largest: small ones have fewer correct digits.
     */
    ACCURATE,

    /**
     * Eigenvectors of the smaller of {@code a a'} and {@code a' a}. Several times faster on long matrices, but squaring squares the
     * condition number: the absolute error of a singular value s is about {@code eps s_1^2 / s}, so that values below {@code sqrt(eps) s_1}
     * are lost, and the vectors of the longer side are orthogonal to about {@code eps s_1^2 / (s_i s_j)}.
     */
    GRAM,

    /**
     * One-sided Jacobi rotations of the columns of a tall matrix, the rows of a wide one. Relative error of each singular value about eps
     * times the condition number of the matrix with these scaled to norm 1 (Demmel &amp; Veselic 1992): columns in whatever units keep the
     * digits of small values. Values below 1e-144 of the largest count as 0. Some ten times as slow.
     */
    JACOBI
}
