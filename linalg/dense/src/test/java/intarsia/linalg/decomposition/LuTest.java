package intarsia.linalg.decomposition;

import static intarsia.linalg.decomposition.RandomMatrices.distance;
import static intarsia.linalg.decomposition.RandomMatrices.gaussian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LuTest {
    private static final double EPS = 0x1p-53;

    private static IntStream sizes() {
        return IntStream.concat(IntStream.rangeClosed(1, 70), IntStream.of(128, 200));
    }

    private static Tensor permuted(Tensor a, int[] rows) {
        Tensor permuted = a.copy();
        int n = rows.length;
        for (int i = 0; i < n; i++) {
            System.arraycopy(a.doubles(), rows[i] * n, permuted.doubles(), i * n, n);
        }
        return permuted;
    }

    @Test
    void everySizeIsFactorizedAsTheDefinitionDoes() {
        RandomStream random = RandomStream.of(1, "lu");
        sizes().forEach(n -> {
            Tensor a = gaussian(random, n, n);
            Lu lu = Lu.of(a);
            assertThat(Arrays.stream(lu.rows()).sorted().toArray()).isEqualTo(IntStream.range(0, n).toArray());
            assertThat(distance(Matrices.product(lu.lower(), lu.upper()), permuted(a, lu.rows())))
                    .isLessThanOrEqualTo(4 * n * EPS * Matrices.norm(a));
            Tensor plain = permuted(a, lu.rows());
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = plain.get(i, j);
                    for (int k = 0; k < Math.min(i, j); k++) {
                        sum = Math.fma(-plain.get(i, k), plain.get(k, j), sum);
                    }
                    plain.set(i > j ? sum / plain.get(j, j) : sum, i, j);
                    assertThat(i > j ? lu.lower().get(i, j) : lu.upper().get(i, j)).isEqualTo(plain.get(i, j));
                    assertThat(Math.abs(lu.lower().get(i, j))).isLessThanOrEqualTo(1);
                }
            }
        });
    }

    @Test
    void systemsAreSolvedAndInverted() {
        RandomStream random = RandomStream.of(2, "lu");
        sizes().forEach(n -> {
            Tensor a = gaussian(random, n, n);
            Tensor x = gaussian(random, n, 3);
            Lu lu = Lu.of(a);
            Tensor found = lu.solve(Matrices.product(a, x));
            Tensor residual = Matrices.product(a, found);
            assertThat(distance(residual, Matrices.product(a, x))).isLessThan(20 * n * EPS * Matrices.norm(a) * Matrices.norm(found));
            assertThat(distance(Matrices.product(a, lu.inverse()), Matrices.identity(n)))
                    .isLessThan(20 * n * EPS * Matrices.norm(a) * Matrices.norm(lu.inverse()));
            assertThat(lu.solve(Tensor.vector(new double[n]))).isEqualTo(Tensor.zeros(n));
        });
    }

    @Test
    void determinantsHaveClosedForms() {
        // a permutation, and the second difference, whose determinant is n + 1
        for (int n : new int[] {1, 2, 3, 4, 5, 40}) {
            Tensor cycle = Tensor.zeros(n, n);
            Tensor second = Tensor.zeros(n, n);
            for (int i = 0; i < n; i++) {
                cycle.set(2, i, (i + 1) % n);
                second.set(2, i, i);
                if (i > 0) {
                    second.set(-1, i, i - 1);
                    second.set(-1, i - 1, i);
                }
            }
            assertThat(Lu.of(cycle).determinantSign()).isEqualTo(n % 2 == 1 ? 1 : -1);
            assertThat(Lu.of(cycle).logDeterminant()).isCloseTo(n * StrictMath.log(2), within(1e-14 * n));
            assertThat(Lu.of(second).logDeterminant()).isCloseTo(StrictMath.log(n + 1), within(1e-13));
            assertThat(Lu.of(second).determinantSign()).isEqualTo(1);
        }
    }

    @Test
    void singularMatricesAreFactorizedButNotSolved() {
        Tensor a = Tensor.matrix(new double[][] {{1, 2, 3}, {2, 4, 6}, {0, 0, 1}});
        Lu lu = Lu.of(a);
        assertThat(Matrices.product(lu.lower(), lu.upper())).isEqualTo(permuted(a, lu.rows()));
        assertThat(lu.determinantSign()).isZero();
        assertThat(lu.logDeterminant()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> lu.solve(Tensor.vector(1, 2, 3))).isInstanceOf(DecompositionException.class)
                .hasMessage("lu([3x3]).solve: the matrix is singular; pivot 1 is 0");
        assertThatThrownBy(() -> lu.solve(Tensor.vector(1, 2))).isInstanceOf(ShapeException.class).hasMessageContaining("3 rows");
        assertThatThrownBy(() -> Lu.of(Tensor.zeros(2, 3))).isInstanceOf(ShapeException.class).hasMessageContaining("square");
        Lu tiny = Lu.of(Tensor.matrix(new double[][] {{3 * Double.MIN_VALUE, Double.MIN_VALUE}, {Double.MIN_VALUE, 2 * Double.MIN_VALUE}}));
        assertThatThrownBy(() -> tiny.solve(Tensor.vector(1, 1))).isInstanceOf(DecompositionException.class)
                .hasMessageContaining("more than a double holds");
        assertThat(Lu.of(Tensor.zeros(30, 30)).upper()).isEqualTo(Tensor.zeros(30, 30));
    }

    @Test
    void scaleDoesNotMatter() {
        Tensor a = gaussian(RandomStream.of(3, "scale"), 20, 20);
        for (int exponent : new int[] {-1000, 1000}) {
            Tensor scaled = a.copy();
            for (int i = 0; i < a.size(); i++) {
                scaled.doubles()[i] = Math.scalb(a.at(i), exponent);
            }
            assertThat(Lu.of(scaled).lower()).isEqualTo(Lu.of(a).lower());
            assertThat(Lu.of(scaled).logDeterminant()).isCloseTo(Lu.of(a).logDeterminant() + 20 * exponent * StrictMath.log(2),
                    within(1e-9));
        }
    }
}
