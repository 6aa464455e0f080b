package intarsia.models.study.anchors;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.FitContext;
import intarsia.models.ImputesBlocks;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.Metric;
import intarsia.models.study.Item;
import intarsia.models.study.ItemCells;
import intarsia.models.study.StudyPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is done with an item: data are drawn, the method's tables made and its model fitted; test rows judge its predictions, and what it
 * says of sources that tasks lack.
 *
 * @param seed   what all random numbers are derived from
 * @param engine what each fit's own engine is opened with: one thread
 */
public record AnchorWork(long seed, Engine.Options engine) implements StudyPlan.Work<FactorTasks> {
    /** RMSE of responses on test rows, averaged over tasks. */
    static final String RMSE = "rmse";
    /** One a task. */
    static final String BY_TASK = "rmse_by_task";
    /** RMSE of hidden cells of test rows over their root mean square, of sources one link away; NaN where nothing is imputed. */
    static final String ONE = "imputed_one_link";
    /** Two links away. */
    static final String TWO = "imputed_two_links";
    /** The common sources that the model had, in the order of their names. */
    static final String ANCHOR = "anchor";

    static final List<String> COLUMNS = List.of(RMSE, BY_TASK, ONE, TWO, ANCHOR);

    @Override
    public ItemCells measure(Item<FactorTasks> item, int threads) {
        FactorTasks.Drawn drawn = item.source().draw(item, seed);
        try (Engine own = engine.threads(threads).open()) {
            AnchorMethod method = (AnchorMethod) item.method();
            FitContext context = new FitContext(own, drawn.split(), item.own(seed), Progress.NONE);
            DataSplit tables = method.change().apply(drawn, context.child("tables"));
            Model model = method.fit(context.with(tables)).orThrow();
            double[] rmse = new double[tables.tasks().size()];
            List<Hidden> hidden = new ArrayList<>();
            try (BoundModel bound = model.bind(own)) {
                for (int t = 0; t < rmse.length; t++) {
                    TaskSplit task = tables.tasks().get(t);
                    Observations rows = task.observations(task.test());
                    rmse[t] = Metric.RMSE.of(task.responses(task.test()), bound.predict(task.task().name(), rows));
                    hidden.addAll(hidden(drawn, task, model instanceof ImputesBlocks imputing && imputing.imputes()
                            ? imputing.impute(own, task.task().name(), rows) : rows.blocks()));
                }
            }
            return new ItemCells().number(RMSE, Arrays.stream(rmse).average().orElse(Double.NaN)).numbers(BY_TASK, rmse)
                    .number(ONE, Hidden.relative(hidden, 1)).number(TWO, Hidden.relative(hidden, 2))
                    .text(ANCHOR, tables.data().anchors().stream().map(Source::name).collect(Collectors.joining(" ")));
        }
    }

    /** What is said of test rows' blocks that the task as drawn lacks. */
    private static List<Hidden> hidden(FactorTasks.Drawn drawn, TaskSplit task, Map<Source, double[][]> said) {
        Task lacking = drawn.split().data().task(task.task().name());
        Map<Source, double[][]> whole = drawn.whole().get(lacking.name());
        return said.keySet().stream().filter(source -> whole.containsKey(source) && !lacking.blocks().containsKey(source))
                .map(source -> Hidden.of(drawn.links(lacking, source), Arrays.stream(task.test()).mapToObj(row -> whole.get(source)[row])
                        .toArray(double[][]::new), said.get(source))).toList();
    }

    /** Squares of a block that its task lacks, and of the errors of what is said of it. */
    private record Hidden(int links, double squares, double errors) {
        static Hidden of(int links, double[][] truth, double[][] said) {
            double squares = 0;
            double errors = 0;
            for (int i = 0; i < truth.length; i++) {
                for (int j = 0; j < truth[i].length; j++) {
                    squares += truth[i][j] * truth[i][j];
                    errors += (said[i][j] - truth[i][j]) * (said[i][j] - truth[i][j]);
                }
            }
            return new Hidden(links, squares, errors);
        }

        static double relative(List<Hidden> all, int links) {
            List<Hidden> some = all.stream().filter(hidden -> hidden.links == links).toList();
            return Math.sqrt(some.stream().mapToDouble(Hidden::errors).sum() / some.stream().mapToDouble(Hidden::squares).sum());
        }
    }
}
