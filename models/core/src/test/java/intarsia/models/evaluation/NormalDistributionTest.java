package intarsia.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against R's pnorm. */
class NormalDistributionTest {
    @ParameterizedTest
    @CsvSource({"-8, 6.22096057427178e-16", "-3, 1.34989803163009e-03", "-2.999, 1.35433653372711e-03", "-0.5, 3.08537538725987e-01",
            "0, 0.5", "1.96, 9.75002104851780e-01", "5, 9.99999713348428e-01", "40, 1", "-40, 0"})
    void below(double x, double probability) {
        assertThat(NormalDistribution.below(x)).isCloseTo(probability, within(1e-14));
    }
}
