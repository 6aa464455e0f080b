package intarsia.models;

import intarsia.models.data.Observations;

/**
 * A model on an engine, ready to predict. It may be used by several threads at once: each call borrows a compiled plan, or has one
 * compiled, and gives it back. Closing gives back what it holds on the engine; the engine stays open.
 *
 * {@snippet class="intarsia.tutorial.JavaTutorial" region="predict"}
 */
public interface BoundModel extends Predictor, AutoCloseable {
    @Override
    void close();

    /** A model that needs nothing of an engine. */
    static BoundModel of(Predictor predictor) {
        return new BoundModel() {
            @Override
            public double[] predict(String task, Observations rows) {
                return predictor.predict(task, rows);
            }

            @Override
            public void close() {}
        };
    }
}
