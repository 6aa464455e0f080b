package intarsia.models.data;

import intarsia.linalg.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Rows drawn one by one within each task, from a stream of the task's own: adding a task changes no other's split. Rows with several
 * responses are drawn together, each as a group of its own ({@link WholeGroups}), so that a row is on one side for all its responses.
 *
 * @param stratified whether each class of a response is drawn on its own, so that all parts keep its share
 */
public record RandomRows(boolean stratified) implements Scheme {
    @Override
    public DataSplit draw(DataSplit split, double validationShare, double testShare, RandomStream random) {
        return new DataSplit(split.data(), split.cohorts().stream().flatMap(cohort -> {
            RandomStream own = random.child("split/" + cohort.getFirst().task().cohort());
            return cohort.size() == 1 ? Stream.of(cohort.getFirst().divided(validationShare, testShare, stratified, own))
                    : rows(cohort).draw(split.only(cohort), validationShare, testShare, own).tasks().stream();
        }).toList());
    }

    @Override
    public List<DataSplit> folds(DataSplit split, int count, int least, RandomStream random) {
        List<List<TaskSplit>> byTask = split.cohorts().stream().flatMap(cohort -> {
            RandomStream own = random.child(cohort.getFirst().task().cohort());
            return cohort.size() == 1 ? Stream.of(folds(cohort.getFirst(), count, least, own)) : folds(split.only(cohort), count, own);
        }).toList();
        return byTask.stream().allMatch(folds -> folds.getFirst().test().length == 0) ? List.of()
                : IntStream.range(0, count).mapToObj(fold -> new DataSplit(split.data(),
                        byTask.stream().map(folds -> folds.get(fold)).toList())).toList();
    }

    /** Each row of a cohort as a group, named by its key: rows that cannot be told apart are one. */
    private WholeGroups rows(List<TaskSplit> cohort) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        cohort.forEach(task -> rows.put(task.task().name(), LongStream.of(task.task().rowKeys()).mapToObj(Long::toHexString).toList()));
        return new WholeGroups("row", rows, stratified);
    }

    /** The folds of each of a cohort's tasks; all rows to learn from where none can be held out. */
    private Stream<List<TaskSplit>> folds(DataSplit cohort, int count, RandomStream random) {
        List<DataSplit> folds = rows(cohort.tasks()).folds(cohort, count, 0, random);
        return IntStream.range(0, cohort.tasks().size()).mapToObj(t -> folds.isEmpty()
                ? Collections.nCopies(count, whole(cohort.tasks().get(t))) : folds.stream().map(fold -> fold.tasks().get(t)).toList());
    }

    private static TaskSplit whole(TaskSplit task) {
        return new TaskSplit(task.task(), task.train(), task.validation(), new int[0]);
    }

    private List<TaskSplit> folds(TaskSplit task, int count, int least, RandomStream random) {
        TaskSplit whole = whole(task);
        if (whole.trainAndValidation().length < Math.max(least, count)) {
            return IntStream.range(0, count).mapToObj(fold -> whole).toList();
        }
        List<TaskSplit> folds = new ArrayList<>();
        for (TaskSplit fold : whole.folds(count, stratified, random.child("outer"))) {
            TaskSplit rest = new TaskSplit(task.task(), fold.train(), new int[0], fold.validation());
            folds.add(rest.train().length < 2 ? rest
                    : rest.folds(Math.min(INNER, rest.train().length), stratified, random.child("inner")).getFirst());
        }
        return folds;
    }

    @Override
    public void check(DataSplit all, int folds) {
        if (folds == 1 || folds > 1 && all.tasks().stream().allMatch(task -> task.train().length < folds)) {
            throw new DataException(folds + " folds: " + (folds == 1 ? "at least 2" : "no task has so many rows"));
        }
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public String words() {
        return "";
    }
}
