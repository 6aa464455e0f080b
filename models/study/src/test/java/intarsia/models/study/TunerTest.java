package intarsia.models.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.models.Outcome;
import intarsia.models.net.Trained;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TunerTest {
    private static final List<Integer> POINTS = IntStream.range(0, 27).boxed().toList();

    private static Tuner.Tuned<Integer, String> best(Tuner.Search search, Tuner.Fit<Integer, String> fit) {
        try (Pool pool = new Pool(2)) {
            return new Tuner(Engine.options().kernels("scalar"), pool, search).best(POINTS, fit);
        }
    }

    private static Outcome<Trained<String>> trained(double loss, long steps) {
        return new Outcome.Converged<>(new Trained<>("model " + loss, loss, steps), 1);
    }

    @Test
    void takesTheSmallestValidationLossAndCountsItsWork() {
        var tuned = best(Tuner.Search.EXHAUSTIVE, (engine, point, epochs) -> trained(Math.abs(point - 20), 100));
        assertThat(tuned).isEqualTo(new Tuner.Tuned<>(20, "model 0.0", 0, 27, 2700));
    }

    @Test
    void divergedPointsLose() {
        var tuned = best(Tuner.Search.EXHAUSTIVE, (engine, point, epochs) -> point == 3 ? trained(9, 1) : new Outcome.Diverged<>(1, "here"));
        assertThat(tuned.point()).isEqualTo(3);
        assertThatThrownBy(() -> best(Tuner.Search.EXHAUSTIVE, (engine, point, epochs) -> new Outcome.Diverged<>(1, "here")))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("all 27 points of the grid diverged");
    }

    @Test
    void halvingTrainsFewToTheEndAndDropsWhatLearnsSlowly() {
        // Point 26 wins in the end; it is behind as long as training is short.
        Tuner.Fit<Integer, String> slow = (engine, point, epochs) -> trained(point == 26 && epochs == Integer.MAX_VALUE ? -1 : point, Math.min(epochs, 1000));
        assertThat(best(Tuner.Search.EXHAUSTIVE, slow).point()).isEqualTo(26);
        var halved = best(Tuner.Search.HALVING, slow);
        assertThat(halved.point()).isZero();
        assertThat(halved.fits()).isEqualTo(27 + 9 + 3);
        assertThat(halved.steps()).isEqualTo(27 * 10 + 9 * 40 + 3 * 1000);
    }
}
