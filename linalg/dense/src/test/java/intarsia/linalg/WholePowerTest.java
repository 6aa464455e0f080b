package intarsia.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholePowerTest {
    private static final MathContext DIGITS = new MathContext(60);

    /** Against sixty digits: within one unit in the last place, of subnormal results too. */
    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.99, 0.999, 0.9999, 0.95, 0.5, 0.7, 0.1, 1e-200, 0.99999999999, 1 - 0x1p-53, 1, 0x1p-1074, 0})
    void withinOneUnit(double base) {
        for (long n : new long[] {0, 1, 2, 3, 4, 5, 7, 8, 10, 31, 33, 100, 355, 999, 1_000, 4_711, 12_345, 100_000, 745_000}) {
            double power = WholePower.of(base, n);
            BigDecimal truth = new BigDecimal(base).pow((int) n, DIGITS);
            assertThat(new BigDecimal(power).subtract(truth).abs()).as("%s^%s", base, n).isLessThan(new BigDecimal(Math.ulp(power)));
        }
    }

    @Test
    void awkward() {
        assertThat(WholePower.of(0, 0)).isOne();
        assertThat(WholePower.of(1, Long.MAX_VALUE)).isOne();
        assertThat(WholePower.of(0.999, Long.MAX_VALUE)).isZero();
        for (double base : new double[] {-0.1, 1.5, Double.NaN}) {
            assertThatThrownBy(() -> WholePower.of(base, 2)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> WholePower.of(0.5, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever powers the process took before: these are by what StrictMath's would begin to allocate. */
    @Test
    void allocatesNothing() {
        double sum = 0;
        for (int i = 1; i < 100_000; i++) {
            sum += StrictMath.pow(0.7, i % 100) + StrictMath.pow(0.9, i % 100);
        }
        assertThat(sum).isPositive();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 100 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                sum += WholePower.of(0.999, i);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(sum).isPositive();
        assertThat(least).isZero();
    }
}
