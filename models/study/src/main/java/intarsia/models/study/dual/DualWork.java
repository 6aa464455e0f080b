package intarsia.models.study.dual;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.Tuning;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.Metric;
import intarsia.models.study.ItemCells;
import intarsia.models.study.Item;
import intarsia.models.study.StudyPlan;
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
public record DualWork(long seed, Engine.Options engine) implements StudyPlan.Work<DualData> {
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

    /** Remembers what was chosen. */
    private record Listening(List<String> chosen) implements Progress {
        @Override
        public void report(String stage, long done, long total) {}

        @Override
        public void chose(Tuning tuning) {
            chosen.add(tuning.candidates().get(tuning.chosen()));
        }
    }

    @Override
    public ItemCells measure(Item<DualData> item, int threads) {
        DualData.DrawnTasks drawn = item.source().draw(item, seed);
        List<String> chosen = new ArrayList<>();
        try (Engine own = engine.threads(threads).open()) {
            Model model = item.method().fit(new FitContext(own, drawn.split(), item.own(seed), new Listening(chosen))).orThrow();
            try (BoundModel bound = model.bind(own)) {
                return cells(drawn, bound, String.join(", ", chosen));
            }
        }
    }

    private static ItemCells cells(DualData.DrawnTasks drawn, BoundModel bound, String chosen) {
        int tasks = drawn.split().tasks().size();
        double[] rmse = new double[tasks];
        double excess = drawn.means().isEmpty() ? Double.NaN : 0;
        Map<String, double[]> byRow = new TreeMap<>();
        for (int t = 0; t < tasks; t++) {
            TaskSplit task = drawn.split().tasks().get(t);
            int[] test = task.test();
            double[] truth = task.responses(test);
            double[] predicted = bound.predict(task.task().name(), task.observations(test));
            rmse[t] = Metric.RMSE.of(truth, predicted);
            for (int i = 0; i < test.length; i++) {
                if (drawn.means().isEmpty()) {
                    double[] sums = byRow.computeIfAbsent(task.task().rows().get(test[i]), row -> new double[3]);
                    sums[0] += (truth[i] - predicted[i]) * (truth[i] - predicted[i]);
                    sums[1] += Math.abs(truth[i] - predicted[i]);
                    sums[2]++;
                } else {
                    double apart = predicted[i] - drawn.means().get(task.task().name())[test[i]];
                    excess += apart * apart / test.length / tasks;
                }
            }
        }
        List<double[]> sums = new ArrayList<>(byRow.values());
        return new ItemCells().number(RMSE, Arrays.stream(rmse).average().orElse(Double.NaN)).numbers(BY_TASK, rmse).number(EXCESS, excess)
                .text(CHOSEN, chosen).text(ROWS, String.join(" ", byRow.keySet())).numbers(SQUARES, column(sums, 0))
                .numbers(ABSOLUTES, column(sums, 1)).numbers(COUNTS, column(sums, 2));
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }
}
