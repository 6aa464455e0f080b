package intarsia.optim;

import intarsia.linalg.AdamStep;
import intarsia.linalg.Binary;
import intarsia.linalg.Chain;
import intarsia.linalg.Command;
import intarsia.linalg.Kernels;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.Unary;
import intarsia.linalg.View;
import java.util.ArrayList;
import java.util.List;

/** An {@link Optimizer} bound to its vectors, with its state. A step allocates nothing. */
public final class OptimizerRun {
    /**
     * The state that a run needs to resume with the same bits.
     *
     * @param steps   how many steps were done
     * @param moments the rule's moment vectors: none, one or two
     */
    public record State(long steps, List<Tensor> moments) {}

    private final Optimizer optimizer;
    private final Kernels kernels;
    private final List<View> moments = new ArrayList<>();
    private final Command[] commands;
    private final AdamStep adam;
    /** The learning rate in a buffer, for rules and steps that read it there. */
    private final View rate;
    private final double[] rateValue = new double[1];
    private long steps;

    OptimizerRun(Optimizer optimizer, Kernels kernels, View values, View gradients) {
        this.optimizer = optimizer;
        this.kernels = kernels;
        this.rate = scalar();
        List<Command> bound = new ArrayList<>();
        optimizer.transforms().forEach(transform -> bind(transform, values, gradients, bound));
        this.adam = optimizer.rule() instanceof Rule.Adam rule ? new AdamStep(rule.beta1(), rule.beta2(), rule.epsilon()) : null;
        bind(optimizer.rule(), values, gradients, bound);
        if (optimizer.last() != null) {
            bind(optimizer.last(), values, bound);
        }
        this.commands = bound.toArray(Command[]::new);
    }

    /** One step: reads the gradients, changes the values. */
    public void step() {
        steps++;
        rateValue[0] = optimizer.schedule().rate(steps);
        kernels.upload(rateValue, 0, rate);
        if (adam != null) {
            adam.set(rateValue[0], steps);
        }
        for (Command command : commands) {
            command.run();
        }
    }

    /** How many steps were done. */
    public long steps() {
        return steps;
    }

    /** A copy of the current state. */
    public State state() {
        return new State(steps, moments.stream().map(this::download).toList());
    }

    /** Resumes from a state. */
    public void restore(State state) {
        if (state.moments().size() != moments.size()) {
            throw new IllegalArgumentException("state has " + state.moments().size() + " moment vectors, " + optimizer.rule() + " needs "
                    + moments.size());
        }
        for (int i = 0; i < moments.size(); i++) {
            kernels.upload(state.moments().get(i).toDoubles(), 0, moments.get(i));
        }
        steps = state.steps();
    }

    private void bind(Transform transform, View values, View gradients, List<Command> to) {
        switch (transform) {
            case Transform.ClipNorm(double norm) -> {
                View square = scalar();
                View scale = scalar();
                to.add(kernels.dot(gradients, gradients, square, false));
                // min(norm / sqrt(square), 1), as 1 / max(sqrt(square) / norm, 1): no division by 0.
                View one = scalar();
                kernels.fill(one, 1).run();
                to.add(kernels.chain(new Chain(2, List.of(new Chain.Map(Unary.SQRT, 0), new Chain.Affine(1 / norm, 0, 2),
                        new Chain.Zip(Binary.MAX, 3, 1), new Chain.Map(Unary.RECIPROCAL, 4)), List.of(5)), List.of(square, one),
                                List.of(scale)));
                to.add(kernels.chain(Chain.of(Binary.MULTIPLY), List.of(gradients, scale), List.of(gradients)));
            }
            case Transform.DecayWeights(double weight) -> to.add(kernels.chain(
                    new Chain(2, List.of(new Chain.Affine(weight, 0, 1), new Chain.Zip(Binary.ADD, 0, 2)), List.of(3)),
                    List.of(gradients, values), List.of(gradients)));
        }
    }

    private void bind(Rule rule, View values, View gradients, List<Command> to) {
        switch (rule) {
            case Rule.Momentum(double momentum) -> {
                View direction = gradients;
                if (momentum > 0) {
                    direction = moment(values);
                    to.add(kernels.chain(new Chain(2, List.of(new Chain.Affine(momentum, 0, 0), new Chain.Zip(Binary.ADD, 2, 1)),
                            List.of(3)),
                            List.of(direction, gradients), List.of(direction)));
                }
                to.add(kernels.chain(new Chain(3, List.of(new Chain.Zip(Binary.MULTIPLY, 1, 2), new Chain.Zip(Binary.SUBTRACT, 0, 3)),
                        List.of(4)),
                        List.of(values, direction, rate), List.of(values)));
            }
            case Rule.Adam ignored -> to.add(kernels.adam(adam, values, gradients, moment(values), moment(values)));
        }
    }

    private void bind(ProximalStep last, View values, List<Command> to) {
        View zero = scalar();
        switch (last) {
            case ProximalStep.SoftThreshold(double weight) -> to.add(kernels.chain(
                    new Chain(3, List.of(new Chain.Affine(weight, 0, 1), new Chain.Map(Unary.ABS, 0), new Chain.Zip(Binary.SUBTRACT, 4, 3),
                            new Chain.Zip(Binary.MAX, 5, 2), new Chain.Map(Unary.SIGN, 0), new Chain.Zip(Binary.MULTIPLY, 6, 7)),
                                    List.of(8)),
                    List.of(values, rate, zero), List.of(values)));
            case ProximalStep.ShrinkRows(double weight, List<ProximalStep.Matrix> matrices) -> {
                for (ProximalStep.Matrix matrix : weight == 0 ? List.<ProximalStep.Matrix>of() : matrices) {
                    View of = new View(values.buffer(), values.offset() + matrix.offset(), matrix.rows(), matrix.columns(),
                            matrix.columns());
                    View squares = View.of(kernels.allocate(of.size()), of.rows(), of.columns());
                    View kept = View.of(kernels.allocate(of.rows()), of.rows(), 1);
                    to.add(kernels.chain(Chain.of(Unary.SQUARE), List.of(of), List.of(squares)));
                    to.add(kernels.sum(squares, kept, false));
                    // max(1 - rate weight / norm, 0): minus infinity becomes 0, too.
                    to.add(kernels.chain(new Chain(3, List.of(new Chain.Map(Unary.SQRT, 0), new Chain.Map(Unary.RECIPROCAL, 3),
                            new Chain.Zip(Binary.MULTIPLY, 4, 1), new Chain.Affine(-weight, 1, 5), new Chain.Zip(Binary.MAX, 6, 2)),
                                    List.of(7)),
                            List.of(kept, rate, zero), List.of(kept)));
                    to.add(kernels.chain(Chain.of(Binary.MULTIPLY), List.of(of, kept), List.of(of)));
                }
            }
            case ProximalStep.NonNegative() -> to.add(kernels.chain(Chain.of(Unary.RELU), List.of(values), List.of(values)));
        }
    }

    private View moment(View like) {
        View view = View.of(kernels.allocate(like.size()), like.rows(), like.columns());
        moments.add(view);
        return view;
    }

    private View scalar() {
        return View.of(kernels.allocate(1));
    }

    private Tensor download(View view) {
        double[] numbers = new double[view.size()];
        kernels.download(view, numbers, 0);
        return Tensor.of(Shape.of(numbers.length), numbers);
    }
}
