package intarsia.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import intarsia.linalg.Engine;
import intarsia.linalg.KernelProvider;
import java.util.List;

/** Which kernels are proven by what. */
final class Providers {
    private Providers() {}

    /** Those that run here and are held to the same bits: all that may be chosen without being asked for. */
    static List<KernelProvider> ofEqualBits() {
        return Engine.providers().stream().filter(provider -> provider.preference() >= 0 && provider.support().available()).toList();
    }

    /** Those on a device, which are held to a tolerance; the test is skipped, saying why, where there is none. */
    static KernelProvider onDevice() {
        KernelProvider opencl = Engine.providers().stream().filter(provider -> provider.name().equals("opencl")).findFirst().orElseThrow();
        KernelProvider.Support support = opencl.support();
        assumeTrue(support.available(), support.why());
        return opencl;
    }
}
