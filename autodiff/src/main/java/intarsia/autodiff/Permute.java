package intarsia.autodiff;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import java.util.List;

/** Reorders axes: axis k of the result is axis {@code axes[k]} of the operand. */
public record Permute(List<Integer> axes) implements Op {
    /** Copies the list. */
    public Permute {
        axes = List.copyOf(axes);
    }

    @Override
    public Shape shape(List<Node> inputs) {
        Shape from = inputs.getFirst().shape();
        if (axes.size() != from.rank() || !axes.stream().sorted().toList().equals(java.util.stream.IntStream.range(0, from.rank()).boxed().toList())) {
            throw new ShapeException("permute of " + inputs.getFirst() + " by " + axes + ": must name each axis once");
        }
        return Shape.of(axes.stream().mapToInt(from::size).toArray());
    }

    @Override
    public void backward(Node result, Node gradient, Sink sink) {
        Integer[] back = new Integer[axes.size()];
        for (int k = 0; k < back.length; k++) {
            back[axes.get(k)] = k;
        }
        sink.add(0, gradient.permute(back));
    }

    @Override
    public String toString() {
        return "permute" + axes;
    }
}
