package intarsia.models.hmb;

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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeparationTest {
    /** Few rows, many, one; one column. */
    @ParameterizedTest
    @CsvSource({"3, 8, 7", "20, 3, 5", "1, 6, 4", "5, 1, 9"})
    void independenceIsTheTraceOfCenteredKernels(int rows, int p, int q) {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Graph graph = new Graph();
            Node h = graph.parameter("h", new Init.Normal(1), rows, p);
            Node k = graph.parameter("k", new Init.Normal(3), rows, q);
            Node term = Separation.HSIC.of(h, k);
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(4));
            Plan plan = Plan.compile(parameters, term);
            plan.run();
            double expected = expected(kernel(parameters.get("h")), kernel(parameters.get("k")));
            assertThat(plan.scalar(term)).isCloseTo(expected, within(1e-10));
            if (rows > 1) {
                assertThat(expected).isPositive();
                assertThat(GradientCheck.firstOrder(parameters, term, ignored -> { }, RandomStream.of(5))).isLessThan(1e-6);
            }
        }
    }

    /** k = h^2 is uncorrelated with h, and depends on it. */
    @Test
    void itSeesWhatOrthogonalityDoesNot() {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Graph graph = new Graph();
            Node h = graph.constant(Tensor.matrix(new double[][] {{-2}, {-1}, {1}, {2}}));
            Node dependent = graph.constant(Tensor.matrix(new double[][] {{4}, {1}, {1}, {4}}));
            Node constant = graph.constant(Tensor.matrix(new double[][] {{1}, {1}, {1}, {1}}));
            Node scale = graph.parameter("scale", new Init.Normal(1), 1);
            Node sum = scale.sum();
            Node orthogonality = Separation.ORTHOGONALITY.of(h, dependent).plus(sum);
            Node hsic = Separation.HSIC.of(h, dependent).plus(sum);
            Node none = Separation.HSIC.of(h, constant).plus(sum);
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(4));
            Plan plan = Plan.compile(parameters, orthogonality, hsic, none, sum);
            plan.run();
            double zero = plan.scalar(sum);
            assertThat(plan.scalar(orthogonality) - zero).isCloseTo(0, within(1e-12));
            assertThat(plan.scalar(hsic) - zero).isGreaterThan(0.1);
            assertThat(plan.scalar(none) - zero).isCloseTo(0, within(1e-12));
        }
    }

    /** Its value is the adversary's cross-entropy; by h its derivative is that times -gamma, by the adversary's weights it is its own. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 2.5})
    void theAdversaryLearnsAndIsMisled(double gamma) {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Graph graph = new Graph();
            List<Node> shared = List.of(graph.parameter("h/0", new Init.Normal(1), 4, 3), graph.parameter("h/1", new Init.Normal(1), 2, 3),
                    graph.parameter("h/2", new Init.Normal(1), 5, 3));
            Node value = graph.sum(Separation.ADVERSARIAL.of(graph, gamma, shared, shared, 6));
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(4));
            HmbNetworkTest.awayFromKinks(parameters);
            Plan.gradient(parameters, value).run();
            Plan plan = Plan.compile(parameters, value);
            plan.run();
            assertThat(plan.scalar(value)).isCloseTo(crossEntropy(parameters), within(1e-12));
            Map<String, Tensor> gradients = new HashMap<>();
            parameters.toMap().keySet().forEach(name -> gradients.put(name, parameters.gradient(name)));
            assertThat(gradients.keySet()).contains("h/0", "h/2", "adversary/0/weight", "adversary/1/bias");
            gradients.forEach((name, gradient) -> {
                Tensor at = parameters.get(name);
                for (int k = 0; k < at.size(); k++) {
                    double slope = (crossEntropy(parameters, name, at, k, 1e-6) - crossEntropy(parameters, name, at, k, -1e-6)) / 2e-6;
                    assertThat(gradient.at(k)).as(name).isCloseTo(name.startsWith("h/") ? -gamma * slope : slope, within(1e-7));
                }
                parameters.set(name, at);
            });
            assertThat(Separation.ADVERSARIAL.of(graph, gamma, shared.subList(0, 1), shared.subList(0, 1), 6)).isEmpty();
        }
    }

    private static double crossEntropy(Parameters parameters, String name, Tensor at, int k, double step) {
        Tensor moved = at.copy();
        moved.doubles()[k] += step;
        parameters.set(name, moved);
        return crossEntropy(parameters);
    }

    private static double crossEntropy(Parameters parameters) {
        Literal net = new Literal(parameters.toMap());
        double sum = 0;
        for (int t = 0; t < 3; t++) {
            for (double[] row : parameters.get("h/" + t).toRows()) {
                double[] z = net.mlp("adversary", 2, false, row);
                sum += Math.log(Arrays.stream(z).map(Math::exp).sum()) - z[t];
            }
        }
        return sum;
    }

    private static double[][] kernel(Tensor x) {
        int m = x.shape().size(0);
        double[][] k = new double[m][m];
        double mean = 0;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                for (int d = 0; d < x.shape().size(1); d++) {
                    k[i][j] += Math.pow(x.get(i, d) - x.get(j, d), 2);
                }
                mean += k[i][j] / m / m;
            }
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                k[i][j] = Math.exp(-k[i][j] / (mean + 1e-12));
            }
        }
        return k;
    }

    private static double expected(double[][] a, double[][] b) {
        int m = a.length;
        double trace = 0;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                for (int r = 0; r < m; r++) {
                    for (int s = 0; s < m; s++) {
                        trace += a[i][j] * ((j == r ? 1 : 0) - 1.0 / m) * b[r][s] * ((s == i ? 1 : 0) - 1.0 / m);
                    }
                }
            }
        }
        return trace / m;
    }
}
