package intarsia.models.study;

import intarsia.linalg.Pool;
import intarsia.models.DivergedException;
import intarsia.models.Progress;
import intarsia.models.files.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * @param shard which items it does; what other shards did is in journals of theirs, in the same folder
 */
public record StudyRunner<S>(StudyPlan<S> plan, Pool pool, Duration limit, Shard shard) {
    /** The journal's name in a study's folder. */
    static final String JOURNAL = "journal.txt";

    /** Of all items. */
    public StudyRunner(StudyPlan<S> plan, Pool pool, Duration limit) {
        this(plan, pool, limit, Shard.WHOLE);
    }

    /**
     * Whether a study may be begun or gone on with in a folder: do this before the long work.
     *
     * @throws FileException if it is a file, or holds something and no study
     */
    public static void check(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new FileException(folder, "is a file; give the name of a folder");
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> inside = Files.list(folder)) {
                List<String> names = inside.map(path -> path.getFileName().toString()).toList();
                if (!names.isEmpty() && names.stream().noneMatch(Shard::isJournal)) {
                    throw new FileException(folder, "is there, and no study was begun in it (it has no " + JOURNAL
                            + "); give another --out");
                }
            } catch (IOException e) {
                throw FileException.notWritten(folder, e);
            }
        }
    }

    /**
     * Does those of its shard's items that no journal in this folder has yet.
     *
     * @return what the plan's items measured, by whatever shard; fewer rows than items if time ran out or other shards are not done
     */
    public Measurements run(Path folder, Progress progress) {
        try (ItemJournal journal = new ItemJournal(folder.resolve(shard.journal()), plan.terms(), plan.columns())) {
            Map<Item.Key, Measurements.Row> known = others(folder);
            known.putAll(journal.done());
            List<Item<S>> left = Arrays.stream(shard.items(plan.items().size())).mapToObj(plan.items()::get)
                    .filter(item -> !known.containsKey(item.key())).toList();
            Run run = new Run(journal, left, progress);
            progress.report("study", 0, left.size());
            if (left.size() > pool.threads()) {
                pool.run(pool.threads(), thread -> run.untilDone(true));
            } else {
                run.untilDone(pool.threads() == 1);
            }
            known.putAll(journal.done());
            return new Measurements(plan.items().stream().map(item -> known.get(item.key())).filter(row -> row != null).toList());
        }
    }

    /** What other shards have done so far; they may be at work. */
    private Map<Item.Key, Measurements.Row> others(Path folder) {
        Map<Item.Key, Measurements.Row> known = new HashMap<>();
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path file : inside.sorted().toList()) {
                String name = file.getFileName().toString();
                if (Shard.isJournal(name) && !name.equals(shard.journal())) {
                    known.putAll(ItemJournal.read(file, plan.terms(), plan.columns()));
                }
            }
        } catch (IOException e) {
            throw FileException.notWritten(folder, e);
        }
        return known;
    }

    /** A fit that diverges does not end a study of hours; its row says so by being empty. */
    private ItemCells measure(Item<S> item, int threads) {
        try {
            return plan.work().measure(item, threads);
        } catch (DivergedException e) {
            return ItemCells.empty(plan.columns());
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
                Timing.Timed<ItemCells> measured = Timing.of(oneThread, () -> measure(item, oneThread ? 1 : pool.threads()));
                journal.add(new Measurements.Row(item.key(), measured.result(), measured.seconds()));
                synchronized (this) {
                    progress.report("setting " + item.setting().key() + ", " + item.setting().parameter() + " " + Setting.text(item.value())
                            + ", replicate " + item.replicate() + ", " + item.method().key(), ++done, items.size());
                }
            }
        }
    }
}
