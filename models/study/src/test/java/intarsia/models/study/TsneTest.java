package intarsia.models.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TsneTest {
    private static double[][] clusters(int each, double distance) {
        RandomStream random = RandomStream.of(5);
        double[][] rows = new double[2 * each][5];
        for (int i = 0; i < rows.length; i++) {
            for (int d = 0; d < 5; d++) {
                rows[i][d] = random.nextGaussian() + (i < each ? 0 : distance);
            }
        }
        return rows;
    }

    @Test
    void affinitiesAreADistributionOfTheAskedPerplexity() {
        double[][] p = new Tsne(10, 1).affinities(clusters(30, 3));
        assertThat(Arrays.stream(p).flatMapToDouble(Arrays::stream).sum()).isCloseTo(1, within(1e-12));
        assertThat(p[3][7]).isEqualTo(p[7][3]).isPositive();
        // Points at the corners of a regular simplex are equally far: all n - 1 neighbors have the same share.
        double[][] simplex = new double[5][5];
        for (int i = 0; i < 5; i++) {
            simplex[i][i] = 1;
        }
        double[][] equal = new Tsne(2, 1).affinities(simplex);
        assertThat(equal[0][1]).isCloseTo(1.0 / 20, within(1e-12));
    }

    @Test
    void clustersStayApart() {
        double[][] points = new Tsne(10, 300).embed(clusters(30, 8), RandomStream.of(1));
        int near = 0;
        for (int i = 0; i < points.length; i++) {
            int self = i;
            int nearest = java.util.stream.IntStream.range(0, points.length).filter(j -> j != self).boxed()
                    .min(java.util.Comparator.comparingDouble(j ->
                            Math.hypot(points[j][0] - points[self][0], points[j][1] - points[self][1])))
                    .orElseThrow();
            near += (i < 30) == (nearest < 30) ? 1 : 0;
        }
        assertThat(near).isEqualTo(points.length);
        assertThat(new Tsne(10, 300).embed(clusters(30, 8), RandomStream.of(1))).isDeepEqualTo(points);
    }
}
