package intarsia.models.evaluation;

import intarsia.models.Estimator;

/**
 * Follows a comparison: tells what is known from before, may end it early, hears how far it is. Calls come one at a time, from whatever
 * thread; they should be quick.
 */
public interface ComparisonListener {
    /** What came out of an earlier, interrupted comparison on the same data, seed and options; null if nothing did. Asked at the start. */
    default Evaluation known(int repeat, Estimator estimator) {
        return null;
    }

    /** Whether another evaluation may begin; asked before each one but those of the first split. */
    default boolean goesOn() {
        return true;
    }

    /** An evaluation begins. */
    default void begins(int repeat, Estimator estimator) {}

    /** A share of a fit is done, from 0 to 1. */
    default void within(int repeat, Estimator estimator, double share) {}

    /** An evaluation is done. */
    default void done(Evaluation evaluation) {}
}
