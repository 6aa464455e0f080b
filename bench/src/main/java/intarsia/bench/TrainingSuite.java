package intarsia.bench;

import java.util.Map;

/** A training step that can be done without JMH, too: what JMH itself allocates would count as the step's. */
public interface TrainingSuite extends AutoCloseable {
    /** Sets its parameters, by name. */
    void set(Map<String, String> parameters);

    /** Compiles. */
    void compile();

    /** One step. */
    void step();

    /** The floating-point operations of a step, without the optimizer's. */
    long flops();

    /** The loss after some steps, to hold against a peer's. */
    double lossAfter(int steps);

    /** Lets go. */
    @Override
    void close();
}
