package intarsia.linalg;

/** The precision of a number; every tensor, buffer and kernel has exactly one. */
public enum Precision {
    /** IEEE 754 binary32, Java's {@code float}. */
    F32(4, 0x1p-23),
    /** IEEE 754 binary64, Java's {@code double}. */
    F64(8, 0x1p-52);

    private final int bytes;
    private final double epsilon;

    Precision(int bytes, double epsilon) {
        this.bytes = bytes;
        this.epsilon = epsilon;
    }

    /** The size of a number in bytes. */
    public int bytes() {
        return bytes;
    }

    /** The distance from 1 to the next larger number: 2^-23 or 2^-52. */
    public double epsilon() {
        return epsilon;
    }
}
