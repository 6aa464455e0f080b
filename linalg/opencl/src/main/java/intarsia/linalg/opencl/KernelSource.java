package intarsia.linalg.opencl;

import intarsia.linalg.Coefficients32;
import intarsia.linalg.Coefficients64;
import intarsia.linalg.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;

/** The source text of programs: the .cl resources of this package, and the coefficients of {@link intarsia.linalg.Elementary}. */
final class KernelSource {
    private static final String PRELUDE64 = """
            #pragma OPENCL EXTENSION cl_khr_fp64 : enable
            #pragma OPENCL FP_CONTRACT OFF
            typedef double real;
            typedef long bits;
            typedef ulong ubits;
            #define AS_REAL as_double
            #define AS_BITS as_long
            #define SIGN_BIT LONG_MIN
            #define HALF 0.5
            """ + coefficients(Coefficients64.class) + read("elementary64.cl") + read("elementary.cl");
    private static final String PRELUDE32 = """
            #pragma OPENCL FP_CONTRACT OFF
            typedef float real;
            typedef int bits;
            typedef uint ubits;
            #define AS_REAL as_float
            #define AS_BITS as_int
            #define SIGN_BIT INT_MIN
            #define HALF 0.5f
            """ + coefficients(Coefficients32.class) + read("elementary32.cl") + read("elementary.cl");

    /** Every kernel that is always the same. */
    static final String KERNELS = read("kernels.cl");
    /** The product, with its choices still open. */
    static final String MATMUL = read("matmul.cl");

    private KernelSource() {}

    /**
     * The prelude of every program: the type of a number, and the functions of {@link intarsia.linalg.Unary} and {@link
     * intarsia.linalg.Binary}.
     */
    static String prelude(Precision precision) {
        return switch (precision) {
            case F64 -> PRELUDE64;
            case F32 -> PRELUDE32;
        };
    }

    private static String coefficients(Class<?> holder) {
        StringBuilder text = new StringBuilder();
        try {
            for (Field field : holder.getFields()) {
                text.append("#define ").append(field.getName()).append(" (").append(switch (field.get(null)) {
                    case Double x -> Double.toHexString(x);
                    case Float x -> Float.toHexString(x) + "f";
                    case Long x -> "0x" + Long.toHexString(x) + "L";
                    case Integer x -> x.toString();
                    default -> throw new AssertionError(field);
                }).append(")\n");
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }

    private static String read(String name) {
        try (InputStream in = KernelSource.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
