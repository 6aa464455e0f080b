package intarsia.models.study;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.models.DivergedException;
import intarsia.models.Outcome;
import intarsia.models.net.Trained;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses among the points of a grid by validation loss; test rows are out of its reach. Points are fitted side by side on a pool that is not busy
 * otherwise; that changes the time taken and nothing else.
 *
 * @param engine what each fit's own engine is opened with: one thread
 * @param pool   threads for points of a grid
 * @param search how points are gone through
 */
public record Tuner(Engine.Options engine, Pool pool, Search search) {
    /** How the points of a grid are gone through. */
    public enum Search {
        /** Each is trained to its end. */
        EXHAUSTIVE,
        /**
         * Successive halving: all are trained for a few epochs, the better third again for four times as many, and so on; what is left, to its end. Several
         * times faster on large grids. The risk: a point that learns slowly and would win in the end is dropped early, so larger or more strongly
         * penalized networks are chosen less often than they deserve.
         */
        HALVING
    }

    /** Trains one point of a grid. */
    @FunctionalInterface
    public interface Fit<P, M> {
        /** Trains it for at most so many epochs. */
        Outcome<Trained<M>> fit(Engine engine, P point, int epochs);
    }

    /**
     * What was chosen.
     *
     * @param point the point
     * @param model what it gave
     * @param loss  its validation loss
     * @param fits  how many fits it took to choose
     * @param steps how many optimizer steps
     */
    public record Tuned<P, M>(P point, M model, double loss, int fits, long steps) {}

    private static final int FIRST_RUNG = 10;
    private static final int SMALLEST_RUNG = 3;

    /**
     * The point with the smallest validation loss; the first of several.
     *
     * @throws DivergedException if all diverged
     */
    public <P, M> Tuned<P, M> best(List<P> points, Fit<P, M> fit) {
        List<P> left = points;
        int fits = 0;
        long steps = 0;
        if (search == Search.HALVING) {
            for (int epochs = FIRST_RUNG; left.size() > SMALLEST_RUNG; epochs *= 4) {
                List<Trained<M>> rung = all(left, fit, epochs);
                List<P> of = left;
                fits += rung.size();
                steps += rung.stream().mapToLong(Trained::steps).sum();
                left = IntStream.range(0, rung.size()).boxed().sorted(Comparator.comparingDouble(i -> rung.get(i).loss()))
                        .limit((left.size() + 2) / 3).sorted().map(of::get).toList();
            }
        }
        List<Trained<M>> last = all(left, fit, Integer.MAX_VALUE);
        int best = IntStream.range(0, last.size()).boxed().min(Comparator.comparingDouble(i -> last.get(i).loss())).orElseThrow();
        if (Double.isInfinite(last.get(best).loss())) {
            throw new DivergedException("all " + points.size() + " points of the grid");
        }
        return new Tuned<>(left.get(best), last.get(best).model(), last.get(best).loss(), fits + last.size(),
                steps + last.stream().mapToLong(Trained::steps).sum());
    }

    /** A point that diverges has an infinite loss. */
    private <P, M> List<Trained<M>> all(List<P> points, Fit<P, M> fit, int epochs) {
        List<Trained<M>> results = new ArrayList<>(points.stream().map(point -> (Trained<M>) null).toList());
        pool.run(points.size(), i -> {
            try (Engine own = engine.open()) {
                results.set(i, switch (fit.fit(own, points.get(i), epochs)) {
                    case Outcome.Diverged<Trained<M>>(int epoch, String where) -> new Trained<>(null, Double.POSITIVE_INFINITY, 0);
                    case Outcome.Converged<Trained<M>>(Trained<M> trained, int best) -> trained;
                    case Outcome.Stopped<Trained<M>>(Trained<M> trained, String why) -> trained;
                });
            }
        });
        return results;
    }
}
