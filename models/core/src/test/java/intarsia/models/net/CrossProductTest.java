package intarsia.models.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.check.GradientCheck;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossProductTest {
    /** Few rows, many, one, none; one column. */
    @ParameterizedTest
    @CsvSource({"3, 8, 7", "40, 3, 5", "1, 6, 4", "0, 3, 3", "5, 1, 9"})
    void sumsTheSquaredProductsOfColumns(int rows, int p, int q) {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Graph graph = new Graph();
            Node a = graph.parameter("a", new Init.Normal(1), rows, p);
            Node b = graph.parameter("b", new Init.Normal(1), rows, q);
            Node norm = CrossProduct.squaredNorm(a, b);
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(4));
            Plan plan = Plan.compile(parameters, norm);
            plan.run();
            double expected = expected(parameters.get("a"), parameters.get("b"));
            assertThat(plan.scalar(norm)).isCloseTo(expected, within(1e-12 * Math.max(1, expected)));
            assertThat(GradientCheck.firstOrder(parameters, norm, ignored -> { }, RandomStream.of(5))).isLessThan(1e-6);
            assertThat(GradientCheck.secondOrder(parameters, norm, ignored -> { }, RandomStream.of(6))).isLessThan(1e-6);
        }
    }

    /** Several matrices, in few rows and in many. */
    @ParameterizedTest
    @CsvSource({"3, 8, 7", "40, 3, 5", "6, 6, 6"})
    void severalAreSummed(int rows, int p, int q) {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Graph graph = new Graph();
            Node a = graph.parameter("a", new Init.Normal(1), rows, p);
            List<Node> bs = IntStream.range(0, 3).mapToObj(i -> graph.parameter("b" + i, new Init.Normal(1), rows, q + i)).toList();
            Node norms = CrossProduct.squaredNorms(a, bs);
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(4));
            Plan plan = Plan.compile(parameters, norms);
            plan.run();
            double expected = IntStream.range(0, 3).mapToDouble(i -> expected(parameters.get("a"), parameters.get("b" + i))).sum();
            assertThat(plan.scalar(norms)).isCloseTo(expected, within(1e-12 * expected));
            assertThat(GradientCheck.firstOrder(parameters, norms, ignored -> { }, RandomStream.of(5))).isLessThan(1e-6);
            assertThat(GradientCheck.secondOrder(parameters, norms, ignored -> { }, RandomStream.of(6))).isLessThan(1e-6);
        }
    }

    private static double expected(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.shape().size(1); i++) {
            for (int j = 0; j < b.shape().size(1); j++) {
                double product = 0;
                for (int r = 0; r < a.shape().size(0); r++) {
                    product += a.get(r, i) * b.get(r, j);
                }
                sum += product * product;
            }
        }
        return sum;
    }
}
