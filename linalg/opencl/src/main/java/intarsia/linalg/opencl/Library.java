package intarsia.linalg.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import intarsia.linalg.DeviceException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The machine's OpenCL loader, a shared library that finds the drivers. Looked for once, when first needed. */
@SuppressWarnings("restricted")
final class Library {
    /** The system property that names the loader's file if it is not in its usual place. */
    static final String PROPERTY = "intarsia.opencl.library";

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS;
    /** The missing part and what to do, or null; complete once {@link Cl} is initialized. */
    private static String missing;
    /** Not final, so that the division is not optimized away. */
    private static int zero;

    static {
        SymbolLookup found = null;
        try {
            leaveDivisionByZeroToJava();
            found = load(names());
            missing = found == null ? "no OpenCL loader here (looked for " + String.join(", ", names())
                    + "); install the driver of your GPU, or on "
                    + "Debian ocl-icd-libopencl1, or name the loader by -D" + PROPERTY + "=FILE" : null;
        } catch (IllegalCallerException e) {
            missing = "native code is not allowed to run; start java with --enable-native-access=ALL-UNNAMED";
        }
        SYMBOLS = found;
    }

    private Library() {}

    /** Throws, with what to do, unless there is a loader with all functions requested so far. */
    static void require() {
        if (missing != null) {
            throw new DeviceException(missing);
        }
    }

    /** A function that returns a status. */
    static MethodHandle function(String name, MemoryLayout... parameters) {
        return handle(name, FunctionDescriptor.of(JAVA_INT, parameters));
    }

    /** A function of the loader; null if it has none, which {@link #require} reports. */
    static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        if (missing != null) {
            return null;
        }
        Optional<MemorySegment> address = SYMBOLS.find(name);
        if (address.isEmpty()) {
            missing = "the OpenCL loader has no " + name + "; one of OpenCL 1.2 or later is needed";
            return null;
        }
        return LINKER.downcallHandle(address.get(), descriptor);
    }

    private static List<String> names() {
        String given = System.getProperty(PROPERTY);
        if (given != null) {
            return List.of(given);
        }
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return system.startsWith("windows") ? List.of("OpenCL.dll")
                : system.startsWith("mac") ? List.of("/System/Library/Frameworks/OpenCL.framework/OpenCL")
                : List.of("libOpenCL.so.1", "libOpenCL.so");
    }

    private static SymbolLookup load(List<String> names) {
        for (String name : names) {
            try {
                return SymbolLookup.libraryLookup(name, Arena.global());
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        return null;
    }

    /**
     * Throws if a driver took over the signal of a division by zero after all, because of its settings or because it was in use before this
     * library.
     */
    static void requireDivisionByZero() {
        try {
            int ignored = 1 / zero;
        } catch (ArithmeticException e) {
            return;
        }
        throw new DeviceException("an OpenCL driver took over the signal of a division by zero, without which Java computes wrong; "
                + "start java with the environment variable POCL_SIGFPE_HANDLER=0");
    }

    /**
     * PoCL catches the signal of a division by zero when a program first asks for platforms, and the JVM's own handler is gone: 1 / 0 is
     * then some number and no ArithmeticException. PoCL leaves the signal alone if it finds this variable.
     */
    private static void leaveDivisionByZeroToJava() {
        LINKER.defaultLookup().find("setenv").ifPresent(address -> {
            MethodHandle setenv = LINKER.downcallHandle(address, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
            try (Arena arena = Arena.ofConfined()) {
                int ignored = (int) setenv.invokeExact(arena.allocateFrom("POCL_SIGFPE_HANDLER"), arena.allocateFrom("0"), 0);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
