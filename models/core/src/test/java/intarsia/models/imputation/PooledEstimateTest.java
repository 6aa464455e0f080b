package intarsia.models.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against {@code pool.scalar} of R's mice 3.15.0. */
class PooledEstimateTest {
    @Test
    void asMicePools() {
        PooledEstimate pooled = PooledEstimate.of(new double[] {0.31, 0.45, 0.28, 0.52, 0.37},
                new double[] {0.011, 0.013, 0.009, 0.012, 0.010}, 26);
        assertThat(pooled.estimate()).isCloseTo(0.386, within(1e-15));
        assertThat(pooled.within()).isCloseTo(0.011, within(1e-16));
        assertThat(pooled.between()).isCloseTo(0.00983, within(1e-16));
        assertThat(pooled.total()).isCloseTo(0.022796, within(1e-16));
        assertThat(pooled.df()).isCloseTo(6.555164610273271, within(1e-12));
        assertThat(pooled.missing()).isCloseTo(0.618460246535172, within(1e-13));
    }

    @Test
    void withoutALimitOfDegreesOfFreedom() {
        PooledEstimate pooled = PooledEstimate.of(new double[] {1, 1.2, 0.9}, new double[] {0.2, 0.1, 0.3}, Double.POSITIVE_INFINITY);
        // mice takes 999,999 for infinity
        assertThat(pooled.df()).isCloseTo(110.367346938776, within(0.02));
        assertThat(pooled.missing()).isCloseTo(0.1498822959219, within(1e-5));
    }

    @Test
    void nothingMissingIsTheCompleteAnalysis() {
        PooledEstimate pooled = PooledEstimate.of(new double[] {2, 2}, new double[] {0.25, 0.25}, 10);
        assertThat(pooled.missing()).isZero();
        assertThat(pooled.standardError()).isEqualTo(0.5);
        assertThat(pooled.df()).isCloseTo(10 * 11 / 13.0, within(1e-12));
        PooledEstimate certain = PooledEstimate.of(new double[] {2, 2}, new double[2], 10);
        assertThat(certain.reach(0.95)).isZero();
    }

    @Test
    void oneEstimateSaysNothingOfTheOthers() {
        assertThatThrownBy(() -> PooledEstimate.of(new double[] {1}, new double[] {1}, 5)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two at least");
    }
}
