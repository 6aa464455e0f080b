package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.Tuning;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.data.Column;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.selection.HeldOutLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Few rows of many columns: nothing there, the model is the tasks' means; a linear effect there, it is found. */
class LinearPathTest {
    private static final int COLUMNS = 60;
    private static final Source SOURCE = new Source("x", IntStream.range(0, COLUMNS).mapToObj(j -> Column.continuous("x" + j)).toList());

    private static TaskSet draw(double effect, RandomStream random) {
        TaskSet.Builder data = TaskSet.builder();
        for (String name : new String[] {"a", "b"}) {
            double[][] x = new double[40][COLUMNS];
            double[] y = new double[x.length];
            for (int i = 0; i < y.length; i++) {
                double shared = random.nextGaussian();
                for (int j = 0; j < COLUMNS; j++) {
                    x[i][j] = shared + random.nextGaussian();
                }
                y[i] = effect * shared + random.nextGaussian();
            }
            data.task(Task.continuous(name).block(SOURCE, x).response(y));
        }
        return data.build();
    }

    private static double relativeToTheMean(double effect) {
        RandomStream random = RandomStream.of(4, "linear path");
        TaskSet data = draw(effect, random.child("data"));
        DataSplit split = DataSplit.random(data, 0.2, 0.2, random);
        try (Engine engine = Engine.open()) {
            FitContext context = new FitContext(engine, split, random.child("fit"), Progress.NONE);
            double model = HeldOutLoss.of(MtlHmb.options().epochs(40).fit(context).orThrow(), split, TaskSplit::test);
            return model / HeldOutLoss.of(new MeanPredictor().fit(context).orThrow(), split, TaskSplit::test);
        }
    }

    /** Two candidates, one after another, that impute alike and have a linear path: the second is what it is without the first. */
    @Test
    void whatIsSharedChangesNothing() {
        RandomStream random = RandomStream.of(4, "linear path");
        Source block = Source.of("block", "b1", "b2");
        TaskSet.Builder data = TaskSet.builder();
        for (Task task : draw(1, random.child("data")).tasks()) {
            Task.Builder rows = Task.continuous(task.name()).block(SOURCE, task.blocks().get(SOURCE));
            if (task.name().equals("a")) {
                rows.block(block, IntStream.range(0, task.size()).mapToObj(i -> new double[] {task.response()[i], i})
                        .toArray(double[][]::new));
            }
            data.task(rows.response(task.response()));
        }
        DataSplit split = DataSplit.random(data.build(), 0.2, 0.2, random);
        MtlHmb first = MtlHmb.options().epochs(3);
        MtlHmb second = first.depth(1);
        List<Tuning> told = new ArrayList<>();
        List<Tuning> toldAlone = new ArrayList<>();
        try (Engine engine = Engine.open()) {
            FitContext shared = new FitContext(engine, split, random.child("fit"), Progress.NONE).shared();
            first.fit(shared);
            assertThat(shared.parts()).hasSize(2);
            MtlHmbModel after = second.fit(shared.telling(listing(told))).orThrow();
            MtlHmbModel alone = second.fit(new FitContext(engine, split, random.child("fit"), listing(toldAlone))).orThrow();
            assertThat(shared.parts()).hasSize(2);
            alone.weights().tensors().forEach((name, tensor) ->
                    assertThat(after.weights().get(name).toDoubles()).as(name).isEqualTo(tensor.toDoubles()));
            assertThat(after.encoding()).isEqualTo(alone.encoding());
            assertThat(told).hasSameSizeAs(toldAlone).hasSize(2);
            // Other imputers are other parts.
            second.imputer(new MtlHmb.Imputer(5, 1, 0, second.training())).fit(shared);
            assertThat(shared.parts()).hasSize(4);
            assertThat(shared.child("other").parts()).isNull();
        }
    }

    private static Progress listing(List<Tuning> told) {
        return new Progress() {
            @Override
            public void report(String stage, long done, long total) {}

            @Override
            public void chose(Tuning tuning) {
                told.add(tuning);
            }
        };
    }

    @Test
    void noiseIsPredictedByTheMean() {
        assertThat(relativeToTheMean(0)).isCloseTo(1, within(0.01));
    }

    @Test
    void aLinearEffectIsFound() {
        assertThat(relativeToTheMean(3)).isLessThan(0.3);
    }
}
