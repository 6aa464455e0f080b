package intarsia.models.gp;

/**
 * The kinds of kernel that a source may have; x_s are its p_s centered features, q_s those of its features that are quantities.
 *
 * <pre>
 * linear      x_s'x'_s / p_s
 * squares     sum_k z_sk z'_sk / q_s,   z = (x^2 - 1) / sqrt(2)       each quantity's own square
 * quadratic   (x_s'x'_s / p_s)^2                                      all products of two features
 * smooth      phi(||x_s - x'_s||^2 / (p_s l_s^2))                     see {@link SmoothKernel}
 * </pre>
 */
public enum KernelKind {
    /** Straight lines. */
    LINEAR,
    /** A parabola in each quantity. */
    SQUARES,
    /** All products of two features. */
    QUADRATIC,
    /** Any smooth function. */
    SMOOTH
}
