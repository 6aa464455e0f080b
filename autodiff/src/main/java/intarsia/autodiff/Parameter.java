package intarsia.autodiff;

import intarsia.linalg.Shape;
import java.util.List;

/** A tensor that is learned; its values live outside of any plan, so that several plans share them. */
public record Parameter(String name, Shape shape, Init init) implements Op {
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
