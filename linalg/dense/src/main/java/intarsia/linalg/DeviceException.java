package intarsia.linalg;

/**
 * A compute device could not be opened, refused an operation or was lost. The message names the operation, the device and its error;
 * callers add the context by {@link #during}.
 */
public final class DeviceException extends RuntimeException {
    /** With this message. */
    public DeviceException(String message) {
        super(message);
    }

    private DeviceException(String message, DeviceException cause) {
        super(message, cause);
    }

    /** The same exception, with this context before its message. */
    public DeviceException during(String what) {
        return new DeviceException(what + ": " + getMessage(), this);
    }
}
