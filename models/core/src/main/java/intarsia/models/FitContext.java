package intarsia.models;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.data.DataSplit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a fit is given. A fit is a pure function of it: same context, same bits.
 *
 * @param engine   what computes; the only engine used
 * @param split    the data: training rows to learn from, validation rows to choose and stop by; test rows are not looked at
 * @param random   what all random numbers are derived from
 * @param progress told how far the fit is
 * @param parts    parts of fits on this engine, split and stream that are known already; null where none are kept
 */
public record FitContext(Engine engine, DataSplit split, RandomStream random, Progress progress, Map<Object, Object> parts) {
    /** No parts are kept. */
    public FitContext(Engine engine, DataSplit split, RandomStream random, Progress progress) {
        this(engine, split, random, progress, null);
    }

    /** The same for several candidates, one after another on one thread: what their fits have in common is computed once. */
    public FitContext shared() {
        return new FitContext(engine, split, random, progress, new HashMap<>());
    }

    /**
     * A part of a fit, computed unless a fit that shares this context did.
     *
     * @param key all that the part depends on besides engine, split and stream
     */
    @SuppressWarnings("unchecked")
    public <T> T part(Object key, Supplier<T> compute) {
        if (parts == null) {
            return compute.get();
        }
        if (!parts.containsKey(key)) {
            parts.put(key, compute.get());
        }
        return (T) parts.get(key);
    }

    /** The same for one of several parts of the work, with random numbers of its own. */
    public FitContext child(String name) {
        return new FitContext(engine, split, random.child(name), progress);
    }

    /** The same on another engine. */
    public FitContext on(Engine other) {
        return new FitContext(other, split, random, progress);
    }

    /** The same with other training and validation rows. */
    public FitContext with(DataSplit other) {
        return new FitContext(engine, other, random, progress);
    }

    /** The same with somebody else told how far it is and what it chooses. */
    public FitContext telling(Progress other) {
        return new FitContext(engine, split, random, other, parts);
    }
}
