package intarsia.optim;

import intarsia.linalg.Kernels;
import intarsia.linalg.View;
import java.util.ArrayList;
import java.util.List;

/**
 * An optimizer as a value: transforms of the gradient, an update rule with a schedule, and at most one proximal step at the end.
 *
 * {@snippet class="intarsia.tutorial.AutodiffTutorial" region="train"}
 *
 * @param transforms the transforms of the gradient, in order
 * @param rule       the update rule
 * @param schedule   the learning rate
 * @param last       the proximal step, or null
 */
public record Optimizer(List<Transform> transforms, Rule rule, Schedule schedule, ProximalStep last) {
    /** Copies the list. */
    public Optimizer {
        transforms = List.copyOf(transforms);
    }

    /** Adam with this schedule. */
    public static Optimizer adam(Schedule schedule) {
        return new Optimizer(List.of(), new Rule.Adam(), schedule, null);
    }

    /** Gradient descent with this schedule. */
    public static Optimizer gradientDescent(Schedule schedule) {
        return new Optimizer(List.of(), new Rule.Momentum(0), schedule, null);
    }

    /** With one more transform, after the others. */
    public Optimizer with(Transform transform) {
        List<Transform> more = new ArrayList<>(transforms);
        more.add(transform);
        return new Optimizer(more, rule, schedule, last);
    }

    /** With the gradient clipped to this norm. */
    public Optimizer clip(double norm) {
        return with(new Transform.ClipNorm(norm));
    }

    /** With this proximal step at the end, replacing any other. */
    public Optimizer then(ProximalStep step) {
        return new Optimizer(transforms, rule, schedule, step);
    }

    /** This optimizer bound to a flat vector of values and one of their gradients. */
    public OptimizerRun bind(Kernels kernels, View values, View gradients) {
        return new OptimizerRun(this, kernels, values, gradients);
    }
}
