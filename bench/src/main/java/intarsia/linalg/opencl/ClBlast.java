package intarsia.linalg.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import intarsia.linalg.Precision;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** CLBlast's product of square row-major matrices, where the library is installed (Debian: libclblast1). */
@SuppressWarnings("restricted")
record ClBlast(Precision precision, MethodHandle gemm) {
    private static final int ROW_MAJOR = 101;
    private static final int AS_IS = 111;

    static Optional<ClBlast> installed(Precision precision) {
        try {
            SymbolLookup symbols = SymbolLookup.libraryLookup("libclblast.so.1", Arena.global());
            MemoryLayout number = precision == Precision.F64 ? JAVA_DOUBLE : JAVA_FLOAT;
            return symbols.find(precision == Precision.F64 ? "CLBlastDgemm" : "CLBlastSgemm").map(address -> new ClBlast(precision,
                    Linker.nativeLinker().downcallHandle(address,
                            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                            number, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, number, JAVA_LONG, JAVA_LONG,
                                    JAVA_LONG, ADDRESS, ADDRESS))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void multiply(long queue, int size, long a, long b, long c) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment queues = arena.allocateFrom(JAVA_LONG, queue);
            long n = size;
            int status = precision == Precision.F64
                    ? (int) gemm.invokeExact(ROW_MAJOR, AS_IS, AS_IS, n, n, n, 1.0, a, 0L, n, b, 0L, n, 0.0, c, 0L, n, queues,
                            MemorySegment.NULL)
                    : (int) gemm.invokeExact(ROW_MAJOR, AS_IS, AS_IS, n, n, n, 1f, a, 0L, n, b, 0L, n, 0f, c, 0L, n, queues,
                            MemorySegment.NULL);
            if (status != 0) {
                throw new IllegalStateException("CLBlast answered " + status);
            }
        } catch (Throwable e) {
            throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
        }
    }
}
