package intarsia.autodiff.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.autodiff.Gradients;
import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.Rows;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plans from outside: inputs, outputs, parameters shared and given back, and what is said when something does not fit. */
class PlanTest {
    private final Engine engine = Engine.options().kernels("scalar").open();
    private final Graph graph = new Graph();
    private final Node x = graph.input("x", 2, 3);
    private final Node w = graph.parameter("w", new Init.Uniform(1), 3, 2);

    @AfterEach
    void close() {
        engine.close();
    }

    private Parameters parameters() {
        return Parameters.of(engine, graph, RandomStream.of(1));
    }

    @Test
    void computesWhatItIsAsked() {
        Node y = x.matmul(w);
        Parameters parameters = parameters();
        parameters.set("w", Tensor.matrix(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
        Plan plan = Plan.compile(parameters, y, y.sum());
        plan.set(x, Tensor.matrix(new double[][] {{1, 0, -1}, {2, 1, 0}}));
        plan.run();
        assertThat(plan.get(y)).isEqualTo(Tensor.matrix(new double[][] {{-4, -4}, {5, 8}}));
        assertThat(plan.scalar(y.sum())).isEqualTo(5);
        plan.set(x, new double[6]);
        plan.run();
        assertThat(plan.get(y)).isEqualTo(Tensor.zeros(2, 2));
    }

    @Test
    void aGradientAloneIsTheSameAndCostsLess() {
        Parameters parameters = parameters();
        Node loss = x.matmul(w).square().sum();
        double[] batch = {1, 2, 3, 4, 5, 6};
        Plan training = Plan.training(parameters, loss);
        training.set(x, batch);
        training.run();
        Tensor expected = parameters.gradient("w");
        parameters = parameters();
        Plan gradient = Plan.gradient(parameters, loss);
        gradient.set(x, batch);
        gradient.run();
        assertThat(parameters.gradient("w")).isEqualTo(expected);
        assertThat(gradient.describe().lines().count()).isLessThan(training.describe().lines().count());
        assertThatThrownBy(() -> gradient.scalar(loss)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not an output of this plan");
    }

    @Test
    void aTermForAPartOfAGradientIsAddedThere() {
        Parameters parameters = parameters();
        Node loss = x.matmul(w).sum().plus(w.slice(0, 1, 2).square().sum());
        Plan plan = Plan.gradient(parameters, loss);
        plan.set(x, new double[] {1, 2, 3, 4, 5, 6});
        plan.run();
        Tensor values = parameters.get("w");
        assertThat(parameters.gradient("w")).isEqualTo(Tensor.matrix(new double[][] {{5, 5},
                {7 + 2 * values.get(1, 0), 7 + 2 * values.get(1, 1)}, {9, 9}}));
        assertThat(plan.describe()).contains("to a part").doesNotContain("pad");
    }

    @Test
    void trainingWritesTheGradientOfEveryParameter() {
        Node unused = graph.parameter("unused", new Init.Fill(7), 4);
        Parameters parameters = parameters();
        Node loss = x.matmul(w).sum();
        Plan plan = Plan.training(parameters, loss);
        plan.set(x, new double[] {1, 2, 3, 4, 5, 6});
        plan.run();
        assertThat(parameters.gradient("w")).isEqualTo(Tensor.matrix(new double[][] {{5, 5}, {7, 7}, {9, 9}}));
        assertThat(parameters.gradient("unused")).isEqualTo(Tensor.zeros(4));
        assertThat(parameters.count()).isEqualTo(10);
        assertThat(unused.shape()).isEqualTo(Shape.of(4));
    }

    @Test
    void parametersWithTheSameGradientBothGetIt() {
        Node v = graph.parameter("v", new Init.Uniform(1), 3, 2);
        Parameters parameters = parameters();
        Plan plan = Plan.training(parameters, x.matmul(w.plus(v)).tanh().sum());
        plan.set(x, new double[] {1, 2, 3, 4, 5, 6});
        plan.run();
        assertThat(parameters.gradient("w")).isEqualTo(parameters.gradient("v"));
        assertThat(parameters.gradient("w").toDoubles()).isNotEqualTo(new double[6]);
    }

    @Test
    void plansOnTheSameParametersSeeTheirChanges() {
        Parameters parameters = parameters();
        Plan one = Plan.compile(parameters, w.sum());
        Graph other = new Graph();
        Node same = other.parameter("w", new Init.Fill(0), 3, 2);
        Plan two = Plan.compile(parameters, same.sum());
        parameters.set("w", Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6.0));
        one.run();
        two.run();
        assertThat(one.scalar(w.sum())).isEqualTo(21);
        assertThat(two.scalar(same.sum())).isEqualTo(21);
    }

    @Test
    void aParameterBeginsTheSameWhateverElseThereIs() {
        Tensor alone = parameters().get("w");
        graph.parameter("another", new Init.Uniform(1), 100);
        assertThat(parameters().get("w")).isEqualTo(alone);
    }

    @Test
    void parametersGoOutAndComeBack() {
        Parameters parameters = parameters();
        Map<String, Tensor> saved = parameters.toMap();
        parameters.set("w", Tensor.zeros(3, 2));
        parameters.setAll(saved);
        assertThat(parameters.toMap()).isEqualTo(saved);
        assertThatThrownBy(() -> parameters.setAll(Map.of())).hasMessage("parameters [w] were given values for []");
        assertThatThrownBy(() -> parameters.set("v", Tensor.zeros(1))).hasMessage("no parameter 'v'; there are [w]");
        assertThatThrownBy(() -> parameters.set("w", Tensor.zeros(2, 3))).isInstanceOf(ShapeException.class)
                .hasMessage("parameter 'w' is [3x2], was given [2x3]");
    }

    @Test
    void singlePrecisionGoesOutAsSinglePrecision() {
        try (Engine single = Engine.options().kernels("scalar").precision(Precision.F32).open()) {
            Parameters parameters = Parameters.of(single, graph, RandomStream.of(1));
            assertThat(parameters.get("w").precision()).isEqualTo(Precision.F32);
            assertThat(parameters.get("w")).isEqualTo(parameters().get("w").to(Precision.F32));
        }
    }

    @Test
    void anInputThePlanDoesNotRead() {
        Node y = graph.input("y", 2);
        Plan plan = Plan.compile(parameters(), x.sum());
        assertThat(plan.reads(x)).isTrue();
        assertThat(plan.reads(y)).isFalse();
        assertThatThrownBy(() -> plan.set(y, new double[2])).hasMessage("input y[2] is not read by this plan; inputs are [x[2x3]]");
        assertThatThrownBy(() -> plan.set(w, new double[6])).hasMessage("w[3x2] is not an input; inputs are [x[2x3]]");
        assertThatThrownBy(() -> plan.get(w)).hasMessage("w[3x2] is not an output of this plan; outputs are [sum[]]");
    }

    @Test
    void anInputOfAnotherShape() {
        Plan plan = Plan.compile(parameters(), x.sum());
        assertThatThrownBy(() -> plan.set(x, Tensor.zeros(3, 2))).isInstanceOf(ShapeException.class)
                .hasMessage("input x[2x3] was given [3x2]");
        assertThatThrownBy(() -> plan.set(x, new double[5])).isInstanceOf(ShapeException.class)
                .hasMessage("input x[2x3] was given 5 numbers");
    }

    @Test
    void rowNumbersOutsideTheirTable() {
        Rows batch = graph.rows("batch", 2);
        Node taken = x.gather(batch);
        Plan plan = Plan.compile(parameters(), taken);
        plan.set(x, new double[] {1, 2, 3, 4, 5, 6});
        plan.set(batch, new int[] {7, 1, 1}, 1);
        plan.run();
        assertThat(plan.get(taken)).isEqualTo(Tensor.matrix(new double[][] {{4, 5, 6}, {4, 5, 6}}));
        assertThatThrownBy(() -> plan.set(batch, new int[] {0, 2}, 0)).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("rows 'batch' were given number 2 for a table of 2");
        assertThatThrownBy(() -> plan.set(batch, new int[] {-1, 0}, 0)).hasMessage("rows 'batch' were given number -1 for a table of 2");
        assertThatThrownBy(() -> plan.set(new Rows("other", 2), new int[2], 0))
                .hasMessage("rows 'other' are not read by this plan; there are [batch]");
    }

    @Test
    void nodesOfAnotherGraph() {
        Graph other = new Graph();
        Node y = other.input("y", 2, 3);
        Node v = other.parameter("v", new Init.Fill(0), 3);
        assertThatThrownBy(() -> x.plus(y)).hasMessage("add: operand y[2x3] belongs to another graph");
        assertThatThrownBy(() -> Gradients.of(w.sum(), v))
                .hasMessage("gradient of sum[] with respect to v[3]: they belong to different graphs");
        assertThatThrownBy(() -> Plan.compile(parameters(), x, y)).hasMessage("plan of x[2x3] and y[2x3]: they belong to different graphs");
        assertThatThrownBy(() -> Plan.compile(parameters(), v)).hasMessage("no parameter 'v'; there are [w]");
        assertThatThrownBy(() -> x.gather(other.rows("batch", 1))).hasMessage("rows 'batch' are not declared in this graph; there are []");
        assertThatThrownBy(() -> Plan.compile(parameters(), x).set(y, new double[6]))
                .hasMessageStartingWith("input y[2x3] is not read by this plan");
    }

    @Test
    void namesGivenTwice() {
        assertThatThrownBy(() -> graph.input("x", 1)).hasMessage("input 'x' is declared twice");
        graph.rows("batch", 2);
        assertThatThrownBy(() -> graph.rows("batch", 3)).hasMessage("rows 'batch' are declared twice");
        assertThat(graph.parameter("w", new Init.Uniform(1), 3, 2)).isSameAs(w);
        int size = graph.size();
        assertThat(size).isEqualTo(2);
        assertThatThrownBy(() -> graph.parameter("w", new Init.Uniform(2), 3, 2))
                .hasMessage("parameter 'w' is declared as [3x2] Uniform[bound=1.0] and as [3x2] Uniform[bound=2.0]");
        assertThat(graph.size()).isEqualTo(size);
    }

    @Test
    void shapesThatDoNotFit() {
        assertThatThrownBy(() -> x.matmul(x)).isInstanceOf(ShapeException.class)
                .hasMessage("matmul(x[2x3], x[2x3]): inner sizes 3 and 2 differ");
        assertThatThrownBy(() -> x.plus(w)).hasMessage("add(x[2x3], w[3x2]): [2x3] and [3x2] do not broadcast: axis -1 has sizes 3 and 2");
        assertThatThrownBy(() -> x.slice(1, 2, 4)).hasMessage("slice 2 to 4 of x[2x3] along axis 1: it has size 3");
        assertThatThrownBy(() -> x.slice(1, -1, 2)).hasMessage("slice -1 to 2 of x[2x3] along axis 1: it has size 3");
        assertThatThrownBy(() -> x.slice(1, 2, 1)).hasMessage("slice 2 to 1 of x[2x3] along axis 1: it has size 3");
        assertThat(x.slice(1, 0, 3).shape()).isEqualTo(x.shape());
        assertThat(x.slice(1, 2, 2).shape()).isEqualTo(Shape.of(2, 0));
        assertThat(x.pad(0, 0, 1).shape()).isEqualTo(Shape.of(3, 3));
        assertThat(graph.concat(0, List.of(x, x)).shape()).isEqualTo(Shape.of(4, 3));
        assertThat(graph.concat(1, List.of(x, x.slice(1, 0, 1))).shape()).isEqualTo(Shape.of(2, 4));
        assertThatThrownBy(() -> x.slice(2, 0, 1)).hasMessage("axis 2 of [2x3]: rank is 2");
        assertThatThrownBy(() -> x.pad(0, -1, 0)).hasMessage("pad of x[2x3] by -1 and 0: neither may be negative; see slice");
        assertThatThrownBy(() -> x.pad(0, 0, -1)).hasMessage("pad of x[2x3] by 0 and -1: neither may be negative; see slice");
        assertThatThrownBy(() -> x.reshape(4)).hasMessage("reshape of x[2x3] to [4]: 6 and 4 elements");
        assertThatThrownBy(() -> x.permute(0, 0)).hasMessage("permute of x[2x3] by [0, 0]: must name each axis once");
        assertThatThrownBy(() -> x.broadcastTo(Shape.of(3, 3)))
                .hasMessage("broadcast of x[2x3] to [3x3]: an axis must have the same size, or size 1");
        assertThatThrownBy(() -> x.sumTo(Shape.of(2, 2)))
                .hasMessage("sum of x[2x3] to [2x2]: an axis must keep its size, become 1 or go from the front");
        assertThatThrownBy(() -> graph.concat(0, List.of(x, w)))
                .hasMessage("concat [x[2x3], w[3x2]] along axis 0: all other sizes must be equal");
        assertThatThrownBy(() -> x.sum().logSumExp()).hasMessage("logSumExp of sum[]: needs a last axis with entries");
        assertThatThrownBy(() -> x.sum(0).gather(graph.rows("some", 1))).hasMessage("gather from sum[3]: must be a matrix");
        assertThatThrownBy(() -> Gradients.of(x.sum(0), w))
                .hasMessage("gradient of sum[3]: only a scalar has one; take its sum or mean first");
    }

    @Test
    void theSameOpOfTheSameOperandsIsRecordedOnce() {
        assertThat(x.matmul(w).tanh()).isSameAs(x.matmul(w).tanh());
        assertThat(x.plus(0)).isSameAs(x);
        assertThat(x.transpose().transpose().shape()).isEqualTo(x.shape());
    }

    @Test
    void describesItself() {
        Plan plan = Plan.compile(parameters(), x.matmul(w).relu().sum());
        assertThat(plan.describe()).contains("x[2x3] matmul w[3x2], relu").contains("24 flops").contains("2 instructions, 2 commands");
        // 6, 6 and 4 numbers; 4 and 1: the product and the sum, each padded to a cache line in the arena
        assertThat(plan.describe()).contains(" 128 bytes").contains(" 40 bytes").contains("arena of 256 bytes");
    }

    @Test
    void moreParametersThanAnArrayHoldsAreRefusedBeforeTheirSumOverflows() {
        Graph large = new Graph();
        for (int i = 0; i < 5; i++) {
            large.parameter("w" + i, Init.zeros(), 40_000, 40_000);
        }
        assertThatThrownBy(() -> Parameters.of(engine, large, RandomStream.of(1))).isInstanceOf(OutOfMemoryError.class)
                .hasMessageContaining("more than an array holds");
    }
}
