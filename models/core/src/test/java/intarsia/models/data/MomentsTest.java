package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
    @Test
    void byHand() {
        Moments moments = Moments.of(new double[] {1, 3, 5, 7});
        assertThat(moments).isEqualTo(new Moments(4, Math.sqrt(5)));
        assertThat(moments.encode(7)).isEqualTo(3 / Math.sqrt(5));
        assertThat(moments.decode(moments.encode(123))).isCloseTo(123, within(1e-12));
        assertThat(Moments.NONE.encode(7)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1070, -1000, -600, 1, 600, 1000, 1020})
    void aPowerOfTwoChangesNoBit(int exponent) {
        double[] values = {1, -3, 5, 7};
        Moments plain = Moments.of(values);
        Moments scaled = Moments.of(Arrays.stream(values).map(v -> Math.scalb(v, exponent)).toArray());
        assertThat(scaled).isEqualTo(new Moments(Math.scalb(plain.mean(), exponent), Math.scalb(plain.scale(), exponent)));
        if (exponent > -1000) {
            for (double value : values) {
                assertThat(scaled.encode(Math.scalb(value, exponent))).isEqualTo(plain.encode(value));
            }
        }
    }

    @Test
    void numbersThatDoNotVaryEncodeToNothing() {
        for (double[] values : new double[][] {{}, {0, 0}, {4, 4, 4}, {0.1, 0.1, 0.1}, {1e300, 1e300}, {1e-300, 1e-300},
                {1, Math.nextUp(1.0)}}) {
            Moments moments = Moments.of(values);
            assertThat(moments.constant()).as(Arrays.toString(values)).isTrue();
            assertThat(moments.encode(77)).isZero();
            assertThat(moments.decode(5)).isEqualTo(values.length == 0 ? 0 : values[values.length / 2]);
        }
        assertThat(Moments.of(new double[] {1, 1 + 1e-12}).constant()).as("small differences are differences").isFalse();
    }

    @Test
    void farFromAllThatWasSeen() {
        assertThat(new Moments(-1e308, 1e300).encode(1.5e308)).isCloseTo(2.5e8, within(1.0));
    }

    @Test
    void refusesWhatIsNoScale() {
        assertThatThrownBy(() -> new Moments(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Moments(0, -1)).hasMessage("mean 0.0 and scale -1.0: must be finite, the scale not negative");
    }
}
