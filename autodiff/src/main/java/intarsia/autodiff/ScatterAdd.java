package intarsia.autodiff;

import intarsia.linalg.Shape;
import java.util.List;

/** A matrix of zeros with {@code height} rows, to which row i of the operand is added at row {@code rows[i]}: the adjoint of {@link Gather}. */
public record ScatterAdd(Rows rows, int height) implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        return Shape.of(height, inputs.getFirst().shape().size(1));
    }

    @Override
    public void backward(Node result, Node gradient, Sink sink) {
        sink.add(0, gradient.gather(rows));
    }

    @Override
    public String toString() {
        return "scatter(" + rows.name() + ")";
    }
}
