package intarsia.models.study.dual;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import intarsia.models.evaluation.Metric;
import intarsia.models.study.Cells;
import intarsia.models.study.Item;
import intarsia.models.study.StudyPlan;
import intarsia.models.study.Tuner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is done with an item: data are drawn, the method is tuned and fitted on what may be known, and judged on the rest.
 *
 * @param seed   what all random numbers are derived from
 * @param engine what each fit's own engine is opened with: one thread
 */
public record DualWork(long seed, Engine.Options engine) implements StudyPlan.Work<DualData, DualFit> {
    /** RMSE on test rows, averaged over tasks. */
    public static final String RMSE = "rmse";

    /** RMSE on test rows, one a task. */
    static final String BY_TASK = "rmse_by_task";

    /** What tuning chose. */
    static final String CHOSEN = "chosen";

    /** The mean squared difference from E[y], averaged over tasks; empty where the truth is not known. */
    static final String EXCESS = "excess_risk";

    /** For real data, names of test rows over tasks. */
    static final String ROWS = "rows";

    /** Sums of their squared errors. */
    static final String SQUARES = "squares";

    /** Sums of their absolute errors. */
    static final String ABSOLUTES = "absolutes";

    /** In how many tasks they are. */
    static final String COUNTS = "counts";

    static final List<String> COLUMNS = List.of(RMSE, BY_TASK, EXCESS, CHOSEN, ROWS, SQUARES, ABSOLUTES, COUNTS);

    @Override
    public Cells measure(Item<DualData, DualFit> item, Pool pool) {
        DualData.Drawn drawn = item.source().draw(item, seed);
        DualFit.Found found = item.method().fit().fit(new Tuner(engine, pool, Tuner.Search.EXHAUSTIVE), drawn.data(), drawn.splits(), item.own(seed));
        int tasks = drawn.splits().size();
        double[] rmse = new double[tasks];
        double excess = drawn.means().isEmpty() ? Double.NaN : 0;
        Map<String, double[]> byRow = new TreeMap<>();
        for (int t = 0; t < tasks; t++) {
            Task task = drawn.data().tasks().get(t);
            int[] test = drawn.splits().get(t).test();
            double[] truth = Arrays.stream(test).mapToDouble(i -> task.response()[i]).toArray();
            double[] predicted = found.predictor().predict(task.name(), Observations.of(task, test));
            rmse[t] = Metric.RMSE.of(truth, predicted);
            for (int i = 0; i < test.length; i++) {
                if (drawn.means().isEmpty()) {
                    double[] sums = byRow.computeIfAbsent(task.rows().get(test[i]), row -> new double[3]);
                    sums[0] += (truth[i] - predicted[i]) * (truth[i] - predicted[i]);
                    sums[1] += Math.abs(truth[i] - predicted[i]);
                    sums[2]++;
                } else {
                    double apart = predicted[i] - drawn.means().get(t)[test[i]];
                    excess += apart * apart / test.length / tasks;
                }
            }
        }
        List<double[]> sums = new ArrayList<>(byRow.values());
        return new Cells().number(RMSE, Arrays.stream(rmse).average().orElse(Double.NaN)).numbers(BY_TASK, rmse).number(EXCESS, excess)
                .text(CHOSEN, found.chosen()).text(ROWS, String.join(" ", byRow.keySet())).numbers(SQUARES, column(sums, 0))
                .numbers(ABSOLUTES, column(sums, 1)).numbers(COUNTS, column(sums, 2));
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }
}
