package intarsia.models.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The data of a study: tasks that share sources, some blocks missing. A source observed in every task is an anchor; there must be at least
 * one, unless the tasks are {@linkplain Builder#linked linked} by way of each other and that is said to do.
 *
 * <p>A block with numbers in less than a stated share of its task's rows (one half unless said) counts as missing there: {@link #tasks()}
 * no longer holds it, {@link #missingness()} tells.
 *
 * {@snippet class="intarsia.tutorial.JavaTutorial" region="tasks"}
 */
public final class TaskSet {
    private final List<Task> given;
    private final List<Task> tasks;
    private final List<Source> anchors;
    private final List<Source> others;
    private final MissingnessPattern missingness;
    private final Resampling resampling;
    private final boolean linked;

    private TaskSet(List<Task> given, double minimumShare, Resampling resampling, boolean linked) {
        Set<Source> all = new LinkedHashSet<>();
        given.forEach(task -> all.addAll(task.blocks().keySet()));
        checkNames(given, all);
        List<Set<Source>> observed = given.stream().map(task -> observed(task, cohort(given, task), minimumShare)).toList();
        List<Task> kept = new ArrayList<>();
        for (int t = 0; t < given.size(); t++) {
            kept.add(given.get(t).only(observed.get(t)));
        }
        this.given = given;
        tasks = List.copyOf(kept);
        List<Source> byName = all.stream().sorted(Comparator.comparing(Source::name)).toList();
        anchors = byName.stream().filter(s -> observed.stream().allMatch(o -> o.contains(s))).toList();
        others = byName.stream().filter(s -> !anchors.contains(s) && observed.stream().anyMatch(o -> o.contains(s))).toList();
        List<Source> ordered = new ArrayList<>(all.stream().filter(anchors::contains).toList());
        all.stream().filter(s -> !anchors.contains(s)).forEach(ordered::add);
        missingness = pattern(List.copyOf(ordered), given, observed);
        if (all.isEmpty()) {
            throw new DataException("no task has any observed source, so there is nothing to learn from");
        }
        TaskOverlap overlap = anchors.isEmpty() ? TaskOverlap.of(kept) : null;
        if (anchors.isEmpty() && !(linked && overlap.linked().size() == 1)) {
            throw new DataException("no source is observed in every task, so there is no anchor to learn from: " + all.stream()
                    .map(source -> "'" + source.name() + "' is missing in "
                            + kept.stream().filter(task -> !task.blocks().containsKey(source))
                            .map(Task::name).collect(Collectors.joining(", ")))
                    .collect(Collectors.joining("; ")) + overlap.advice());
        }
        this.resampling = resampling;
        this.linked = linked;
    }

    /** Begins a task set. */
    public static Builder builder() {
        return new Builder();
    }

    /** The tasks, each with its observed blocks only. */
    public List<Task> tasks() {
        return tasks;
    }

    /** The tasks as they were given, with blocks that count as missing too. */
    public List<Task> given() {
        return given;
    }

    /** The task with this name. */
    public Task task(String name) {
        return tasks.stream().filter(t -> t.name().equals(name)).findFirst()
                .orElseThrow(() -> new DataException("no task '" + name + "'; there are " + tasks.stream().map(Task::name).toList()));
    }

    /** The sources observed in every task, by name: together they are the anchor, source 0 of the papers. */
    public List<Source> anchors() {
        return anchors;
    }

    /** The sources observed in some tasks and missing in others, by name; a source observed nowhere is in neither list. */
    public List<Source> others() {
        return others;
    }

    /**
     * The tasks of other rows, as data to which this one could come: without the sources that all of them have and it lacks, which would
     * be needed in every task.
     */
    public TaskSet without(Task task) {
        List<Task> rest = tasks.stream().filter(other -> !other.cohort().equals(task.cohort())).toList();
        Set<Source> kept = new LinkedHashSet<>();
        rest.forEach(other -> kept.addAll(other.blocks().keySet()));
        kept.removeIf(source -> !task.blocks().containsKey(source) && rest.stream().allMatch(other -> other.blocks().containsKey(source)));
        return new TaskSet(rest.stream().map(other -> other.only(kept)).toList(), 0, resampling, linked);
    }

    /** Some of the tasks, or the same with other responses, split as these are. */
    public TaskSet with(List<Task> others) {
        return new TaskSet(List.copyOf(others), 0, resampling, linked);
    }

    /** The tasks of each response, in the order in which responses are given; these where there is one response. */
    public List<TaskSet> byResponse() {
        List<String> about = tasks.stream().map(Task::about).distinct().toList();
        return about.size() == 1 ? List.of(this)
                : about.stream().map(name -> with(tasks.stream().filter(task -> task.about().equals(name)).toList())).toList();
    }

    /** For what counts rows: of the tasks about responses of the same rows the one with the most. */
    public List<Task> cohorts() {
        return largest(tasks);
    }

    /** How rows are split, wherever they are. */
    public Resampling resampling() {
        return resampling;
    }

    /** The pattern of missing blocks, of tasks about responses of the same rows by that with the most rows, under their common name. */
    public MissingnessPattern missingness() {
        return missingness;
    }

    private static MissingnessPattern pattern(List<Source> sources, List<Task> given, List<Set<Source>> observed) {
        List<Task> cohorts = largest(given);
        return MissingnessPattern.of(sources, cohorts, cohorts.stream().map(task -> observed.get(given.indexOf(task))).toList());
    }

    private static List<Task> largest(List<Task> tasks) {
        Map<String, Task> largest = new LinkedHashMap<>();
        tasks.forEach(task -> largest.merge(task.cohort(), task, (one, other) -> one.size() >= other.size() ? one : other));
        return List.copyOf(largest.values());
    }

    private static List<Task> cohort(List<Task> tasks, Task task) {
        return task.about().isEmpty() ? List.of(task) : tasks.stream().filter(other -> other.cohort().equals(task.cohort())).toList();
    }

    /** Of a task's sources those that enough of its cohort's rows have, each row counted once. */
    private static Set<Source> observed(Task task, List<Task> cohort, double minimumShare) {
        Set<Source> observed = new LinkedHashSet<>();
        task.blocks().forEach((source, block) -> {
            int rows = 0;
            int having = 0;
            Set<Long> earlier = new HashSet<>();
            for (Task each : cohort) {
                Block of = each.blocks().get(source);
                int[] fresh = IntStream.range(0, each.size()).filter(row -> cohort.size() == 1 || !earlier.contains(each.rowKeys()[row]))
                        .toArray();
                rows += fresh.length;
                having += of == null ? 0 : MissingnessPattern.rowsGiven(of, fresh);
                Arrays.stream(cohort.size() == 1 ? new long[0] : each.rowKeys()).forEach(earlier::add);
            }
            if (MissingnessPattern.rowsGiven(block) > 0 && having >= minimumShare * rows) {
                observed.add(source);
            }
        });
        return observed;
    }

    private static void checkNames(List<Task> tasks, Set<Source> sources) {
        if (tasks.isEmpty()) {
            throw new DataException("a study needs at least one task");
        }
        Set<String> seen = new HashSet<>();
        for (Task task : tasks) {
            if (!seen.add(task.name().toLowerCase(Locale.ROOT))) {
                boolean same = tasks.stream().filter(other -> other.name().equals(task.name())).count() > 1;
                throw new DataException("task '" + task.name() + "' is there twice"
                        + (same ? "" : ": names that differ in capital letters only count as the same"));
            }
        }
        Map<String, Task> about = new HashMap<>();
        for (Task task : tasks) {
            Task other = task.about().isEmpty() ? task : about.merge(task.about(), task, (one, another) -> one);
            if (!other.family().equals(task.family())) {
                throw new DataException("response '" + task.about() + "' is " + other.family().key() + " in task '" + other.cohort()
                        + "' and " + task.family().key() + " in task '" + task.cohort() + "'; it has one kind in all tasks");
            }
        }
        Set<String> names = new HashSet<>();
        Set<String> columns = new HashSet<>();
        for (Source source : sources) {
            if (!names.add(source.name())) {
                throw new DataException("source '" + source.name() + "' is there twice, with different columns");
            }
            for (Column column : source.columns()) {
                if (!columns.add(column.name())) {
                    throw new DataException("column '" + column.name() + "' belongs to two sources");
                }
            }
        }
    }

    /** A task set being put together. */
    public static final class Builder {
        private final List<Task> tasks = new ArrayList<>();
        private double minimumShare = 0.5;
        private Resampling resampling = Resampling.STANDARD;
        private boolean linked;

        private Builder() {}

        /** One more task. */
        public Builder task(Task task) {
            tasks.add(task);
            return this;
        }

        /** The share of a task's rows below which a block counts as missing; 0.5 unless said. */
        public Builder minimumShare(double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new DataException("minimum share " + share + ": must lie between 0 and 1");
            }
            minimumShare = share;
            return this;
        }

        /**
         * Without an anchor, if need be, as long as every task is linked to every other one by sources in common, if only by way of others.
         * Models need an anchor; such data can be completed by {@code FactorImputation}, so that they have one.
         */
        public Builder linked() {
            linked = true;
            return this;
        }

        /** How rows are split; {@link Resampling#STANDARD} unless said. */
        public Builder resampling(Resampling scheme) {
            resampling = scheme;
            return this;
        }

        /**
         * The task set.
         *
         * @throws DataException if names clash, no source is observed in every task, or rows cannot be split as was said
         */
        public TaskSet build() {
            TaskSet data = new TaskSet(List.copyOf(tasks), minimumShare, resampling, linked);
            resampling.scheme().check(DataSplit.all(data), resampling.folds());
            return data;
        }
    }
}
