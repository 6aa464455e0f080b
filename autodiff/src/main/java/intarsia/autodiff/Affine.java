package intarsia.autodiff;

import intarsia.linalg.Shape;
import java.util.List;

/** {@code scale * x + shift}, elementwise, rounded once. */
public record Affine(double scale, double shift) implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        return inputs.getFirst().shape();
    }

    @Override
    public void backward(Node result, Node gradient, Sink sink) {
        sink.add(0, gradient.times(scale));
    }

    @Override
    public String toString() {
        return "affine(" + scale + ", " + shift + ")";
    }
}
