package intarsia.models.reduction;

import intarsia.models.data.DataSplit;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Data whose responses of levels become the answers to one question after the other.
 *
 * @param data    the data
 * @param reduced the tasks whose responses do; the others keep theirs
 */
record BinaryTasks(TaskSet data, Set<String> reduced) {
    /** How many questions there are. */
    int questions() {
        return data.tasks().stream().filter(this::isReduced).mapToInt(task -> LevelQuestions.count(task.family())).max().orElse(0);
    }

    private boolean isReduced(Task task) {
        return reduced.contains(task.name());
    }

    private boolean asks(Task task, int question) {
        return !isReduced(task) || question < LevelQuestions.count(task.family());
    }

    /** What a question asks, for people. */
    String label(int question) {
        return LevelQuestions.label(data.tasks().stream().filter(this::isReduced).map(Task::family), question);
    }

    /** The data of a question: the tasks that it is asked in. */
    TaskSet at(int question) {
        return data.with(data.tasks().stream().filter(task -> asks(task, question))
                .map(task -> isReduced(task) ? binary(task, question) : task).toList());
    }

    /** The same rows in the same parts. */
    DataSplit split(DataSplit split, int question) {
        TaskSet tasks = at(question);
        List<TaskSplit> parts = split.tasks().stream().filter(part -> asks(part.task(), question)).map(part ->
                new TaskSplit(tasks.task(part.task().name()), part.train(), part.validation(), part.test())).toList();
        return new DataSplit(tasks, parts);
    }

    static Task binary(Task task, int question) {
        LevelQuestions questions = LevelQuestions.of(task.family());
        return task.with(ResponseFamily.BINARY,
                Arrays.stream(task.response()).map(level -> questions.yes((int) level, question) ? 1 : 0).toArray());
    }
}
