package intarsia.linalg;

/** Shapes that do not fit an operation; the message names the operation, the full shapes and the rule that failed. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** An error with this message. */
    public ShapeException(String message) {
        super(message);
    }
}
