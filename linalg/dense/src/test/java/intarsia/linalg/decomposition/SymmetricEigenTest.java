package intarsia.linalg.decomposition;

import static intarsia.linalg.decomposition.RandomMatrices.diagonal;
import static intarsia.linalg.decomposition.RandomMatrices.distance;
import static intarsia.linalg.decomposition.RandomMatrices.fromOrthonormal;
import static intarsia.linalg.decomposition.RandomMatrices.gaussian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;
import org.junit.jupiter.api.Test;

/** Beyond {@link DecompositionTest}: every size, spectra of every kind, closed forms, and EJML's values. */
class SymmetricEigenTest {
    private static final double EPS = 0x1p-53;

    /** Kinds of spectra, as a share of the way from the first to the last. */
    private enum Spectrum {
        SPREAD, GRADED, CLUSTERED, DEFICIENT, SIGNED, EQUAL;

        double at(int k, int n) {
            return switch (this) {
                case SPREAD -> n - k;
                case GRADED -> StrictMath.pow(10, -14.0 * k / n);
                case CLUSTERED -> k < n / 2 ? 1 + 1e-15 * k : 1e-3;
                case DEFICIENT -> k < n / 3 ? n - k : 0;
                case SIGNED -> k % 2 == 0 ? n - k : k - n;
                case EQUAL -> 3;
            };
        }
    }

    private static List<Integer> sizes() {
        return IntStream.concat(IntStream.rangeClosed(1, 64), IntStream.of(200)).boxed().toList();
    }

