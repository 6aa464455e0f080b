package intarsia.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.baseline.RidgeRegression;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.TaskSet;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.net.Training;
import intarsia.models.simulation.BlockMissing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Training SHORT = Training.DEFAULT.epochs(4).learningRate(0.005);
    private static final TaskSet DATA = new BlockMissing(List.of(90, 80), 12, List.of(4, 4), List.of(0.9, 0.8), List.of(0.1, 0.1), 0.3, false, false)
            .draw(RandomStream.of(1)).data();
    private static final List<Method> METHODS = List.of(
            Method.mtlHmb(MtlHmb.options().width(8).training(SHORT).imputerTraining(SHORT)),
            Method.singleTask(new SingleTask(8, 2, SHORT, SingleTask.DEFAULT.scaling())),
            Method.regression(RidgeRegression.DEFAULT));

    private static final List<String> STAGES = new ArrayList<>();
    private static final List<Comparison.Score> ONE_THREAD = run(1, STAGES);

    private static List<Comparison.Score> run(int threads, List<String> stages) {
        try (Pool pool = new Pool(threads)) {
            return new Comparison(METHODS, 3, Engine.options().kernels("scalar").precision(Precision.F32))
                    .run(DATA, pool, RandomStream.of(5), (stage, done, total) -> stages.add(done + "/" + total));
        }
    }

    @Test
    void threadsChangeNothing() {
        assertThat(ONE_THREAD).hasSize(3 * 3 * 2);
        assertThat(ONE_THREAD).allSatisfy(score -> assertThat(score.value()).isFinite());
        assertThat(run(2, Collections.synchronizedList(new ArrayList<>()))).isEqualTo(ONE_THREAD);
    }

    @Test
    void progressCountsFits() {
        assertThat(STAGES).containsExactly("0/9", "1/9", "2/9", "3/9", "4/9", "5/9", "6/9", "7/9", "8/9", "9/9");
    }

    @Test
    void anotherMethodBesideChangesNoScore() {
        try (Pool pool = new Pool(1)) {
            List<Comparison.Score> alone = new Comparison(METHODS.subList(1, 2), 3, Engine.options().kernels("scalar").precision(Precision.F32))
                    .run(DATA, pool, RandomStream.of(5), (stage, done, total) -> { });
            assertThat(alone).isEqualTo(ONE_THREAD.stream().filter(score -> score.method().equals("stl")).toList());
        }
    }

    @Test
    void atLeastOneRepeat() {
        assertThatThrownBy(() -> new Comparison(METHODS, 0, Engine.options())).hasMessage("repeats 0: at least 1");
    }
}
