package intarsia.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitTest {
    private static double[] draw(Init init) {
        return init.draw(Shape.of(100, 100), RandomStream.of(1)).doubles();
    }

    private static double variance(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v * v / x.length;
        }
        return sum;
    }

    @Test
    void variancesAreThoseOfThePapers() {
        // those of 10,000 draws are within 5 % of them but for one in a thousand; a uniform one's is bound^2 / 3
        assertThat(variance(draw(Init.heNormal(50)))).isCloseTo(0.04, within(0.002));
        assertThat(variance(draw(Init.glorotUniform(50, 150)))).isCloseTo(2.0 / 200, within(0.0005));
        assertThat(variance(draw(Init.fanInUniform(50)))).isCloseTo(1.0 / 150, within(0.0003));
        double bound = Math.sqrt(0.03);
        double[] uniform = draw(Init.glorotUniform(50, 150));
        assertThat(Arrays.stream(uniform).min().orElseThrow()).isBetween(-bound, -0.99 * bound);
        assertThat(Arrays.stream(uniform).max().orElseThrow()).isBetween(0.99 * bound, bound);
        assertThat(draw(Init.zeros())).containsOnly(0);
        assertThat(draw(new Init.Fill(7))).containsOnly(7);
    }
}
