package intarsia.bench;

/** Something to be measured, bound to its operands; each run does it once. */
@FunctionalInterface
public interface Work extends AutoCloseable {
    /** Does it once. */
    void run();

    /** Gives back what it holds. */
    @Override
    default void close() {}
}
