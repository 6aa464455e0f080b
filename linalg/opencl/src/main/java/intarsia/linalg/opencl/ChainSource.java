package intarsia.linalg.opencl;

import intarsia.linalg.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The program of a {@link Chain}: every work-item loads its element of each operand, computes in registers and stores the outputs. The
 * constants of affine steps are arguments, so chains that differ in these only share a kernel.
 *
 * @param name the kernel's, the same for the same text and for no other
 * @param text the kernel
 */
record ChainSource(String name, String text) {
    static ChainSource of(Chain chain) {
        String rest = rest(chain);
        String name = "chain_" + ProgramCache.key(rest);
        return new ChainSource(name, "kernel void " + name + rest);
    }

    private static String rest(Chain chain) {
        List<String> parameters = new ArrayList<>(List.of("int n", "int columns"));
        StringBuilder body = new StringBuilder();
        for (int k = 0; k < chain.inputs(); k++) {
            // Its offset, and its steps from row to row and from column to column: 0 where it is repeated.
            parameters.add("global const real *x%d, int xo%d, int xs%d, int xc%d".formatted(k, k, k, k));
            body.append("    real r%d = x%d[xo%d + i * xs%d + j * xc%d];\n".formatted(k, k, k, k, k));
        }
        for (int s = 0; s < chain.steps().size(); s++) {
            int target = chain.inputs() + s;
            body.append("    real r%d = %s;\n".formatted(target, switch (chain.steps().get(s)) {
                case Chain.Map(var f, int x) -> "f_%s(r%d)".formatted(f, x);
                case Chain.Zip(var f, int x, int y) -> "f_%s(r%d, r%d)".formatted(f, x, y);
                case Chain.Affine(double scale, double shift, int x) -> "fma(r%d, scale%d, shift%d)".formatted(x, target, target);
            }));
        }
        for (int k = 0; k < chain.outputs().size(); k++) {
            parameters.add("global real *y%d, int yo%d, int ys%d".formatted(k, k, k));
            body.append("    y%d[yo%d + i * ys%d + j] = r%d;\n".formatted(k, k, k, chain.outputs().get(k)));
        }
        for (int s = 0; s < chain.steps().size(); s++) {
            if (chain.steps().get(s) instanceof Chain.Affine) {
                int target = chain.inputs() + s;
                parameters.add("real scale%d, real shift%d".formatted(target, target));
            }
        }
        return """
                (%s) {
                    int g = get_global_id(0);
                    if (g >= n) {
                        return;
                    }
                    int i = g / columns;
                    int j = g %% columns;
                %s}
                """.formatted(parameters.stream().collect(Collectors.joining(", ")), body);
    }
}
