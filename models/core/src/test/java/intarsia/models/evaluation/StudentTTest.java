package intarsia.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {
    /** The quantiles 0.975 as tables give them. */
    @ParameterizedTest
    @CsvSource({"1, 12.706204736", "2, 4.302652730", "3, 3.182446305", "4, 2.776445105", "5, 2.570581836", "9, 2.262157163",
            "10, 2.228138852", "30, 2.042272456", "99, 1.984216952"})
    void oneInTwentyIsBeyondTheQuantile(int df, double quantile) {
        assertThat(StudentT.twoSided(quantile, df)).isCloseTo(0.05, within(1e-9));
        assertThat(StudentT.twoSided(-quantile, df)).isEqualTo(StudentT.twoSided(quantile, df));
    }

    @Test
    void theLimits() {
        for (int df = 1; df < 6; df++) {
            assertThat(StudentT.twoSided(0, df)).isEqualTo(1);
            assertThat(StudentT.twoSided(1e200, df)).isBetween(0.0, 1e-10);
            assertThat(StudentT.twoSided(Double.POSITIVE_INFINITY, df)).isZero();
        }
        assertThat(StudentT.twoSided(1, 0)).isNaN();
        assertThat(StudentT.twoSided(Double.NaN, 3)).isNaN();
    }

    /** Against R's pt and qt. */
    @Test
    void anyDegreesOfFreedom() {
        assertThat(StudentT.twoSided(-1.3, 4.7)).isCloseTo(0.2536972958646102, within(1e-13));
        assertThat(StudentT.twoSided(3, 0.4)).isCloseTo(0.4257424003846416, within(1e-13));
        assertThat(StudentT.twoSided(-2.2, 333.3)).isCloseTo(0.0284927916049333, within(1e-13));
        for (int df : new int[] {1, 2, 7, 40, 1000}) {
            for (double t : new double[] {0, 1e-8, 0.3, 1, 2.5, 40}) {
                assertThat(StudentT.twoSided(t, (double) df)).isCloseTo(StudentT.twoSided(t, df), within(1e-12));
            }
        }
        assertThat(StudentT.twoSided(1, 0.0)).isNaN();
        assertThat(StudentT.twoSided(1.96, Double.POSITIVE_INFINITY)).isCloseTo(2 * (1 - 0.97500210485178), within(1e-13));
    }

    @Test
    void quantiles() {
        assertThat(StudentT.quantile(0.975, 2.5)).isCloseTo(3.57465484200369, within(1e-10));
        assertThat(StudentT.quantile(0.975, 0.7)).isCloseTo(36.61141503158832, within(1e-8));
        assertThat(StudentT.quantile(0.1, 15.3)).isCloseTo(-1.33939592618886, within(1e-10));
        assertThat(StudentT.quantile(0.999, 1e5)).isCloseTo(3.09031380942724, within(1e-9));
        assertThat(StudentT.quantile(0.975, 1e9)).isCloseTo(1.95996398691232, within(1e-10));
        assertThat(StudentT.quantile(0.975, Double.POSITIVE_INFINITY)).isCloseTo(1.95996398454005, within(1e-12));
        assertThat(StudentT.quantile(0.5, 3)).isCloseTo(0, within(1e-12));
    }
}
