package intarsia.models.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Perceptrons, losses and mini-batches by hand. */
class MlpTest {
    private static double[] run(Graph graph, Node result, Node x, double[] input, Consumer<Parameters> weights) {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            weights.accept(parameters);
            Plan plan = Plan.compile(parameters, result);
            plan.set(x, input);
            plan.run();
            return plan.get(result).toDoubles();
        }
    }

    private static void set(Parameters parameters) {
        parameters.set("net/0/weight", Tensor.matrix(new double[][] {{1, -1, 0}, {2, 0, -1}}));
        parameters.set("net/0/bias", Tensor.vector(0.5, 0, 1));
        parameters.set("net/1/weight", Tensor.matrix(new double[][] {{1}, {2}, {-3}}));
        parameters.set("net/1/bias", Tensor.vector(-7.0));
    }

    @Test
    void isAsWorkedByHand() {
        Graph graph = new Graph();
        Node x = graph.input("x", 2, 2);
        Node z = Mlp.of(2, 3, 2, 1).apply(graph, "net", x);
        // (1, 2): hidden (5.5, -1, -1) -> (5.5, 0, 0) -> -1.5;  (-1, 0): (-0.5, 1, 1) -> (0, 1, 1) -> -8
        assertThat(run(graph, z, x, new double[] {1, 2, -1, 0}, MlpTest::set)).containsExactly(-1.5, -8);
        assertThat(graph.parameters().keySet()).containsExactly("net/0/bias", "net/0/weight", "net/1/bias", "net/1/weight");
    }

    @Test
    void activatedEndsInRelu() {
        Graph graph = new Graph();
        Node x = graph.input("x", 2, 2);
        Node z = Mlp.of(2, 3, 2, 1).activated().apply(graph, "net", x);
        assertThat(run(graph, z, x, new double[] {1, 5, -1, 0}, MlpTest::set)).containsExactly(4.5, 0);
    }

    @Test
    void depthCountsLinearLayers() {
        assertThat(Mlp.of(7, 5, 1, 2).sizes()).containsExactly(7, 2);
        assertThat(Mlp.of(7, 5, 3, 2).sizes()).containsExactly(7, 5, 5, 2);
        assertThatThrownBy(() -> new Mlp(List.of(3), false))
                .hasMessage("perceptron of sizes [3]: needs an input and a layer, all at least 1 wide");
        assertThatThrownBy(() -> Mlp.of(3, 0, 2, 1))
                .hasMessage("perceptron of sizes [3, 0, 1]: needs an input and a layer, all at least 1 wide");
    }

    @Test
    void beginsWithinTheBoundOfItsFanIn() {
        Graph graph = new Graph();
        Mlp.of(25, 400, 2, 1).apply(graph, "net", graph.input("x", 1, 25));
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            double[] first = parameters.get("net/0/weight").toDoubles();
            assertThat(largest(first)).isBetween(0.19, 0.2);
            assertThat(Arrays.stream(first).map(w -> w * w).average().orElseThrow()).isCloseTo(0.04 / 3, within(5e-4));
            assertThat(largest(parameters.get("net/1/weight").toDoubles())).isBetween(0.045, 0.05);
            assertThat(largest(parameters.get("net/0/bias").toDoubles())).isBetween(0.19, 0.2);
        }
    }

    private static double largest(double[] numbers) {
        return Arrays.stream(numbers).map(Math::abs).max().orElseThrow();
    }

    @Test
    void lossesAreThoseOfTheirNames() {
        Graph graph = new Graph();
        Node z = graph.input("z", 1, 3);
        Node y = graph.constant(Tensor.of(Shape.of(1, 3), 1, 0, 0.5));
        boolean[] mixed = {true, false, true};
        double[] values = run(graph, BlockLoss.each(graph, z, y, mixed), z, new double[] {2, 3, -1}, p -> { });
        double p = 1 / (1 + Math.exp(-2));
        double q = 1 / (1 + Math.exp(1));
        assertThat(values).containsExactly(new double[] {-Math.log(p), 9, -0.5 * Math.log(q) - 0.5 * Math.log(1 - q)}, within(1e-14));
        assertThat(run(graph, BlockLoss.mean(graph, z, mixed), z, new double[] {2, 3, -1}, w -> { }))
                .containsExactly(new double[] {p, 3, q}, within(1e-15));
        assertThat(run(graph, BlockLoss.each(graph, z, y, new boolean[3]), z, new double[] {2, 3, -1}, w -> { }))
                .containsExactly(1, 9, 2.25);
        assertThat(BlockLoss.mean(graph, z, new boolean[3])).isSameAs(z);
    }

    @Test
    void batchesShowEveryRowOnceARound() {
        Graph graph = new Graph();
        var rows = graph.rows("batch", 3);
        Node x = graph.input("x", 10, 1);
        Node taken = x.gather(rows);
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1)), taken);
            plan.set(x, IntStream.range(0, 10).asDoubleStream().toArray());
            Batches batches = new Batches(rows, 10, RandomStream.of(2));
            assertThat(batches.perRound()).isEqualTo(3);
            Set<List<Double>> rounds = new HashSet<>();
            for (int round = 0; round < 5; round++) {
                List<Double> seen = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    batches.next(plan);
                    plan.run();
                    Arrays.stream(plan.get(taken).toDoubles()).forEach(seen::add);
                }
                assertThat(seen).hasSize(9).doesNotHaveDuplicates();
                rounds.add(seen);
            }
            assertThat(rounds).as("orders differ from round to round").hasSize(5);
        }
        assertThatThrownBy(() -> new Batches(rows, 2, RandomStream.of(1))).hasMessage("batches of 3 from 2 rows");
    }
}
