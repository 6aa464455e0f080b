package intarsia.linalg.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Units do not matter: a power of two changes the results by just that power, to the bit, up to the ends of the range; any other unit
 * changes their last digits. What a double cannot hold is refused.
 */
class ScalesTest {
    private static final int[] EXPONENTS = {-900, -700, -537, -60, 60, 511, 700, 950};
    private static final int[][] SIZES = {{1, 1}, {5, 1}, {1, 5}, {4, 4}, {9, 3}, {3, 9}, {130, 7}};

    private interface Work {
        void on(Tensor a, RandomStream random);
    }

    private static void everySize(Work work) {
        RandomStream random = RandomStream.of(1, "scales");
        for (int[] size : SIZES) {
            for (int trial = 0; trial < 4; trial++) {
                work.on(RandomMatrices.awkward(random, size[0], size[1]), random);
            }
        }
    }

    /** Entry (i, j) times 2^(rows_i + columns_j). */
    private static Tensor scaled(Tensor a, int[] rows, int[] columns) {
        Tensor scaled = a.copy();
        int n = columns.length;
        for (int i = 0; i < a.size(); i++) {
            scaled.doubles()[i] = Math.scalb(a.at(i), rows[i / n] + columns[i % n]);
        }
        return scaled;
    }

    private static Tensor scaled(Tensor a, int exponent) {
        Tensor scaled = a.copy();
        for (int i = 0; i < a.size(); i++) {
            scaled.doubles()[i] = Math.scalb(a.at(i), exponent);
        }
        return scaled;
    }

    @Test
    void singularValuesAndNormsScale() {
        everySize((a, random) -> {
            for (SvdMethod method : SvdMethod.values()) {
                Svd svd = Svd.of(a, method);
                for (int exponent : EXPONENTS) {
                    Svd same = Svd.of(scaled(a, exponent), method);
                    assertThat(same.left()).isEqualTo(svd.left());
                    assertThat(same.right()).isEqualTo(svd.right());
                    assertThat(same.values()).isEqualTo(scaled(svd.values(), exponent));
                    assertThat(Matrices.norm(scaled(a, exponent))).isEqualTo(Math.scalb(Matrices.norm(a), exponent));
                }
            }
        });
    }

    @Test
    void eigenvaluesScale() {
        RandomStream random = RandomStream.of(2, "scales");
        for (int n : new int[] {1, 2, 3, 20}) {
            Tensor gram = Matrices.gram(RandomMatrices.awkward(random, n + 2, n));
            SymmetricEigen eigen = SymmetricEigen.of(gram);
            for (int exponent : EXPONENTS) {
                SymmetricEigen same = SymmetricEigen.of(scaled(gram, exponent));
                assertThat(same.vectors()).isEqualTo(eigen.vectors());
                assertThat(same.values()).isEqualTo(scaled(eigen.values(), exponent));
            }
        }
    }

    @Test
    void everyColumnOfAQrFactorizationHasItsUnit() {
        everySize((a, random) -> {
            Qr qr = Qr.of(a);
            int n = a.shape().columns();
            int[] columns = new int[n];
            for (int j = 0; j < n; j++) {
                columns[j] = random.nextInt(1900) - 950;
            }
            Tensor units = scaled(a, new int[a.shape().rows()], columns);
            assertThat(Qr.of(units).q()).isEqualTo(qr.q());
            assertThat(Qr.of(units).r()).isEqualTo(scaled(qr.r(), new int[qr.r().shape().rows()], columns));
            assertThat(Qr.triangle(units)).isEqualTo(scaled(Qr.triangle(a), new int[qr.r().shape().rows()], columns));
        });
    }

    @Test
    void everyRowAndColumnOfACholeskyFactorizationHasItsUnit() {
        RandomStream random = RandomStream.of(3, "scales");
        for (int n : new int[] {1, 2, 3, 20}) {
            Tensor gram = Matrices.gram(RandomMatrices.gaussian(random, n + 5, n));
            int[] units = new int[n];
            for (int i = 0; i < n; i++) {
                units[i] = random.nextInt(1000) - 500;
            }
            assertThat(Cholesky.of(scaled(gram, units, units)).lower()).isEqualTo(scaled(Cholesky.of(gram).lower(), units, new int[n]));
            Tensor tiny = scaled(gram, -1070);
            assertThat(Cholesky.of(tiny).lower().at(0)).isEqualTo(Math.sqrt(tiny.at(0)));
        }
        Tensor large = Tensor.matrix(new double[][] {{0x1p900, 0}, {0x2p900, 0x3p900}});
        assertThatThrownBy(() -> Cholesky.of(large)).isInstanceOf(DecompositionException.class)
                .hasMessageContaining("pivot 1 is " + -0x1p900);
        Tensor mixed = Tensor.matrix(new double[][] {{1e-300, 0}, {1e300, 1e-300}});
        assertThatThrownBy(() -> Cholesky.of(mixed)).isInstanceOf(DecompositionException.class)
                .hasMessageContaining("not positive definite");
    }

