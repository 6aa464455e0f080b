package intarsia.models.selection;

import intarsia.models.BoundModel;
import intarsia.models.DivergedException;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.HeldChoices;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Trained;
import intarsia.models.Tuning;
import intarsia.models.data.Task;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits each of several candidates on training rows, keeps the one with the smallest loss on validation rows, and may fit that one again on
 * training and validation rows together. Without validation rows in any task the first candidate is taken, so the first should be the
 * simplest.
 *
 * <p>To fit other rows of the same tasks ({@link #startingFrom}), the candidate that was chosen is taken and nothing is chosen again. Where
 * a mixture judges candidates by folds, the choice has then looked at every fold's rows, as a validation loss does; the fits have not.
 *
 * <p>Of what candidates choose themselves, only the choices of the one that is kept are told, before its own; where it is fitted again,
 * those of that fit, after it.
 *
 * @param key        its name in files
 * @param name       its name for people
 * @param candidates what is chosen from, at least one
 * @param refit      whether the chosen one is fitted again on both: not where validation rows are needed to stop by
 * @param search     how candidates are gone through; those fitted again are all fitted to their end
 */
public record Tuned(String key, String name, List<? extends Estimator> candidates, boolean refit, ModelSelection.Search search)
        implements Estimator {
    /** All candidates fitted to their end. */
    public Tuned(String key, String name, List<? extends Estimator> candidates, boolean refit) {
        this(key, name, candidates, refit, ModelSelection.Search.EXHAUSTIVE);
    }

    /** Copies the list. */
    public Tuned {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException(name + ": needs a candidate to choose");
        }
    }

    @Override
    public boolean learns(ResponseFamily family) {
        return candidates.stream().allMatch(candidate -> candidate.learns(family));
    }

    @Override
    public Object together(Task task) {
        return candidates.getFirst().together(task);
    }

    @Override
    public String reference() {
        return candidates.getFirst().reference();
    }

    @Override
    public Outcome<? extends Model> fit(FitContext context) {
        boolean choice = candidates.size() > 1 && context.split().tasks().stream().anyMatch(task -> task.validation().length > 0);
        if (!choice) {
            return candidates.getFirst().fit(refit ? context.with(context.split().withoutValidation()) : context);
        }
        if (search == ModelSelection.Search.HALVING && !refit) {
            return halving(context);
        }
        List<Attempt> attempts = new ArrayList<>();
        double[] losses = new double[candidates.size()];
        FitContext shared = (refit ? context.with(context.split().trainingOnly()) : context).shared();
        for (int c = 0; c < losses.length; c++) {
            attempts.add(Attempt.of(candidates.get(c), shared));
            losses[c] = loss(attempts.get(c).outcome, context);
            context.progress().report("choosing " + name, c + 1, losses.length);
        }
        Selection<? extends Estimator> selection = Selection.of(candidates, losses);
        if (selection.failed()) {
            throw new DivergedException("all " + losses.length + " candidates of " + name);
        }
        Attempt best = attempts.get(selection.chosen());
        if (!refit) {
            best.choices.tell(context.progress());
        }
        context.progress().chose(new Tuning(name, candidates.stream().map(Tuned::label).toList(), losses, selection.chosen(),
                losses.length, 0));
        return refit ? selection.best().fit(context.with(context.split().withoutValidation())) : best.outcome;
    }

    /** A candidate's fit, and what it chose. */
    private record Attempt(Outcome<? extends Model> outcome, HeldChoices choices) {
        static Attempt of(Estimator candidate, FitContext context) {
            HeldChoices choices = new HeldChoices(context.progress());
            return new Attempt(candidate.fit(context.telling(choices)), choices);
        }
    }

    private static double loss(Outcome<? extends Model> outcome, FitContext context) {
        if (outcome instanceof Outcome.Diverged<?>) {
            return Double.POSITIVE_INFINITY;
        }
        try (BoundModel bound = outcome.orThrow().bind(context.engine())) {
            return HeldOutLoss.validation(bound, context.split());
        }
    }

    private Outcome<? extends Model> halving(FitContext context) {
        HeldChoices own = new HeldChoices(context.progress());
        Attempt best = new ModelSelection(search).<Estimator, Attempt>choose(name, context.telling(own), List.copyOf(candidates),
                Tuned::label, (engine, candidate, epochs) -> {
                    Attempt attempt = Attempt.of(candidate.atMost(epochs), context.on(engine));
                    return new Outcome.Converged<>(new Trained<>(attempt, loss(attempt.outcome, context.on(engine)), 0), 1);
                }).model();
        best.choices.tell(context.progress());
        own.tell(context.progress());
        return best.outcome;
    }

    private static String label(Estimator candidate) {
        return candidate instanceof Named named ? named.name() : candidate.toString();
    }

    @Override
    public Estimator startingFrom(Model fitted) {
        return candidates.stream().filter(candidate -> candidate.made(fitted)).findFirst()
                .<Estimator>map(chosen -> chosen.startingFrom(fitted).named(key, name)).orElse(this);
    }

    @Override
    public boolean made(Model model) {
        return candidates.stream().anyMatch(candidate -> candidate.made(model));
    }
}
