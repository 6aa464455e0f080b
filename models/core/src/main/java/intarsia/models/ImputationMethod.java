package intarsia.models;

import intarsia.linalg.Engine;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;

/** A way to learn what sources are expected to be where they were not measured: the part of a model that imputes, or a way of its own. */
public interface ImputationMethod {
    /** Its name in files. */
    String key();

    /** Its name for people. */
    String name();

    /**
     * Learns from training rows, with or without validation rows to stop by; responses of test rows, and their cells, are not looked at.
     *
     * @throws intarsia.models.data.DataException if the rows do not do
     */
    Learned learn(FitContext context);

    /** What was learned. */
    @FunctionalInterface
    interface Learned {
        /**
         * What a source is expected to be in rows that lack it, given the sources they have.
         *
         * @return for each row {@link Source#width} numbers, in the order of columns' names: a quantity, the probability of 1, or that of
         *     each level; probabilities need not lie between 0 and 1
         */
        double[][] expected(Engine engine, String task, Source source, Observations rows);
    }
}
