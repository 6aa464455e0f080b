package intarsia.models.net;

import intarsia.models.data.DataException;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Source;
import intarsia.models.response.ResponseFamily;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a network without imputation reads: for each task some sources, encoded in one way. Saved as it is.
 *
 * @param tasks    the tasks, in the network's order
 * @param encoding the way from raw cells to features
 * @param alone    whether each task's network is learned from that task alone
 */
public record ObservedTasks(List<TaskSources> tasks, FeatureEncoding encoding, boolean alone) {
    /**
     * One task's sources.
     *
     * @param name     the task's name
     * @param response what is known of its response
     * @param sources  what is read, in the order of the features
     */
    public record TaskSources(String name, ResponseFamily response, List<Source> sources) {
        /** Checks that nothing is missing, and copies. */
        public TaskSources {
            if (name == null || response == null || sources == null) {
                throw new IllegalArgumentException("task " + name + ": needs a name, a response and its sources");
            }
            sources = List.copyOf(sources);
        }
    }

    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException if there is no task, one is there twice, or the encoding is not theirs
     */
    public ObservedTasks {
        if (tasks == null || tasks.isEmpty() || encoding == null) {
            throw new IllegalArgumentException("a network needs tasks and their encoding");
        }
        tasks = List.copyOf(tasks);
        Set<String> names = new HashSet<>();
        for (TaskSources task : tasks) {
            if (!names.add(task.name)) {
                throw new IllegalArgumentException("task '" + task.name + "' is there twice");
            }
            encoding.check(task.name, task.sources);
            task.response.check(encoding.response().get(task.name).baseline());
        }
    }

    /** The tasks of these features, which share an encoding. */
    public static ObservedTasks of(List<ObservedFeatures> features) {
        return new ObservedTasks(features.stream().map(of -> new TaskSources(of.task(), of.family(), of.sources())).toList(),
                features.getFirst().encoding(), features.getFirst().alone());
    }

    /** Each task's features. */
    public List<ObservedFeatures> features() {
        return tasks.stream().map(task -> new ObservedFeatures(task.name, task.response, task.sources, encoding, alone)).toList();
    }

    /** Each task's response, by name. */
    public Map<String, ResponseFamily> responses() {
        Map<String, ResponseFamily> responses = new LinkedHashMap<>();
        tasks.forEach(task -> responses.put(task.name, task.response));
        return responses;
    }

    /** The sources that some task has. */
    public List<Source> sources() {
        return tasks.stream().flatMap(task -> task.sources.stream()).distinct().toList();
    }

    /** The sources that every task has. */
    public List<Source> common() {
        return tasks.getFirst().sources.stream().filter(source -> tasks.stream().allMatch(task -> task.sources.contains(source))).toList();
    }

    /**
     * One task's features.
     *
     * @throws DataException if there is no such task
     */
    public ObservedFeatures features(String name) {
        return features().stream().filter(of -> of.task().equals(name)).findFirst().orElseThrow(() -> new DataException(
                "no task '" + name + "'; the model has " + String.join(", ", tasks.stream().map(TaskSources::name).toList())));
    }
}
