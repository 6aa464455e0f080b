package intarsia.models.data;

import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where things stand in a whole row: each source's features, anchors first, then the others; and for each task which of the others it
 * observes. Sources and tasks are in the order of their names.
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
     * @param name     its name
     * @param about    what its response is called where rows have several; else empty
     * @param response what is known of its response
     * @param observed names of the other sources that it observes
     */
    public record TaskInfo(String name, String about, ResponseFamily response, List<String> observed) {
        /** Checks that nothing is missing, and copies. */
        public TaskInfo {
            if (name == null || about == null || response == null || observed == null) {
                throw new IllegalArgumentException("layout: task " + name + " needs a name, a response and a list of sources");
            }
            observed = List.copyOf(observed);
        }
    }

    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException if there is no task or anchor, one is there twice, widths are not those of sources, or a task
     *                                  observes none of them
     */
    public Layout {
        if (anchors == null || others == null || widths == null || tasks == null || anchors.isEmpty() || tasks.isEmpty()) {
            throw new IllegalArgumentException("layout: needs anchors, other sources, widths and tasks");
        }
        anchors = List.copyOf(anchors);
        others = List.copyOf(others);
        widths = List.copyOf(widths);
        tasks = List.copyOf(tasks);
        Set<String> names = new HashSet<>();
        for (Source source : joined(anchors, others)) {
            if (!names.add(source.name())) {
                throw new IllegalArgumentException("layout: source '" + source.name() + "' is there twice");
            }
        }
        if (widths.size() != names.size() || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("layout: widths " + widths + " for " + names.size()
                    + " sources; each needs one, at least 1");
        }
        Set<String> seen = new HashSet<>();
        for (TaskInfo task : tasks) {
            if (!seen.add(task.name)) {
                throw new IllegalArgumentException("layout: task '" + task.name + "' is there twice");
            }
            List<String> known = others.stream().map(Source::name).toList();
            task.observed.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
                throw new IllegalArgumentException("layout: task '" + task.name + "' observes '" + name
                        + "', which is not among the sources " + known);
            });
        }
    }

    /** Of these data, encoded in this way. */
    public static Layout of(TaskSet data, FeatureEncoding encoding) {
        List<TaskInfo> tasks = data.tasks().stream()
                .map(task -> new TaskInfo(task.name(), task.about(), task.family(),
                        data.others().stream().filter(task.blocks()::containsKey).map(Source::name).toList()))
                .sorted(Comparator.comparing(TaskInfo::name))
                .toList();
        List<Integer> widths = joined(data.anchors(), data.others()).stream().map(encoding::width).toList();
        return new Layout(data.anchors(), data.others(), widths, tasks);
    }

    /**
     * Makes sure that an encoding is that of these sources and tasks.
     *
     * @throws IllegalArgumentException naming what does not fit
     */
    public void check(FeatureEncoding encoding) {
        if (encoding == null) {
            throw new IllegalArgumentException("the encoding is missing");
        }
        tasks.forEach(task -> {
            encoding.check(task.name, sources());
            task.response.check(encoding.response().get(task.name).baseline());
        });
        List<Integer> encoded = sources().stream().map(encoding::width).toList();
        if (!encoded.equals(widths)) {
            throw new IllegalArgumentException("layout: widths " + widths + ", but the encoding gives " + encoded);
        }
    }

    /** All sources, in the order of their features. */
    public List<Source> sources() {
        return joined(anchors, others);
    }

    /** Each task's response, by name. */
    public Map<String, ResponseFamily> responses() {
        Map<String, ResponseFamily> responses = new LinkedHashMap<>();
        tasks.forEach(task -> responses.put(task.name, task.response));
        return responses;
    }

    /** Features of the anchor. */
    public int anchorWidth() {
        return from(anchors.size());
    }

    /** Features in all. */
    public int width() {
        return from(widths.size());
    }

    /** A source's first feature. */
    public int from(Source source) {
        return from(sources().indexOf(source));
    }

    /** How many features a source has. */
    public int width(Source source) {
        return widths.get(sources().indexOf(source));
    }

    /** Whether a task observes one of the other sources. */
    public boolean observes(int task, Source other) {
        return tasks.get(task).observed().contains(other.name());
    }

    /**
     * The number of the task with this name.
     *
     * @throws DataException if there is none
     */
    public int task(String name) {
        for (int t = 0; t < tasks.size(); t++) {
            if (tasks.get(t).name().equals(name)) {
                return t;
            }
        }
        throw new DataException("no task '" + name + "'; the model has " + String.join(", ", tasks.stream().map(TaskInfo::name).toList()));
    }

    private int from(int index) {
        return widths.subList(0, index).stream().mapToInt(Integer::intValue).sum();
    }

    private static List<Source> joined(List<Source> first, List<Source> second) {
        List<Source> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
