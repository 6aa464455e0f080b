package intarsia.autodiff.check;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.autodiff.Gradients;
import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.Rows;
import intarsia.autodiff.plan.Parameters;
import intarsia.linalg.Binary;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Unary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every op's first and second derivatives against differences, at ordinary, broadcast and degenerate shapes; and that the check itself can fail. */
class GradientCheckTest {
    /** Agreement of right derivatives: differences extrapolated once at step 1e-3 leave about 1e-9 of functions of ordinary size. */
    private static final double TOLERANCE = 1e-6;

    private static final Init SPREAD = new Init.Normal(1);

    @TestFactory
    Stream<DynamicTest> everyCaseHasRightDerivatives() {
        return cases().entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getValue())));
    }

    @Test
    void aRuleWrongByATenthOfAPercentIsFound() {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Graph graph = new Graph();
            Node loss = graph.parameter("w", SPREAD, 4, 3).tanh().sum();
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            List<Node> right = Gradients.of(loss, List.copyOf(graph.parameters().values()));
            List<Node> wrong = List.of(right.getFirst().times(1.001));
            assertThat(GradientCheck.error(parameters, loss, right, RandomStream.of(2))).isLessThan(TOLERANCE);
            assertThat(GradientCheck.error(parameters, loss, wrong, RandomStream.of(2))).isGreaterThan(9e-4);
        }
    }

    private static void check(Function<Graph, Node> function) {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Graph graph = new Graph();
            Node result = function.apply(graph);
            // Weighted, so that no symmetry of a plain sum hides an error, and curved, so that second derivatives are not all zero.
            Node weights = graph.constant(SPREAD.draw(result.shape(), RandomStream.of(5)));
            Node scalar = result.plus(result.square().times(0.3)).times(weights).sum();
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(3));
            assertThat(GradientCheck.firstOrder(parameters, scalar, RandomStream.of(7))).as("first order").isLessThan(TOLERANCE);
            assertThat(GradientCheck.secondOrder(parameters, scalar, RandomStream.of(8))).as("second order").isLessThan(TOLERANCE);
        }
    }

    private static Map<String, Function<Graph, Node>> cases() {
        Map<String, Function<Graph, Node>> cases = new LinkedHashMap<>();
        for (Unary f : Unary.values()) {
            cases.put("map " + f, g -> safe(f, g.parameter("x", SPREAD, 3, 4)).map(f));
        }
        List<Shape[]> shapes = List.of(
                new Shape[] {Shape.of(3, 4), Shape.of(3, 4)},
                new Shape[] {Shape.of(3, 4), Shape.of(4)},
                new Shape[] {Shape.of(3, 1), Shape.of(3, 4)},
                new Shape[] {Shape.of(1, 4), Shape.of(3, 1)},
                new Shape[] {Shape.scalar(), Shape.of(3, 4)},
                new Shape[] {Shape.of(2, 3, 4), Shape.of(3, 1)},
                new Shape[] {Shape.of(2, 1, 4), Shape.of(1, 3, 1)},
                new Shape[] {Shape.of(1, 1), Shape.of(1, 1)},
                new Shape[] {Shape.of(5), Shape.of(5)});
        for (Binary f : Binary.values()) {
            for (Shape[] pair : shapes) {
                cases.put("zip " + f + " " + pair[0] + " " + pair[1], g -> {
                    Node x = g.parameter("x", SPREAD, pair[0].sizes());
                    Node y = g.parameter("y", SPREAD, pair[1].sizes());
                    return x.zip(f, f == Binary.DIVIDE ? y.square().plus(0.5) : y);
                });
            }
        }
        for (boolean left : new boolean[] {false, true}) {
            for (boolean right : new boolean[] {false, true}) {
                cases.put("matmul " + left + " " + right, g -> {
                    Node a = left ? g.parameter("a", SPREAD, 4, 3).transpose() : g.parameter("a", SPREAD, 3, 4);
                    Node b = right ? g.parameter("b", SPREAD, 5, 4).transpose() : g.parameter("b", SPREAD, 4, 5);
                    return a.matmul(b);
                });
            }
        }
        cases.put("matmul 1x1", g -> g.parameter("a", SPREAD, 1, 1).matmul(g.parameter("b", SPREAD, 1, 1)));
        cases.put("layer", g -> g.parameter("x", SPREAD, 3, 4).matmul(g.parameter("w", SPREAD, 4, 5)).plus(g.parameter("b", SPREAD, 5)).tanh());
        cases.put("layer of one row", g -> g.parameter("x", SPREAD, 1, 4).matmul(g.parameter("w", SPREAD, 4, 5)).plus(g.parameter("b", SPREAD, 5)).tanh());
        cases.put("product used twice", g -> {
            Node p = g.parameter("x", SPREAD, 3, 4).matmul(g.parameter("w", SPREAD, 4, 4));
            return p.sigmoid().plus(p);
        });
        cases.put("sum of products", g -> {
            Node x = g.parameter("x", SPREAD, 3, 4);
            Node w = g.parameter("w", SPREAD, 4, 4);
            return x.matmul(w).plus(x.tanh().matmul(w.square())).plus(x);
        });
        cases.put("product into a slice", g -> {
            Node w = g.parameter("w", SPREAD, 6, 4);
            Node x = g.parameter("x", SPREAD, 3, 4);
            return w.slice(0, 1, 4).transpose().matmul(x).plus(w.transpose().matmul(w));
        });
        for (int axis = 0; axis < 3; axis++) {
            int along = axis;
            cases.put("sum " + axis, g -> g.parameter("x", SPREAD, 2, 3, 4).sum(along));
            cases.put("concat " + axis, g -> g.concat(along, List.of(g.parameter("x", SPREAD, 2, 3, 4).tanh(), g.parameter("y", SPREAD, 2, 3, 4))));
            cases.put("slice " + axis, g -> g.parameter("x", SPREAD, 2, 3, 4).tanh().slice(along, 1, 2));
            cases.put("pad " + axis, g -> g.parameter("x", SPREAD, 2, 3, 4).tanh().pad(along, 1, 2));
        }
        cases.put("sum all", g -> g.parameter("x", SPREAD, 3, 4).tanh().sum());
        cases.put("sum of squares", g -> g.parameter("x", SPREAD, 3, 4).square().sum());
        cases.put("sum of products of elements", g -> g.parameter("x", SPREAD, 3, 4).times(g.parameter("y", SPREAD, 3, 4)).sum());
        cases.put("sum to outer and inner", g -> g.parameter("x", SPREAD, 2, 3, 4).sumTo(Shape.of(1, 3, 1)));
        cases.put("mean 1", g -> g.parameter("x", SPREAD, 3, 4).mean(1));
        cases.put("broadcast", g -> g.parameter("x", SPREAD, 3, 1).broadcastTo(Shape.of(2, 3, 4)));
        cases.put("broadcast inside", g -> g.parameter("x", SPREAD, 2, 1, 4).broadcastTo(Shape.of(2, 3, 4)));
        cases.put("reshape", g -> g.parameter("x", SPREAD, 3, 4).tanh().reshape(2, 6));
        cases.put("reshape of a part", g -> g.parameter("x", SPREAD, 3, 4).tanh().slice(1, 1, 3).reshape(6));
        cases.put("permute", g -> g.parameter("x", SPREAD, 2, 3, 4).permute(2, 0, 1));
        cases.put("transpose", g -> g.parameter("x", SPREAD, 3, 4).transpose().tanh());
        cases.put("concat columns of layers", g -> {
            Node x = g.parameter("x", SPREAD, 3, 4);
            Node both = g.concat(1, List.of(x.matmul(g.parameter("v", SPREAD, 4, 2)).tanh(), x.matmul(g.parameter("w", SPREAD, 4, 3)).relu(), x.sum(1).reshape(3, 1)));
            return both.matmul(g.parameter("u", SPREAD, 6, 2));
        });
        cases.put("concat rows", g -> {
            Node x = g.parameter("x", SPREAD, 3, 4);
            return g.concat(0, List.of(x.tanh(), x, x.exp()));
        });
        cases.put("concat of one thing twice", g -> {
            Node x = g.parameter("x", SPREAD, 3, 4).tanh();
            return g.concat(1, List.of(x, x));
        });
        cases.put("gather", g -> {
            Rows rows = g.rows("rows", 5);
            return g.parameter("x", SPREAD, 3, 4).tanh().gather(rows);
        });
        cases.put("logSumExp", g -> g.parameter("x", SPREAD, 3, 4).logSumExp());
        cases.put("logSoftmax", g -> g.parameter("x", SPREAD, 3, 4).logSoftmax());
        cases.put("frobenius of a product", g -> {
            Node h = g.parameter("x", SPREAD, 5, 4).tanh();
            Node k = g.parameter("y", SPREAD, 5, 3).sigmoid();
            return h.transpose().matmul(k).square().sum();
        });
        return cases;
    }

    /** Keeps a function's operand where it is smooth. */
    private static Node safe(Unary f, Node x) {
        return switch (f) {
            case SQRT, LOG, RECIPROCAL, LOG1P -> x.square().plus(0.5);
            default -> x;
        };
    }
}
