package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Both quadratics against {@code 1/2 sum_i v_i (r_i - m_0 - sum_j x_ij d_j)^2} written out, with other weights than the centers'. */
class QuadraticTest {
    private static final int N = 9;
    private static final int P = 5;

    private static double[] gaussian(RandomStream random, int n) {
        return IntStream.range(0, n).mapToDouble(i -> random.nextGaussian()).toArray();
    }

    private static double mean(double[] x, double[] v, boolean intercept) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < x.length; i++) {
            sum += v[i] * x[i];
            total += v[i];
        }
        return intercept ? sum / total : 0;
    }

    /** {@code sum_i v_i (a_i - mean a) (b_i - mean b)}, the means being those an intercept takes up. */
    private static double inner(double[] a, double[] b, double[] v, boolean intercept) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += v[i] * (a[i] - mean(a, v, intercept)) * (b[i] - mean(b, v, intercept));
        }
        return sum;
    }

    @Test
    void bothFollowTheirFormula() {
        RandomStream random = RandomStream.of(1, "quadratic");
        for (int trial = 0; trial < 40; trial++) {
            boolean intercept = trial % 2 == 0;
            Tensor x = Tensor.zeros(N, P);
            double[][] columns = new double[P][N];
            for (int i = 0; i < N; i++) {
                for (int j = 0; j < P; j++) {
                    // the last column does not vary
                    columns[j][i] = j == P - 1 ? intercept ? 3 : 0 : 2 + random.nextGaussian();
                    x.set(columns[j][i], i, j);
                }
            }
            double[] v = IntStream.range(0, N).mapToDouble(i -> i == 4 ? 0 : random.nextDouble(0.1, 2)).toArray();
            double[] start = gaussian(random, N);
            GlmProblem problem = GlmProblem.of(Family.GAUSSIAN, x, start);
            Design design = Design.of(intercept ? problem : problem.withoutIntercept());
            for (Quadratic quadratic : List.of(new GramQuadratic(design, v, intercept), new ResidualQuadratic(design, v, intercept))) {
                double[] r = start.clone();
                quadratic.start(IntStream.range(0, N).mapToDouble(i -> v[i] * start[i]).toArray());
                for (int move = 0; move < 4; move++) {
                    assertThat(quadratic.squaredResidual()).isCloseTo(inner(r, r, v, intercept), within(1e-11));
                    for (int j = 0; j < P; j++) {
                        assertThat(quadratic.slope(j)).isCloseTo(inner(columns[j], r, v, intercept), within(1e-11));
                        assertThat(quadratic.curvature(j)).isCloseTo(inner(columns[j], columns[j], v, intercept), within(1e-11));
                    }
                    int j = random.nextInt(P - 1);
                    double delta = random.nextGaussian();
                    quadratic.move(j, delta);
                    for (int i = 0; i < N; i++) {
                        r[i] -= delta * columns[j][i];
                    }
                }
                assertThat(quadratic.slope(P - 1)).isZero();
                assertThat(quadratic.curvature(P - 1)).isZero();
                int[] set = {2, 0, 3};
                Tensor hessian = quadratic.hessian(set);
                for (int a = 0; a < 3; a++) {
                    for (int b = 0; b < 3; b++) {
                        assertThat(hessian.get(a, b)).isCloseTo(inner(columns[set[a]], columns[set[b]], v, intercept), within(1e-11));
                    }
                }
            }
        }
    }
}
