package intarsia.linalg;

/**
 * A device on which kernels run could not be had, refused something or was lost. The message says what was asked of it, on which device, and its answer
 * by name; who knows more of what was going on adds that by {@link #during}.
 */
public final class DeviceException extends RuntimeException {
    /** With this message. */
    public DeviceException(String message) {
        super(message);
    }

    private DeviceException(String message, DeviceException cause) {
        super(message, cause);
    }

    /** The same, with what was going on before its message. */
    public DeviceException during(String what) {
        return new DeviceException(what + ": " + getMessage(), this);
    }
}
