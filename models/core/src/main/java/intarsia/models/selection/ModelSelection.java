package intarsia.models.selection;

import intarsia.linalg.Engine;
import intarsia.models.DivergedException;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Trained;
import intarsia.models.Tuning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Chooses among candidates by held-out loss. Candidates are fitted side by side on the engine's pool where it is not busy otherwise; that
 * changes the time taken and nothing else.
 *
 * @param search how candidates are gone through
 */
public record ModelSelection(Search search) {
    /** How candidates are gone through. */
    public enum Search {
        /** Each is trained to its end. */
        EXHAUSTIVE,
        /**
         * Successive halving: all are trained for a few epochs, the better third again for four times as many, and so on; what is left, to
         * its end. Several times faster on large grids. The risk: a candidate that learns slowly and would win in the end is dropped early,
         * so larger or more strongly penalized networks are chosen less often than they deserve.
         */
        HALVING
    }

    /** Trains one candidate. */
    @FunctionalInterface
    public interface Fit<C, M> {
        /** Trains it for at most so many epochs. */
        Outcome<Trained<M>> fit(Engine engine, C candidate, int epochs);
    }

    /**
     * What was chosen.
     *
     * @param selection all candidates that were trained to their end, with their losses
     * @param model     what the chosen one gave
     */
    public record Chosen<C, M>(Selection<C> selection, M model) {}

    private static final int FIRST_RUNG = 10;
    private static final int SMALLEST_RUNG = 3;

    /**
     * The candidate with the smallest validation loss; the first of several. The choice is told to the context's progress.
     *
     * @param what  is chosen, for people
     * @param label what a candidate is called, for people
     * @throws DivergedException if all diverged
     */
    public <C, M> Chosen<C, M> choose(String what, FitContext context, List<C> candidates, Function<? super C, String> label,
            Fit<C, M> fit) {
        List<C> left = candidates;
        int fits = 0;
        long steps = 0;
        if (search == Search.HALVING) {
            for (int epochs = FIRST_RUNG; left.size() > SMALLEST_RUNG; epochs *= 4) {
                List<Trained<M>> rung = all(context.engine(), left, fit, epochs);
                List<C> of = left;
                fits += rung.size();
                steps += rung.stream().mapToLong(Trained::steps).sum();
                left = IntStream.range(0, rung.size()).boxed().sorted(Comparator.comparingDouble(i -> rung.get(i).loss()))
                        .limit((left.size() + 2) / 3).sorted().map(of::get).toList();
            }
        }
        List<Trained<M>> last = all(context.engine(), left, fit, Integer.MAX_VALUE);
        Selection<C> selection = Selection.of(left, last.stream().mapToDouble(Trained::loss).toArray());
        if (selection.failed()) {
            throw new DivergedException("all " + candidates.size() + " candidates");
        }
        int allFits = fits + last.size();
        long allSteps = steps + last.stream().mapToLong(Trained::steps).sum();
        context.progress().chose(new Tuning(what, left.stream().map(label).toList(), selection.loss(), selection.chosen(), allFits,
                allSteps));
        return new Chosen<>(selection, last.get(selection.chosen()).model());
    }

    /** A candidate that diverges has an infinite loss. */
    private static <C, M> List<Trained<M>> all(Engine engine, List<C> candidates, Fit<C, M> fit, int epochs) {
        List<Trained<M>> results = new ArrayList<>(Collections.nCopies(candidates.size(), null));
        int count = candidates.size();
        engine.pool().runUneven(count, part -> {
            int i = count - 1 - part; // grids end with their largest networks: what takes longest should not be begun last
            try (Engine own = engine.scope()) {
                results.set(i, switch (fit.fit(own, candidates.get(i), epochs)) {
                    case Outcome.Diverged<Trained<M>>(int epoch, String where) -> new Trained<>(null, Double.POSITIVE_INFINITY, 0);
                    case Outcome.Converged<Trained<M>>(Trained<M> trained, int best) -> trained;
                    case Outcome.Stopped<Trained<M>>(Trained<M> trained, String why) -> trained;
                });
            }
        });
        return results;
    }
}
