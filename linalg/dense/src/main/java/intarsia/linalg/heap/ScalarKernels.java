package intarsia.linalg.heap;

import intarsia.linalg.KernelProvider;
import intarsia.linalg.Kernels;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;

/** Plain Java kernels, always available. */
public final class ScalarKernels implements KernelProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ScalarKernels() {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public Support support() {
        return new Support(true, "plain Java, runs everywhere");
    }

    @Override
    public Kernels open(Precision precision, Pool pool) {
        return switch (precision) {
            case F64 -> new HeapKernels64(new ScalarLoops64(), pool);
            case F32 -> new HeapKernels32(new ScalarLoops32(), pool);
        };
    }
}
