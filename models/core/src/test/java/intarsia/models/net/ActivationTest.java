package intarsia.models.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationTest {
    @ParameterizedTest
    @CsvSource({"RELU, -2, 0", "RELU, 3, 3", "SOFTPLUS, 0, 0", "SOFTPLUS, -100, -0.6931471805599453", "SOFTPLUS, 100, 99.30685281944005",
        "SOFTPLUS, 1, 0.6201145069582775"})
    void isItsFormula(Activation activation, double at, double expected) {
        Graph graph = new Graph();
        Node result = activation.apply(graph.constant(at)).sum();
        try (Engine engine = Engine.open()) {
            Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1)), result);
            plan.run();
            assertThat(plan.scalar(result)).isCloseTo(expected, within(1e-14 * Math.max(1, expected)));
        }
    }
}
