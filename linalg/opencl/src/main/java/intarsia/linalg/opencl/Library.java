package intarsia.linalg.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import intarsia.linalg.DeviceException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;

/** The machine's OpenCL loader, a shared library that finds the drivers. Looked for once, when first needed. */
@SuppressWarnings("restricted")
final class Library {
    /** The system property that names the loader's file where it is not in its usual place. */
    static final String PROPERTY = "intarsia.opencl.library";

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS;
    private static final String MISSING;

    static {
        SymbolLookup found = null;
        String missing = null;
        try {
            leaveDivisionByZeroToJava();
            found = load(names());
            missing = found == null ? "no OpenCL loader here (looked for " + String.join(", ", names()) + "); install the driver of your GPU, or on "
                    + "Debian ocl-icd-libopencl1, or name the loader by -D" + PROPERTY + "=FILE" : null;
        } catch (IllegalCallerException e) {
            missing = "native code is not allowed to run; start java with --enable-native-access=ALL-UNNAMED";
        }
        SYMBOLS = found;
        MISSING = missing;
    }

    private Library() {}

    /** Throws, saying what to do, unless there is a loader. */
    static void require() {
        if (MISSING != null) {
            throw new DeviceException(MISSING);
        }
    }

    /** A function that returns a status. */
    static MethodHandle function(String name, MemoryLayout... parameters) {
        return handle(name, FunctionDescriptor.of(JAVA_INT, parameters));
    }

    /** A function of the loader. */
    static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        require();
        return LINKER.downcallHandle(SYMBOLS.find(name)
                .orElseThrow(() -> new DeviceException("the OpenCL loader has no " + name + "; one of OpenCL 1.2 or later is needed")), descriptor);
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
     * PoCL catches the signal of a division by zero when a program first asks for platforms, and the JVM's own handler is gone: 1 / 0 is then
     * some number and no ArithmeticException. PoCL leaves the signal alone if it finds this variable.
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
