package intarsia.models.hmb;

import intarsia.models.data.Encoding;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.List;

/**
 * Where things stand: each source's features in a dense row (anchors first, then the others), and for each task which of the others it observes.
 *
 * @param anchors sources observed in every task: together the paper's source 0
 * @param others  sources observed in some tasks
 * @param widths  how many features each source has, anchors first
 * @param tasks   the tasks
 */
public record Layout(List<Source> anchors, List<Source> others, List<Integer> widths, List<TaskInfo> tasks) {
    /**
     * What of a task outlives its data.
     *
     * @param name         its name
     * @param responseKind what kind of response it has
     * @param observed     names of the other sources that it observes
     */
    public record TaskInfo(String name, Task.ResponseKind responseKind, List<String> observed) {}

    static Layout of(TaskSet data, Encoding encoding) {
        List<Source> all = new java.util.ArrayList<>(data.anchors());
        all.addAll(data.others());
        List<TaskInfo> tasks = data.tasks().stream()
                .map(task -> new TaskInfo(task.name(), task.responseKind(),
                        data.others().stream().filter(task.blocks()::containsKey).map(Source::name).toList()))
                .toList();
        return new Layout(data.anchors(), data.others(), all.stream().map(encoding::width).toList(), tasks);
    }

    /** Features of the anchor. */
    public int anchorWidth() {
        return from(anchors.size());
    }

    /** Features in all. */
    public int width() {
        return from(widths.size());
    }

    /** The first feature of one of the other sources. */
    public int from(Source other) {
        return from(index(other));
    }

    /** How many features one of the other sources has. */
    public int width(Source other) {
        return widths.get(index(other));
    }

    /** Whether a task observes one of the other sources. */
    public boolean observes(int task, Source other) {
        return tasks.get(task).observed().contains(other.name());
    }

    /** The number of the task with this name. */
    public int task(String name) {
        for (int t = 0; t < tasks.size(); t++) {
            if (tasks.get(t).name().equals(name)) {
                return t;
            }
        }
        throw new IllegalArgumentException("no task '" + name + "'; there are " + tasks.stream().map(TaskInfo::name).toList());
    }

    private int index(Source other) {
        return anchors.size() + others.indexOf(other);
    }

    private int from(int index) {
        return widths.subList(0, index).stream().mapToInt(Integer::intValue).sum();
    }
}