    @Test
    void leastSquaresSolutionsScale() {
        everySize((a, random) -> {
            Tensor b = RandomMatrices.gaussian(random, a.shape().rows(), 2);
            LeastSquares solved = LeastSquares.of(a, b);
            for (int exponent : EXPONENTS) {
                for (int of : new int[] {-900, 0, 900}) {
                    // a result beyond the range is another matter
                    if (Math.abs(of - exponent) < 900) {
                        LeastSquares same = LeastSquares.of(scaled(a, exponent), scaled(b, of));
                        assertThat(same.rank()).isEqualTo(solved.rank());
                        assertThat(same.solution()).isEqualTo(scaled(solved.solution(), of - exponent));
                        assertThat(same.residualNorm()).isEqualTo(Math.scalb(solved.residualNorm(), of));
                    }
                }
            }
        });
    }

    @Test
    void unitsThatAreNoPowersOfTwoChangeTheLastDigits() {
        everySize((a, random) -> {
            for (double unit : new double[] {1e-280, 1e-160, 1e160, 1e280}) {
                Tensor units = a.copy();
                for (int i = 0; i < a.size(); i++) {
                    units.doubles()[i] *= unit;
                }
                Tensor values = Svd.of(a).values();
                for (int k = 0; k < values.size(); k++) {
                    assertThat(Svd.of(units).values().at(k) / unit).isCloseTo(values.at(k), within(1e-13 * values.at(0)));
                }
                assertThat(Matrices.norm(units) / unit).isCloseTo(Matrices.norm(a), within(1e-14 * Matrices.norm(a)));
            }
        });
    }

    @Test
    void subnormalNumbersAreNumbers() {
        double least = Double.MIN_VALUE;
        Tensor a = Tensor.matrix(new double[][] {{3 * least, 0}, {0, -4 * least}});
        assertThat(Svd.of(a).values()).isEqualTo(Tensor.vector(4 * least, 3 * least));
        assertThat(SymmetricEigen.of(a).values()).isEqualTo(Tensor.vector(3 * least, -4 * least));
        Tensor swap = Tensor.matrix(new double[][] {{0, least}, {least, 0}});
        assertThat(SymmetricEigen.of(swap).values()).isEqualTo(Tensor.vector(least, -least));
        assertThat(Qr.of(a).r()).isEqualTo(Tensor.matrix(new double[][] {{3 * least, 0}, {0, 4 * least}}));
        assertThat(LeastSquares.of(a, Tensor.vector(6 * least, 4 * least)).solution()).isEqualTo(Tensor.vector(2, -1));
        assertThat(Matrices.norm(a)).isEqualTo(5 * least);
    }

    @Test
    void whatADoubleCannotHoldIsRefused() {
        double most = Double.MAX_VALUE;
        Tensor a = Tensor.matrix(new double[][] {{most, most}, {most, most}});
        String beyond = " is beyond 1.7976931348623157E308, the largest double; scale the numbers given down";
        assertThatThrownBy(() -> Svd.of(a)).isInstanceOf(DecompositionException.class).hasMessage("svd([2x2]): a singular value" + beyond);
        assertThatThrownBy(() -> SymmetricEigen.of(a)).isInstanceOf(DecompositionException.class)
                .hasMessage("symmetric eigen([2x2]): an eigenvalue" + beyond);
        assertThatThrownBy(() -> Qr.of(a)).isInstanceOf(DecompositionException.class).hasMessage("qr([2x2]): an entry of r" + beyond);
        assertThatThrownBy(() -> Qr.triangle(a)).isInstanceOf(DecompositionException.class).hasMessage("qr([2x2]): an entry of r" + beyond);
        Tensor tiny = Tensor.matrix(new double[][] {{1e-200}});
        assertThatThrownBy(() -> LeastSquares.of(tiny, Tensor.vector(1e200))).isInstanceOf(DecompositionException.class)
                .hasMessage("least squares([1x1], [1]): the solution" + beyond);
        assertThatThrownBy(() -> LeastSquares.of(tiny, Tensor.vector(Double.NaN))).isInstanceOf(DecompositionException.class)
                .hasMessageContaining("entry (0, 0) is NaN");
        Tensor almost = Tensor.matrix(new double[][] {{0x1p1022, 0}, {0, 0x1p1023}});
        assertThat(Svd.of(almost).values()).isEqualTo(Tensor.vector(0x1p1023, 0x1p1022));
    }
}
