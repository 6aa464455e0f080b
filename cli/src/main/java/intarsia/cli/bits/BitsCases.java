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
     * @param name for people
     * @param work adds what an engine computes to a digest
     */
    record BitsCase(String name, BiConsumer<Engine, Digest> work) {}

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
     * @param engine of both precisions' options; the cases open engines like it
     * @param part   those whose name begins with this; all with an empty one
     * @return the digest of each, by its name
     */
    public static Map<String, String> compute(Engine.Options engine, String part) {
        Map<String, String> digests = new LinkedHashMap<>();
        for (BitsCase of : all()) {
            if (of.name.startsWith(part)) {
                Digest digest = new Digest();
                Engine.Options own = engine.precision(of.name.contains("F32") ? Precision.F32
                        : Precision.F64);
                try (Engine open = own.open()) {
                    of.work.accept(open, digest);
                }
                digests.put(of.name, digest.text());
            }
        }
        return digests;
    }
}
