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
}
