package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Command;
import intarsia.linalg.Engine;
import intarsia.linalg.KernelProvider;
import intarsia.linalg.Kernels;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the conformance table holds on every provider found, in both precisions, with and without gaps between rows. */
class KernelCasesTest {
    private static final int[] SIZES = {0, 1, 7, 31, 32, 33, 64, 207, 1000};

    static Stream<KernelCase> rows() {
        return KernelCases.all().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void resultsFollowTheFormula(KernelCase row) {
        for (KernelProvider provider : Providers.ofEqualBits()) {
            for (Precision precision : Precision.values()) {
                try (Pool pool = new Pool(1)) {
                    Kernels kernels = provider.open(precision, pool);
                    for (int size : SIZES) {
                        Trial trial = new Trial(row, size, precision);
                        double[][] expected = trial.expected();
                        requireClose(row, size, kernels, expected, trial.actual(kernels, false));
                        if (!Set.of("permute", "adam").contains(row.kernel())) {
                            requireClose(row, size, kernels, expected, trial.actual(kernels, true));
                        }
                    }
                }
            }
        }
    }

    private static void requireClose(KernelCase row, int size, Kernels kernels, double[][] expected, double[][] actual) {
        for (int operand = 0; operand < expected.length; operand++) {
            for (int i = 0; i < expected[operand].length; i++) {
                double e = expected[operand][i];
                double a = actual[operand][i];
                if (!row.tolerance().apply(size).allows(e, a, kernels.precision())) {
                    throw new AssertionError(row + " of size " + size + " on " + kernels.name() + " " + kernels.precision() + ": operand "
                            + operand
                            + ", number " + i + " is " + a + ", expected " + e);
                }
            }
        }
    }

    @Test
    void everyKernelHasARow() {
        Set<String> kernels = Arrays.stream(Kernels.class.getMethods())
                .filter(m -> m.getReturnType() == Command.class)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> proven = rows().map(KernelCase::kernel).collect(Collectors.toCollection(TreeSet::new));
        assertThat(proven).isEqualTo(kernels);
        assertThat(rows().map(KernelCase::toString)).doesNotHaveDuplicates();
    }

    @Test
    void theVectorProviderIsAmongThoseProven() {
        assertThat(Providers.ofEqualBits()).extracting(KernelProvider::name).contains("scalar", "simd");
    }
}
