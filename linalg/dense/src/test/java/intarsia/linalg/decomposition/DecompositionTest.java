package intarsia.linalg.decomposition;

import static intarsia.linalg.decomposition.RandomMatrices.awkward;
import static intarsia.linalg.decomposition.RandomMatrices.diagonal;
import static intarsia.linalg.decomposition.RandomMatrices.distance;
import static intarsia.linalg.decomposition.RandomMatrices.fromOrthonormal;
import static intarsia.linalg.decomposition.RandomMatrices.frozen;
import static intarsia.linalg.decomposition.RandomMatrices.gaussian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DecompositionTest {
    private static final double EPS = 0x1p-52;

    @Test
    void productsAreThoseOfTheDefinition() {
        RandomStream random = RandomStream.of(1, "product");
        for (int trial = 0; trial < 300; trial++) {
            int m = 1 + random.nextInt(9);
            int k = random.nextInt(140);
            int n = 1 + random.nextInt(20);
            Tensor a = gaussian(random, m, k);
            Tensor b = gaussian(random, k, n);
            Tensor c = Matrices.product(a, b);
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int l = 0; l < k; l++) {
                        sum = Math.fma(a.get(i, l), b.get(l, j), sum);
                    }
                    assertThat(c.get(i, j)).isEqualTo(sum);
                }
            }
            assertThat(Matrices.product(Matrices.transpose(a), true, Matrices.transpose(b), true)).isEqualTo(c);
            assertThat(Matrices.gram(a)).isEqualTo(Matrices.product(a, true, a, false));
        }
    }

    @Test
    void singularValuesGiveTheMatrixBack() {
        RandomStream random = RandomStream.of(2, "svd");
        for (int trial = 0; trial < 1000; trial++) {
            Tensor a = awkward(random, 1 + random.nextInt(12), 1 + random.nextInt(12));
            Tensor before = frozen(a);
            Svd svd = Svd.of(a);
            assertThat(a).isEqualTo(before);
            double norm = Matrices.norm(a);
            assertThat(distance(svd.reconstruct(), a)).isLessThanOrEqualTo(200 * EPS * norm);
            assertThat(fromOrthonormal(svd.left())).isLessThan(1e-13);
            assertThat(fromOrthonormal(svd.right())).isLessThan(1e-13);
            assertThat(svd.values().size()).isEqualTo(Math.min(a.shape().rows(), a.shape().columns()));
            assertSigns(svd.left());
            for (int k = 0; k < svd.values().size(); k++) {
                assertThat(svd.values().at(k)).isBetween(0.0, k == 0 ? norm * (1 + 10 * EPS) : svd.values().at(k - 1));
            }
        }
    }

    @Test
    void theGramRouteAgreesWhereItSaysSo() {
        RandomStream random = RandomStream.of(3, "gram");
        for (int trial = 0; trial < 300; trial++) {
            Tensor a = awkward(random, 1 + random.nextInt(12), 1 + random.nextInt(12));
            Svd exact = Svd.of(a);
            Svd gram = Svd.of(a, SvdMethod.GRAM);
            double largest = exact.values().at(0);
            for (int k = 0; k < gram.values().size(); k++) {
                double s = exact.values().at(k);
                assertThat(Math.abs(gram.values().at(k) - s) * Math.max(s, 1e-8 * largest))
                        .isLessThanOrEqualTo(100 * EPS * largest * largest);
            }
            if (gram.values().size() < exact.values().size()) {
                assertThat(exact.values().at(gram.values().size())).isLessThanOrEqualTo(2e-7 * largest);
            }
            assertThat(distance(gram.reconstruct(), a)).isLessThanOrEqualTo(1e-7 * largest);
        }
    }

    /** Rounding of squares is no singular value: there is no vector that belongs to it. */
    @Test
    void theGramRouteFindsTheRank() {
        for (int[] size : new int[][] {{2, 2}, {3, 3}, {7, 4}, {4, 7}, {40, 40}, {130, 129}, {300, 3}}) {
            for (int rank = 1; rank <= 2; rank++) {
                Tensor a = Matrices.product(gaussian(RandomStream.of(rank, "left"), size[0], rank), false,
                        gaussian(RandomStream.of(rank, "right"), size[1], rank), true);
                Tensor ones = Tensor.zeros(size);
                Arrays.fill(ones.doubles(), 1);
                assertThat(Svd.of(ones, SvdMethod.GRAM).values().size()).isEqualTo(1);
                Svd svd = Svd.of(a, SvdMethod.GRAM);
                assertThat(svd.values().size()).isEqualTo(rank);
                for (Tensor vectors : new Tensor[] {svd.left(), svd.right()}) {
                    Tensor squares = Matrices.product(vectors, true, vectors, false);
                    assertThat(distance(squares, Matrices.identity(rank))).isLessThanOrEqualTo(1e-10);
                }
            }
        }
    }

    @Test
    void theAccurateRouteKeepsSmallSingularValuesAndTheGramRouteLosesThem() {
        Tensor q = Qr.of(gaussian(RandomStream.of(4, "graded"), 40, 3)).q();
        Tensor p = Qr.of(gaussian(RandomStream.of(5, "graded"), 3, 3)).q();
        Tensor a = Matrices.product(Matrices.product(q, diagonal(Tensor.vector(1, 1e-5, 1e-10))), false, p, true);
        assertThat(Svd.of(a).values().at(1)).isCloseTo(1e-5, within(1e-15));
        assertThat(Svd.of(a).values().at(2)).isCloseTo(1e-10, within(1e-15));
        assertThat(Svd.of(a, SvdMethod.GRAM).values().size()).isEqualTo(2);
        assertThat(Svd.of(a, SvdMethod.GRAM).values().at(1)).isCloseTo(1e-5, within(1e-10));
    }

    @Test
    void scaleDoesNotMatter() {
        Tensor a = gaussian(RandomStream.of(6, "scale"), 7, 4);
        for (double scale : new double[] {1e-200, 1e-30, 1e30, 1e200}) {
            Tensor scaled = a.copy();
            for (int i = 0; i < scaled.size(); i++) {
                scaled.doubles()[i] *= scale;
            }
            for (SvdMethod method : SvdMethod.values()) {
                Svd svd = Svd.of(scaled, method);
                for (int k = 0; k < 4; k++) {
                    assertThat(svd.values().at(k) / scale).isCloseTo(Svd.of(a).values().at(k), within(1e-12));
                }
            }
        }
    }

    @Test
    void eigenvectorsDiagonalize() {
        RandomStream random = RandomStream.of(7, "eigen");
        for (int trial = 0; trial < 1000; trial++) {
            int n = 1 + random.nextInt(12);
            Tensor b = awkward(random, n, n);
            Tensor a = b.copy();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a.set(b.get(i, j) + b.get(j, i), i, j);
                }
            }
            SymmetricEigen eigen = SymmetricEigen.of(a);
            Tensor v = eigen.vectors();
            assertThat(fromOrthonormal(v)).isLessThan(1e-13);
            Tensor back = Matrices.product(Matrices.product(v, diagonal(eigen.values())), false, v, true);
            assertThat(distance(back, a)).isLessThanOrEqualTo(200 * EPS * Matrices.norm(a));
            assertSigns(v);
            for (int k = 1; k < n; k++) {
                assertThat(eigen.values().at(k)).isLessThanOrEqualTo(eigen.values().at(k - 1));
            }
        }
    }

    @Test
    void qrIsThinOrthonormalAndTriangular() {
        RandomStream random = RandomStream.of(8, "qr");
        for (int trial = 0; trial < 1000; trial++) {
            Tensor a = awkward(random, 1 + random.nextInt(12), 1 + random.nextInt(12));
            Qr qr = Qr.of(a);
            assertThat(distance(Matrices.product(qr.q(), qr.r()), a)).isLessThanOrEqualTo(100 * EPS * Matrices.norm(a));
            assertThat(fromOrthonormal(qr.q())).isLessThan(1e-13);
            assertThat(Qr.triangle(a)).isEqualTo(qr.r());
            for (int i = 0; i < qr.r().shape().rows(); i++) {
                assertThat(qr.r().get(i, i)).isNotNegative();
                for (int j = 0; j < i; j++) {
                    assertThat(qr.r().get(i, j)).isZero();
                }
            }
        }
    }

    @Test
    void choleskySolves() {
        RandomStream random = RandomStream.of(9, "cholesky");
        for (int trial = 0; trial < 300; trial++) {
            int n = 1 + random.nextInt(10);
            Tensor a = Matrices.gram(gaussian(random, n + 5, n));
            Cholesky cholesky = Cholesky.of(a);
            assertThat(distance(Matrices.product(cholesky.lower(), false, cholesky.lower(), true), a)).isLessThan(1e-12);
            Tensor x = gaussian(random, n, 3);
            assertThat(distance(Matrices.product(a, cholesky.solve(Matrices.product(a, x))), Matrices.product(a, x))).isLessThan(1e-10);
            double logDeterminant = 0;
            for (double v : SymmetricEigen.of(a).values().doubles()) {
                logDeterminant += StrictMath.log(v);
            }
            assertThat(cholesky.logDeterminant()).isCloseTo(logDeterminant, within(1e-9));
        }
    }

    @Test
    void leastSquaresHasANormalResidualAndTheSmallestNorm() {
        RandomStream random = RandomStream.of(10, "least squares");
        for (int trial = 0; trial < 300; trial++) {
            Tensor a = awkward(random, 1 + random.nextInt(12), 1 + random.nextInt(12));
            Tensor b = gaussian(random, a.shape().rows());
            LeastSquares solved = LeastSquares.of(a, b);
            Tensor x = solved.solution().reshape(Shape.of(solved.solution().size(), 1));
            Tensor fitted = Matrices.product(a, x);
            Tensor residual = Tensor.zeros(b.size(), 1);
            for (int i = 0; i < b.size(); i++) {
                residual.set(b.at(i) - fitted.at(i), i, 0);
            }
            double scale = Matrices.norm(a);
            assertThat(Matrices.norm(Matrices.product(a, true, residual, false)))
                    .isLessThanOrEqualTo(1e-13 * scale * (scale * Matrices.norm(x) + Matrices.norm(b)));
            assertThat(solved.residualNorm()).isCloseTo(Matrices.norm(residual), within(1e-12));
            // of smallest norm: x lies in the row space
            Svd svd = Svd.of(a).truncate(solved.rank());
            Tensor within = Matrices.product(svd.right(), Matrices.product(svd.right(), true, x, false));
            assertThat(distance(within, x)).isLessThan(1e-11 * Math.max(1, Matrices.norm(x)));
        }
        assertThat(LeastSquares.of(Tensor.zeros(3, 2), Tensor.vector(1, 2, 3)).solution()).isEqualTo(Tensor.vector(0, 0));
    }

    @Test
    void errorsSpeak() {
        assertThatThrownBy(() -> Svd.of(Tensor.vector(1, 2))).isInstanceOf(ShapeException.class).hasMessageContaining("svd([2])")
                .hasMessageContaining("rank is 1");
        assertThatThrownBy(() -> Svd.of(Tensor.zeros(0, 3))).isInstanceOf(ShapeException.class).hasMessageContaining("[0x3]");
        assertThatThrownBy(() -> Qr.of(Tensor.matrix(new double[][] {{1, 2}, {3, Double.NaN}}))).isInstanceOf(DecompositionException.class)
                .hasMessageContaining("entry (1, 1) is NaN");
        assertThatThrownBy(() -> SymmetricEigen.of(Tensor.matrix(new double[][] {{1, 2}, {3, 4}})))
                .isInstanceOf(DecompositionException.class).hasMessageContaining("(1, 0) is 3.0").hasMessageContaining("(0, 1) is 2.0");
        assertThatThrownBy(() -> SymmetricEigen.of(Tensor.zeros(2, 3))).isInstanceOf(ShapeException.class).hasMessageContaining("square");
        assertThatThrownBy(() -> Cholesky.of(Tensor.matrix(new double[][] {{1, 1}, {1, 1}}))).isInstanceOf(DecompositionException.class)
                .hasMessageContaining("pivot 1 is 0.0");
        assertThatThrownBy(() -> Cholesky.of(Matrices.identity(2)).solve(Tensor.vector(1))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("2 rows");
        assertThatThrownBy(() -> LeastSquares.of(Tensor.zeros(3, 2), Tensor.vector(1))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3x2], [1]");
    }

    private static void assertSigns(Tensor vectors) {
        for (int k = 0; k < vectors.shape().columns(); k++) {
            double largest = 0;
            double deciding = 0;
            for (int i = 0; i < vectors.shape().rows(); i++) {
                largest = Math.max(largest, Math.abs(vectors.get(i, k)));
            }
            for (int i = vectors.shape().rows() - 1; i >= 0; i--) {
                deciding = Math.abs(vectors.get(i, k)) >= largest * (1 - 1e-8) ? vectors.get(i, k) : deciding;
            }
            assertThat(deciding).isPositive();
        }
    }
}
