package intarsia.models.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.reduction.BinaryReduction;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import intarsia.models.selection.HeldOutLoss;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What trees are for: interactions, differences between tasks, cells whose absence says something. */
@EnabledIf(value = "intarsia.models.trees.TreesModule#canGrow", disabledReason = "XGBoost's native library cannot be loaded: libgomp1")
class TreeModelTest {
    private static final Source BLOCK = Source.of("block", "a", "b", "c");
    private static final List<Estimator> TREES = List.of(Boosting.DEFAULT, RandomForest.DEFAULT);

    private interface Response {
        double of(int task, double[] cells, double noise);
    }

    private static TaskSet data(int rows, double missing, List<ResponseFamily> families, Response response) {
        TaskSet.Builder all = TaskSet.builder();
        for (int t = 0; t < families.size(); t++) {
            RandomStream random = RandomStream.of(11, "task" + t);
            double[][] cells = new double[rows][3];
            double[] y = new double[rows];
            for (int i = 0; i < rows; i++) {
                Arrays.setAll(cells[i], j -> random.nextDouble() < missing ? Double.NaN : random.nextGaussian());
                y[i] = response.of(t, cells[i], random.nextGaussian());
            }
            all.task(Task.of("task" + t, families.get(t)).block(BLOCK, cells).response(y));
        }
        return all.build();
    }

    private static DataSplit split(TaskSet data) {
        return DataSplit.random(data, 0.2, 0.3, RandomStream.of(5));
    }

    private static Model fit(Estimator estimator, DataSplit split) {
        try (Engine engine = Engine.open()) {
            return estimator.fit(new FitContext(engine, split, RandomStream.of(6), Progress.NONE)).orThrow();
        }
    }

    private static double loss(Estimator estimator, DataSplit split) {
        return HeldOutLoss.of(fit(estimator, split), split, TaskSplit::test);
    }

