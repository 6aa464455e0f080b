package intarsia.models.data;

import intarsia.linalg.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows drawn one by one within each task, from a stream of the task's own: adding a task changes no other's split.
 *
 * @param stratified whether each class of a response is drawn on its own, so that all parts keep its share
 */
public record RandomRows(boolean stratified) implements Scheme {
    @Override
    public DataSplit draw(DataSplit split, double validationShare, double testShare, RandomStream random) {
        return new DataSplit(split.data(), split.map(task ->
                task.divided(validationShare, testShare, stratified, random.child("split/" + task.task().name()))));
    }

    @Override
    public List<DataSplit> folds(DataSplit split, int count, int least, RandomStream random) {
        List<List<TaskSplit>> byTask = split.map(task -> folds(task, count, least, random.child(task.task().name())));
        return byTask.stream().allMatch(folds -> folds.getFirst().test().length == 0) ? List.of()
                : IntStream.range(0, count).mapToObj(fold -> new DataSplit(split.data(),
                        byTask.stream().map(folds -> folds.get(fold)).toList())).toList();
    }

    private List<TaskSplit> folds(TaskSplit task, int count, int least, RandomStream random) {
        TaskSplit whole = new TaskSplit(task.task(), task.train(), task.validation(), new int[0]);
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
