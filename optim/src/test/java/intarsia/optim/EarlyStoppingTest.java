package intarsia.optim;

import static intarsia.optim.EarlyStopping.Verdict.DIVERGED;
import static intarsia.optim.EarlyStopping.Verdict.EXHAUSTED;
import static intarsia.optim.EarlyStopping.Verdict.IMPROVED;
import static intarsia.optim.EarlyStopping.Verdict.WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.View;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
    private final Engine engine = Engine.options().kernels("scalar").open();
    private final View values = View.of(engine.kernels().allocate(2));
    private final EarlyStopping stopping = new EarlyStopping(engine.kernels(), set(1, 1), 3);

    @AfterEach
    void close() {
        engine.close();
    }

    private View set(double... numbers) {
        engine.kernels().upload(numbers, 0, values);
        return values;
    }

    private double[] values() {
        double[] numbers = new double[2];
        engine.kernels().download(values, numbers, 0);
        return numbers;
    }

    @Test
    void verdictsFollowThePatience() {
        assertThat(stopping.look(5)).isEqualTo(IMPROVED);
        assertThat(stopping.look(5)).as("equal is not better").isEqualTo(WAITING);
        assertThat(stopping.look(6)).isEqualTo(WAITING);
        assertThat(stopping.look(4.9)).isEqualTo(IMPROVED);
        assertThat(stopping.look(7)).isEqualTo(WAITING);
        assertThat(stopping.look(7)).isEqualTo(WAITING);
        assertThat(stopping.look(7)).isEqualTo(EXHAUSTED);
        assertThat(stopping.best()).isEqualTo(4.9);
        assertThat(stopping.bestLook()).isEqualTo(4);
    }

    @Test
    void theBestValuesComeBack() {
        set(2, 2);
        stopping.look(3);
        set(4, 4);
        stopping.look(1);
        set(6, 6);
        stopping.look(2);
        stopping.restoreBest();
        assertThat(values()).containsExactly(4, 4);
    }

    @Test
    void withoutAFiniteLossTheStartComesBack() {
        set(2, 2);
        assertThat(stopping.look(Double.NaN)).isEqualTo(DIVERGED);
        assertThat(stopping.look(Double.POSITIVE_INFINITY)).isEqualTo(DIVERGED);
        assertThat(stopping.best()).isInfinite();
        assertThat(stopping.bestLook()).isZero();
        stopping.restoreBest();
        assertThat(values()).containsExactly(1, 1);
    }

    @Test
    void divergingKeepsTheBest() {
        set(2, 2);
        stopping.look(3);
        set(Double.NaN, 0);
        assertThat(stopping.look(Double.NaN)).isEqualTo(DIVERGED);
        stopping.restoreBest();
        assertThat(values()).containsExactly(2, 2);
    }

    @Test
    void patienceIsAtLeastOne() {
        assertThatThrownBy(() -> new EarlyStopping(engine.kernels(), values, 0)).hasMessage("patience 0: at least 1 is needed");
        EarlyStopping hasty = new EarlyStopping(engine.kernels(), values, 1);
        hasty.look(1);
        assertThat(hasty.look(1)).isEqualTo(EXHAUSTED);
    }
}
