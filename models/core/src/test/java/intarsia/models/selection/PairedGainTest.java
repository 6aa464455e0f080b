package intarsia.models.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedGainTest {
    @Test
    void tasksCountAlikeWhateverTheirRows() {
        PairedGain gain = PairedGain.of(List.of(new double[] {1, 3}, new double[] {2, 2, 2}),
                List.of(new double[] {0, 0}, new double[] {2, 2, 2}));
        assertThat(gain.mean()).isEqualTo(1);
        // Differences 1 and 3 have variance 2, their mean 1, and the mean of two tasks a quarter of that.
        assertThat(gain.standardError()).isCloseTo(0.5, within(1e-15));
        assertThat(gain.told()).isTrue();
    }

    @Test
    void aSingleRowTellsNothing() {
        assertThat(PairedGain.of(List.of(new double[] {5}), List.of(new double[] {1})).told()).isFalse();
    }

    @Test
    void neitherDoNoRows() {
        assertThat(PairedGain.of(List.of(new double[0]), List.of(new double[0])).told()).isFalse();
    }
}
