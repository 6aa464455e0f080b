package intarsia.models;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.Outcome.Converged;
import intarsia.models.Outcome.Diverged;
import intarsia.models.Outcome.Stopped;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final Outcome<Integer> DIVERGED = new Diverged<>(4, "first");

    @Test
    void twoStepsEndAsTheirWorse() {
        Outcome<Integer> converged = new Converged<>(3, 7);
        Outcome<Integer> stopped = new Stopped<>(3, "a limit");
        assertThat(converged.then(n -> new Converged<>("x".repeat(n), 5))).isEqualTo(new Converged<>("xxx", 7));
        assertThat(converged.then(n -> new Converged<>("x", 9))).isEqualTo(new Converged<>("x", 9));
        assertThat(converged.then(n -> new Stopped<>("x", "another"))).isEqualTo(new Stopped<>("x", "another"));
        assertThat(stopped.then(n -> new Converged<>("x", 5))).isEqualTo(new Stopped<>("x", "a limit"));
        assertThat(stopped.then(n -> new Stopped<>("x", "another"))).isEqualTo(new Stopped<>("x", "another"));
        for (Outcome<Integer> first : List.of(converged, stopped)) {
            assertThat(first.then(n -> new Diverged<String>(1, "second"))).isEqualTo(new Diverged<String>(1, "second"));
        }
        assertThat(DIVERGED.then(n -> {
            throw new AssertionError("there is nothing to go on from");
        })).isEqualTo(new Diverged<Integer>(4, "first"));
    }
}
