package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.autodiff.Node;
import intarsia.autodiff.Op;
import intarsia.autodiff.check.GradientCheck;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Binary;
import intarsia.linalg.Engine;
import intarsia.linalg.KernelProvider;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.linalg.Unary;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of the table of ops: forward on every provider in both precisions, fused and not, first and second derivatives, gradients
 * everywhere.
 */
class OpCasesTest {
    /** Rounding of a few dozen operations on numbers of ordinary size, in units of the precision's epsilon. */
    private static final double ROUNDING = 64;

    /** Agreement of right derivatives: differences extrapolated once at step 1e-3 leave about 1e-9 of functions of ordinary size. */
    private static final double DERIVATIVES = 1e-6;

    static Stream<OpCase> rows() {
        return OpCases.all().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void resultsFollowTheFormula(OpCase row) {
        everywhere(engine -> {
            OpCase.Recorded recorded = row.record();
            Parameters parameters = recorded.parameters(engine);
            Tensor actual = run(parameters, recorded.result(), List.of(recorded.result()));
            List<Tensor> x = List.copyOf(parameters.toMap().values());
            requireClose(engine, actual, row.expected(recorded.result().shape(), x));
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void fusedAndUnfusedAgree(OpCase row) {
        everywhere(engine -> {
            OpCase.Recorded recorded = row.record();
            Node scalar = recorded.scalar();
            Parameters parameters = recorded.parameters(engine);
            Tensor fused = run(parameters, scalar, List.of(scalar));
            Tensor unfused = run(parameters, scalar, below(scalar));
            requireClose(engine, fused, unfused);
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void derivativesAreRight(OpCase row) {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            OpCase.Recorded recorded = row.record();
            Node scalar = recorded.scalar();
            Parameters parameters = recorded.parameters(engine);
            assertThat(GradientCheck.firstOrder(parameters, scalar, OpCase::feed, RandomStream.of(7))).as("first order")
                    .isLessThan(DERIVATIVES);
            assertThat(GradientCheck.secondOrder(parameters, scalar, OpCase::feed, RandomStream.of(8))).as("second order")
                    .isLessThan(DERIVATIVES);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void gradientsAgreeOnEveryProvider(OpCase row) {
        List<Tensor> reference;
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            reference = gradients(row, engine);
        }
        everywhere(engine -> {
            List<Tensor> gradients = gradients(row, engine);
            for (int i = 0; i < reference.size(); i++) {
                if (engine.precision() == Precision.F64) {
                    assertThat(gradients.get(i)).as("gradient %d on %s", i, engine.kernels().name()).isEqualTo(reference.get(i));
                } else {
                    requireClose(engine, gradients.get(i), reference.get(i));
                }
            }
        });
    }

    @Test
    void everyOpHasARow() {
        Set<Class<?>> ops = new HashSet<>();
        Set<Unary> maps = new HashSet<>();
        Set<Binary> zips = new HashSet<>();
        rows().map(row -> row.record().result().op()).forEach(op -> {
            ops.add(op.getClass());
            if (op instanceof Op.Map(Unary f)) {
                maps.add(f);
            }
            if (op instanceof Op.Zip(Binary f)) {
                zips.add(f);
            }
        });
        assertThat(ops).containsExactlyInAnyOrder(Op.class.getPermittedSubclasses());
        assertThat(maps).containsExactlyInAnyOrder(Unary.values());
        assertThat(zips).containsExactlyInAnyOrder(Binary.values());
        assertThat(rows().map(OpCase::toString).collect(Collectors.toList())).doesNotHaveDuplicates();
    }

    private interface OnEngine {
        void run(Engine engine);
    }

    private static void everywhere(OnEngine work) {
        for (KernelProvider provider : Providers.ofEqualBits()) {
            for (Precision precision : Precision.values()) {
                try (Engine engine = Engine.options().kernels(provider.name()).precision(precision).open()) {
                    work.run(engine);
                }
            }
        }
    }

    private static Tensor run(Parameters parameters, Node result, List<Node> outputs) {
        Plan plan = Plan.compile(parameters, outputs);
        OpCase.feed(plan);
        plan.run();
        return plan.get(result);
    }

    private static List<Tensor> gradients(OpCase row, Engine engine) {
        OpCase.Recorded recorded = row.record();
        Parameters parameters = recorded.parameters(engine);
        Plan plan = Plan.training(parameters, recorded.scalar());
        OpCase.feed(plan);
        plan.run();
        return recorded.graph().parameters().keySet().stream().map(parameters::gradient).toList();
    }

    private static List<Node> below(Node top) {
        Set<Node> found = new LinkedHashSet<>();
        Deque<Node> open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (found.add(node)) {
                open.addAll(node.inputs());
            }
        }
        return List.copyOf(found);
    }

    private static void requireClose(Engine engine, Tensor actual, Tensor expected) {
        double largest = Arrays.stream(expected.toDoubles()).map(Math::abs).max().orElse(0);
        double slack = ROUNDING * engine.precision().epsilon() * Math.max(1, largest);
        assertThat(actual.shape()).isEqualTo(expected.shape());
        for (int i = 0; i < expected.size(); i++) {
            if (!(Math.abs(actual.at(i) - expected.at(i)) <= slack)) {
                throw new AssertionError(engine.kernels().name() + " " + engine.precision() + ": number " + i + " is " + actual.at(i)
                        + ", expected "
                        + expected.at(i));
            }
        }
    }
}
