package intarsia.conformance;

import intarsia.cli.bits.BitsCases;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import java.util.Map;

/** Computes cases of the program's table of bits and prints a line for each. Arguments: threads, and what the names begin with. */
final class GoldenBits {
    private GoldenBits() {}

    public static void main(String[] arguments) {
        compute(Integer.parseInt(arguments[0]), arguments.length > 1 ? arguments[1] : "")
                .forEach((name, digest) -> System.out.println(digest + "  " + name));
    }

    static Map<String, String> compute(int threads, String part) {
        return BitsCases.compute(Engine.options().precision(Precision.F64).threads(threads), part);
    }
}
