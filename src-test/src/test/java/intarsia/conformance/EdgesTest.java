package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.autodiff.Gradients;
import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.KernelProvider;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Values and derivatives at the ends of the range and at kinks, as the documentation states them, on every provider in both precisions. */
class EdgesTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** The results of a function at a point: its value, its gradient, and the gradient of the gradient's first entry. */
    private record Results(double[] value, double[] gradient, double[] secondDerivatives) {}

    private interface Check {
        void check(Results results, double epsilon);
    }

    @Test
    void logSumExpOfEqualNumbersHasEqualSlopesAtAnySize() {
        for (double size : new double[] {0, 1, -1, 1e3, 1e4, -1e5, 1e6, 1e7, -1e7, 1e8, 1e10, 1e14, 1e15, 1e16, -1e16, 1e30, 1e300, -1e300,
            Double.MAX_VALUE}) {
            everywhere(Node::logSumExp, new double[] {size, size}, (results, epsilon) -> {
                assertThat(results.value[0]).isCloseTo(size + StrictMath.log(2), within(epsilon * Math.max(1, Math.abs(size))));
                assertThat(results.gradient).containsExactly(0.5, 0.5);
                assertThat(results.secondDerivatives).containsExactly(0.25, -0.25);
            });
        }
        for (int n : new int[] {1, 3, 40, 1000}) {
            double[] x = new double[n];
            Arrays.fill(x, 1e30);
            everywhere(Node::logSumExp, x, (results, epsilon) -> {
                assertThat(results.gradient).containsOnly(new double[] {1.0 / n}, within(epsilon / n));
                double[] expected = new double[n];
                Arrays.fill(expected, -1.0 / n / n);
                expected[0] += 1.0 / n;
                assertThat(results.secondDerivatives).containsExactly(expected, within(2 * epsilon / n));
            });
        }
    }

    @Test
    void logSumExpOfNeighboringLargeNumbers() {
        // 2^60 and the next F64 differ by 256, 2^30 and the next but 7 by 2^-20
        everywhere(Precision.F64, Node::logSumExp, new double[] {0x1p60, 0x1p60 + 256}, (results, epsilon) ->
                assertThat(results.gradient).containsExactly(new double[] {StrictMath.exp(-256), 1}, within(1e-125)));
        double apart = 7 * 0x1p-20;
        double less = 1 / (1 + StrictMath.exp(apart));
        everywhere(Precision.F64, Node::logSumExp, new double[] {0x1p30, 0x1p30 + apart}, (results, epsilon) -> {
            assertThat(results.gradient).containsExactly(new double[] {less, 1 - less}, within(2 * epsilon));
            double bend = less * (1 - less);
            assertThat(results.secondDerivatives).containsExactly(new double[] {bend, -bend}, within(2 * epsilon));
        });
    }

    @Test
    void logSumExpOfFarNumbersIsTheLargest() {
        for (double[] x : new double[][] {{-1e4, 1e4}, {-INFINITY, 1}, {-1e300, 1e300}, {-Double.MAX_VALUE, Double.MAX_VALUE}}) {
            everywhere(Node::logSumExp, x, (results, epsilon) -> {
                assertThat(results.gradient).containsExactly(0, 1);
                assertThat(results.secondDerivatives).containsOnly(new double[] {0}, within(0.0));
            });
        }
        everywhere(Node::logSumExp, new double[] {-INFINITY, 1}, (results, epsilon) -> assertThat(results.value).containsExactly(1));
    }

    /** A choice: nothing that is added moves it, so the gradient is 0 and not a number that spoils all others. */
    @Test
    void logSumExpOfNothingButMinusInfinityHasGradientZero() {
        for (int n : new int[] {1, 2, 33}) {
            double[] x = new double[n];
            Arrays.fill(x, -INFINITY);
            everywhere(Node::logSumExp, x, (results, epsilon) -> {
                assertThat(results.value).containsExactly(-INFINITY);
                assertThat(results.gradient).containsOnly(0);
                assertThat(results.secondDerivatives).containsOnly(0);
            });
            everywhere(Node::softmax, x, (results, epsilon) -> assertThat(results.value).containsOnly(0));
        }
    }

    @Test
    void whatIsNoNumberStaysNone() {
        everywhere(Node::logSumExp, new double[] {Double.NaN, 1}, (results, epsilon) -> {
            assertThat(results.value).containsExactly(Double.NaN);
            assertThat(results.gradient).containsExactly(Double.NaN, Double.NaN);
        });
        everywhere(Node::logSumExp, new double[] {INFINITY, 1}, (results, epsilon) -> {
            assertThat(results.value).containsExactly(INFINITY);
            assertThat(results.gradient).containsOnly(Double.NaN);
        });
    }

    @Test
    void softmaxIsRightWhereExponentialsOverflow() {
        everywhere(Node::softmax, new double[] {1e4, 1e4, 1e4, -1e4}, (results, epsilon) ->
                assertThat(results.value).containsExactly(new double[] {1.0 / 3, 1.0 / 3, 1.0 / 3, 0}, within(epsilon)));
        everywhere(x -> x.softmax().slice(1, 0, 1), new double[] {800, 800}, (results, epsilon) -> {
            assertThat(results.value).containsExactly(0.5);
            assertThat(results.gradient).containsExactly(0.25, -0.25);
            assertThat(results.secondDerivatives).containsOnly(new double[] {0}, within(0.0));
        });
    }

    @Test
    void reluAndAbsHaveDerivativeZeroAtZero() {
        double[] x = {0, -0.0, 2, -2, 1e-30, -1e-30, 1e30};
        everywhere(x.clone(), Node::relu, new double[] {0, 0, 1, 0, 1, 0, 1});
        everywhere(x.clone(), Node::abs, new double[] {0, 0, 1, -1, 1, -1, 1});
        // as max(x, 0) relu would have derivative 1 at 0
        everywhere(new double[] {0, -0.0, 1}, n -> n.max(n.times(0)), new double[] {1, 1, 1});
    }

    @Test
    void stepsAreFlat() {
        double[] x = {0, -0.0, 2, -2};
        everywhere(x, Node::step, new double[4]);
        everywhere(x, Node::sign, new double[4]);
        everywhere(x, n -> n.atLeast(n.times(0.5)), new double[4]);
        everywhere(Node::step, x, (results, epsilon) -> assertThat(results.value).containsExactly(0, 0, 1, 0));
        everywhere(n -> n.sign().abs(), x, (results, epsilon) -> assertThat(results.value).containsExactly(0, 0, 1, 1));
        everywhere(n -> n.atLeast(n.times(0.5)), x, (results, epsilon) -> assertThat(results.value).containsExactly(1, 1, 1, 0));
    }

    @Test
    void tiesOfMaxAndMinGoToTheFirstOperand() {
        for (double[] tie : new double[][] {{3, 3}, {0, 0}, {0, -0.0}, {-0.0, 0}, {-1e30, -1e30}, {INFINITY, INFINITY}}) {
            everywhere(tie, x -> first(x).max(second(x)), new double[] {1, 0});
            everywhere(tie, x -> first(x).min(second(x)), new double[] {1, 0});
            everywhere(tie, x -> second(x).max(first(x)), new double[] {0, 1});
            everywhere(tie, x -> second(x).min(first(x)), new double[] {0, 1});
        }
        everywhere(new double[] {1, 2}, x -> first(x).max(second(x)), new double[] {0, 1});
        everywhere(new double[] {1, 2}, x -> first(x).min(second(x)), new double[] {1, 0});
        // a repeated operand gets what is not the first one's, from all places together
        everywhere(new double[] {2, 1, 2, 3}, x -> x.max(first(x)), new double[] {1 + 1, 0, 1, 1});
        everywhere(new double[] {2, 1, 2, 3}, x -> first(x).max(x), new double[] {1 + 1 + 1, 0, 0, 1});
        everywhere(new double[] {2, 1, 2, 3}, x -> first(x).min(x), new double[] {1 + 1 + 1, 1, 0, 0});
    }

    private static Node first(Node x) {
        return x.slice(1, 0, 1);
    }

    private static Node second(Node x) {
        return x.slice(1, 1, 2);
    }

    /** The gradient, everywhere; its own derivatives are 0. */
    private static void everywhere(double[] x, UnaryOperator<Node> f, double[] gradient) {
        everywhere(f, x, (results, epsilon) -> {
            assertThat(results.gradient).containsExactly(gradient, within(0.0));
            assertThat(results.secondDerivatives).containsOnly(new double[] {0}, within(0.0));
        });
    }

    private static void everywhere(UnaryOperator<Node> f, double[] x, Check check) {
        everywhere(Precision.F64, f, x, check);
        // what single precision would hold as infinity is no such case
        if (Arrays.stream(x).allMatch(v -> Double.isInfinite(v) || Math.abs(v) <= Float.MAX_VALUE || Double.isNaN(v))) {
            everywhere(Precision.F32, f, x, check);
        }
    }

    private static void everywhere(Precision precision, UnaryOperator<Node> f, double[] x, Check check) {
        for (KernelProvider provider : Providers.ofEqualBits()) {
            try (Engine engine = Engine.options().kernels(provider.name()).precision(precision).open()) {
                check.check(results(engine, f, x), precision.epsilon());
            }
        }
    }

    private static Results results(Engine engine, UnaryOperator<Node> f, double[] numbers) {
        Graph graph = new Graph();
        Node x = graph.input("x", 1, numbers.length);
        Node value = f.apply(x);
        Node gradient = Gradients.of(value.sum(), x).getFirst();
        Node second = Gradients.of(gradient.slice(1, 0, 1).sum(), x).getFirst();
        Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1)), value, gradient, second);
        plan.set(x, numbers);
        plan.run();
        return new Results(plan.get(value).toDoubles(), plan.get(gradient).toDoubles(), plan.get(second).toDoubles());
    }
}
