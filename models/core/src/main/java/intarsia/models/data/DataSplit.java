package intarsia.models.data;

import intarsia.linalg.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Data with the rows of every task in three parts. A split belongs to the data it splits: each part holds its task. Tasks stand in the
 * order of their names, so that models do not depend on the order in which tasks are given.
 *
 * @param data  the data
 * @param tasks a split of every task, in the order of their names
 */
public record DataSplit(TaskSet data, List<TaskSplit> tasks) {
    /**
     * Checks that there is one split for each task of the data, and sorts them.
     *
     * @throws DataException if they are not those of the data's tasks
     */
    public DataSplit {
        tasks = tasks.stream().sorted(Comparator.comparing(split -> split.task().name())).toList();
        if (tasks.size() != data.tasks().size() || tasks.stream().anyMatch(split -> data.task(split.task().name()) != split.task())) {
            throw new DataException("splits of tasks " + tasks.stream().map(split -> split.task().name()).toList() + " for data of tasks "
                    + data.tasks().stream().map(Task::name).toList() + ": a split belongs to the data it was made of");
        }
    }

    /** All rows to learn from. */
    public static DataSplit all(TaskSet data) {
        return of(data, TaskSplit::all);
    }

    /** Each task split in a way of its own. */
    public static DataSplit of(TaskSet data, Function<Task, TaskSplit> split) {
        return new DataSplit(data, data.tasks().stream().map(split).toList());
    }

    /** Every task split as its data say ({@link TaskSet#resampling}): row by row at random, unless they say otherwise. */
    public static DataSplit random(TaskSet data, double validationShare, double testShare, RandomStream random) {
        return data.resampling().scheme().draw(all(data), validationShare, testShare, random);
    }

    /**
     * Splits whose test rows are folds of this one's training and validation rows, made as the data say ({@link Scheme#folds}).
     *
     * @param least a task with fewer rows keeps them all to learn from
     */
    public List<DataSplit> folds(int count, int least, RandomStream random) {
        return data.resampling().scheme().folds(this, count, least, random);
    }

    /** The same with validation rows moved to those to learn from. */
    public DataSplit withoutValidation() {
        return new DataSplit(data, tasks.stream().map(TaskSplit::withoutValidation).toList());
    }

    /** The same with training rows only: for what is judged on the validation rows and fitted again on both. */
    public DataSplit trainingOnly() {
        return new DataSplit(data, tasks.stream().map(split -> new TaskSplit(split.task(), split.train(), new int[0], new int[0]))
                .toList());
    }

    /** The tasks, in the order of their names. */
    public List<Task> taskList() {
        return tasks.stream().map(TaskSplit::task).toList();
    }

    /** The split of a task. */
    public TaskSplit task(String name) {
        Task task = data.task(name);
        return tasks.stream().filter(split -> split.task() == task).findFirst().orElseThrow();
    }

    /** The tasks by cohort: those about responses of the same rows stand together, each in the order of names. */
    public List<List<TaskSplit>> cohorts() {
        Map<String, List<TaskSplit>> cohorts = new TreeMap<>();
        tasks.forEach(task -> cohorts.computeIfAbsent(task.task().cohort(), name -> new ArrayList<>()).add(task));
        return List.copyOf(cohorts.values());
    }

    /** Whether any row of a task may be on another side than any other, whatever becomes of other tasks' rows. */
    public boolean isByRow() {
        return data.resampling().isByRow() && cohorts().size() == tasks.size();
    }

    /**
     * For what learns from rows and looks at no response: each row once. Of a cohort's tasks, those after the first keep the rows that
     * earlier ones lack, and none of them are left out.
     */
    public List<TaskSplit> once() {
        Map<String, Set<Long>> seen = new HashMap<>();
        List<TaskSplit> once = new ArrayList<>();
        for (TaskSplit split : tasks) {
            Set<Long> earlier = seen.computeIfAbsent(split.task().cohort(), name -> new HashSet<>());
            if (earlier.isEmpty()) {
                once.add(split);
            } else {
                IntPredicate isNew = row -> !earlier.contains(split.task().rowKeys()[row]);
                int[] train = Arrays.stream(split.train()).filter(isNew).toArray();
                if (train.length > 0) {
                    once.add(new TaskSplit(split.task(), train, Arrays.stream(split.validation()).filter(isNew).toArray(),
                            Arrays.stream(split.test()).filter(isNew).toArray()));
                }
            }
            if (!split.task().about().isEmpty()) {
                Arrays.stream(split.task().rowKeys()).forEach(earlier::add);
            }
        }
        return once;
    }

    /** Rows of a task's cohort that have no response at all; with its first task, and none with the others. */
    public Observations unlabelled(Task task) {
        if (task.about().isEmpty()) {
            return task.unlabelled();
        }
        List<Task> cohort = taskList().stream().filter(other -> other.cohort().equals(task.cohort())).toList();
        Observations rows = Observations.NONE;
        if (cohort.getFirst() == task) {
            Set<Long> seen = new HashSet<>();
            cohort.forEach(other -> Arrays.stream(other.rowKeys()).forEach(seen::add));
            for (Task other : cohort) {
                long[] keys = other.unlabelledKeys();
                rows = rows.and(other.unlabelled().select(IntStream.range(0, keys.length).filter(row -> seen.add(keys[row])).toArray()));
            }
        }
        return rows;
    }

    /** Some of the tasks, split in the same way. */
    public DataSplit only(List<TaskSplit> some) {
        return new DataSplit(data.with(some.stream().map(TaskSplit::task).toList()), some);
    }

    /** Whether every task has validation rows. */
    public boolean hasValidation() {
        return tasks.stream().allMatch(split -> split.validation().length > 0);
    }

    /** Something made of every task, in the order of their names. */
    public <T> List<T> map(Function<TaskSplit, T> made) {
        return tasks.stream().map(made).toList();
    }
}
