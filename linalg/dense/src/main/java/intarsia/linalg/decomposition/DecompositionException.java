package intarsia.linalg.decomposition;

/**
 * A matrix that does not have the decomposition asked for, or whose iteration did not converge; the message names the matrix's shape and
 * the reason.
 */
public final class DecompositionException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    /** An error with this message. */
    public DecompositionException(String message) {
        super(message);
    }
}
