package intarsia.models.execution;

import intarsia.linalg.Pool;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Threads of this process. With more items than threads, items are done side by side, each on one thread; with fewer, one after another,
 * each with the whole pool.
 *
 * @param pool the threads
 */
public record LocalExecutor(Pool pool) implements ItemExecutor {
    @Override
    public void run(ItemWork work, List<String> items, Instant until, Consumer<String> outcomes) {
        AtomicInteger next = new AtomicInteger();
        int sideBySide = items.size() > pool.threads() ? pool.threads() : 1;
        int threads = pool.threads() / sideBySide;
        pool.run(sideBySide, worker -> {
            while (until == null || Instant.now().isBefore(until)) {
                int i = next.getAndIncrement();
                if (i >= items.size()) {
                    return;
                }
                String outcome = work.outcome(items.get(i), threads);
                synchronized (next) {
                    outcomes.accept(outcome);
                }
            }
        });
    }
}
