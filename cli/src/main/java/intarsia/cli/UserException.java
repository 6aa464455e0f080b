package intarsia.cli;

/** Something a person can put right at the command line; the message is one line that says what to do. */
final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserException(String message) {
        super(message);
    }
}
