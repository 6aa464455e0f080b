package intarsia.linalg.decomposition;

/**
 * A matrix does not have the requested decomposition, or the iteration did not converge; the message names the matrix's shape and the
 * reason.
 */
public final class DecompositionException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    /** An error with this message. */
    public DecompositionException(String message) {
        super(message);
    }
}
