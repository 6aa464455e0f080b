package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.data.Column;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.selection.HeldOutLoss;
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

    @Test
    void noiseIsPredictedByTheMean() {
        assertThat(relativeToTheMean(0)).isCloseTo(1, within(0.01));
    }

    @Test
    void aLinearEffectIsFound() {
        assertThat(relativeToTheMean(3)).isLessThan(0.3);
    }
}
