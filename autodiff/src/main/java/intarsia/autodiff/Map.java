package intarsia.autodiff;

import intarsia.linalg.Shape;
import intarsia.linalg.Unary;
import java.util.List;
import java.util.Locale;

/** {@code f(x)}, elementwise. */
public record Map(Unary f) implements Op {
    @Override
    public Shape shape(List<Node> inputs) {
        return inputs.getFirst().shape();
    }

    @Override
    public void backward(Node y, Node g, Sink sink) {
        Node x = y.input(0);
        switch (f) {
            case NEGATE -> sink.add(0, g.negate());
            case ABS -> sink.add(0, g.times(x.sign()));
            case SIGN, STEP -> { }
            case SQUARE -> sink.add(0, g.times(x.times(2)));
            case SQRT -> sink.add(0, g.dividedBy(y).times(0.5));
            case RECIPROCAL -> sink.add(0, g.times(y.square()).negate());
            case EXP -> sink.add(0, g.times(y));
            case LOG -> sink.add(0, g.dividedBy(x));
            case LOG1P -> sink.add(0, g.dividedBy(x.plus(1)));
            case TANH -> sink.add(0, g.times(y.square().affine(-1, 1)));
            case SIGMOID -> sink.add(0, g.times(y.times(y.affine(-1, 1))));
            case SOFTPLUS -> sink.add(0, g.times(x.sigmoid()));
            case RELU -> sink.add(0, g.times(y.step()));
        }
    }

    @Override
    public String toString() {
        return f.name().toLowerCase(Locale.ROOT);
    }
}
