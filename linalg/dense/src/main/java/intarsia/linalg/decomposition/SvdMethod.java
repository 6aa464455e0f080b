package intarsia.linalg.decomposition;

/** The method for singular values: accurate or fast. */
public enum SvdMethod {
    /**
     * Bidiagonalization, of the triangular factor of a QR factorization where one side is at least twice the other. Absolute error of each
     * singular value about eps times the largest: small ones have fewer correct digits.
     */
    ACCURATE,

    /**
     * Eigenvectors of the smaller of {@code a a'} and {@code a' a}. Several times faster on long matrices, but squaring squares the
     * condition number: the absolute error of a singular value s is about {@code eps s_1^2 / s}, so that values below {@code 1e-8 s_1} are
     * lost, and the vectors of the longer side are orthogonal to about {@code eps s_1^2 / (s_i s_j)}.
     */
    GRAM
}
