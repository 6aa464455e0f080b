package intarsia.linalg.decomposition;

import static intarsia.linalg.decomposition.RandomMatrices.gaussian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;
import org.junit.jupiter.api.Test;

/** Beyond {@link DecompositionTest}: long matrices, which are taken up in strips, and EJML's triangle. */
class QrTest {
    private static final double EPS = 0x1p-53;

    @Test
    void longMatricesHaveTheSameTriangleHoweverItIsMade() {
        RandomStream random = RandomStream.of(1, "long");
        for (int columns : new int[] {1, 2, 3, 7, 16, 33}) {
            for (int rows : new int[] {64, 65, 66, 127, 128, 129, 300, 1000}) {
                Tensor a = gaussian(random, rows, columns);
                Tensor r = Qr.triangle(a);
                double tolerance = 20 * rows * EPS * Matrices.norm(a);
                assertThat(r.doubles()).containsExactly(Qr.of(a).r().doubles(), within(tolerance));
                assertThat(Arrays.stream(r.doubles()).map(Math::abs).toArray())
                        .containsExactly(Arrays.stream(ejml(a)).map(Math::abs).toArray(), within(tolerance));
            }
        }
    }

    private static double[] ejml(Tensor a) {
        var ejml = new QRDecompositionHouseholderColumn_DDRM();
        ejml.decompose(DMatrixRMaj.wrap(a.shape().rows(), a.shape().columns(), a.toDoubles()));
        return ejml.getR(null, true).data;
    }

    /** Dependent, duplicated, zero and tiny columns: the triangle is not unique then, but what it stands for is. */
    @Test
    void awkwardLongMatricesKeepTheirGramMatrix() {
        RandomStream random = RandomStream.of(2, "awkward");
        for (int trial = 0; trial < 100; trial++) {
            int rows = 100 + random.nextInt(200);
            int columns = 1 + random.nextInt(12);
            Tensor a = gaussian(random, rows, columns);
            for (int j = 0; j < columns; j++) {
                int kind = random.nextInt(5);
                for (int i = 0; i < rows; i++) {
                    double v = a.get(i, j);
                    a.set(kind == 0 ? 0 : kind == 1 ? a.get(i, 0) : kind == 2 ? 1e-12 * v : kind == 3 && i < 70 ? 0 : v, i, j);
                }
            }
            Tensor r = Qr.triangle(a);
            assertThat(r.shape()).isEqualTo(Shape.of(columns, columns));
            double norm = Matrices.norm(a);
            assertThat(Matrices.gram(r).doubles()).containsExactly(Matrices.gram(a).doubles(), within(100 * EPS * norm * norm));
            for (int i = 0; i < columns; i++) {
                assertThat(r.get(i, i)).isNotNegative();
                for (int j = 0; j < i; j++) {
                    assertThat(r.get(i, j)).isZero();
                }
            }
        }
    }

    @Test
    void scaleDoesNotMatter() {
        Tensor a = gaussian(RandomStream.of(3, "scale"), 80, 5);
        for (int exponent : new int[] {-900, 900}) {
            Tensor scaled = a.copy();
            for (int i = 0; i < a.size(); i++) {
                scaled.doubles()[i] = Math.scalb(a.at(i), exponent);
            }
            assertThat(Qr.of(scaled).q()).isEqualTo(Qr.of(a).q());
            for (int i = 0; i < 25; i++) {
                assertThat(Qr.triangle(scaled).at(i)).isEqualTo(Math.scalb(Qr.triangle(a).at(i), exponent));
            }
        }
    }
}
