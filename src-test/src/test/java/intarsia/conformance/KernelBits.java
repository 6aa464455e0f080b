package intarsia.conformance;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import java.util.Arrays;

/**
 * Runs every row of the conformance table on the kernels that the system properties choose, and prints a line for each with a digest of the
 * bits it left. Arguments: threads, then sizes.
 */
final class KernelBits {
    private KernelBits() {}

    public static void main(String[] arguments) {
        int threads = Integer.parseInt(arguments[0]);
        int[] sizes = Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
        for (Precision precision : Precision.values()) {
            try (Engine engine = Engine.options().precision(precision).threads(threads).open()) {
                System.err.println(engine.describe());
                for (KernelCase row : KernelCases.all()) {
                    for (int size : sizes) {
                        double[][] after = new Trial(row, size, precision).actual(engine.kernels(), false);
                        System.out.printf("%s %s, size %d: %016x%n", precision, row, size, digest(after));
                    }
                }
            }
        }
    }

    /** NaNs are all alike. */
    static long digest(double[][] numbers) {
        long digest = 0;
        for (double[] operand : numbers) {
            for (double x : operand) {
                digest = (digest ^ Double.doubleToLongBits(x)) * 0x9E3779B97F4A7C15L;
                digest ^= digest >>> 32;
            }
        }
        return digest;
    }
}
