package intarsia.models.execution;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who does items. {@link LocalExecutor}, threads of this process, is the usual one; others are found by {@link ClusterEngine}. Where an
 * item is done and how often it was begun changes nothing of its outcome.
 */
public interface ItemExecutor extends AutoCloseable {
    /**
     * Does items in any order, as many side by side as there is room for, and returns when all are done.
     *
     * @param work     what is done with each
     * @param items    the items, begun in about this order
     * @param until    none is begun after this; null for no limit
     * @param outcomes told what came of each as soon as it is there: one call at a time, from whatever thread
     * @throws RuntimeException what the work or {@code outcomes} threw; outcomes told before stay told
     */
    void run(ItemWork work, List<String> items, Instant until, Consumer<String> outcomes);

    /** Lets go of whoever does the items. */
    @Override
    default void close() {}
}
