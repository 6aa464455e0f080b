package intarsia.linalg.simd;

import intarsia.linalg.KernelProvider;
import intarsia.linalg.Kernels;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.linalg.heap.HeapKernels32;
import intarsia.linalg.heap.HeapKernels64;
import java.util.List;

/** Kernels on the Vector API. This class does not use the API itself, so that it can say what to do if the module is missing. */
public final class SimdKernels implements KernelProvider {
    private static final String MODULE = "jdk.incubator.vector";
    /** The last Java whose vector module these kernels may use: it is incubating, and may change with every Java. */
    private static final String LAST = "intarsia.simd.java";
    private static final int TESTED = 25;

    /** For {@link java.util.ServiceLoader}. */
    public SimdKernels() {}

    @Override
    public String name() {
        return "simd";
    }

    @Override
    public int preference() {
        return 10;
    }

    @Override
    public Support support() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return new Support(false, "the JDK's vector module is not there; start java with --add-modules " + MODULE);
        }
        int java = Runtime.version().feature();
        if (java > Integer.getInteger(LAST, TESTED)) {
            return new Support(false, "the vector module of Java " + java + " is newer than these kernels, which are tested up to Java "
                    + TESTED + "; start java with -D" + LAST + "=" + java + " to use it all the same");
        }
        String width = System.getProperty(Width.PROPERTY);
        if (width != null && !List.of("128", "256", "512").contains(width)) {
            return new Support(false, "-D" + Width.PROPERTY + "=" + width + ": a vector has 128, 256 or 512 bits");
        }
        return new Support(true, Width.bits() + "-bit vectors of " + MODULE);
    }

    @Override
    public Kernels open(Precision precision, Pool pool) {
        return switch (precision) {
            case F64 -> new HeapKernels64(Warming.on() ? new WarmingLoops64() : new VectorLoops64(), pool);
            case F32 -> new HeapKernels32(Warming.on() ? new WarmingLoops32() : new VectorLoops32(), pool);
        };
    }
}
