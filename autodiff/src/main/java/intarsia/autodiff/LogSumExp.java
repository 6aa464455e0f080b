package intarsia.autodiff;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import java.util.List;

/** {@code log(sum_j exp(x_ij))} over the last axis, which keeps size 1; without overflow. */
public record LogSumExp() implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        Shape from = inputs.getFirst().shape();
        if (from.rank() == 0 || from.size(-1) == 0) {
            throw new ShapeException("logSumExp of " + inputs.getFirst() + ": needs a last axis with entries");
        }
        return from.with(-1, 1);
    }

    @Override
    public void backward(Node result, Node gradient, Sink sink) {
        sink.add(0, gradient.times(result.input(0).minus(result).exp()));
    }

    @Override
    public String toString() {
        return "logSumExp";
    }
}
