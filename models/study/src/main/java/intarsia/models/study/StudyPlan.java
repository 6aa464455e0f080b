package intarsia.models.study;

import intarsia.linalg.Engine;
import java.util.ArrayList;
import java.util.List;

/**
 * What a study is to do.
 *
 * @param settings   settings, each with the values wanted
 * @param methods    what is compared
 * @param replicates how many of each cell
 * @param grid       what tuning chooses from
 * @param search     how
 * @param seed       what all random numbers are derived from
 * @param engine     what each fit's own engine is opened with: one thread
 */
public record StudyPlan(List<Setting> settings, List<StudyMethod> methods, int replicates, Grid grid, Tuner.Search search, long seed,
        Engine.Options engine) {
    /** Copies and checks. */
    public StudyPlan {
        settings = List.copyOf(settings);
        methods = List.copyOf(methods);
        if (settings.isEmpty() || methods.isEmpty() || replicates < 1) {
            throw new IllegalArgumentException("a study needs a setting, a method and a replicate; given are " + settings.size() + " settings, "
                    + methods.size() + " methods and " + replicates + " replicates");
        }
    }

    /** All items, replicate by replicate, so that an interrupted study has about as many of every cell. */
    public List<WorkItem> items() {
        List<WorkItem> items = new ArrayList<>();
        for (int replicate = 1; replicate <= replicates; replicate++) {
            for (Setting setting : settings) {
                for (double value : setting.values()) {
                    for (StudyMethod method : methods) {
                        items.add(new WorkItem(setting, value, replicate, method));
                    }
                }
            }
        }
        return items;
    }

    /** What items depend on besides their path: a journal of other terms cannot be continued. */
    String terms() {
        return "intarsia study 1, seed " + seed + ", grid " + grid.key() + ", " + search.name().toLowerCase(java.util.Locale.ROOT) + ", "
                + engine.precision();
    }
}
