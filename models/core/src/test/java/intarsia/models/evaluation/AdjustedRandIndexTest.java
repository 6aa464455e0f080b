package intarsia.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdjustedRandIndexTest {
    @Test
    void namesDoNotMatterAndPairsDo() {
        assertThat(AdjustedRandIndex.of(new int[] {0, 0, 1, 1}, new int[] {5, 5, -2, -2})).isEqualTo(1);
        // a = 2, b = 1, e = 1/3, one pair in both: (1 - 1/3) / (3/2 - 1/3)
        assertThat(AdjustedRandIndex.of(new int[] {0, 0, 1, 1}, new int[] {0, 0, 1, 2})).isCloseTo(4.0 / 7, within(1e-15));
        // a = 2, b = 2, e = 2/3, none in both
        assertThat(AdjustedRandIndex.of(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1})).isCloseTo(-0.5, within(1e-15));
    }

    @Test
    void degeneratePartitions() {
        assertThat(AdjustedRandIndex.of(new int[] {3}, new int[] {4})).isEqualTo(1);
        assertThat(AdjustedRandIndex.of(new int[3], new int[3])).isEqualTo(1);
        assertThat(AdjustedRandIndex.of(new int[] {0, 1, 2}, new int[3])).isZero();
        assertThatThrownBy(() -> AdjustedRandIndex.of(new int[2], new int[3])).hasMessageContaining("2 and 3");
    }
}
