package intarsia.models.study.imputation;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.StudentT;
import intarsia.models.imputation.CompletedRegression;
import intarsia.models.imputation.MultipleImputation;
import intarsia.models.imputation.PooledRegression;
import intarsia.models.simulation.BlocksAtRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One data set with blocks missing at random, and the 95 % intervals that several ways give for the coefficients of its columns. A pure
 * function of the random stream.
 *
 * @param source what is drawn
 * @param draws  of multiple imputation
 */
public record CoverageTrial(BlocksAtRandom source, int draws) {
    /** Pooled over completed data sets. */
    public static final String POOLED = "multiple imputation";
    /** Each missing cell at the mean of its column. */
    public static final String MEANS = "column means";
    /** Each missing cell at what is expected without the response, once. */
    public static final String SINGLE = "single imputation";
    /** Rows that miss nothing. */
    public static final String COMPLETE_ROWS = "complete rows";
    /** The data before blocks went missing. */
    public static final String NOTHING_MISSING = "nothing missing";

    private static final double LEVEL = 0.95;

    /**
     * Estimates with their intervals, for each coefficient of {@link BlocksAtRandom#COEFFICIENTS}.
     *
     * @param estimates of coefficients
     * @param reach     how far intervals reach on either side
     */
    public record Intervals(double[] estimates, double[] reach) {
        /** Whether an interval covers the coefficient. */
        public boolean covers(int coefficient) {
            return Math.abs(estimates[coefficient] - BlocksAtRandom.COEFFICIENTS.get(coefficient)) <= reach[coefficient];
        }
    }

    /** The data. */
    public BlocksAtRandom.Drawn data(RandomStream random) {
        return source.draw(random.child("data"));
    }

    /** What each way gives. */
    public Map<String, Intervals> run(RandomStream random) {
        BlocksAtRandom.Drawn drawn = data(random);
        PooledRegression regression = new PooledRegression(drawn.data(), List.of());
        MultipleImputation imputation = new MultipleImputation(drawn.data(), random.child("imputation"));
        List<CompletedRegression> fits = IntStream.range(0, draws).mapToObj(k -> regression.fit(imputation.draw(k).completed().tasks()))
                .toList();
        List<PooledRegression.Coefficient> pooled = regression.pool(fits);
        int tasks = drawn.data().tasks().size();
        Map<String, Intervals> found = new LinkedHashMap<>();
        found.put(POOLED, new Intervals(
                pooled.stream().skip(tasks).mapToDouble(coefficient -> coefficient.value().estimate()).toArray(),
                pooled.stream().skip(tasks).mapToDouble(coefficient -> coefficient.value().reach(LEVEL)).toArray()));
        found.put(SINGLE, intervals(regression.fit(imputation.expected().tasks()), tasks));
        found.put(MEANS, intervals(regression.fit(means(drawn.data())), tasks));
        TaskSet rows = completeRows(drawn.data());
        found.put(COMPLETE_ROWS, intervals(new PooledRegression(rows, List.of()).fit(blocks(rows)), tasks));
        found.put(NOTHING_MISSING, intervals(regression.fit(blocks(drawn.complete())), tasks));
        return found;
    }

    private static Intervals intervals(CompletedRegression fit, int tasks) {
        double quantile = StudentT.quantile(0.5 + LEVEL / 2, (double) fit.freedom());
        int[] places = IntStream.range(tasks, fit.coefficients().length).toArray();
        return new Intervals(IntStream.of(places).mapToDouble(j -> fit.coefficients()[j]).toArray(),
                IntStream.of(places).mapToDouble(j -> quantile * Math.sqrt(fit.variances()[j])).toArray());
    }

    private static Map<String, Map<Source, double[][]>> blocks(TaskSet data) {
        Map<String, Map<Source, double[][]>> all = new LinkedHashMap<>();
        data.given().forEach(task -> all.put(task.name(), task.cells()));
        return all;
    }

    private static Map<String, Map<Source, double[][]>> means(TaskSet data) {
        Map<String, Map<Source, double[][]>> filled = new LinkedHashMap<>();
        for (Task task : data.given()) {
            Map<Source, double[][]> blocks = new LinkedHashMap<>();
            task.cells().forEach((source, block) -> {
                double[][] whole = new double[block.length][source.columns().size()];
                for (int j = 0; j < source.columns().size(); j++) {
                    int column = j;
                    double mean = data.given().stream().flatMapToDouble(other -> other.blocks().get(source).column(column))
                            .filter(cell -> !Double.isNaN(cell)).average().orElseThrow();
                    for (int i = 0; i < block.length; i++) {
                        whole[i][j] = Double.isNaN(block[i][j]) ? mean : block[i][j];
                    }
                }
                blocks.put(source, whole);
            });
            filled.put(task.name(), blocks);
        }
        return filled;
    }

    private static TaskSet completeRows(TaskSet data) {
        TaskSet.Builder kept = TaskSet.builder().minimumShare(0);
        for (Task task : data.given()) {
            int[] rows = IntStream.range(0, task.size()).filter(i -> task.blocks().values().stream()
                    .allMatch(block -> Arrays.stream(block.row(i)).noneMatch(Double::isNaN))).toArray();
            Task.Builder builder = Task.continuous(task.name());
            task.blocks().forEach((source, block) -> builder.block(source, block.rows(rows)));
            kept.task(builder.response(IntStream.of(rows).mapToDouble(i -> task.response()[i]).toArray()));
        }
        return kept.build();
    }
}