    @Test
    void interactionsAreFound() {
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
            DataSplit split = split(data(300, 0, List.of(family, family), (task, x, noise) -> {
                double z = (x[0] > 0) == (x[1] > 0) ? 1 : -1;
                return family == ResponseFamily.BINARY ? (z + 0.3 * noise > 0 ? 1 : 0) : z + 0.3 * noise;
            }));
            for (Estimator trees : TREES) {
                assertThat(loss(trees, split)).as("%s, %s", trees.key(), family.key()).isLessThan(0.5 * loss(Regression.DEFAULT, split));
            }
        }
    }

    /** Where signs differ, the rate of events, the hazard and the class do. */
    @Test
    void countsSurvivalAndClassesAreLearned() {
        Survival survival = new Survival(List.of(0.5, 1.0, 2.0));
        for (ResponseFamily family : List.of(new Count(true), survival, new Classes(List.of("a", "b", "c")))) {
            DataSplit split = split(rows(200, List.of(family, family), (task, x, noise) -> {
                double z = (x[0] > 0) == (x[1] > 0) ? 1 : -1;
                double chance = 0.5 + Math.atan(noise) / Math.PI;
                return switch (family) {
                    case Count _ -> new double[] {Math.floor(Math.exp(1 + z) * (1 + task) + chance), 1 + task};
                    case Survival _ -> new double[] {Math.min(3, -Math.log(chance) * Math.exp(z)),
                            -Math.log(chance) * Math.exp(z) < 3 ? 1 : 0, 0};
                    default -> new double[] {chance < 0.1 ? 0 : z > 0 ? 1 : 2};
                };
            }));
            double none = loss(new MeanPredictor(), split);
            for (Estimator trees : List.of(new Boosting(List.of(2), 200, 20, 0.1, 0.8), new RandomForest(List.of(3), List.of(1.0), 100))) {
                Estimator learning = BinaryReduction.learning(trees, List.of(family)).orElseThrow();
                assertThat(loss(learning, split)).as("%s, %s", trees.key(), family.key())
                        .isLessThan((family == survival ? 0.93 : 0.7) * none);
            }
        }
    }

    private interface Numbers {
        double[] of(int task, double[] cells, double noise);
    }

    /** Rows without a cell missing, whose responses may be several numbers. */
    private static TaskSet rows(int rows, List<ResponseFamily> families, Numbers response) {
        TaskSet.Builder all = TaskSet.builder();
        for (int t = 0; t < families.size(); t++) {
            RandomStream random = RandomStream.of(12, "task" + t);
            double[][] cells = new double[rows][3];
            double[] y = new double[rows * families.get(t).columns()];
            for (int i = 0; i < rows; i++) {
                Arrays.setAll(cells[i], j -> random.nextGaussian());
                double[] of = response.of(t, cells[i], random.nextGaussian());
                System.arraycopy(of, 0, y, i * of.length, of.length);
            }
            all.task(Task.of("task" + t, families.get(t)).block(BLOCK, cells).response(y));
        }
        return all.build();
    }

    /** Neither the column nor the task helps alone, which forests are known to find hard. */
    @Test
    void tasksMayDiffer() {
        ResponseFamily family = ResponseFamily.CONTINUOUS;
        DataSplit split = split(data(300, 0, List.of(family, family), (task, x, noise) -> (task == 0 ? x[0] : -x[0]) + 0.3 * noise));
        for (Estimator trees : TREES) {
            double share = trees instanceof RandomForest ? 0.75 : 0.25;
            assertThat(loss(trees, split)).as(trees.key()).isLessThan(share * loss(Regression.POOLED, split));
        }
    }

    @Test
    void thatACellIsMissingMaySaySomething() {
        ResponseFamily family = ResponseFamily.CONTINUOUS;
        DataSplit split = split(data(300, 0.4, List.of(family, family), (task, x, noise) -> (Double.isNaN(x[2]) ? 2 : 0) + 0.3 * noise));
        for (Estimator trees : TREES) {
            assertThat(loss(trees, split)).as(trees.key()).isLessThan(0.5 * loss(Regression.DEFAULT, split));
        }
    }

    @Test
    void noiseIsNotLearned() {
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
            DataSplit split = split(data(300, 0.1, List.of(family, family, family), (task, x, noise) ->
                    family == ResponseFamily.BINARY ? (noise > 0 ? 1 : 0) : noise));
            for (Estimator trees : TREES) {
                assertThat(loss(trees, split)).as("%s, %s", trees.key(), family.key()).isLessThan(1.1 * loss(new MeanPredictor(), split));
            }
        }
    }

    /** Each kind of response has its own trees: that of the other task changes nothing. */
    @Test
    void kindsOfResponseAreLearnedSideBySide() {
        Response response = (task, x, noise) -> task == 0 ? 7 + x[0] + 0.1 * noise : x[1] + 0.1 * noise > 0 ? 1 : 0;
        DataSplit split = split(data(80, 0, List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY), response));
        for (Estimator trees : TREES) {
            Model model = fit(trees, split);
            Observations rows = split.task("task0").observations(split.task("task0").test());
            assertThat(Arrays.stream(model.predict("task0", rows)).average().orElseThrow()).isCloseTo(7, within(0.5));
            assertThat(Arrays.stream(model.predict("task1", rows))).allMatch(p -> p > 0 && p < 1);
            assertThat(model.hyperparameters()).containsKeys("trees (continuous)", "trees (binary)");
            assertThat(loss(trees, split)).isLessThan(loss(new MeanPredictor(), split));
        }
    }

    /** The library has no state that fits share. */
    @Test
    void fitsSideBySideGiveTheSameBits() throws Exception {
        ResponseFamily family = ResponseFamily.CONTINUOUS;
        DataSplit split = split(data(120, 0.2, List.of(family, family), (task, x, noise) -> noise + (Double.isNaN(x[0]) ? 0 : x[0])));
        Observations rows = split.task("task0").observations(split.task("task0").test());
        for (Estimator trees : TREES) {
            double[] alone = fit(trees, split).predict("task0", rows);
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                List<Callable<double[]>> fits = Collections.nCopies(8, () -> fit(trees, split).predict("task0", rows));
                for (Future<double[]> one : threads.invokeAll(fits)) {
                    assertThat(one.get()).as(trees.key()).isEqualTo(alone);
                }
            }
        }
    }

    /** A fit that starts from another keeps its choice, whatever its own validation rows would choose. */
    @Test
    void whatWasChosenIsKept() {
        for (List<ResponseFamily> families : List.of(List.of(ResponseFamily.CONTINUOUS),
                List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY))) {
            DataSplit split = split(data(100, 0, families, (task, x, noise) -> families.get(task) == ResponseFamily.BINARY
                    ? (x[1] > 0 ? 1 : 0) : (x[0] > 0) == (x[1] > 0) ? 1 : -1));
            Model deep = fit(new Boosting(List.of(6), 20, 10, 0.05, 0.8), split);
            assertThat(Boosting.DEFAULT.startingFrom(deep)).isEqualTo(new Boosting(List.of(6), 1_000, 50, 0.05, 0.8));
            Model wide = fit(new RandomForest(List.of(3), List.of(1.0), 20), split);
            assertThat(RandomForest.DEFAULT.startingFrom(wide)).isEqualTo(new RandomForest(List.of(3), List.of(1.0), 300));
            assertThat(RandomForest.DEFAULT.startingFrom(fit(Regression.DEFAULT, split))).isEqualTo(RandomForest.DEFAULT);
        }
    }

    @Test
    void aLimitOfTreesIsSaid() {
        DataSplit split = split(data(100, 0, List.of(ResponseFamily.CONTINUOUS), (task, x, noise) -> x[0] + 0.01 * noise));
        try (Engine engine = Engine.open()) {
            FitContext context = new FitContext(engine, split, RandomStream.of(6), Progress.NONE);
            assertThat(new Boosting(List.of(2), 5, 5, 0.01, 1).fit(context)).isInstanceOfSatisfying(Outcome.Stopped.class, stopped ->
                    assertThat(stopped.why()).isEqualTo("gradient boosting reached its limit of trees"));
            assertThat(new RandomForest(List.of(3), List.of(1.0), 5).fit(context)).isInstanceOf(Outcome.Converged.class);
        }
    }

    @Test
    void aRowMayLackEverythingButItsBlock() {
        ResponseFamily family = ResponseFamily.BINARY;
        DataSplit split = split(data(60, 0.2, List.of(family, family), (task, x, noise) ->
                noise + (Double.isNaN(x[0]) ? 0 : x[0]) > 0 ? 1 : 0));
        Observations nothing = new Observations(List.of("r"), Map.of(BLOCK, new double[][] {{Double.NaN, Double.NaN, Double.NaN}}));
        for (Estimator trees : TREES) {
            assertThat(fit(trees, split).predict("task0", nothing)[0]).isBetween(0.05, 0.95);
        }
    }
}
