package intarsia.models.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kernels of imputed rows against means over draws of them. */
class SourcePanelTest {
    private static final MultitaskGp.KernelSet KERNELS = new MultitaskGp.KernelSet(List.of(KernelKind.values()),
            SmoothKernel.SQUARED_EXPONENTIAL);
    private static final double SCALE = 2.1;
    private static final int DRAWS = 200_000;

    @Test
    void kernelsOfImputedRowsAreExpectations() {
        SourceRows rows = GpRows.rows(14, true).sources()[1];
        SourcePanel panel = new SourcePanel(KERNELS, rows, 0, 14, rows, 14, SourcePanel.Products.of(KERNELS, rows, 0, 14, rows, 14), SCALE,
                true);
        // 0 and 7 are imputed, 1 is measured; a row is the same as itself
        for (int[] pair : new int[][] {{7, 0}, {7, 1}, {1, 0}, {7, 7}}) {
            double[] mean = new double[4];
            RandomStream random = RandomStream.of(9, "draws");
            for (int d = 0; d < DRAWS; d++) {
                double[] x = draw(rows, pair[0], random);
                double[] y = pair[0] == pair[1] ? x : draw(rows, pair[1], random);
                double product = 0;
                double squares = 0;
                double distance = 0;
                for (int k = 0; k < x.length; k++) {
                    product += x[k] * y[k];
                    squares += KernelFeatures.square(x[k], 0) * KernelFeatures.square(y[k], 0);
                    distance += (x[k] - y[k]) * (x[k] - y[k]);
                }
                double[] kernels = {product, squares, product * product, Math.exp(-0.5 * distance / SCALE)};
                for (int k = 0; k < 4; k++) {
                    mean[k] += kernels[k] / DRAWS;
                }
            }
            panel.at(pair[0], pair[1]);
            String name = "rows " + pair[0] + " and " + pair[1];
            assertThat(panel.linear).as(name).isCloseTo(mean[0], within(0.02 * (1 + Math.abs(mean[0]))));
            assertThat(panel.squares).as(name).isCloseTo(mean[1], within(0.02 * (1 + Math.abs(mean[1]))));
            assertThat(panel.quadratic).as(name).isCloseTo(mean[2], within(0.02 * (1 + Math.abs(mean[2]))));
            assertThat(panel.smooth).as(name).isCloseTo(mean[3], within(0.005));
            assertThat(panel.measured).isFalse();
        }
        panel.at(2, 1);
        assertThat(panel.measured).isTrue();
    }

    private static double[] draw(SourceRows rows, int i, RandomStream random) {
        double[] x = new double[rows.width()];
        for (int k = 0; k < x.length; k++) {
            x[k] = rows.x()[i * x.length + k] + (rows.uncertain(i) ? Math.sqrt(rows.spread().variances()[k]) * random.nextGaussian() : 0);
        }
        return x;
    }

    @Test
    void aRowIsAtNoDistanceFromItself() {
        SourceRows rows = GpRows.rows(14, false).sources()[0];
        SourcePanel panel = new SourcePanel(KERNELS, rows, 0, 14, rows, 14, SourcePanel.Products.of(KERNELS, rows, 0, 14, rows, 14), SCALE,
                true);
        for (int i = 0; i < 14; i++) {
            panel.at(i, i);
            assertThat(panel.smooth).isEqualTo(1);
            assertThat(panel.slope).isZero();
        }
    }
}
