package intarsia.models.files;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds ids that several tasks share: the same patients, perhaps, on both sides of a split. */
final class SharedIds {
    private SharedIds() {}

    /** A note, if ids that are more than a task's row numbers are in several tasks and nothing keeps their rows together. */
    static List<String> notes(List<RowsOfTask> tasks, Schema schema) {
        if (schema.splitting().by() != Splitting.By.ROW) {
            return List.of();
        }
        Set<String> seen = new HashSet<>();
        Set<String> shared = new HashSet<>();
        for (RowsOfTask task : tasks) {
            if (!areNumbers(task.ids())) {
                task.ids().stream().filter(id -> !seen.add(id)).forEach(shared::add);
            }
        }
        if (shared.isEmpty()) {
            return List.of();
        }
        return List.of((shared.size() == 1 ? "1 value" : shared.size() + " values") + " of " + Text.quoted(schema.id())
                + (shared.size() == 1 ? " is" : " are")
                        + " in several tasks, so that they are learned from in one and judged in another; if they "
                + "are the same patients, say, keep them together: [design] group = \"" + Text.shown(schema.id()) + "\"");
    }

    /** Whether ids are 1, 2, ... or 0, 1, ... in some order. */
    private static boolean areNumbers(List<String> ids) {
        Set<String> all = new HashSet<>(ids);
        return IntStream.rangeClosed(1, ids.size()).allMatch(i -> all.contains(Integer.toString(i)))
                || IntStream.range(0, ids.size()).allMatch(i -> all.contains(Integer.toString(i)));
    }
}
