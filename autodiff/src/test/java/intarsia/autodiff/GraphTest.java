package intarsia.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Graphs within graphs, and columns. */
class GraphTest {
    private static double[] run(Node output) {
        try (Engine engine = Engine.open()) {
            Plan plan = Plan.compile(Parameters.of(engine, output.graph(), RandomStream.of(1, "none")), output);
            plan.run();
            return plan.get(output).toDoubles();
        }
    }

    @Test
    void anotherGraphIsIncludedWithItsLeavesReplaced() {
        Graph other = new Graph();
        Node x = other.input("x", 2, 3);
        Node w = other.parameter("w", Init.zeros(), 3, 1);
        Node y = x.matmul(w).exp();
        Graph graph = new Graph();
        Node here = graph.constant(Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6)).times(0.1);
        Node weights = graph.constant(Tensor.of(Shape.of(3, 1), 1, -1, 0.5));
        List<Node> included = graph.include(List.of(y, x), leaf -> leaf == x ? here : weights);
        assertThat(included.getFirst().graph()).isSameAs(graph);
        assertThat(included.getLast()).isSameAs(here);
        assertThat(run(included.getFirst())).isEqualTo(run(here.matmul(weights).exp()));
    }

    @Test
    void aLeafOfAnotherShapeAndRowsOfAnotherGraphAreRefused() {
        Graph other = new Graph();
        Node x = other.input("x", 2, 3);
        Graph graph = new Graph();
        assertThatThrownBy(() -> graph.include(List.of(x.exp()), leaf -> graph.constant(1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another shape");
        Node gathered = x.gather(other.rows("batch", 1));
        assertThatThrownBy(() -> graph.include(List.of(gathered), leaf -> graph.input("x", 2, 3)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("reads rows");
    }

    @Test
    void aDeepGraphIsIncluded() {
        Graph other = new Graph();
        Node y = other.input("x", 1);
        for (int i = 0; i < 20_000; i++) {
            y = y.sigmoid();
        }
        Graph graph = new Graph();
        assertThat(graph.include(List.of(y), leaf -> graph.input("x", 1)).getFirst().shape()).isEqualTo(Shape.of(1));
    }

    @Test
    void columnsInAnyOrder() {
        Node x = new Graph().constant(Tensor.of(Shape.of(2, 4), 1, 2, 3, 4, 5, 6, 7, 8));
        assertThat(run(x.columns(3, 0, 1, 1))).containsExactly(4, 1, 2, 2, 8, 5, 6, 6);
        assertThat(x.columns(0, 1, 2, 3)).isSameAs(x);
    }
}
