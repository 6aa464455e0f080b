package intarsia.models.study.sharing;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.data.TaskSplit;
import intarsia.models.evaluation.AdjustedRandIndex;
import intarsia.models.gp.MultitaskGpModel;
import intarsia.models.reduction.ApartModel;
import intarsia.models.response.Metric;
import intarsia.models.sharing.TaskDifference;
import intarsia.models.study.Item;
import intarsia.models.study.ItemCells;
import intarsia.models.study.StudyPlan;
import intarsia.models.study.dual.DualData;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is done with an item: data are drawn, the method is fitted on what may be known and judged on the rest, its groups by those drawn.
 *
 * @param seed   what all random numbers are derived from
 * @param engine what each fit's own engine is opened with: one thread
 */
public record SharingWork(long seed, Engine.Options engine) implements StudyPlan.Work<DualData> {
    /** RMSE on test rows, averaged over tasks. */
    static final String RMSE = "rmse";
    /** One a task. */
    static final String BY_TASK = "rmse_by_task";
    /** For each task the number of its group. */
    static final String GROUPS = "groups";
    /** The adjusted Rand index of the groups and the true ones. */
    static final String RAND = "adjusted_rand";

    /**
     * Squared maximum mean discrepancy of features, the mean over pairs of tasks. It is of the data and takes longer than most fits: lines
     * along heterogeneity have it, in the items of {@link SharingMethods#MEASURES}.
     */
    static final String DISCREPANCY = "squared_mmd";
    /** How much larger squared errors of two tasks are together than alone, in kernel ridge regression, the mean over pairs; there. */
    static final String DISAGREEMENT = "disagreement";

    static final List<String> COLUMNS = List.of(RMSE, BY_TASK, GROUPS, RAND, DISCREPANCY, DISAGREEMENT);

    @Override
    public ItemCells measure(Item<DualData> item, int threads) {
        DualData.DrawnTasks drawn = item.source().draw(item, seed);
        boolean along = SharingSettings.isHeterogeneity(item.setting()) && item.method().key().equals(SharingMethods.MEASURES);
        int[] truth = ((DualData.Simulated) item.source()).simulation().groups();
        try (Engine own = engine.threads(threads).open()) {
            Model model = item.method().fit(new FitContext(own, drawn.split(), random(item), Progress.NONE)).orThrow();
            List<TaskSplit> tasks = drawn.split().tasks();
            double[] rmse = new double[tasks.size()];
            try (BoundModel bound = model.bind(own)) {
                for (int t = 0; t < rmse.length; t++) {
                    TaskSplit task = tasks.get(t);
                    rmse[t] = Metric.RMSE.of(task.responses(task.test()),
                            bound.predict(task.task().name(), task.observations(task.test())));
                }
            }
            int[] groups = groups(model, tasks);
            return new ItemCells().number(RMSE, Arrays.stream(rmse).average().orElse(Double.NaN)).numbers(BY_TASK, rmse)
                    .text(GROUPS, String.join(" ", Arrays.stream(groups).mapToObj(Integer::toString).toList()))
                    .number(RAND, AdjustedRandIndex.of(groups, truth))
                    .number(DISCREPANCY, along ? mean(TaskDifference.ofFeatures(drawn.split(), 1)) : Double.NaN)
                    .number(DISAGREEMENT, along ? -mean(TaskDifference.ofResponses(drawn.split(), drawn.split().data().anchors(), 1))
                            : Double.NaN);
        }
    }

    /** Methods of a kind begin with the same weights, so that who shares is all that they differ in. */
    private RandomStream random(Item<DualData> item) {
        Estimator kind = item.method().named(SharingMethods.kind(item.method()), item.method().name());
        return new Item<>(item.setting(), item.value(), item.replicate(), kind).own(seed);
    }

    private static double mean(List<TaskDifference> pairs) {
        return pairs.stream().mapToDouble(TaskDifference::value).average().orElse(Double.NaN);
    }

    /** One group where a model does not tell. */
    private static int[] groups(Model model, List<TaskSplit> tasks) {
        return switch (model) {
            case MultitaskGpModel gp -> tasks.stream().mapToInt(task -> gp.settings().groups().get(gp.settings().layout()
                    .task(task.task().name()))).toArray();
            case ApartModel apart -> {
                List<Model> members = List.copyOf(apart.members().values());
                yield tasks.stream().mapToInt(task -> IntStream.range(0, members.size()).filter(k ->
                        members.get(k).responses().containsKey(task.task().name())).findFirst().orElseThrow()).toArray();
            }
            default -> new int[tasks.size()];
        };
    }
}
