package intarsia.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.Progress;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.explanation.RowChange;
import intarsia.models.explanation.RowChange.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Importance, worth and likeness where they are known: in planted data, and of models that are known. */
class DriversTest {
    private static final Source EXAM = Source.of("exam", Column.continuous("age"), Column.continuous("constant"));
    private static final Source BLOOD = Source.of("blood", "iron");

    /** y = age + size x iron + noise; blood is measured in the first two tasks only. */
    private static Task task(String name, double size, boolean blood, double sign) {
        RandomStream random = RandomStream.of(1, name);
        int rows = 150;
        double[][] exam = new double[rows][];
        double[][] iron = new double[rows][];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            exam[i] = new double[] {random.nextGaussian(), 3};
            iron[i] = new double[] {random.nextGaussian()};
            y[i] = sign * exam[i][0] + size * iron[i][0] + 0.5 * random.nextGaussian();
        }
        Task.Builder task = Task.continuous(name).block(EXAM, exam);
        return (blood ? task.block(BLOOD, iron) : task).response(y);
    }

    private static final TaskSet DATA = TaskSet.builder().task(task("a", 2, true, 1)).task(task("b", 0, true, 1))
            .task(task("c", 1, false, 1)).task(task("d", 1, false, -1)).build();

    private static Comparison.Result compared(TaskSet data, Estimator estimator) {
        try (Pool pool = new Pool(2)) {
            return new Comparison(List.of(estimator), 3, Engine.options().kernels("scalar"), Set.of(estimator.key()))
                    .run(data, pool, RandomStream.of(5), Progress.NONE);
        }
    }

    private static final Comparison.Result REGRESSION = compared(DATA, Regression.DEFAULT);

    private static Summary rise(String task, RowChange change) {
        return Importance.of(REGRESSION, "regression", DATA.task(task)).stream().filter(of -> of.change().equals(change)).findFirst()
                .orElseThrow().rise();
    }

    @Test
    void aColumnThatIsNotUsedHasImportanceZero() {
        for (Kind kind : List.of(Kind.PERMUTED, Kind.CONDITIONAL)) {
            Summary unused = rise("a", new RowChange(kind, "exam", "constant", ""));
            assertThat(List.of(unused.mean(), unused.low(), unused.high())).containsExactly(0.0, 0.0, 0.0);
        }
        assertThat(rise("a", new RowChange(Kind.PERMUTED, "blood", "", "")).low()).isGreaterThan(1);
        assertThat(rise("a", new RowChange(Kind.PERMUTED, "blood", "", "")).splits()).isEqualTo(3);
        assertThat(Math.abs(rise("b", new RowChange(Kind.PERMUTED, "blood", "", "")).mean())).isLessThan(0.1);
    }

    /** E (y - f without)^2 - E (y - f with)^2 is size^2 times the variance of iron, over that of y: 4 / (1 + 4 + 0.25), and 0. */
    @Test
    void aBlockIsWorthTheVarianceThatItExplains() {
        List<BlockWorth> worths = BlockWorth.of(REGRESSION, "regression", DATA.tasks(), DATA.anchors());
        assertThat(worths).extracting(of -> of.task() + " " + of.source()).containsExactly("a blood", "a exam", "b blood", "b exam",
                "c blood", "c exam", "d blood", "d exam");
        assertThat(worths.get(0).worth()).isCloseTo(4 / 5.25, within(0.15));
        assertThat(worths.get(0).measured()).isTrue();
        assertThat(worths.get(0).interval().low()).isLessThan(4 / 5.25);
        assertThat(worths.get(0).interval().high()).isGreaterThan(4 / 5.25);
        assertThat(worths.get(2).worth()).isCloseTo(0, within(0.05));
        BlockWorth elsewhere = worths.get(4);
        assertThat(elsewhere.measured()).isFalse();
        assertThat(elsewhere.worth()).as("rows of both tasks that have it, alike in the exam").isCloseTo(2 / 5.25, within(0.15));
        assertThat(elsewhere.interval().low()).isLessThan(elsewhere.worth());
        assertThat(BlockWorth.of(REGRESSION, "regression", DATA.tasks(), List.of())).as("without anchors only where measured").hasSize(6);
    }

    @Test
    void tasksThatAreAlikeAgree() {
        TaskAgreement agreement = TaskAgreement.of(REGRESSION, "regression", DATA.tasks());
        assertThat(agreement.tasks()).containsExactly("a", "b", "c", "d");
        for (int t = 0; t < 4; t++) {
            assertThat(agreement.correlation()[t][t].low()).isCloseTo(1, within(1e-12));
            for (int u = 0; u < 4; u++) {
                assertThat(agreement.correlation()[t][u].mean()).isCloseTo(agreement.correlation()[u][t].mean(), within(1e-12));
            }
        }
        assertThat(agreement.correlation()[2][3].high()).as("turned round").isCloseTo(-1, within(1e-9));
        assertThat(agreement.correlation()[1][2].low()).isGreaterThan(0.9);
        TaskAgreement pooled = TaskAgreement.of(compared(DATA, Regression.POOLED), "pooled-regression", DATA.tasks());
        assertThat(pooled.correlation()[0][1].mean()).as("one regression for all, with a task's own mean where blood was not measured")
                .isBetween(0.99, 1.0);
        assertThat(pooled.correlation()[2][3].mean()).as("one regression for all").isCloseTo(1, within(1e-9));
        assertThat(pooled.correlation()[0][2].mean()).as("but no blood is read where it was not measured").isLessThan(0.95);
        TaskAgreement means = TaskAgreement.of(compared(DATA, new MeanPredictor()), MeanPredictor.KEY, DATA.tasks());
        assertThat(means.correlation()[0][1].defined()).as("the same for all rows").isFalse();
    }

    @Test
    void correlationIsTheTextbooks() {
        assertThat(TaskAgreement.correlation(new double[] {1, 2, 3, 5}, new double[] {2, 4, 5, 9}, 1))
                .isCloseTo(15 / Math.sqrt(227.5), within(1e-12));
        double[] large = {1e200, 2e200, 3e200, 5e200};
        assertThat(TaskAgreement.correlation(large, new double[] {2, 4, 5, 9}, 1)).isCloseTo(15 / Math.sqrt(227.5), within(1e-12));
        assertThat(TaskAgreement.correlation(new double[] {1, 1}, new double[] {1, 2}, 1)).isNaN();
    }

    /** Reversed rows, tasks and columns give the same numbers. */
    @Test
    void noOrderMatters() {
        TaskSet.Builder turned = TaskSet.builder();
        DATA.tasks().reversed().forEach(task -> {
            int[] rows = IntStream.range(0, task.size()).map(i -> task.size() - 1 - i).toArray();
            Task.Builder other = Task.continuous(task.name());
            task.cells().forEach((source, block) -> other.block(source, IntStream.of(rows).mapToObj(i -> block[i])
                    .toArray(double[][]::new)));
            turned.task(other.response(IntStream.of(rows).mapToDouble(i -> task.response()[i]).toArray()));
        });
        TaskSet other = turned.build();
        Comparison.Result result = compared(other, Regression.DEFAULT);
        for (Task task : DATA.tasks()) {
            assertThat(Importance.of(result, "regression", other.task(task.name())))
                    .isEqualTo(Importance.of(REGRESSION, "regression", task));
        }
        List<BlockWorth> worths = BlockWorth.of(result, "regression", other.tasks(), other.anchors());
        BlockWorth.of(REGRESSION, "regression", DATA.tasks(), DATA.anchors()).forEach(of -> {
            BlockWorth same = worths.stream().filter(one -> one.task().equals(of.task()) && one.source().equals(of.source())).findFirst()
                    .orElseThrow();
            assertThat(new double[] {same.worth(), same.interval().low(), same.interval().high()}).containsExactly(
                    new double[] {of.worth(), of.interval().low(), of.interval().high()}, within(1e-12));
        });
        assertThat(Arrays.asList(REGRESSION.splits(), result.splits())).containsOnly(3);
    }

    /** Of each task a second response, minus the first, so that a likeness across responses would be -1. */
    @Test
    void responsesAreExplainedOneByOne() {
        TaskSet.Builder both = TaskSet.builder();
        for (Task task : List.of(DATA.task("a"), DATA.task("b"))) {
            for (String about : List.of("up", "down")) {
                Task.Builder one = Task.of(task.name(), about, task.family()).rows(task.rows());
                task.blocks().forEach(one::block);
                both.task(one.response(Arrays.stream(task.response()).map(y -> about.equals("up") ? y : -y).toArray()));
            }
        }
        TaskSet data = both.build();
        Comparison.Result result = compared(data, Regression.DEFAULT);
        assertThat(result.evaluations().stream().flatMap(of -> of.heldOut().stream()).flatMap(held -> held.changed().stream()
                .filter(of -> of.change().kind() == Kind.OTHER_TASK).map(of -> held.task() + " as " + of.change().task())).distinct())
                .containsExactlyInAnyOrder("up in a as up in b", "up in b as up in a", "down in a as down in b", "down in b as down in a");
        for (TaskSet of : data.byResponse()) {
            TaskAgreement agreement = TaskAgreement.of(result, "regression", of.tasks());
            assertThat(agreement.tasks()).containsExactlyElementsOf(of.tasks().stream().map(Task::name).toList());
            assertThat(agreement).as("other responses do not matter").usingRecursiveComparison()
                    .isEqualTo(TaskAgreement.of(result.of(of), "regression", of.tasks()));
            assertThat(agreement.correlation()[0][1].mean()).isPositive();
            assertThat(Importance.of(result, "regression", of.tasks().getFirst())).anySatisfy(one -> {
                assertThat(one.change()).isEqualTo(new RowChange(Kind.PERMUTED, "blood", "", ""));
                assertThat(one.rise().low()).isGreaterThan(1);
            });
            assertThat(BlockWorth.of(result, "regression", of.tasks(), of.anchors())).allSatisfy(worth ->
                    assertThat(worth.measured()).isTrue()).hasSize(4);
        }
    }
}
