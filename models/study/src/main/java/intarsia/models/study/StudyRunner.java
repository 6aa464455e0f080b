package intarsia.models.study;

import intarsia.linalg.Pool;
import intarsia.models.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does a study's items on all threads of a pool and writes each into a journal as soon as it is done, so that whoever is killed goes on from there. With
 * more items than threads, items run side by side, each on one thread; with fewer, one after another, the points of their grids side by side.
 *
 * @param plan  what to do
 * @param pool  the threads
 * @param limit no item is begun after this; null for none
 */
public record StudyRunner(StudyPlan plan, Pool pool, Duration limit) {
    /** The journal's name in a study's folder. */
    static final String JOURNAL = "journal.txt";

    /**
     * Does what the journal in this folder does not have yet.
     *
     * @return the plan's results in the order of its items; fewer than items if time ran out
     */
    public List<ItemResult> run(Path folder, Progress progress) {
        try (Journal journal = new Journal(folder.resolve(JOURNAL), plan.terms())) {
            Map<WorkItem.Key, ItemResult> before = journal.done();
            List<WorkItem> left = plan.items().stream().filter(item -> !before.containsKey(item.key())).toList();
            Work work = new Work(journal, left, progress);
            progress.report("study", 0, left.size());
            if (left.size() > pool.threads()) {
                pool.run(pool.threads(), thread -> work.untilDone());
            } else {
                work.untilDone();
            }
            Map<WorkItem.Key, ItemResult> done = journal.done();
            return plan.items().stream().map(item -> done.get(item.key())).filter(result -> result != null).toList();
        }
    }

    private final class Work {
        private final Journal journal;
        private final List<WorkItem> items;
        private final Progress progress;
        private final AtomicInteger next = new AtomicInteger();
        private final long start = System.nanoTime();
        private int done;

        Work(Journal journal, List<WorkItem> items, Progress progress) {
            this.journal = journal;
            this.items = items;
            this.progress = progress;
        }

        void untilDone() {
            Tuner tuner = new Tuner(plan.engine(), pool, plan.search());
            while (limit == null || System.nanoTime() - start < limit.toNanos()) {
                int i = next.getAndIncrement();
                if (i >= items.size()) {
                    return;
                }
                WorkItem item = items.get(i);
                journal.add(item.run(tuner, plan.grid(), plan.seed()));
                synchronized (this) {
                    progress.report("setting " + item.setting().key() + ", " + item.setting().parameter() + " " + Setting.text(item.value())
                            + ", replicate " + item.replicate() + ", " + item.method().key(), ++done, items.size());
                }
            }
        }
    }
}
