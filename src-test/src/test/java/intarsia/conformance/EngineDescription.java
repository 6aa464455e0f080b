package intarsia.conformance;

import intarsia.linalg.Engine;
import intarsia.linalg.KernelProvider;

/** Prints what an engine opened without a name says of its kernels, twice, and the names of all providers. */
final class EngineDescription {
    private EngineDescription() {}

    public static void main(String[] arguments) {
        for (int i = 0; i < 2; i++) {
            try (Engine engine = Engine.open()) {
                System.out.println(engine.describe().lines().findFirst().orElseThrow());
            }
        }
        System.out.println(Engine.providers().stream().map(KernelProvider::name).toList());
    }
}
