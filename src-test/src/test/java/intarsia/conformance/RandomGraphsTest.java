package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.autodiff.Gradients;
import intarsia.autodiff.Node;
import intarsia.autodiff.check.GradientCheck;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Plans of graphs drawn at random. A plan that has every node as an output can fuse nothing and reuse no memory; any other plan of the same
 * nodes must agree with it.
 */
class RandomGraphsTest {
    /** Rounding of a few dozen operations on numbers of ordinary size; an operand overwritten too early is off by whole digits. */
    private static final double ROUNDING = 1e-10;

    @ParameterizedTest
    @CsvSource({"scalar, 400", "simd, 100"})
    void memoryIsNeverTakenTooEarly(String kernels, int graphs) {
        try (Engine engine = Engine.options().kernels(kernels).open()) {
            for (int seed = 0; seed < graphs; seed++) {
                RandomGraph of = RandomGraph.plain(seed);
                List<Node> last = List.of(of.nodes().getLast());
                Parameters parameters = Parameters.of(engine, of.graph(), RandomStream.of(seed));
                Plan all = ran(parameters, of, of.nodes());
                for (List<Node> outputs : List.of(last, of.some(), of.some())) {
                    Plan some = ran(parameters, of, outputs);
                    for (Node output : outputs) {
                        assertThat(some.get(output)).as("%s of graph %d, among %s", output, seed, outputs).isEqualTo(all.get(output));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"scalar, 400", "simd, 100"})
    void fusionChangesRoundingOnly(String kernels, int graphs) {
        try (Engine engine = Engine.options().kernels(kernels).open()) {
            for (int seed = 0; seed < graphs; seed++) {
                RandomGraph of = RandomGraph.any(1000 + seed);
                List<Node> last = List.of(of.nodes().getLast());
                Parameters parameters = Parameters.of(engine, of.graph(), RandomStream.of(seed));
                Plan all = ran(parameters, of, of.nodes());
                for (List<Node> outputs : List.of(last, of.some(), of.some())) {
                    Plan some = ran(parameters, of, outputs);
                    for (Node output : outputs) {
                        requireClose("graph " + seed + ", " + output, some.get(output), all.get(output));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"scalar, 300", "simd, 100"})
    void gradientsFindTheirPlaces(String kernels, int graphs) {
        try (Engine engine = Engine.options().kernels(kernels).open()) {
            for (int seed = 0; seed < graphs; seed++) {
                RandomGraph of = RandomGraph.any(2000 + seed);
                Node scalar = of.scalar();
                List<Node> gradients = Gradients.of(scalar, List.copyOf(of.graph().parameters().values()));
                Parameters parameters = Parameters.of(engine, of.graph(), RandomStream.of(seed));
                List<Node> outputs = new ArrayList<>(of.nodes());
                outputs.addAll(gradients);
                outputs.add(scalar);
                Plan apart = ran(parameters, of, outputs);
                Plan training = Plan.training(parameters, scalar);
                of.feed(training);
                training.run();
                List<String> names = List.copyOf(of.graph().parameters().keySet());
                for (int i = 0; i < names.size(); i++) {
                    requireClose("graph " + seed + ", gradient of " + names.get(i), parameters.gradient(names.get(i)),
                            apart.get(gradients.get(i)));
                }
                requireClose("graph " + seed, training.get(scalar), apart.get(scalar));
            }
        }
    }

    @Test
    void aPlanGivesTheSameBitsEachTime() {
        try (Engine engine = Engine.open()) {
            for (int seed = 0; seed < 100; seed++) {
                RandomGraph of = RandomGraph.any(3000 + seed);
                Node scalar = of.scalar();
                Parameters parameters = Parameters.of(engine, of.graph(), RandomStream.of(seed));
                Plan plan = Plan.training(parameters, scalar, of.nodes().getLast());
                of.feed(plan);
                plan.run();
                Tensor result = plan.get(of.nodes().getLast());
                Tensor gradient = parameters.gradient("p0");
                plan.run();
                assertThat(plan.get(of.nodes().getLast())).as("graph %d", seed).isEqualTo(result);
                assertThat(parameters.gradient("p0")).as("graph %d", seed).isEqualTo(gradient);
            }
        }
    }

    @Test
    void derivativesOfCompositionsAreRight() {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            for (int seed = 0; seed < 60; seed++) {
                RandomGraph of = RandomGraph.smooth(4000 + seed);
                Node scalar = of.scalar();
                Parameters parameters = Parameters.of(engine, of.graph(), RandomStream.of(seed));
                assertThat(GradientCheck.firstOrder(parameters, scalar, of::feed, RandomStream.of(7))).as("graph %d", seed)
                        .isLessThan(1e-6);
                assertThat(GradientCheck.secondOrder(parameters, scalar, of::feed, RandomStream.of(8))).as("graph %d, second order", seed)
                        .isLessThan(1e-5);
            }
        }
    }

    private static Plan ran(Parameters parameters, RandomGraph of, List<Node> outputs) {
        Plan plan = Plan.compile(parameters, outputs);
        of.feed(plan);
        plan.run();
        return plan;
    }

    private static void requireClose(String what, Tensor actual, Tensor expected) {
        double slack = ROUNDING * Math.max(1, Arrays.stream(expected.toDoubles()).map(Math::abs).max().orElse(0));
        for (int i = 0; i < expected.size(); i++) {
            if (!(Math.abs(actual.at(i) - expected.at(i)) <= slack)) {
                throw new AssertionError(what + ": number " + i + " is " + actual.at(i) + ", expected " + expected.at(i));
            }
        }
    }
}
