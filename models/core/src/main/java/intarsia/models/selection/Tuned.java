package intarsia.models.selection;

import intarsia.models.BoundModel;
import intarsia.models.DivergedException;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Tuning;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits each of several candidates on training rows, keeps the one with the smallest loss on validation rows, and may fit that one again on
 * training and validation rows together. Without validation rows in any task the first candidate is taken, so the first should be the
 * simplest.
 *
 * @param key        its name in files
 * @param name       its name for people
 * @param candidates what is chosen from, at least one
 * @param refit      whether the chosen one is fitted again on both: not where validation rows are needed to stop by
 */
public record Tuned(String key, String name, List<? extends Estimator> candidates, boolean refit) implements Estimator {
    /** Copies the list. */
    public Tuned {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException(name + ": needs a candidate to choose");
        }
    }

    @Override
    public Outcome<? extends Model> fit(FitContext context) {
        boolean choice = candidates.size() > 1 && context.split().tasks().stream().anyMatch(task -> task.validation().length > 0);
        if (!choice) {
            return candidates.getFirst().fit(refit ? context.with(context.split().withoutValidation()) : context);
        }
        List<Outcome<? extends Model>> outcomes = new ArrayList<>();
        double[] losses = new double[candidates.size()];
        for (int c = 0; c < losses.length; c++) {
            outcomes.add(candidates.get(c).fit(refit ? context.with(context.split().trainingOnly()) : context));
            losses[c] = loss(outcomes.get(c), context);
            context.progress().report("choosing " + name, c + 1, losses.length);
        }
        Selection<? extends Estimator> selection = Selection.of(candidates, losses);
        if (selection.failed()) {
            throw new DivergedException("all " + losses.length + " candidates of " + name);
        }
        context.progress().chose(new Tuning(name, candidates.stream().map(Object::toString).toList(), losses, selection.chosen(),
                losses.length, 0));
        return refit ? selection.best().fit(context.with(context.split().withoutValidation())) : outcomes.get(selection.chosen());
    }

    private static double loss(Outcome<? extends Model> outcome, FitContext context) {
        if (outcome instanceof Outcome.Diverged<?>) {
            return Double.POSITIVE_INFINITY;
        }
        try (BoundModel bound = outcome.orThrow().bind(context.engine())) {
            return HeldOutLoss.validation(bound, context.split());
        }
    }
}
