package intarsia.cli;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long is left of work that consists of pieces of several kinds, done side by side. A piece is expected to take as long as those of its
 * kind took; before any is done, as long as what is done of one says; before that, as long as the longest of other kinds.
 */
final class RemainingWork {
    /** A share of a piece below this says little of the whole. */
    private static final double TELLING = 0.05;

    private final int workers;
    private final LongSupplier nanos;
    private final long start;
    private final Map<String, Integer> open = new LinkedHashMap<>();
    private final Map<String, Mean> done = new HashMap<>();
    private final Map<Object, Running> running = new LinkedHashMap<>();

    private static final class Mean {
        private double sum;
        private int count;
    }

    private static final class Running {
        private final String kind;
        private final long begun;
        private double share;

        private Running(String kind, long begun) {
            this.kind = kind;
            this.begun = begun;
        }
    }

    RemainingWork(int workers, LongSupplier nanos) {
        this.workers = workers;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** There is a piece of this kind to do. */
    void add(String kind) {
        open.merge(kind, 1, Integer::sum);
    }

    /** A piece begins. */
    void begins(Object piece, String kind) {
        running.put(piece, new Running(kind, nanos.getAsLong()));
    }

    /** A share of a running piece is done. */
    void within(Object piece, double share) {
        running.get(piece).share = share;
    }

    /** A piece is done that was added, in this run or one before. */
    void done(Object piece, String kind, double seconds) {
        running.remove(piece);
        open.merge(kind, -1, Integer::sum);
        Mean mean = done.computeIfAbsent(kind, k -> new Mean());
        mean.sum += seconds;
        mean.count++;
    }

    /** Seconds since the start. */
    double elapsed() {
        return (nanos.getAsLong() - start) * 1e-9;
    }

    /** What a piece of this kind is expected to take; NaN while nothing tells. */
    double expected(String kind) {
        double own = known(kind);
        return !Double.isNaN(own) ? own
                : open.keySet().stream().mapToDouble(this::known).filter(seconds -> !Double.isNaN(seconds)).max().orElse(Double.NaN);
    }

    private double known(String kind) {
        Mean mean = done.get(kind);
        return mean != null ? mean.sum / mean.count
                : running.values().stream().filter(piece -> piece.kind.equals(kind) && piece.share >= TELLING)
                        .mapToDouble(piece -> age(piece) / piece.share).average().orElse(Double.NaN);
    }

    private double age(Running piece) {
        return (nanos.getAsLong() - piece.begun) * 1e-9;
    }

    /** Seconds left; NaN while nothing tells. */
    double left() {
        double left = 0;
        for (Map.Entry<String, Integer> kind : open.entrySet()) {
            left += kind.getValue() == 0 ? 0 : kind.getValue() * expected(kind.getKey());
        }
        for (Running piece : running.values()) {
            left -= Math.min(age(piece), expected(piece.kind));
        }
        return left / workers;
    }

    /** The share that is done, by time; 0 while nothing tells. */
    double share() {
        double left = left();
        return Double.isNaN(left) ? 0 : elapsed() / (elapsed() + left);
    }
}
