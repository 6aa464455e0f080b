package intarsia.linalg;

/**
 * A kernel bound to its operands, ready to run any number of times. Everything that can be decided once (checks, the path to take, scratch
 * memory) was decided when it was bound; running it checks nothing and allocates nothing. Commands of one {@link Kernels} run in the order
 * in which they are called.
 */
@FunctionalInterface
public interface Command {
    /** Does the work. */
    void run();
}
