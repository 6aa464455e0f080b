package intarsia.linalg.heap;

/** Rounding of a double to the precision a class is written for: the one place where the sources of F64 and F32 kernels differ in type. */
public final class Rounding {
    private Rounding() {}

    /** The number itself. */
    public static double to64(double x) {
        return x;
    }

    /** The nearest float. */
    public static float to32(double x) {
        return (float) x;
    }
}
