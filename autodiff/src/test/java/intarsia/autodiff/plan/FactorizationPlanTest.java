package intarsia.autodiff.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.autodiff.Gradients;
import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.DecompositionException;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.TriangularSolve;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cholesky factors and triangular systems within plans, of more than one block: the bits of the host's, on any number of threads. */
class FactorizationPlanTest {
    private static Tensor gaussian(String path, int... sizes) {
        RandomStream random = RandomStream.of(1, path);
        Tensor a = Tensor.zeros(sizes);
        for (int i = 0; i < a.size(); i++) {
            a.doubles()[i] = random.nextGaussian();
        }
        return a;
    }

    private static Tensor positive(int n) {
        return Matrices.rankUpdate(Matrices.identity(n), 1.0 / n, gaussian("positive", n, n));
    }

    @Test
    void plansHaveTheBitsOfTheHost() {
        for (int n : new int[] {1, 5, 64, 65, 150}) {
            Tensor a = positive(n);
            Tensor b = gaussian("b", n, 7);
            Tensor wide = Matrices.transpose(b);
            Tensor l = Cholesky.of(a).lower();
            for (int threads : new int[] {1, 2}) {
                try (Engine engine = Engine.options().threads(threads).open()) {
                    Graph graph = new Graph();
                    Node given = graph.input("a", n, n);
                    Node right = graph.input("b", n, 7);
                    Node left = graph.input("wide", 7, n);
                    Node factor = given.cholesky();
                    List<Node> results = List.of(factor, factor.triangularSolve(right, false), factor.triangularSolve(right, true),
                            factor.triangularSolveRight(left, false), factor.triangularSolveRight(left, true));
                    Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1)), results);
                    plan.set(given, a);
                    plan.set(right, b);
                    plan.set(left, wide);
                    for (int run = 0; run < 2; run++) {
                        plan.run();
                        assertThat(plan.get(results.get(0))).isEqualTo(l);
                        assertThat(plan.get(results.get(1))).isEqualTo(TriangularSolve.left(l, false, b));
                        assertThat(plan.get(results.get(2))).isEqualTo(TriangularSolve.left(l, true, b));
                        assertThat(plan.get(results.get(3))).isEqualTo(TriangularSolve.right(l, false, wide));
                        assertThat(plan.get(results.get(4))).isEqualTo(TriangularSolve.right(l, true, wide));
                    }
                }
            }
        }
    }

    /** The gradient of {@code y' a^-1 y + log |a|} is {@code a^-1 - a^-1 y y' a^-1}, an entry below the diagonal standing for two. */
    @Test
    void theGradientOfALikelihoodIsThatOfTheTextbook() {
        int n = 90;
        Tensor a = positive(n);
        Tensor y = gaussian("y", n, 1);
        try (Engine engine = Engine.open()) {
            Graph graph = new Graph();
            Node given = graph.input("a", n, n);
            Node l = given.cholesky();
            Node loss = l.triangularSolve(graph.constant(y), false).square().sum().plus(l.logDeterminant());
            Node gradient = Gradients.of(loss, given).getFirst();
            Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1)), loss, gradient);
            plan.set(given, a);
            plan.run();
            Cholesky cholesky = Cholesky.of(a);
            Tensor inverse = cholesky.inverse();
            Tensor x = cholesky.solve(y);
            double expected = cholesky.logDeterminant();
            for (int i = 0; i < n; i++) {
                expected += y.at(i) * x.at(i);
                for (int j = 0; j < n; j++) {
                    double both = j > i ? 0 : (i == j ? 1 : 2) * (inverse.get(i, j) - x.at(i) * x.at(j));
                    assertThat(plan.get(gradient).get(i, j)).isCloseTo(both, within(1e-11));
                }
            }
            assertThat(plan.scalar(loss)).isCloseTo(expected, within(1e-10));
        }
    }

    @Test
    void singlePrecisionIsComputedInDoubleAndRounded() {
        Tensor a = positive(70).to(Precision.F32);
        try (Engine engine = Engine.options().precision(Precision.F32).open()) {
            Graph graph = new Graph();
            Node given = graph.input("a", 70, 70);
            Node l = given.cholesky();
            Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1)), l);
            plan.set(given, a);
            plan.run();
            assertThat(plan.get(l)).isEqualTo(Cholesky.of(a.to(Precision.F64)).lower().to(Precision.F32));
        }
    }

    @Test
    void whatIsNotPositiveDefiniteIsSaidAndThePlanGoesOn() {
        try (Engine engine = Engine.open()) {
            Graph graph = new Graph();
            Node given = graph.input("a", 3, 3);
            Node l = given.cholesky();
            Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1)), l);
            for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
                plan.set(given, Tensor.matrix(new double[][] {{1, 0, 0}, {0, wrong, 0}, {0, 0, 1}}));
                assertThatThrownBy(plan::run).isInstanceOf(DecompositionException.class)
                        .hasMessageContaining("cholesky([3x3]): not positive definite; pivot 1 is " + wrong);
            }
            plan.set(given, Matrices.identity(3));
            plan.run();
            assertThat(plan.get(l)).isEqualTo(Matrices.identity(3));
        }
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        Graph graph = new Graph();
        Node square = graph.input("l", 3, 3);
        Node wide = graph.input("w", 3, 4);
        assertThatThrownBy(wide::cholesky).isInstanceOf(ShapeException.class)
                .hasMessage("cholesky of w[3x4]: must be a square matrix with at least one row");
        assertThatThrownBy(wide::diagonal).isInstanceOf(ShapeException.class).hasMessageContaining("diagonal of w[3x4]");
        assertThatThrownBy(wide::diagonalMatrix).isInstanceOf(ShapeException.class)
                .hasMessage("diagonal matrix of w[3x4]: must be a vector");
        assertThatThrownBy(() -> wide.sum(0).lowerTriangle()).isInstanceOf(ShapeException.class).hasMessageContaining("must be a matrix");
        assertThatThrownBy(() -> square.triangularSolve(wide.transpose(), true)).isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("triangularSolve'(l[3x3], ")
                .hasMessageEndingWith("the right-hand sides must be a matrix with 3 rows");
        assertThatThrownBy(() -> square.triangularSolveRight(wide, false)).isInstanceOf(ShapeException.class)
                .hasMessage("triangularSolveRight(l[3x3], w[3x4]): the right-hand sides must be a matrix with 3 columns");
        assertThat(square.triangularSolve(wide, false).shape()).isEqualTo(Shape.of(3, 4));
    }
}