    private static Tensor withValues(Tensor vectors, double[] values) {
        Tensor scaled = vectors.copy();
        int n = values.length;
        for (int i = 0; i < scaled.size(); i++) {
            scaled.doubles()[i] *= values[i % n];
        }
        Tensor a = Matrices.product(scaled, false, vectors, true);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a.set(a.get(j, i), i, j);
            }
        }
        return a;
    }

    /** {@code a v = v diag(values)} and {@code v'v = 1} within some eps. */
    private static void assertDecomposes(Tensor a, SymmetricEigen eigen) {
        double tolerance = (20 + 5 * a.shape().rows()) * EPS;
        assertThat(distance(Matrices.product(a, eigen.vectors()), Matrices.product(eigen.vectors(), diagonal(eigen.values()))))
                .isLessThanOrEqualTo(tolerance * Matrices.norm(a));
        assertThat(fromOrthonormal(eigen.vectors())).isLessThanOrEqualTo(tolerance);
    }

    /** The leading vectors, to the bit those of all; of matrices that fall apart, too. */
    @Test
    void leadingVectorsAreTheFirstOfAll() {
        RandomStream random = RandomStream.of(3, "leading");
        for (int n : List.of(1, 2, 3, 25, 26, 40, 63, 64, 130, 200)) {
            Tensor q = Qr.of(gaussian(random, n, n)).q();
            List<Tensor> matrices = new ArrayList<>(List.of(Matrices.identity(n), Tensor.zeros(n, n), apart(random, n)));
            for (Spectrum spectrum : Spectrum.values()) {
                matrices.add(withValues(q, IntStream.range(0, n).mapToDouble(k -> spectrum.at(k, n)).toArray()));
            }
            for (Tensor a : matrices) {
                SymmetricEigen all = SymmetricEigen.of(a);
                for (int count : new int[] {0, 1, n / 3, n - 1, n}) {
                    SymmetricEigen leading = SymmetricEigen.leading(a, count);
                    assertThat(leading.values()).isEqualTo(all.values());
                    assertThat(leading.vectors()).isEqualTo(Matrices.leadingColumns(all.vectors(), count));
                }
            }
        }
    }

    /** Two blocks on the diagonal, the second one of much smaller numbers. */
    private static Tensor apart(RandomStream random, int n) {
        Tensor first = Matrices.gram(gaussian(random, n, n));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean second = i >= n / 2;
                first.set(second != j >= n / 2 ? 0 : second ? 1e-9 * first.get(i, j) : first.get(i, j), i, j);
            }
        }
        return first;
    }

    @Test
    void noMoreVectorsThanRows() {
        assertThatThrownBy(() -> SymmetricEigen.leading(Matrices.identity(3), 4)).isInstanceOf(ShapeException.class)
                .hasMessage("symmetric eigen([3x3]): 4 vectors asked for; there are 3");
        assertThatThrownBy(() -> SymmetricEigen.leading(Matrices.identity(3), -1)).isInstanceOf(ShapeException.class);
    }

    @Test
    void everySizeAndSpectrumIsDecomposedAsEjmlDoes() {
        RandomStream random = RandomStream.of(1, "spectra");
        for (int n : sizes()) {
            Tensor vectors = Qr.of(gaussian(random, n, n)).q();
            for (Spectrum spectrum : Spectrum.values()) {
                double[] values = IntStream.range(0, n).mapToDouble(k -> spectrum.at(k, n)).toArray();
                Tensor a = withValues(vectors, values);
                SymmetricEigen eigen = SymmetricEigen.of(a);
                assertDecomposes(a, eigen);
                double tolerance = 10 * n * EPS * Arrays.stream(values).map(Math::abs).max().orElseThrow();
                assertThat(distance(eigen.values(), descending(values))).as("%s of %s", spectrum, n).isLessThanOrEqualTo(tolerance);
                assertThat(distance(eigen.values(), ejml(a))).as("%s of %s", spectrum, n).isLessThanOrEqualTo(tolerance);
            }
        }
    }

    private static Tensor descending(double[] values) {
        return Tensor.vector(Arrays.stream(values).map(v -> -v).sorted().map(v -> 0 - v).toArray());
    }

    private static Tensor ejml(Tensor a) {
        int n = a.shape().rows();
        var ejml = new SymmetricQRAlgorithmDecomposition_DDRM(new TridiagonalDecompositionHouseholder_DDRM(), false);
        assertThat(ejml.decompose(DMatrixRMaj.wrap(n, n, a.toDoubles()))).isTrue();
        return descending(IntStream.range(0, n).mapToDouble(i -> ejml.getEigenvalue(i).getReal()).toArray());
    }

    /** The second difference: {@code 2 - 2 cos(k pi / (n + 1))}, vectors {@code sin(j k pi / (n + 1))}. */
    @Test
    void theSecondDifferenceHasSines() {
        for (int n : sizes()) {
            Tensor a = Tensor.zeros(n, n);
            for (int i = 0; i < n; i++) {
                a.set(2, i, i);
                if (i > 0) {
                    a.set(-1, i, i - 1);
                    a.set(-1, i - 1, i);
                }
            }
            SymmetricEigen eigen = SymmetricEigen.of(a);
            Tensor values = Tensor.zeros(n);
            Tensor vectors = Tensor.zeros(n, n);
            for (int k = 0; k < n; k++) {
                double angle = (n - k) * StrictMath.PI / (n + 1);
                // of mirrored entries rounding decides which is the largest, and so the sign
                double sign = Math.signum(eigen.vectors().get(0, k));
                values.set(2 - 2 * StrictMath.cos(angle), k);
                for (int j = 0; j < n; j++) {
                    vectors.set(sign * StrictMath.sqrt(2.0 / (n + 1)) * StrictMath.sin((j + 1) * angle), j, k);
                }
            }
            assertThat(distance(eigen.values(), values)).isLessThan(1e-14 * (n + 4));
            assertThat(distance(eigen.vectors(), vectors)).isLessThan(1e-12 * n);
        }
    }

    /** A constant beside the diagonal everywhere: {@code n - 1 + d} once, {@code d - 1} otherwise. */
    @Test
    void onesAreASharedDirectionAndTheRest() {
        for (int n : sizes()) {
            Tensor a = Tensor.zeros(n, n);
            Arrays.fill(a.doubles(), 1);
            SymmetricEigen eigen = SymmetricEigen.of(a);
            assertThat(eigen.values().at(0)).isCloseTo(n, within(n * 1e-14));
            for (int k = 1; k < n; k++) {
                assertThat(eigen.values().at(k)).isCloseTo(0, within(n * 1e-14));
            }
            for (int i = 0; i < n; i++) {
                assertThat(eigen.vectors().get(i, 0)).isCloseTo(1 / Math.sqrt(n), within(n * 1e-14));
            }
        }
    }

    @Test
    void diagonalMatricesAreSortedToTheBit() {
        RandomStream random = RandomStream.of(2, "diagonal");
        for (int n : sizes()) {
            double[] values = IntStream.range(0, n).mapToDouble(k -> random.nextGaussian() * StrictMath.pow(10, -random.nextInt(30)))
                    .toArray();
            Tensor a = Tensor.zeros(n, n);
            for (int i = 0; i < n; i++) {
                a.set(values[i], i, i);
            }
            SymmetricEigen eigen = SymmetricEigen.of(a);
            assertThat(eigen.values()).isEqualTo(descending(values));
            assertThat(Arrays.stream(eigen.vectors().doubles()).filter(v -> v == 1).count()).isEqualTo(n);
            assertThat(Arrays.stream(eigen.vectors().doubles()).filter(v -> v == 0).count()).isEqualTo((long) n * n - n);
            assertThat(SymmetricEigen.of(Tensor.zeros(n, n)).vectors()).isEqualTo(Matrices.identity(n));
        }
    }

    /** Tridiagonal, of wide range, either end first: swept from the larger end, small values keep their digits. */
    @Test
    void gradedMatricesKeepSmallValues() {
        for (boolean up : new boolean[] {false, true}) {
            int n = 12;
            Tensor a = Tensor.zeros(n, n);
            for (int i = 0; i < n; i++) {
                int at = up ? n - 1 - i : i;
                a.set(StrictMath.pow(10, -2 * i), at, at);
                if (i > 0) {
                    int before = up ? n - i : i - 1;
                    a.set(0.1 * StrictMath.pow(10, -2 * i), at, before);
                    a.set(0.1 * StrictMath.pow(10, -2 * i), before, at);
                }
            }
            SymmetricEigen eigen = SymmetricEigen.of(a);
            for (int i = 0; i < n; i++) {
                assertThat(eigen.values().at(i) / StrictMath.pow(10, -2 * i)).as("%s %s", up, i).isCloseTo(1, within(0.02));
            }
        }
    }

    @Test
    void scaleDoesNotMatter() {
        RandomStream random = RandomStream.of(3, "scale");
        Tensor b = gaussian(random, 9, 9);
        Tensor a = Matrices.gram(b);
        SymmetricEigen eigen = SymmetricEigen.of(a);
        for (int exponent : new int[] {-1000, -300, 300, 1000}) {
            Tensor scaled = a.copy();
            for (int i = 0; i < a.size(); i++) {
                scaled.doubles()[i] = Math.scalb(a.at(i), exponent);
            }
            SymmetricEigen same = SymmetricEigen.of(scaled);
            assertThat(same.vectors()).isEqualTo(eigen.vectors());
            for (int k = 0; k < 9; k++) {
                assertThat(same.values().at(k)).isEqualTo(Math.scalb(eigen.values().at(k), exponent));
            }
        }
        // numbers whose squares vanish beside one that does not
        Tensor tiny = Tensor.matrix(new double[][] {{1, 1e-170, 3e-160}, {1e-170, 2e-160, 1e-165}, {3e-160, 1e-165, 5e-170}});
        SymmetricEigen small = SymmetricEigen.of(tiny);
        assertThat(small.values().at(0)).isEqualTo(1);
        assertThat(Matrices.gram(small.vectors()).doubles()).containsExactly(Matrices.identity(3).doubles(), within(4 * EPS));
    }
}
