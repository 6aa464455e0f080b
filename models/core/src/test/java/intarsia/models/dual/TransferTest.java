package intarsia.models.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Metric;
import intarsia.models.net.Training;
import intarsia.models.simulation.SharedCoefficients;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One more task: its coefficients are optimal, what was learned stays, and few rows go a longer way. */
class TransferTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-10, 100_000);

    @ParameterizedTest
    @EnumSource(Family.class)
    void theNewTasksCoefficientsAreOptimal(Family family) {
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(family, 4, 0.5);
        EncodedTask fresh = CoefficientProblemTest.tasks(family, 6, 0.9).get(5);
        for (Similarity similarity : DualEncoderTest.similarities()) {
            Coefficients learned = new CoefficientProblem(tasks, similarity, 0.1, 0.05, TIGHT).solve();
            TransferProblem problem = new TransferProblem(fresh, similarity, 0.1, 0.05, learned, TIGHT);
            Coefficients at = problem.solve();
            double value = value(problem, fresh, at);
            RandomStream random = RandomStream.of(4);
            for (int trial = 0; trial < 200; trial++) {
                Coefficients near = at.copy();
                double size = StrictMath.pow(10, -1 - trial % 4);
                near.intercepts()[0] += size * random.nextGaussian();
                near.own()[0][trial % 2] += size * random.nextGaussian();
                if (!(similarity instanceof Similarity.LowRank)) {
                    near.shared()[0][trial % 3] += size * random.nextGaussian();
                }
                assertThat(value(problem, fresh, near)).as("%s", similarity).isGreaterThan(value - 1e-9);
            }
        }
    }

    private static double value(TransferProblem problem, EncodedTask task, Coefficients at) {
        return task.loss(at.own()[0], at.intercepts()[0], at.shared()[0]) + problem.penalty(at);
    }

    @Test
    void withoutStrengthItIsFittedAloneAndWithEnoughItTakesTheCenter() {
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(Family.GAUSSIAN, 4, 0.5);
        EncodedTask fresh = CoefficientProblemTest.tasks(Family.GAUSSIAN, 6, 0.9).get(5);
        Coefficients alone = new CoefficientProblem(List.of(fresh), new Similarity.Group(), 0, 0.05, TIGHT).solve();
        for (Similarity similarity : List.of(new Similarity.Group(), new Similarity.Lasso(), new Similarity.Ridge())) {
            Coefficients learned = new CoefficientProblem(tasks, similarity, 0.1, 0.05, TIGHT).solve();
            assertThat(new TransferProblem(fresh, similarity, 0, 0.05, learned, TIGHT).solve().shared()[0])
                    .containsExactly(alone.shared()[0], within(1e-6));
            Coefficients joined = new TransferProblem(fresh, similarity, 1e6, 0.05, learned, TIGHT).solve();
            assertThat(joined.shared()[0]).as("%s", similarity).containsExactly(learned.centers()[0], within(1e-5));
        }
    }

    @Test
    void aNewTaskLearnsFromFewRowsAndLeavesTheOthersAlone() {
        TaskSet all = new SharedCoefficients(7, 460, 8, 4, 0.2, 0, 0.3, 0, 0.3).draw(RandomStream.of(21));
        TaskSet.Builder known = TaskSet.builder();
        all.tasks().subList(0, 6).forEach(known::task);
        TaskSet old = known.build();
        Task fresh = all.tasks().get(6);
        List<Split> splits = old.tasks().stream().map(task -> rows(0, 80, 100)).toList();
        DualEncoderOptions options = DualEncoder.options().encoders(24, 2, 8, 4).weights(1, 0.01, 1e-4)
                .warmUp(Training.PUBLISHED.learningRate(0.005).patience(10)).alternation(20, 10, 1e-4).similarity(new Similarity.Group(), 0.05);
        try (Engine engine = Engine.open()) {
            DualEncoderModel model = DualEncoder.fit(engine, old, splits, options, RandomStream.of(1), Progress.NONE).orThrow();
            DualEncoderModel more = DualEncoder.transfer(engine, model, fresh, rows(0, 16, 20), RandomStream.of(2), Progress.NONE).orThrow();
            int[] test = IntStream.range(100, 460).toArray();
            double transferred = rmse(fresh, test, more.predict(fresh.name(), Observations.of(fresh, test)));
            TaskSet lone = TaskSet.builder().task(fresh).build();
            double alone = rmse(fresh, test, DualEncoder.fit(engine, lone, List.of(rows(0, 16, 20)), options, RandomStream.of(2), Progress.NONE).orThrow()
                    .predict(fresh.name(), Observations.of(fresh, test)));
            assertThat(transferred).isLessThan(0.85 * alone);
            Task first = old.tasks().getFirst();
            assertThat(more.predict(first.name(), Observations.of(first, test))).isEqualTo(model.predict(first.name(), Observations.of(first, test)));
            more.check();
            for (int i = 1; i < more.trace().size(); i++) {
                assertThat(more.trace().get(i)).isLessThanOrEqualTo(more.trace().get(i - 1) * (1 + 1e-12));
            }
            assertThatThrownBy(() -> DualEncoder.transfer(engine, model, first, rows(0, 16, 20), RandomStream.of(2), Progress.NONE))
                    .isInstanceOf(DataException.class).hasMessage("task 'task 1': the model has one of this name already");
        }
    }

    /** A task with a block of its own and missing cells, responses of both kinds, without encoders and with. */
    @Test
    void tasksMayDifferInWidth() {
        Source common = Source.of("common", "a", "b", "c");
        Source extra = Source.of("extra", "d", "e");
        RandomStream random = RandomStream.of(5);
        for (boolean binary : new boolean[] {false, true}) {
            Task narrow = task("narrow", binary, common, null, random);
            Task wide = task("wide", binary, common, extra, random);
            Task fresh = task("fresh", binary, common, Source.of("new", "f"), random);
            TaskSet data = TaskSet.builder().task(narrow).task(wide).build();
            for (int depth : new int[] {0, 2}) {
                DualEncoderOptions options = DualEncoder.options().encoders(6, depth, 3, 2).warmUp(Training.PUBLISHED.epochs(5)).alternation(5, 4, 1e-6);
                DualEncoderModel model = DualEncoder.fit(data, options).orThrow();
                assertThat(model.anchors()).containsExactly(common);
                assertThat(model.tasks().get(1).width()).isEqualTo(5);
                for (Task task : data.tasks()) {
                    assertThat(model.predict(task.name(), Observations.of(task))).hasSize(40)
                            .satisfies(predicted -> assertThat(Arrays.stream(predicted)).allMatch(p -> binary ? p > 0 && p < 1 : Double.isFinite(p)));
                }
                try (Engine engine = Engine.open()) {
                    DualEncoderModel more = DualEncoder.transfer(engine, model, fresh, rows(0, 30, 40), random, Progress.NONE).orThrow();
                    more.check();
                    assertThat(more.tasks().get(2).width()).isEqualTo(4);
                    assertThat(more.predict("fresh", Observations.of(fresh))).hasSize(40);
                    // Rows of the new task without its own source are filled with its means.
                    assertThat(more.predict("fresh", new Observations(List.of("one"), Map.of(common, new double[][] {{0, Double.NaN, 1}})))).hasSize(1);
                    Task lacking = Task.continuous("lacking").block(extra, new double[][] {{1, 2}, {2, 3}}).response(1, 2);
                    assertThatThrownBy(() -> DualEncoder.transfer(engine, model, lacking, rows(0, 1, 2), random, Progress.NONE))
                            .hasMessage("task 'lacking': does not observe source 'common', which the shared encoder reads");
                }
            }
        }
    }

    private static Task task(String name, boolean binary, Source common, Source extra, RandomStream random) {
        double[][] x = new double[40][];
        double[][] z = new double[40][];
        double[] y = new double[40];
        for (int i = 0; i < 40; i++) {
            x[i] = new double[] {random.nextGaussian(), random.nextGaussian(), i == 3 ? Double.NaN : random.nextGaussian()};
            z[i] = extra == null ? null : IntStream.range(0, extra.width()).mapToDouble(j -> random.nextGaussian()).toArray();
            double eta = x[i][0] - x[i][1] + random.nextGaussian();
            y[i] = binary ? eta > 0 ? 1 : 0 : eta;
        }
        Task.Builder builder = (binary ? Task.binary(name) : Task.continuous(name)).block(common, x);
        return (extra == null ? builder : builder.block(extra, z)).response(y);
    }

    private static Split rows(int from, int train, int to) {
        return new Split(IntStream.range(from, train).toArray(), IntStream.range(train, to).toArray(), new int[0]);
    }

    private static double rmse(Task task, int[] rows, double[] predicted) {
        return Metric.RMSE.of(Arrays.stream(rows).mapToDouble(i -> task.response()[i]).toArray(), predicted);
    }
}
