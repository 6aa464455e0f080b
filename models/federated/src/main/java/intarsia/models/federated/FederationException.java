package intarsia.models.federated;

/** What ends a federated fit here; the message is one line that says what to do. */
public final class FederationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message. */
    public FederationException(String message) {
        super(message);
    }

    /** With a message and what it comes from. */
    public FederationException(String message, Throwable cause) {
        super(message, cause);
    }
}
