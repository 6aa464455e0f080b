package intarsia.models.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.dual.DualEncoder.Alternation;
import intarsia.models.dual.DualEncoder.Encoders;
import intarsia.models.dual.DualEncoder.Penalties;
import intarsia.models.dual.DualEncoder.PenaltyWeight;
import intarsia.models.net.Training;
import intarsia.models.response.Metric;
import intarsia.models.simulation.SharedCoefficients;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One more task: what was learned stays, few rows go a longer way, and what cannot be added is said. */
class TransferTest {
    static List<Similarity> similarities() {
        return Similarity.all();
    }

    private static DualEncoderModel add(DualEncoderModel model, TaskSplit split) {
        try (Engine engine = Engine.open()) {
            return model.add(engine, split, RandomStream.of(2)).orThrow();
        }
    }

    private static TaskSplit rows(Task task, int from, int train, int to) {
        return new TaskSplit(task, IntStream.range(from, train).toArray(), IntStream.range(train, to).toArray(), new int[0]);
    }

    @Test
    void aNewTaskLearnsFromFewRowsAndLeavesTheOthersAlone() {
        TaskSet all = new SharedCoefficients(7, 460, 8, 4, 0.2, 0, 0.3, 0, 0.3).draw(RandomStream.of(21));
        TaskSet.Builder known = TaskSet.builder();
        all.tasks().subList(0, 6).forEach(known::task);
        TaskSet old = known.build();
        Task fresh = all.tasks().get(6);
        DualEncoder estimator = DualEncoder.options().encoders(new Encoders(24, 2, 8, 4)).penalties(new Penalties(1, 0.01, 1e-4))
                .warmUp(Training.PUBLISHED.learningRate(0.005).patience(10)).alternation(new Alternation(20, 10, 1e-4, 3, 1))
                .weight(new PenaltyWeight.Fixed(0.05));
        DualEncoderModel model = DualEncoderTest.fit(estimator, DataSplit.of(old, task -> rows(task, 0, 80, 100)), 1);
        DualEncoderModel more = add(model, rows(fresh, 0, 16, 20));
        int[] test = IntStream.range(100, 460).toArray();
        double transferred = rmse(fresh, test, more.predict(fresh.name(), Observations.of(fresh, test)));
        TaskSet lone = TaskSet.builder().task(fresh).build();
        double alone = rmse(fresh, test, DualEncoderTest.fit(estimator, DataSplit.of(lone, task -> rows(task, 0, 16, 20)), 2)
                .predict(fresh.name(), Observations.of(fresh, test)));
        assertThat(transferred).isLessThan(0.85 * alone);
        Task first = old.tasks().getFirst();
        Observations rows = Observations.of(first, test);
        assertThat(more.predict(first.name(), rows)).isEqualTo(model.predict(first.name(), rows));
        List<Double> trace = more.settings().trace();
        for (int i = 1; i < trace.size(); i++) {
            assertThat(trace.get(i)).isLessThanOrEqualTo(trace.get(i - 1) * (1 + 1e-12));
        }
        assertThatThrownBy(() -> add(model, rows(first, 0, 16, 20))).isInstanceOf(DataException.class)
                .hasMessage("task 'task 1': the model has one of this name already; give the new task another");
        assertThatThrownBy(() -> add(model, rows(fresh, 0, 20, 20))).isInstanceOf(DataException.class)
                .hasMessage("task 'task 7' has 460 rows, none of which is left for early stopping; give at least 3 rows, "
                + "or leave the task out");
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void aNewTaskTakesItsPlaceInTheOrderOfNames(Similarity similarity) {
        TaskSet all = new SharedCoefficients(4, 40, 4, 2, 0.2, 0, 0.3, 0.2, 0.3).draw(RandomStream.of(3));
        TaskSet.Builder known = TaskSet.builder();
        List.of(0, 2, 3).forEach(t -> known.task(all.tasks().get(t)));
        TaskSet old = known.build();
        DualEncoderModel model = DualEncoderTest.fit(DualEncoderTest.SMALL.similarity(similarity), old);
        DualEncoderModel more = add(model, rows(all.tasks().get(1), 0, 30, 40));
        assertThat(more.tasks()).containsExactly("task 1", "task 2", "task 3", "task 4");
        assertThat(new DualEncoderModel(more.settings(), more.weights())).isEqualTo(more);
        for (Task task : old.tasks()) {
            assertThat(more.predict(task.name(), Observations.of(task))).isEqualTo(model.predict(task.name(), Observations.of(task)));
        }
        assertThat(more.coefficients().centers()).isEqualTo(model.coefficients().centers());
        assertThat(more.coefficients().shared()[0]).isEqualTo(model.coefficients().shared()[0]);
        assertThat(more.coefficients().shared()[2]).isEqualTo(model.coefficients().shared()[1]);
    }

    /** A task with sources of its own and missing cells, responses of both kinds, without encoders and with. */
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
                DualEncoder estimator = DualEncoder.options().encoders(new Encoders(6, depth, 3, 2)).warmUp(Training.PUBLISHED.epochs(5))
                        .alternation(new Alternation(5, 4, 1e-6, 3, 1));
                DualEncoderModel model = DualEncoderTest.fit(estimator, data);
                assertThat(model.requiredSources()).containsExactly(common);
                assertThat(model.settings().tasks().features("wide").width()).isEqualTo(5);
                for (Task task : data.tasks()) {
                    assertThat(model.predict(task.name(), Observations.of(task))).hasSize(40)
                            .satisfies(predicted -> assertThat(Arrays.stream(predicted))
                                    .allMatch(p -> binary ? p > 0 && p < 1 : Double.isFinite(p)));
                }
                DualEncoderModel more = add(model, rows(fresh, 0, 30, 40));
                assertThat(more.tasks()).containsExactly("fresh", "narrow", "wide");
                assertThat(more.settings().tasks().features("fresh").width()).isEqualTo(4);
                assertThat(more.predict("fresh", Observations.of(fresh))).hasSize(40);
                // Rows of the new task without its other source are filled with its means.
                Observations one = new Observations(List.of("one"), Map.of(common, new double[][] {{0, Double.NaN, 1}}));
                assertThat(more.predict("fresh", one)).hasSize(1);
                Task lacking = Task.continuous("lacking").block(extra, new double[][] {{1, 2}, {2, 3}}).response(1, 2);
                assertThatThrownBy(() -> add(model, rows(lacking, 0, 1, 2))).isInstanceOf(DataException.class)
                        .hasMessage("task 'lacking': does not observe source 'common', which the shared encoder reads; give its columns");
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

    private static double rmse(Task task, int[] rows, double[] predicted) {
        return Metric.RMSE.of(Arrays.stream(rows).mapToDouble(i -> task.response()[i]).toArray(), predicted);
    }
}
