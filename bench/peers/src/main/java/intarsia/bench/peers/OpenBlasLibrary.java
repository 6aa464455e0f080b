package intarsia.bench.peers;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The functions used of OpenBLAS, from the native library in bytedeco's jar, unpacked where temporary files go. Handles are constants, and
 * segments of the heap are passed as they are, so that a call costs a few nanoseconds and copies nothing.
 */
@SuppressWarnings("restricted")
final class OpenBlasLibrary {
    private static final String FOLDER = "/org/bytedeco/openblas/linux-x86_64/";
    private static final SymbolLookup SYMBOLS = load();

    private static final MethodHandle SGEMM = gemm("cblas_sgemm", JAVA_FLOAT);
    private static final MethodHandle DGEMM = gemm("cblas_dgemm", JAVA_DOUBLE);
    private static final MethodHandle DGESDD = handle("LAPACKE_dgesdd", JAVA_INT, JAVA_BYTE, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS,
            ADDRESS,
            JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle DSYEVD = handle("LAPACKE_dsyevd", JAVA_INT, JAVA_BYTE, JAVA_BYTE, JAVA_INT, ADDRESS, JAVA_INT,
            ADDRESS);
    private static final MethodHandle DGEQRF = handle("LAPACKE_dgeqrf", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle DORGQR = handle("LAPACKE_dorgqr", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle DGETRF = handle("LAPACKE_dgetrf", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle DPOTRF = handle("LAPACKE_dpotrf", JAVA_INT, JAVA_BYTE, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle DPOTRI = handle("LAPACKE_dpotri", JAVA_INT, JAVA_BYTE, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle DTRSM = bound("cblas_dtrsm",
            FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
            JAVA_INT, JAVA_DOUBLE, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));

    private OpenBlasLibrary() {}

    static void sgemm(int order, int left, int right, int m, int n, int k, float alpha, MemorySegment a, int lda, MemorySegment b, int ldb,
            float beta,
            MemorySegment c, int ldc) {
        try {
            SGEMM.invokeExact(order, left, right, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void dgemm(int order, int left, int right, int m, int n, int k, double alpha, MemorySegment a, int lda, MemorySegment b, int ldb,
            double beta,
            MemorySegment c, int ldc) {
        try {
            DGEMM.invokeExact(order, left, right, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void dgesdd(int order, byte job, int m, int n, MemorySegment a, int lda, MemorySegment s, MemorySegment u, int ldu,
            MemorySegment vt, int ldvt) {
        try {
            require("dgesdd", (int) DGESDD.invokeExact(order, job, m, n, a, lda, s, u, ldu, vt, ldvt));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void dsyevd(int order, byte job, byte half, int n, MemorySegment a, int lda, MemorySegment values) {
        try {
            require("dsyevd", (int) DSYEVD.invokeExact(order, job, half, n, a, lda, values));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void dgeqrf(int order, int m, int n, MemorySegment a, int lda, MemorySegment tau) {
        try {
            require("dgeqrf", (int) DGEQRF.invokeExact(order, m, n, a, lda, tau));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void dorgqr(int order, int m, int n, int k, MemorySegment a, int lda, MemorySegment tau) {
        try {
            require("dorgqr", (int) DORGQR.invokeExact(order, m, n, k, a, lda, tau));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void dgetrf(int order, int m, int n, MemorySegment a, int lda, MemorySegment pivots) {
        try {
            require("dgetrf", (int) DGETRF.invokeExact(order, m, n, a, lda, pivots));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void dpotrf(int order, byte half, int n, MemorySegment a, int lda) {
        try {
            require("dpotrf", (int) DPOTRF.invokeExact(order, half, n, a, lda));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void dpotri(int order, byte half, int n, MemorySegment a, int lda) {
        try {
            require("dpotri", (int) DPOTRI.invokeExact(order, half, n, a, lda));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void dtrsm(int order, int side, int half, int form, int unit, int m, int n, double alpha, MemorySegment a, int lda,
            MemorySegment b, int ldb) {
        try {
            DTRSM.invokeExact(order, side, half, form, unit, m, n, alpha, a, lda, b, ldb);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static void require(String function, int status) {
        if (status != 0) {
            throw new IllegalStateException(function + " returned " + status);
        }
    }

    private static RuntimeException failed(Throwable e) {
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }

    private static MethodHandle gemm(String name, MemoryLayout number) {
        return bound(name, FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, number, ADDRESS, JAVA_INT,
                ADDRESS,
                JAVA_INT, number, ADDRESS, JAVA_INT));
    }

    private static MethodHandle handle(String name, MemoryLayout... arguments) {
        return bound(name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MethodHandle bound(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(SYMBOLS.findOrThrow(name), descriptor, Linker.Option.critical(true));
    }

    private static SymbolLookup load() {
        try {
            Path folder = Files.createTempDirectory("openblas");
            SymbolLookup symbols = null;
            // Each needs those before it.
            for (String name : new String[] {"libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0"}) {
                Path file = folder.resolve(name);
                try (InputStream in = OpenBlasLibrary.class.getResourceAsStream(FOLDER + name)) {
                    if (in == null) {
                        throw new IllegalStateException("no " + name + " on the class path; bytedeco's openblas is for linux-x86_64 here");
                    }
                    Files.copy(in, file);
                }
                symbols = SymbolLookup.libraryLookup(file, Arena.global());
                file.toFile().deleteOnExit();
            }
            folder.toFile().deleteOnExit();
            Linker.nativeLinker().downcallHandle(symbols.findOrThrow("openblas_set_num_threads"),
                    FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(1);
            return symbols;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Throwable e) {
            throw failed(e);
        }
    }
}
