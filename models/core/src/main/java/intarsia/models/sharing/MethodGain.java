package intarsia.models.sharing;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.DivergedException;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.baseline.Regression;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.TaskSet;
import intarsia.models.dual.DualEncoder;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.reduction.ResponsesApart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What sharing is worth to a method on given data: each row, left out with its fold, is predicted by a fit to all tasks and by a fit to its
 * task alone; {@link SharingGain.Gain} compares the deviances. The rows themselves say so. A distance of tasks would not: how far tasks may
 * differ before sharing ceases to help depends on the method. Ours. Costs {@value
 * #FOLDS} fits to all tasks, and as many to each task.
 *
 * @param method  what is fitted to all tasks
 * @param gain    against each task alone; both NaN where it cannot be fitted
 * @param problem why not, or null
 */
public record MethodGain(Estimator method, SharingGain.Gain gain, String problem) {
    /** Folds of rows. */
    static final int FOLDS = 5;

    /**
     * Of pooled regression, against one of each task, of MTL-HMB, the dual encoder and the Gaussian process, with their defaults; without
     * those that do not learn the response.
     *
     * @param data  tasks of one response
     * @param flips of signs, at least 1
     * @param progress told before each method, by its name
     */
    public static List<MethodGain> all(Engine engine, TaskSet data, int flips, RandomStream random, Progress progress) {
        Map<Estimator, Estimator> alone = new LinkedHashMap<>();
        alone.put(Regression.POOLED, Regression.DEFAULT);
        alone.put(MtlHmb.options(), GroupedTasks.alone(MtlHmb.options()));
        alone.put(DualEncoder.options(), GroupedTasks.alone(DualEncoder.options()));
        alone.put(MultitaskGp.options(), GroupedTasks.alone(MultitaskGp.options()));
        alone.keySet().removeIf(method -> !data.tasks().stream().allMatch(task -> method.learns(task.family())));
        List<MethodGain> all = new ArrayList<>();
        alone.forEach((method, own) -> {
            progress.report(method.name(), all.size(), alone.size());
            all.add(of(engine, data, method, own, flips, random));
        });
        return all;
    }

    /**
     * Of one method.
     *
     * @param together what is fitted to all tasks
     * @param alone    what each task has for itself
     */
    static MethodGain of(Engine engine, TaskSet data, Estimator together, Estimator alone, int flips, RandomStream random) {
        SharingGain.requireJudged(data, flips);
        FitContext context = LeftOutDeviances.context(engine, data, random.child(together.key()));
        List<DataSplit> folds = context.split().folds(FOLDS, 2 * FOLDS, random.child("folds"));
        if (folds.stream().flatMap(fold -> fold.tasks().stream()).allMatch(task -> task.test().length == 0)) {
            return notFitted(together, "too few rows to leave some out");
        }
        try {
            LeftOutDeviances apart = LeftOutDeviances.of(context, folds, ResponsesApart.of(alone, data.tasks()));
            return new MethodGain(together, LeftOutDeviances.of(context, folds, ResponsesApart.of(together, data.tasks()))
                    .against(apart, flips, random.child("flips")), null);
        } catch (DataException | DivergedException e) {
            return notFitted(together, e.getMessage());
        }
    }

    private static MethodGain notFitted(Estimator method, String problem) {
        return new MethodGain(method, new SharingGain.Gain(Double.NaN, Double.NaN), problem);
    }
}
