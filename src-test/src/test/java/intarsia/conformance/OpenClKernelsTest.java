package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Engine;
import intarsia.linalg.Kernels;
import intarsia.linalg.Precision;
import intarsia.linalg.View;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the conformance table holds on an OpenCL device, in both precisions, with and without gaps between rows. */
class OpenClKernelsTest {
    private static final int[] SIZES = {0, 1, 7, 33, 64, 207, 1000};

    /**
     * A device may round a quotient, a root or a sum otherwise than the CPU does; a few units in the last place of a number and no more.
     */
    private static final Map<Precision, Double> RELATIVE = Map.of(Precision.F64, 1e-12, Precision.F32, 1e-5);

    private static final Map<Precision, Engine> ENGINES = new EnumMap<>(Precision.class);

    @BeforeAll
    static void open() {
        Providers.onDevice();
        for (Precision precision : Precision.values()) {
            ENGINES.put(precision, Engine.options().kernels("opencl").precision(precision).open());
            buildAllChains(ENGINES.get(precision).kernels());
        }
    }

    /** In one go, as a plan does: the first chain to run builds all that are bound by then. */
    private static void buildAllChains(Kernels kernels) {
        try (Kernels scope = kernels.scope()) {
            rows().filter(row -> row.kernel().equals("chain")).map(row -> {
                List<View> views = new ArrayList<>();
                row.operands().apply(1).forEach(operand -> views.add(View.of(scope.allocate(operand.rows() * operand.columns()),
                        operand.rows(), operand.columns())));
                return row.binder().bind(scope, views);
            }).toList().getFirst().run();
        }
    }

    @AfterAll
    static void close() {
        ENGINES.values().forEach(Engine::close);
    }

    static Stream<KernelCase> rows() {
        return KernelCases.all().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void resultsFollowTheFormula(KernelCase row) {
        for (Engine engine : ENGINES.values()) {
            for (int size : SIZES) {
                Trial trial = new Trial(row, size, engine.precision());
                double[][] expected = trial.expected();
                try (Kernels scope = engine.kernels().scope()) {
                    requireClose(row, size, scope, expected, trial.actual(scope, false));
                    if (!Set.of("permute", "adam").contains(row.kernel())) {
                        requireClose(row, size, scope, expected, trial.actual(scope, true));
                    }
                }
            }
        }
    }

    private static void requireClose(KernelCase row, int size, Kernels kernels, double[][] expected, double[][] actual) {
        KernelCase.Tolerance own = row.tolerance().apply(size);
        Precision precision = kernels.precision();
        KernelCase.Tolerance tolerance = new KernelCase.Tolerance(own.relative() + RELATIVE.get(precision) / precision.epsilon(),
                own.absolute());
        for (int operand = 0; operand < expected.length; operand++) {
            for (int i = 0; i < expected[operand].length; i++) {
                if (!tolerance.allows(expected[operand][i], actual[operand][i], precision)) {
                    throw new AssertionError(row + " of size " + size + " on " + kernels.name() + " " + precision + ": operand " + operand
                            + ", number " + i
                            + " is " + actual[operand][i] + ", expected " + expected[operand][i]);
                }
            }
        }
    }

    /** The CPU's bits: elementary functions are the same operations, products and sums take their terms in the same order. */
    @ParameterizedTest
    @MethodSource("rows")
    void resultsHaveTheBitsOfTheCpu(KernelCase row) {
        for (Engine engine : ENGINES.values()) {
            try (Engine cpu = Engine.options().kernels("scalar").precision(engine.precision()).open()) {
                for (int size : SIZES) {
                    Trial trial = new Trial(row, size, engine.precision());
                    try (Kernels scope = engine.kernels().scope()) {
                        assertThat(KernelBits.digest(trial.actual(scope, false))).as("%s of size %d, %s", row, size, engine.precision())
                                .isEqualTo(KernelBits.digest(trial.actual(cpu.kernels(), false)));
                    }
                }
            }
        }
    }
}
