package intarsia.autodiff;

import intarsia.linalg.Binary;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import java.util.List;
import java.util.Locale;

/** {@code f(x, y)}, elementwise, an operand repeated along axes where its size is 1 or that it lacks. */
public record Zip(Binary f) implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        try {
            return Shape.broadcast(inputs.get(0).shape(), inputs.get(1).shape());
        } catch (ShapeException e) {
            throw new ShapeException(this + "(" + inputs.get(0) + ", " + inputs.get(1) + "): " + e.getMessage());
        }
    }

    @Override
    public void backward(Node z, Node g, Sink sink) {
        Node x = z.input(0);
        Node y = z.input(1);
        switch (f) {
            case ADD -> {
                sink.add(0, g);
                sink.add(1, g);
            }
            case SUBTRACT -> {
                sink.add(0, g);
                sink.add(1, g.negate());
            }
            case MULTIPLY -> {
                sink.add(0, g.times(y));
                sink.add(1, g.times(x));
            }
            case DIVIDE -> {
                Node scaled = g.dividedBy(y);
                sink.add(0, scaled);
                sink.add(1, scaled.times(z).negate());
            }
            case MAX -> {
                Node first = x.atLeast(y);
                sink.add(0, g.times(first));
                sink.add(1, g.times(first.affine(-1, 1)));
            }
            case MIN -> {
                Node first = y.atLeast(x);
                sink.add(0, g.times(first));
                sink.add(1, g.times(first.affine(-1, 1)));
            }
            case AT_LEAST -> { }
        }
    }

    @Override
    public String toString() {
        return f.name().toLowerCase(Locale.ROOT);
    }
}
