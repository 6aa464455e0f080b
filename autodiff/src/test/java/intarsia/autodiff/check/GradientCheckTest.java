package intarsia.autodiff.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.autodiff.Gradients;
import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** That the check finds what is wrong, and nothing else. What it says of every op stands in the conformance table. */
class GradientCheckTest {
    private static final Consumer<Plan> NO_INPUTS = plan -> { };

    private final Graph graph = new Graph();
    private final Node w = graph.parameter("w", new Init.Normal(1), 4, 3);

    @Test
    void aRuleWrongByATenthOfAPercentIsFound() {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Node loss = w.tanh().sum();
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            List<Node> right = Gradients.of(loss, w);
            List<Node> wrong = List.of(right.getFirst().times(1.001));
            assertThat(GradientCheck.error(parameters, loss, right, NO_INPUTS, RandomStream.of(2))).isLessThan(1e-9);
            assertThat(GradientCheck.error(parameters, loss, wrong, NO_INPUTS, RandomStream.of(2))).isBetween(9e-4, 1.1e-3);
        }
    }

    @Test
    void aSecondDerivativeWrongByATenthOfAPercentIsFound() {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            // Its gradient in w is checked; a term whose derivative is left out stands for a rule that is wrong.
            Node along = Gradients.of(w.tanh().sum(), w).getFirst().sum();
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            List<Node> wrong = List.of(Gradients.of(along, w).getFirst().times(0.999));
            assertThat(GradientCheck.error(parameters, along, wrong, NO_INPUTS, RandomStream.of(2))).isBetween(9e-4, 1.1e-3);
            assertThat(GradientCheck.secondOrder(parameters, w.tanh().sum(), NO_INPUTS, RandomStream.of(2))).isLessThan(1e-8);
        }
    }

    @Test
    void oneWrongEntryAmongManyIsFound() {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Node loss = w.exp().sum();
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            double[] factors = new double[12];
            Arrays.fill(factors, 1);
            factors[5] = 1.05;
            List<Node> wrong = List.of(Gradients.of(loss, w).getFirst().times(graph.constant(Tensor.of(w.shape(), factors))));
            assertThat(GradientCheck.error(parameters, loss, wrong, NO_INPUTS, RandomStream.of(2))).isGreaterThan(1e-4);
        }
    }

    /** At a kink differences see half a slope, which no rule gives: a check of either order that was made tells. */
    @Test
    void bothOrdersAreCheckedWithTheirInputs() {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Node x = graph.input("x", 4, 3);
            double[] ones = new double[12];
            Arrays.fill(ones, 1);
            Consumer<Plan> feed = plan -> {
                if (plan.reads(x)) {
                    plan.set(x, ones);
                }
            };
            Node product = w.times(x);
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            assertThat(GradientCheck.firstOrder(parameters, product.tanh().sum(), feed, RandomStream.of(2))).isLessThan(1e-9);
            assertThat(GradientCheck.secondOrder(parameters, product.tanh().sum(), feed, RandomStream.of(2))).isLessThan(1e-8);
            parameters.set("w", Tensor.zeros(4, 3));
            assertThat(GradientCheck.firstOrder(parameters, product.relu().sum(), feed, RandomStream.of(2))).isGreaterThan(0.1);
            assertThat(GradientCheck.secondOrder(parameters, product.relu().square().sum(), feed, RandomStream.of(2))).isGreaterThan(0.1);
        }
    }

    @Test
    void parametersAreLeftAsTheyWere() {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            Map<String, Tensor> before = parameters.toMap();
            GradientCheck.firstOrder(parameters, w.square().sum(), NO_INPUTS, RandomStream.of(2));
            assertThat(parameters.toMap()).isEqualTo(before);
        }
    }

    @Test
    void singlePrecisionIsRefused() {
        try (Engine engine = Engine.options().kernels("scalar").precision(Precision.F32).open()) {
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            assertThatThrownBy(() -> GradientCheck.firstOrder(parameters, w.sum(), NO_INPUTS, RandomStream.of(2)))
                    .hasMessage("gradients are checked in F64, the engine computes in F32");
        }
    }
}
