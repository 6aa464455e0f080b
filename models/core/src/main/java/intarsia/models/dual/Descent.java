package intarsia.models.dual;

import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Alternation going down: at one strength after another, each from the best state of the one before. */
final class Descent {
    /**
     * Where the encoders and coefficients are.
     *
     * @param weights        the encoders'
     * @param coefficients   the tasks'
     * @param validationLoss mean validation loss, summed over tasks
     * @param trace          the objective at the start and after every alternation
     */
    record State(Map<String, Tensor> weights, Coefficients coefficients, double validationLoss, List<Double> trace) {}

    private final DualEncoderOptions options;
    private final Alternation alternation;
    private Coefficients at;

    Descent(DualEncoderOptions options, Alternation alternation) {
        this.options = options;
        this.alternation = alternation;
    }

    /** What the encoders, as they are, make of the training rows. */
    List<EncodedTask> encoded() {
        return alternation.encoded();
    }

    /**
     * Alternates at a strength until an alternation lowers the objective by less than the tolerance, or so many in a row have brought no better validation
     * loss; ends in the state with the best one.
     */
    Outcome<State> alternate(double strength, Progress progress) {
        CoefficientStep first = alternation.step(strength);
        at = at == null ? first.solve() : first.solve(at);
        List<Double> trace = new ArrayList<>();
        double objective = alternation.smooth(at) + first.penalty(at);
        trace.add(objective);
        State best = state(trace);
        int bestAt = 0;
        String why = "it reached its limit of " + options.alternations() + " alternations";
        int done = 0;
        while (why != null && done < options.alternations()) {
            done++;
            double smooth = alternation.encoderSteps(at, alternation.smooth(at));
            if (!Double.isFinite(smooth)) {
                return new Outcome.Diverged<>(done, "alternating");
            }
            CoefficientStep step = alternation.step(strength);
            at = step.solve(at);
            double next = alternation.smooth(at) + step.penalty(at);
            trace.add(next);
            State now = state(trace);
            if (now.validationLoss < best.validationLoss) {
                best = now;
                bestAt = done;
            }
            progress.report("alternating", done, options.alternations());
            boolean still = objective - next <= options.tolerance() * Math.abs(objective);
            why = still || done - bestAt >= options.patience() ? null : why;
            objective = next;
            if (Thread.currentThread().isInterrupted()) {
                why = "it was interrupted after " + done + " alternations";
                break;
            }
        }
        at = best.coefficients;
        alternation.restore(best.weights);
        return why == null ? new Outcome.Converged<>(best, done) : new Outcome.Stopped<>(best, why);
    }

    private State state(List<Double> trace) {
        return new State(alternation.weights(), at, alternation.validationLoss(at), trace);
    }
}
