package intarsia.models.execution;

/** A cluster cannot be used as asked for; the message is one line that says what to do. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with this message. */
    public ClusterException(String message) {
        super(message);
    }
}
