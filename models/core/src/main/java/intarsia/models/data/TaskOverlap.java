package intarsia.models.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which tasks can be joined where no source is observed in all of them. Tasks and sources are a bipartite graph: a task is linked to the
 * sources it has.
 *
 * @param joinable sets of tasks that have a source in common, each with it: the source that most tasks have, then of the rest again; a task
 *                 without sources is in none
 * @param linked   the graph's connected components: tasks that are linked, if only by way of others
 */
public record TaskOverlap(List<Joined> joinable, List<List<String>> linked) {
    /**
     * Tasks with a source in common.
     *
     * @param source the source
     * @param tasks  their names
     */
    public record Joined(Source source, List<String> tasks) {}

    /** Of tasks with their observed blocks. O(tasks^2 sources). */
    public static TaskOverlap of(List<Task> tasks) {
        List<Task> rest = new ArrayList<>(tasks);
        List<Joined> joinable = new ArrayList<>();
        List<Source> sources = tasks.stream().flatMap(task -> task.blocks().keySet().stream()).distinct()
                .sorted(Comparator.comparing(Source::name)).toList();
        while (rest.stream().anyMatch(task -> !task.blocks().isEmpty())) {
            Source most = sources.stream().max(Comparator.<Source>comparingLong(source -> count(rest, source))
                    .thenComparing(source -> -sources.indexOf(source))).orElseThrow();
            joinable.add(new Joined(most, rest.stream().filter(task -> task.blocks().containsKey(most)).map(Task::name).toList()));
            rest.removeIf(task -> task.blocks().containsKey(most));
        }
        return new TaskOverlap(joinable, components(tasks));
    }

    private static long count(List<Task> tasks, Source source) {
        return tasks.stream().filter(task -> task.blocks().containsKey(source)).count();
    }

    private static List<List<String>> components(List<Task> tasks) {
        List<Set<Integer>> parts = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            Set<Integer> part = new TreeSet<>(Set.of(t));
            for (Set<Integer> other : List.copyOf(parts)) {
                Task one = tasks.get(t);
                if (other.stream().anyMatch(k -> tasks.get(k).blocks().keySet().stream().anyMatch(one.blocks()::containsKey))) {
                    part.addAll(other);
                    parts.remove(other);
                }
            }
            parts.add(part);
        }
        return parts.stream().sorted(Comparator.comparing(part -> part.iterator().next()))
                .map(part -> part.stream().map(k -> tasks.get(k).name()).toList()).toList();
    }

    /** What remains possible, to follow why the tasks cannot be joined. */
    String advice() {
        String each = joinable.stream().map(joined -> String.join(", ", joined.tasks) + " by '" + joined.source.name() + "'")
                .collect(Collectors.joining("; "));
        return "; could be a study each: " + each + (linked.size() < 2 ? "; all tasks are linked, but only by way of others: "
                + "`intarsia link` completes the study along these links"
                : "; nothing links " + linked.stream().map(part -> String.join(", ", part)).collect(Collectors.joining(" with ")));
    }
}
