package intarsia.autodiff;

import intarsia.linalg.Shape;
import java.util.List;

/** A tensor given anew before each run of a plan. */
public record Input(String name, Shape shape) implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        return shape;
    }

    @Override
    public void backward(Node result, Node gradient, Sink sink) {}

    @Override
    public String toString() {
        return name;
    }
}
