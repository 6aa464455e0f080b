package intarsia.linalg.decomposition;

import static intarsia.linalg.decomposition.RandomMatrices.distance;
import static intarsia.linalg.decomposition.RandomMatrices.fromOrthonormal;
import static intarsia.linalg.decomposition.RandomMatrices.gaussian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import org.junit.jupiter.api.Test;

/** Beyond {@link DecompositionTest} and {@link LapackBoundsTest}: closed forms, small values, the leading triples. */
class SvdTest {
    /** Orthonormal columns times {@code 10^-(step k)}. */
    private static Tensor graded(RandomStream random, int rows, int columns, double step) {
        Tensor a = Qr.of(gaussian(random, rows, columns)).q();
        for (int i = 0; i < a.size(); i++) {
            a.doubles()[i] *= StrictMath.pow(10, -step * (i % columns));
        }
        return a;
    }

    /** The bidiagonal matrix of ones has {@code 2 cos(k pi / (2 n + 1))}, k = 1 to n. */
    @Test
    void bidiagonalOnesHaveCosines() {
        for (int n : new int[] {1, 2, 3, 5, 24, 25, 26, 27, 52, 53, 120}) {
            Tensor a = Tensor.zeros(n, n);
            for (int i = 0; i < n; i++) {
                a.set(1, i, i);
                if (i > 0) {
                    a.set(1, i - 1, i);
                }
            }
            for (SvdMethod method : new SvdMethod[] {SvdMethod.ACCURATE, SvdMethod.JACOBI}) {
                Tensor values = Svd.of(a, method).values();
                for (int k = 0; k < n; k++) {
                    assertThat(values.at(k)).isCloseTo(2 * StrictMath.cos((k + 1) * StrictMath.PI / (2 * n + 1)), within(1e-15 * (n + 4)));
                }
            }
        }
    }

    @Test
    void valuesFarBelowTheSquareRootOfPrecisionAreKept() {
        RandomStream random = RandomStream.of(1, "small");
        for (int[] size : new int[][] {{12, 12}, {40, 13}, {13, 40}}) {
            int k = Math.min(size[0], size[1]);
            Tensor tall = graded(random, Math.max(size[0], size[1]), k, 1);
            Svd svd = Svd.of(size[0] < size[1] ? Matrices.transpose(tall) : tall);
            for (int i = 0; i < k; i++) {
                assertThat(svd.values().at(i)).isCloseTo(StrictMath.pow(10, -i), within(1e-15 * k));
            }
        }
    }

    /** Columns of any scale keep their digits by rotations; with two of them mixed the condition of the rest bounds the error. */
    @Test
    void rotationsKeepTheDigitsOfTheSmallestValues() {
        RandomStream random = RandomStream.of(2, "relative");
        for (int n : new int[] {1, 2, 3, 7, 20}) {
            for (int rows : new int[] {n, n + 1, 3 * n}) {
                Svd svd = Svd.of(graded(random, rows, n, 5), SvdMethod.JACOBI);
                for (int k = 0; k < n; k++) {
                    assertThat(svd.values().at(k) / StrictMath.pow(10, -5 * k)).isCloseTo(1, within(1e-14));
                }
                assertThat(fromOrthonormal(svd.left())).isLessThan(1e-14);
                assertThat(fromOrthonormal(svd.right())).isLessThan(1e-14);
            }
        }
        // (1, 1; 0, t) has values of product t
        Tensor a = Tensor.matrix(new double[][] {{1, 0}, {1, 1e-60}});
        Svd svd = Svd.of(a, SvdMethod.JACOBI);
        assertThat(svd.values().at(0) * svd.values().at(1) / 1e-60).isCloseTo(1, within(1e-15));
        assertThat(svd.values().at(0)).isCloseTo(Math.sqrt(2), within(1e-15));
    }

    @Test
    void dependentColumnsHaveACompleteBasisEitherWay() {
        RandomStream random = RandomStream.of(3, "dependent");
        for (SvdMethod method : new SvdMethod[] {SvdMethod.ACCURATE, SvdMethod.JACOBI}) {
            for (int n : new int[] {1, 2, 5, 30, 60}) {
                Tensor a = Tensor.zeros(n + 2, n);
                a.set(2, 0, n - 1);
                a.set(-3, n, 0);
                Svd sparse = Svd.of(a, method);
                assertThat(sparse.values().at(0)).isCloseTo(n == 1 ? Math.sqrt(13) : 3, within(1e-15));
                for (int k = 2; k < n; k++) {
                    assertThat(sparse.values().at(k)).isZero();
                }
                Tensor low = Matrices.product(gaussian(random, n + 2, 1), gaussian(random, 1, n));
                for (Svd svd : new Svd[] {sparse, Svd.of(low, method), Svd.of(Tensor.zeros(n, n), method)}) {
                    assertThat(fromOrthonormal(svd.left())).isLessThanOrEqualTo((20 + 5 * n) * 0x1p-53);
                    assertThat(fromOrthonormal(svd.right())).isLessThanOrEqualTo((20 + 5 * n) * 0x1p-53);
                }
            }
        }
    }

    @Test
    void leadingTriplesComeWithTheirError() {
        RandomStream random = RandomStream.of(4, "leading");
        for (int trial = 0; trial < 20; trial++) {
            int m = 30 + random.nextInt(60);
            int n = 20 + random.nextInt(40);
            Tensor a = gaussian(random, m, n);
            Svd all = Svd.of(a);
            int rank = 1 + random.nextInt(10);
            RandomizedSvd leading = RandomizedSvd.of(a, rank, RandomStream.of(trial, "range"));
            assertThat(distance(leading.svd().reconstruct(), a)).isLessThanOrEqualTo(leading.residual());
            double best = 0;
            for (int k = rank; k < all.values().size(); k++) {
                best += all.values().at(k) * all.values().at(k);
            }
            assertThat(leading.residual()).isBetween(Math.sqrt(best) * (1 - 1e-12),
                    Math.sqrt(best * (1 + rank / (RandomizedSvd.OVERSAMPLING - 1.0))) + 1e-12);
            for (int k = 0; k < rank; k++) {
                assertThat(leading.svd().values().at(k)).isBetween(all.values().at(k) - leading.residual(), all.values().at(k) + 1e-12);
            }
            assertThat(RandomizedSvd.of(a, rank, RandomStream.of(trial, "range"))).isEqualTo(leading);
        }
    }

    @Test
    void lowRankIsFoundExactly() {
        RandomStream random = RandomStream.of(5, "low");
        Tensor low = Matrices.product(gaussian(random, 80, 4), gaussian(random, 4, 50));
        RandomizedSvd leading = RandomizedSvd.of(low, 4, random);
        assertThat(leading.residual()).isLessThan(1e-13 * Matrices.norm(low));
        Svd svd = Svd.of(low).truncate(4);
        assertThat(distance(leading.svd().values(), svd.values())).isLessThan(1e-13 * svd.values().at(0));
        assertThat(distance(leading.svd().left(), svd.left())).isLessThan(1e-12);
        assertThatThrownBy(() -> RandomizedSvd.of(low, 51, random)).hasMessage("randomized svd([80x50]): rank 51 is not between 1 and 50");
        assertThatThrownBy(() -> RandomizedSvd.of(low, 5, -1, 0, random)).hasMessageContaining("oversampling -1");
    }
}
