package intarsia.cli.bits;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What is computed to compare bits: kernels, ops with their derivatives, steps of training, decompositions, whole fits. */
public final class BitsCases {
    private BitsCases() {}

    /**
     * A case.
     *
     * @param name      for people
     * @param precision of the engine
     * @param onHost    whether it needs ops that only a CPU has: factorizations
     * @param work      adds what an engine computes to a digest
     */
    record BitsCase(String name, Precision precision, boolean onHost, BiConsumer<Engine, Digest> work) {
        /** In F64, on every engine. */
        BitsCase(String name, BiConsumer<Engine, Digest> work) {
            this(name, Precision.F64, work);
        }

        /** On every engine. */
        BitsCase(String name, Precision precision, BiConsumer<Engine, Digest> work) {
            this(name, precision, false, work);
        }
    }

    static List<BitsCase> all() {
        List<BitsCase> all = new ArrayList<>();
        all.addAll(KernelDigests.cases());
        all.addAll(OpDigests.cases());
        all.addAll(DecompositionDigests.cases());
        all.addAll(FitDigests.cases());
        return all;
    }

    /**
     * Computes them.
     *
     * @param engine how each case opens its engine, but for the precision
     * @param part   those whose name begins with this; all with an empty one
     * @return the digest of each that the engine can compute, by its name
     */
    public static Map<String, String> compute(Engine.Options engine, String part) {
        Map<String, String> digests = new LinkedHashMap<>();
        for (BitsCase of : all()) {
            if (of.name.startsWith(part)) {
                Digest digest = new Digest();
                try (Engine open = engine.precision(of.precision).open()) {
                    if (open.kernels().onHost() || !of.onHost) {
                        of.work.accept(open, digest);
                        digests.put(of.name, digest.text());
                    }
                }
            }
        }
        return digests;
    }
}
