package intarsia.models.data;

/** Data that cannot be learned from; the message is one line naming task, source, column and row, and what to do. */
public class DataException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** An error with this message. */
    public DataException(String message) {
        super(message);
    }
}
