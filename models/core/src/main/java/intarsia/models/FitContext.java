package intarsia.models;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.data.DataSplit;

/**
 * What a fit is given. A fit is a pure function of it: same context, same bits.
 *
 * @param engine   what computes; the only engine used
 * @param split    the data: training rows to learn from, validation rows to choose and stop by; test rows are not looked at
 * @param random   what all random numbers are derived from
 * @param progress told how far the fit is
 */
public record FitContext(Engine engine, DataSplit split, RandomStream random, Progress progress) {
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
        return new FitContext(engine, split, random, other);
    }
}
