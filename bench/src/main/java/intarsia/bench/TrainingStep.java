package intarsia.bench;

import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.optim.Optimizer;
import intarsia.optim.OptimizerRun;
import intarsia.optim.Schedule;

/** A loss, its gradients and an Adam step, begun from numbers that every peer knows ({@link Numbers}). */
public final class TrainingStep {
    private final Plan plan;
    private final OptimizerRun optimizer;
    private final Node loss;

    /** Compiles; parameters begin as {@link Numbers} of their names, within +-1/sqrt(rows), +-0.1 for vectors. */
    public TrainingStep(Parameters parameters, Node loss) {
        this.loss = loss;
        plan = Plan.training(parameters, loss);
        loss.graph().parameters().forEach((name, node) -> {
            double bound = node.shape().rank() == 2 ? 1 / Math.sqrt(node.shape().size(0)) : 0.1;
            parameters.set(name, intarsia.linalg.Tensor.of(node.shape(), Numbers.of(name, node.shape().size(), bound))
                    .to(parameters.engine().precision()));
        });
        optimizer = Optimizer.adam(new Schedule.StepDecay(0.001, 0.95, 200))
                .bind(parameters.engine().kernels(), parameters.values(), parameters.gradients());
    }

    /** The plan, to set inputs. */
    public Plan plan() {
        return plan;
    }

    /** One step. */
    public void run() {
        plan.run();
        optimizer.step();
    }

    /** The loss of the last step, before its change. */
    public double loss() {
        return plan.scalar(loss);
    }
}
