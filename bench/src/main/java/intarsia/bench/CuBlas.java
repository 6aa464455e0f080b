package intarsia.bench;

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
import java.util.List;
import java.util.Optional;

/**
 * NVIDIA's product of square matrices, where CUDA's libraries are installed: in pedantic mode, which keeps tensor cores out of both
 * precisions.
 */
@SuppressWarnings("restricted")
final class CuBlas implements AutoCloseable {
    private static final int PEDANTIC = 2;
    private static final Linker LINKER = Linker.nativeLinker();

    private final SymbolLookup cuda;
    private final SymbolLookup blas;
    private final Arena arena = Arena.ofShared();
    private final long handle;
    private final Precision precision;
    private final MethodHandle gemm;

    private CuBlas(SymbolLookup cuda, SymbolLookup blas, Precision precision) {
        this.cuda = cuda;
        this.blas = blas;
        this.precision = precision;
        MemorySegment place = arena.allocate(JAVA_LONG);
        call(blas, "cublasCreate_v2", FunctionDescriptor.of(JAVA_INT, ADDRESS), place);
        handle = place.get(JAVA_LONG, 0);
        call(blas, "cublasSetMathMode", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT), handle, PEDANTIC);
        gemm = LINKER.downcallHandle(blas.findOrThrow(precision == Precision.F64 ? "cublasDgemm_v2" : "cublasSgemm_v2"),
                FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT,
                        JAVA_LONG, JAVA_INT,
                        ADDRESS, JAVA_LONG, JAVA_INT));
    }

    static Optional<CuBlas> installed(Precision precision) {
        Optional<SymbolLookup> cuda = library("libcudart.so.13", "libcudart.so.12", "libcudart.so.11.0", "libcudart.so");
        Optional<SymbolLookup> blas = library("libcublas.so.13", "libcublas.so.12", "libcublas.so.11", "libcublas.so");
        return cuda.isEmpty() || blas.isEmpty() ? Optional.empty() : Optional.of(new CuBlas(cuda.get(), blas.get(), precision));
    }

    private static Optional<SymbolLookup> library(String... names) {
        for (String name : List.of(names)) {
            try {
                return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        return Optional.empty();
    }

    /** Nanoseconds of a product. All numbers are alike: dense arithmetic takes as long on any. */
    double nanos(int size, int millis) {
        long bytes = (long) size * size * precision.bytes();
        long[] matrices = {allocate(bytes), allocate(bytes), allocate(bytes)};
        MemorySegment one = arena.allocate(8);
        MemorySegment zero = arena.allocate(8);
        if (precision == Precision.F64) {
            one.set(JAVA_DOUBLE, 0, 1);
        } else {
            one.set(JAVA_FLOAT, 0, 1);
        }
        try {
            return Stopwatch.nanos(() -> multiply(size, matrices, one, zero),
                    () -> call(cuda, "cudaDeviceSynchronize", FunctionDescriptor.of(JAVA_INT)), millis);
        } finally {
            for (long matrix : matrices) {
                call(cuda, "cudaFree", FunctionDescriptor.of(JAVA_INT, JAVA_LONG), matrix);
            }
        }
    }

    private void multiply(int n, long[] matrices, MemorySegment one, MemorySegment zero) {
        try {
            require("cublas gemm", (int) gemm.invokeExact(handle, 0, 0, n, n, n, one, matrices[0], n, matrices[1], n, zero, matrices[2],
                    n));
        } catch (Throwable e) {
            throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
        }
    }

    private long allocate(long bytes) {
        MemorySegment place = arena.allocate(JAVA_LONG);
        call(cuda, "cudaMalloc", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG), place, bytes);
        long pointer = place.get(JAVA_LONG, 0);
        call(cuda, "cudaMemset", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG), pointer, 0x3d, bytes);
        return pointer;
    }

    private static void call(SymbolLookup in, String name, FunctionDescriptor descriptor, Object... arguments) {
        try {
            require(name, (int) LINKER.downcallHandle(in.findOrThrow(name), descriptor).invokeWithArguments(arguments));
        } catch (Throwable e) {
            throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
        }
    }

    private static void require(String function, int status) {
        if (status != 0) {
            throw new IllegalStateException(function + " answered " + status);
        }
    }

    @Override
    public void close() {
        call(blas, "cublasDestroy_v2", FunctionDescriptor.of(JAVA_INT, JAVA_LONG), handle);
        arena.close();
    }
}
