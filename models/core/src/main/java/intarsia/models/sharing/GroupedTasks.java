package intarsia.models.sharing;

import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.data.Task;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.gp.MultitaskGpModel;
import intarsia.models.reduction.ResponsesApart;
import intarsia.models.response.ResponseFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits any estimator to groups of tasks, one fit a group: a Gaussian process with {@link MultitaskGp.Sharing#GROUPS} finds the groups on
 * training and validation rows. A source that only tasks of other groups have is not imputed. Costs a fit of the Gaussian process besides.
 * Ours.
 *
 * @param estimator what is fitted
 * @param finder    what finds the groups
 */
public record GroupedTasks(Estimator estimator, MultitaskGp finder) implements Estimator {
    /** With the Gaussian process's defaults. */
    public static GroupedTasks of(Estimator estimator) {
        return new GroupedTasks(estimator, MultitaskGp.options().sharing(MultitaskGp.Sharing.GROUPS));
    }

    /** Each task alone, whatever an estimator fits together. */
    public static Estimator alone(Estimator estimator) {
        return new ResponsesApart(new Within(estimator, null), null);
    }

    /** Fits together what is in one group. */
    private record Within(Estimator estimator, Map<String, Integer> groups) implements Estimator {
        @Override
        public String key() {
            return estimator.key();
        }

        @Override
        public String name() {
            return estimator.name();
        }

        @Override
        public boolean learns(ResponseFamily family) {
            return estimator.learns(family);
        }

        @Override
        public Object together(Task task) {
            return groups == null ? task.name() : List.of(groups.get(task.name()), estimator.together(task));
        }

        @Override
        public Outcome<? extends Model> fit(FitContext context) {
            return estimator.fit(context);
        }
    }

    @Override
    public String key() {
        return estimator.key() + "-groups";
    }

    @Override
    public String name() {
        return estimator.name() + ", in groups";
    }

    @Override
    public boolean learns(ResponseFamily family) {
        return estimator.learns(family) && finder.learns(family);
    }

    @Override
    public Outcome<? extends Model> fit(FitContext context) {
        return fit(context, groups(finder.fit(context.child("groups")).orThrow()));
    }

    /** Fits to given groups. */
    Outcome<? extends Model> fit(FitContext context, Map<String, Integer> groups) {
        return new ResponsesApart(new Within(estimator, groups), null).fit(context);
    }

    /** For each task the number of its group. */
    static Map<String, Integer> groups(MultitaskGpModel model) {
        Map<String, Integer> groups = new LinkedHashMap<>();
        for (int t = 0; t < model.settings().groups().size(); t++) {
            groups.put(model.settings().layout().tasks().get(t).name(), model.settings().groups().get(t));
        }
        return groups;
    }
}
