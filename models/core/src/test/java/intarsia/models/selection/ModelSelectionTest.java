package intarsia.models.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.DivergedException;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Trained;
import intarsia.models.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelSelectionTest {
    private static final List<Integer> CANDIDATES = IntStream.range(0, 27).boxed().toList();

    private final List<Tuning> told = new ArrayList<>();

    private final class Listening implements Progress {
        @Override
        public void report(String stage, long done, long total) {}

        @Override
        public void chose(Tuning tuning) {
            told.add(tuning);
        }
    }

    private ModelSelection.Chosen<Integer, String> choose(ModelSelection.Search search, ModelSelection.Fit<Integer, String> fit) {
        try (Engine engine = Engine.options().kernels("scalar").threads(2).open()) {
            return new ModelSelection(search).choose("number", new FitContext(engine, null, RandomStream.of(1), new Listening()),
                    CANDIDATES,
                    candidate -> "<" + candidate + ">", fit);
        }
    }

    private static Outcome<Trained<String>> trained(double loss, long steps) {
        return new Outcome.Converged<>(new Trained<>("model " + loss, loss, steps), 1);
    }

    @Test
    void takesTheSmallestValidationLossAndCountsItsWork() {
        var chosen = choose(ModelSelection.Search.EXHAUSTIVE, (engine, candidate, epochs) -> trained(Math.abs(candidate - 20), 100));
        assertThat(chosen.selection().best()).isEqualTo(20);
        assertThat(chosen.selection().bestLoss()).isZero();
        assertThat(chosen.selection().candidates()).isEqualTo(CANDIDATES);
        assertThat(chosen.selection().loss()).hasSize(27).startsWith(20, 19);
        assertThat(chosen.model()).isEqualTo("model 0.0");
        Tuning tuning = told.getFirst();
        assertThat(told).hasSize(1);
        assertThat(tuning.what()).isEqualTo("number");
        assertThat(tuning.candidates().get(tuning.chosen())).isEqualTo("<20>");
        assertThat(tuning.loss()).isZero();
        assertThat(tuning.fits()).isEqualTo(27);
        assertThat(tuning.steps()).isEqualTo(2700);
    }

    @Test
    void divergedCandidatesLose() {
        var chosen = choose(ModelSelection.Search.EXHAUSTIVE,
                (engine, candidate, epochs) -> candidate == 3 ? trained(9, 1) : new Outcome.Diverged<>(1, "here"));
        assertThat(chosen.selection().best()).isEqualTo(3);
        assertThatThrownBy(() -> choose(ModelSelection.Search.EXHAUSTIVE, (engine, candidate, epochs) -> new Outcome.Diverged<>(1, "here")))
                .isInstanceOf(DivergedException.class).hasMessageStartingWith("all 27 candidates diverged: ");
    }

    @Test
    void halvingKeepsTheBestThird() {
        var halved = choose(ModelSelection.Search.HALVING, (engine, candidate, epochs) -> trained(Math.abs(candidate - 16), 1));
        assertThat(halved.selection().best()).isEqualTo(16);
        assertThat(halved.selection().candidates()).as("trained to the end").containsExactly(15, 16, 17);
    }

    @Test
    void halvingTrainsFewToTheEndAndDropsWhatLearnsSlowly() {
        // Candidate 26 wins in the end; it is behind as long as training is short.
        ModelSelection.Fit<Integer, String> slow = (engine, candidate, epochs) ->
                trained(candidate == 26 && epochs == Integer.MAX_VALUE ? -1 : candidate, Math.min(epochs, 1000));
        assertThat(choose(ModelSelection.Search.EXHAUSTIVE, slow).selection().best()).isEqualTo(26);
        var halved = choose(ModelSelection.Search.HALVING, slow);
        assertThat(halved.selection().best()).isZero();
        assertThat(told.getLast().fits()).isEqualTo(27 + 9 + 3);
        assertThat(told.getLast().steps()).isEqualTo(27 * 10 + 9 * 40 + 3 * 1000);
    }
}
