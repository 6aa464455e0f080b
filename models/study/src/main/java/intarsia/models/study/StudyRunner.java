package intarsia.models.study;

import intarsia.models.Progress;
import intarsia.models.execution.ItemExecutor;
import intarsia.models.files.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Has a study's items done and writes each into a journal as soon as it is done, so that whoever is killed goes on from there.
 *
 * @param <S>      what data are drawn from
 * @param plan     what to do
 * @param executor who does items
 * @param limit    no item is begun after this; null for none
 * @param shard    which items are done; what other shards did is in journals of theirs, in the same folder
 */
public record StudyRunner<S>(StudyPlan<S> plan, ItemExecutor executor, Duration limit, Shard shard) {
    /** The journal's name in a study's folder. */
    static final String JOURNAL = "journal.txt";

    /** Of all items. */
    public StudyRunner(StudyPlan<S> plan, ItemExecutor executor, Duration limit) {
        this(plan, executor, limit, Shard.WHOLE);
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
            Instant until = limit == null ? null : Instant.now().plus(limit);
            progress.report("study", 0, left.size());
            int before = journal.size();
            executor.run(plan.asLines(), left.stream().map(item -> item.key().line()).toList(), until, outcome -> {
                Item.Key key = journal.add(outcome).key();
                progress.report("setting " + key.setting() + " at " + Setting.text(key.value()) + ", replicate " + key.replicate()
                        + ", " + key.method(), journal.size() - before, left.size());
            });
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
}
