package intarsia.autodiff;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import java.util.List;

/** The matrix product {@code op(a) op(b)}, each side transposed first if asked. */
public record Product(boolean transposeA, boolean transposeB) implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        Node a = inputs.get(0);
        Node b = inputs.get(1);
        try {
            return Shape.matmul(a.shape(), transposeA, b.shape(), transposeB);
        } catch (ShapeException e) {
            String rule = e.getMessage().substring(e.getMessage().indexOf("): ") + 3);
            throw new ShapeException("matmul(" + a + (transposeA ? "'" : "") + ", " + b + (transposeB ? "'" : "") + "): " + rule);
        }
    }

    @Override
    public void backward(Node result, Node g, Sink sink) {
        Node a = result.input(0);
        Node b = result.input(1);
        Graph graph = result.graph();
        sink.add(0, transposeA
                ? graph.product(b, transposeB, g, true)
                : graph.product(g, false, b, !transposeB));
        sink.add(1, transposeB
                ? graph.product(g, true, a, transposeA)
                : graph.product(a, !transposeA, g, false));
    }

    @Override
    public String toString() {
        return "matmul" + (transposeA ? "'" : "") + (transposeB ? "_'" : "");
    }
}
