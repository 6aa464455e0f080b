package intarsia.models.files;

import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sources that a study file wants to be observed in every task. */
final class AnchorCheck {
    private AnchorCheck() {}

    /**
     * Makes sure that they are.
     *
     * @throws FileException at the first that is not
     */
    static void check(Section study, TaskSet tasks) {
        List<String> wanted = study.has("anchor") && study.isText("anchor") ? List.of(study.text("anchor")) : study.texts("anchor");
        Set<String> known = new LinkedHashSet<>(study.section("sources").keys());
        for (int i = 0; i < wanted.size(); i++) {
            String name = wanted.get(i);
            if (!known.contains(name)) {
                throw study.error("anchor", i, "unknown source " + Text.quoted(name) + Nearest.hint(name, known));
            }
            for (Task task : tasks.tasks()) {
                if (task.blocks().keySet().stream().noneMatch(s -> s.name().equals(name))) {
                    throw study.error("anchor", i, "source " + Text.quoted(name) + " is not observed in task " + Text.quoted(task.name())
                            + ", so it cannot be an anchor");
                }
            }
        }
    }
}
