package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.Column;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding.Scaling;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.TaskTable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * When imputing a block beats its column means (docs/choosing-a-model.md): the anchor must say something of the block, and what the block
 * does must be learned elsewhere. A task of 300 rows has the block, one of 30 rows lacks it; the response is twice the block and noise.
 */
class ImputationGainTest {
    private static final int ANCHORS = 40;
    private static final Source ANCHOR = new Source("anchor",
            IntStream.range(0, ANCHORS).mapToObj(j -> Column.continuous("a" + j)).toList());
    private static final Source BLOCK = Source.of("block", Column.continuous("b"));

    /** @param told the share of the block's variance that the anchor says */
    private static TaskSet draw(double told, RandomStream random) {
        return TaskSet.builder().task(task("large", 375, true, told, random)).task(task("small", 130, false, told, random)).build();
    }

    private static Task task(String name, int n, boolean observed, double told, RandomStream random) {
        double[][] anchor = new double[n][ANCHORS];
        double[][] block = new double[n][1];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < ANCHORS; j++) {
                anchor[i][j] = random.nextGaussian();
                sum += anchor[i][j];
            }
            block[i][0] = Math.sqrt(told / ANCHORS) * sum + Math.sqrt(1 - told) * random.nextGaussian();
            y[i] = 2 * block[i][0] + 0.5 * random.nextGaussian();
        }
        Task.Builder task = Task.continuous(name).block(ANCHOR, anchor);
        return (observed ? task.block(BLOCK, block) : task).response(y);
    }

    /** Mean squared error of shared and task-specific ridge regression on the small task's other rows, relative to column means. */
    private static double relative(double told, long seed) {
        RandomStream random = RandomStream.of(seed, "gain");
        TaskSet data = draw(told, random.child("data"));
        DataSplit split = DataSplit.of(data, task -> TaskSplit.random(task, task.size() > 200 ? 0.2 : 100.0 / 130, 0,
                random.child(task.name())));
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            BlockImputation means = BlockImputation.columnMeans(split, Scaling.STANDARDIZED);
            FitContext context = new FitContext(engine, split, random.child("fit"), Progress.NONE);
            BlockImputation imputed = means.with(BLOCK, Hbi.fit(context, means, BLOCK, MtlHmb.options()).orThrow().model());
            return error(imputed.tables(engine, split)) / error(means.tables(engine, split));
        }
    }

    private static double error(List<TaskTable> tables) {
        List<SharedRidge.Solution> solutions = new SharedRidge(1, 100).solve(tables.stream().map(table ->
                new SharedRidge.Rows(table.family(), rows(table.x().numbers()), table.y())).toList(), ANCHORS + 1);
        TaskTable small = tables.get(1);
        assertThat(small.name()).isEqualTo("small");
        double[] losses = solutions.get(1).losses(new SharedRidge.Rows(small.family(), rows(small.xv().numbers()), small.yv()));
        return IntStream.range(0, losses.length).mapToDouble(i -> losses[i]).average().orElseThrow();
    }

    private static double[][] rows(double[] x) {
        return IntStream.range(0, x.length / (ANCHORS + 1)).mapToObj(i -> Arrays.copyOfRange(x, i * (ANCHORS + 1), (i + 1) * (ANCHORS + 1)))
                .toArray(double[][]::new);
    }

    @Test
    void aBlockThatTheAnchorTellsIsWorthImputing() {
        for (int seed = 0; seed < 3; seed++) {
            assertThat(relative(0.9, seed)).as("seed %d", seed).isLessThan(0.5);
        }
    }

    /** Rather a loss: what the imputer takes for a relation is noise. */
    @Test
    void oneThatItDoesNotTellIsNot() {
        for (int seed = 0; seed < 3; seed++) {
            assertThat(relative(0, seed)).as("seed %d", seed).isGreaterThan(0.95);
        }
    }
}
