package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.baseline.Regression;
import intarsia.models.hmb.MtlHmb;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A task whose numbers are held as floats is, number for number, the task whose numbers were rounded to floats first. */
class BlockTest {
    private static final Source EXAM = Source.of("exam", "a", "b", "c");
    private static final Source LABS = Source.of("labs", "d", "e");
    private static final int ROWS = 40;

    private static float[][] random(int rows, int columns, RandomStream random) {
        float[][] block = new float[rows][columns];
        for (float[] row : block) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextDouble() < 0.1 ? Float.NaN : (float) random.nextDouble(-100, 1e6);
            }
        }
        return block;
    }

    private static double[][] widened(float[][] block) {
        return Arrays.stream(block).map(row -> IntStream.range(0, row.length).mapToDouble(j -> row[j]).toArray()).toArray(double[][]::new);
    }

    private static TaskSet data(boolean floats) {
        RandomStream random = RandomStream.of(7);
        TaskSet.Builder data = TaskSet.builder();
        for (String name : List.of("north", "south", "west")) {
            Task.Builder task = Task.continuous(name);
            for (Source source : name.equals("south") ? List.of(EXAM) : List.of(EXAM, LABS)) {
                float[][] block = random(ROWS, source.columns().size(), random);
                if (floats) {
                    task.block(source, block);
                } else {
                    task.block(source, widened(block));
                }
            }
            data.task(task.response(IntStream.range(0, ROWS).mapToDouble(i -> random.nextDouble()).toArray()));
        }
        return data.build();
    }

    private static double[] predicted(Estimator estimator, TaskSet data) {
        DataSplit split = DataSplit.random(data, 0.2, 0.2, RandomStream.of(3));
        try (Engine engine = Engine.options().threads(1).open();
                BoundModel model = estimator.fit(new FitContext(engine, split, RandomStream.of(5), Progress.NONE)).orThrow().bind(engine)) {
            return split.tasks().stream().flatMapToDouble(task -> Arrays.stream(model.predict(task.task().name(),
                    task.observations(task.test())))).toArray();
        }
    }

    @Test
    void modelsAreThoseOfRoundedDoubles() {
        for (Estimator estimator : List.of(MtlHmb.options().epochs(3), new Regression(1))) {
            assertThat(predicted(estimator, data(true))).as(estimator.key()).isEqualTo(predicted(estimator, data(false))).doesNotContain(
                    Double.NaN);
        }
    }

    @Test
    void rowsAreReadAsDoubles() {
        Block block = Block.of(new float[][] {{0.1f, Float.NaN}, {3, 4}});
        assertThat(block.precision()).isEqualTo(Precision.F32);
        assertThat(block.size()).isEqualTo(2);
        assertThat(block.get(0, 0)).isEqualTo(0.1f);
        assertThat(block.row(0)).containsExactly(0.1f, Double.NaN);
        assertThat(block.column(0)).containsExactly((double) 0.1f, 3.0);
        assertThat(block.rows(new int[] {1})).isDeepEqualTo(new double[][] {{3, 4}});
        assertThat(Arrays.deepEquals(block.rows(), new double[][] {{0.1f, Double.NaN}, {3, 4}})).isTrue();
    }

    /** Sources are left out and rows chosen without a copy of all as doubles. */
    @Test
    void staysAsItIsHeld() {
        Task task = data(true).task("north");
        assertThat(task.only(Set.of(EXAM)).blocks().get(EXAM)).isSameAs(task.blocks().get(EXAM));
        double[][] given = widened(random(2, 2, RandomStream.of(1)));
        assertThat(Task.continuous("a").block(LABS, given).response(1, 2).blocks().get(LABS).rows()).isSameAs(given);
    }

    @Test
    void isCheckedAsDoublesAre() {
        assertThatThrownBy(() -> Task.continuous("a").block(LABS, new float[][] {{1, Float.POSITIVE_INFINITY}}).response(1))
                .isInstanceOf(DataException.class).hasMessageContaining("column 'e': Infinity is not a finite number");
    }
}
