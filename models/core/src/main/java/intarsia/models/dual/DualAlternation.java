package intarsia.models.dual;

import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Weights;
import java.util.ArrayList;
import java.util.List;

/** Encoders and coefficients minimized in turn, at one penalty weight after another, each from the best state of the one before. */
final class DualAlternation {
    /**
     * Where the encoders and coefficients are.
     *
     * @param weights        the encoders'
     * @param solution       the tasks' coefficients
     * @param validationLoss how far predictions are from validation responses, the mean over tasks
     * @param trace          the objective at the start and after every alternation
     */
    record State(Weights weights, CoefficientSolution solution, double validationLoss, List<Double> trace) {}

    /** How far predictions are from validation responses; infinite if it diverged. */
    static double loss(Outcome<State> ended) {
        return ended instanceof Outcome.Diverged<State> ? Double.POSITIVE_INFINITY : ended.orThrow().validationLoss;
    }

    /** What the coefficients' half is, for encoded tasks and a penalty weight. */
    @FunctionalInterface
    interface Problem {
        CoefficientStep of(List<EncodedTask> tasks, double weight);
    }

    private final DualEncoder options;
    private final EncoderSteps encoders;
    private final Problem problem;
    private CoefficientSolution at;

    DualAlternation(DualEncoder options, EncoderSteps encoders, Problem problem) {
        this.options = options;
        this.encoders = encoders;
        this.problem = problem;
    }

    /** What the encoders, as they are, make of the training rows. */
    List<EncodedTask> encoded() {
        return encoders.encoded();
    }

    /**
     * Alternates at a penalty weight until an alternation lowers the objective by less than the tolerance, or so many in a row have brought
     * no better validation loss; ends in the state with the best one.
     */
    Outcome<State> run(double weight, Progress progress) {
        DualEncoder.Alternation limits = options.alternation();
        CoefficientStep first = problem.of(encoders.encoded(), weight);
        at = at == null ? first.solve() : first.solve(at.coefficients());
        List<Double> trace = new ArrayList<>();
        double objective = encoders.smooth(at.coefficients()) + first.penalty(at.coefficients());
        trace.add(objective);
        State best = state(trace);
        int bestAt = 0;
        String why = "alternating reached its limit of " + limits.most() + " alternations";
        int done = 0;
        while (why != null && done < limits.most()) {
            done++;
            double smooth = encoders.descend(at.coefficients(), encoders.smooth(at.coefficients()));
            if (!Double.isFinite(smooth)) {
                return new Outcome.Diverged<>(done, "alternating");
            }
            CoefficientStep step = problem.of(encoders.encoded(), weight);
            at = step.solve(at.coefficients());
            double next = encoders.smooth(at.coefficients()) + step.penalty(at.coefficients());
            trace.add(next);
            State now = state(trace);
            if (now.validationLoss < best.validationLoss) {
                best = now;
                bestAt = done;
            }
            progress.report("alternating", done, limits.most());
            boolean still = objective - next <= limits.tolerance() * Math.abs(objective);
            why = still || done - bestAt >= limits.patience() ? null : why;
            objective = next;
            if (Thread.currentThread().isInterrupted()) {
                why = "alternating was interrupted after " + done + " alternations";
                break;
            }
        }
        at = best.solution;
        encoders.restore(best.weights);
        if (why == null && !best.solution.converged()) {
            why = "the solver of the coefficients reached its limit of iterations";
        }
        return why == null ? new Outcome.Converged<>(best, done) : new Outcome.Stopped<>(best, why);
    }

    private State state(List<Double> trace) {
        return new State(encoders.weights(), at, encoders.validationLoss(at.coefficients()), trace);
    }
}
