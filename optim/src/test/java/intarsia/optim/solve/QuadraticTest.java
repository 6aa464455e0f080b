package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Both quadratics against {@code 1/2 sum_i v_i (r_i - m_0 - sum_j x_ij d_j)^2} written out, with other weights than the centers'. */
class QuadraticTest {
    private static final int P = 9;

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
            int n = trial % 4 < 2 ? 9 : 300;
            Tensor x = Tensor.zeros(n, P);
            double[][] columns = new double[P][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < P; j++) {
                    // the last column does not vary
                    columns[j][i] = j == P - 1 ? intercept ? 3 : 0 : 2 + random.nextGaussian();
                    x.set(columns[j][i], i, j);
                }
            }
            double[] v = IntStream.range(0, n).mapToDouble(i -> i == 4 ? 0 : random.nextDouble(0.1, 2)).toArray();
            double[] start = gaussian(random, n);
            double[] fall = IntStream.range(0, n).mapToDouble(i -> v[i] * start[i]).toArray();
            GlmProblem problem = GlmProblem.of(Family.GAUSSIAN, x, start);
            Design design = Design.of(x, problem.weights(), intercept);
            int[] set = {2, 0, 3, 5, 7, 1, 6, 8};
            int[] some = trial % 3 == 0 ? new int[] {} : trial % 3 == 1 ? new int[] {0, 2} : new int[] {2, 0, 3, 5, 7, 1, 6};
            GramQuadratic gram = new GramQuadratic(design, intercept);
            gram.begin(v, null);
            gram.join(some);
            int[] at = gram.join(set);
            gram.start(at, Arrays.stream(set).mapToDouble(j -> design.dot(j, fall)).toArray(), Arrays.stream(fall).sum());
            int[] order = IntStream.range(0, set.length).toArray();
            assertFollows(random, new ResidualQuadratic(design, set, v, intercept, fall), order, set, columns, start, v, intercept);
            assertFollows(random, gram, at, set, columns, start, v, intercept);
            assertThat(gram.drift(v)).isZero();
            assertThat(gram.drift(Arrays.stream(v).map(w -> 1.1 * w).toArray())).isCloseTo(0.1, within(1e-12));
        }
    }

    private static void assertFollows(RandomStream random, Quadratic quadratic, int[] at, int[] set, double[][] columns, double[] start,
            double[] v, boolean intercept) {
        double[] r = start.clone();
        double[] steps = new double[set.length];
        double tolerance = 1e-11 * v.length;
        for (int move = 0; move < 4; move++) {
            for (int k = 0; k < set.length; k++) {
                double[] x = columns[set[k]];
                assertThat(quadratic.slope(at[k])).isCloseTo(inner(x, r, v, intercept), within(tolerance));
                assertThat(quadratic.curvature(at[k])).isCloseTo(inner(x, x, v, intercept), within(tolerance));
            }
            int k = random.nextInt(set.length - 1);
            double delta = random.nextGaussian();
            quadratic.move(at[k], delta);
            steps[at[k]] += delta;
            for (int i = 0; i < r.length; i++) {
                r[i] -= delta * columns[set[k]][i];
            }
        }
        // of centered columns
        double centers = 0;
        for (int k = 0; k < set.length; k++) {
            centers += intercept ? Arrays.stream(columns[set[k]]).average().orElseThrow() * steps[at[k]] : 0;
        }
        assertThat(quadratic.shift(steps)).isCloseTo(intercept ? mean(r, v, true) + centers : 0, within(tolerance));
        assertThat(quadratic.slope(at[set.length - 1])).isZero();
        assertThat(quadratic.curvature(at[set.length - 1])).isZero();
        Tensor hessian = quadratic.hessian(at);
        for (int a = 0; a < set.length; a++) {
            for (int b = 0; b < set.length; b++) {
                assertThat(hessian.get(a, b)).isCloseTo(inner(columns[set[a]], columns[set[b]], v, intercept), within(tolerance));
                assertThat(hessian.get(a, b)).isEqualTo(hessian.get(b, a));
            }
        }
    }
}
