package intarsia.autodiff;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.List;

/** A tensor that never changes. */
public record Constant(Tensor value) implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        return value.shape();
    }

    @Override
    public void backward(Node result, Node gradient, Sink sink) {}

    @Override
    public String toString() {
        return value.size() == 1 ? Double.toString(value.at(0)) : "constant";
    }
}
