package intarsia.models.sharing;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.data.DataException;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.gp.MultitaskGpModel;
import intarsia.models.response.ResponseFamily;
import java.util.List;
import java.util.Map;

/**
 * On which side a study lies: whether its tasks are better learned together, in groups or alone. Three Gaussian processes that differ in
 * nothing else predict each row without having seen its response. Ours. Costs three fits on at most {@value LeftOutDeviances#ROWS} rows.
 *
 * @param together all tasks against each alone
 * @param groups   groups against each task alone
 * @param group    for each task the number of its group
 * @param rows     how many rows were learned from
 */
public record SharingGain(Gain together, Gain groups, Map<String, Integer> group, int rows) {
    /**
     * Of one way to learn against another, by deviances of the same rows; each task's are brought to one scale.
     *
     * @param share       how much lower the deviance is, as a share of it; below 0: the other way is better
     * @param probability p of no difference, two-sided, by flips of the differences' signs
     */
    public record Gain(double share, double probability) {}

    /** Whether responses of this family can be judged so: one number, predicted by one. */
    public static boolean judges(ResponseFamily family) {
        return MultitaskGp.options().learns(family) && family.columns() == 1 && family.width() == 1;
    }

    static void requireJudged(TaskSet data, int flips) {
        if (flips < 1 || !data.tasks().stream().allMatch(task -> judges(task.family()))) {
            throw new DataException("deviances are compared of responses of one number each, and by at least one flip of signs; there are "
                    + flips + " and responses of kind " + data.tasks().stream().map(task -> task.family().key()).distinct().toList());
        }
    }

    /**
     * Finds it.
     *
     * @param data  tasks of one response
     * @param flips of signs, at least 1
     * @throws DataException if the Gaussian process does not learn the tasks
     */
    public static SharingGain of(Engine engine, TaskSet data, int flips, RandomStream random) {
        requireJudged(data, flips);
        FitContext context = LeftOutDeviances.context(engine, data, random);
        MultitaskGp gp = MultitaskGp.options();
        LeftOutDeviances alone = new LeftOutDeviances(Map.of());
        for (TaskSplit task : context.split().tasks()) {
            FitContext own = context.with(context.split().only(List.of(task)));
            alone = alone.and(LeftOutDeviances.of(own, gp.fit(own).orThrow()));
        }
        MultitaskGpModel grouped = gp.sharing(MultitaskGp.Sharing.GROUPS).fit(context).orThrow();
        return new SharingGain(LeftOutDeviances.of(context, gp.fit(context).orThrow()).against(alone, flips, random.child("together")),
                LeftOutDeviances.of(context, grouped).against(alone, flips, random.child("groups")), GroupedTasks.groups(grouped),
                context.split().tasks().stream().mapToInt(task -> task.train().length).sum());
    }
}
