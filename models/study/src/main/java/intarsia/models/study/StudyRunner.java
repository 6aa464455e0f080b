package intarsia.models.study;

import intarsia.linalg.Pool;
import intarsia.models.DivergedException;
import intarsia.models.Progress;
import intarsia.models.files.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Does a study's items on all threads of a pool and writes each into a journal as soon as it is done, so that whoever is killed goes on
 * from there. With more items than threads, items run side by side, each on one thread; with fewer, one after another, each with the whole
 * pool.
 *
 * @param <S>   what data are drawn from
 * @param plan  what to do
 * @param pool  the threads
 * @param limit no item is begun after this; null for none
 */
public record StudyRunner<S>(StudyPlan<S> plan, Pool pool, Duration limit) {
    /** The journal's name in a study's folder. */
    static final String JOURNAL = "journal.txt";

    /**
     * Whether a study may be begun or gone on with in a folder: do this before the long work.
     *
     * @throws FileException if it is a file, or holds something and no study
     */
    public static void check(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new FileException(folder, "is a file; give the name of a folder");
        }
        if (Files.isDirectory(folder) && !Files.exists(folder.resolve(JOURNAL))) {
            try (Stream<Path> inside = Files.list(folder)) {
                if (inside.findAny().isPresent()) {
                    throw new FileException(folder, "is there, and no study was begun in it (it has no " + JOURNAL
                            + "); give another --out");
                }
            } catch (IOException e) {
                throw FileException.notWritten(folder, e);
            }
        }
    }

    /**
     * Does what the journal in this folder does not have yet.
     *
     * @return what the plan's items measured; fewer rows than items if time ran out
     */
    public Measurements run(Path folder, Progress progress) {
        try (ItemJournal journal = new ItemJournal(folder.resolve(JOURNAL), plan.terms(), plan.columns())) {
            Set<Item.Key> before = new HashSet<>(journal.done().keySet());
            List<Item<S>> left = plan.items().stream().filter(item -> !before.contains(item.key())).toList();
            Run run = new Run(journal, left, progress);
            progress.report("study", 0, left.size());
            if (left.size() > pool.threads()) {
                pool.run(pool.threads(), thread -> run.untilDone(true));
            } else {
                run.untilDone(pool.threads() == 1);
            }
            Map<Item.Key, Measurements.Row> done = journal.done();
            return new Measurements(plan.items().stream().map(item -> done.get(item.key())).filter(row -> row != null).toList());
        }
    }

    /** A fit that diverges does not end a study of hours; its row says so by being empty. */
    private Cells measure(Item<S> item, int threads) {
        try {
            return plan.work().measure(item, threads);
        } catch (DivergedException e) {
            return Cells.empty(plan.columns());
        }
    }

    private final class Run {
        private final ItemJournal journal;
        private final List<Item<S>> items;
        private final Progress progress;
        private final AtomicInteger next = new AtomicInteger();
        private final long start = System.nanoTime();
        private int done;

        Run(ItemJournal journal, List<Item<S>> items, Progress progress) {
            this.journal = journal;
            this.items = items;
            this.progress = progress;
        }

        void untilDone(boolean oneThread) {
            while (limit == null || System.nanoTime() - start < limit.toNanos()) {
                int i = next.getAndIncrement();
                if (i >= items.size()) {
                    return;
                }
                Item<S> item = items.get(i);
                Timing.Timed<Cells> measured = Timing.of(oneThread, () -> measure(item, oneThread ? 1 : pool.threads()));
                journal.add(new Measurements.Row(item.key(), measured.result(), measured.seconds()));
                synchronized (this) {
                    progress.report("setting " + item.setting().key() + ", " + item.setting().parameter() + " " + Setting.text(item.value())
                            + ", replicate " + item.replicate() + ", " + item.method().key(), ++done, items.size());
                }
            }
        }
    }
}
