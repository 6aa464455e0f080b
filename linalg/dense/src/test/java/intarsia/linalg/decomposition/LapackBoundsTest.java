package intarsia.linalg.decomposition;

import static intarsia.linalg.decomposition.RandomMatrices.gaussian;
import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import org.junit.jupiter.api.Test;

/**
 * What LAPACK's own tests ask of a decomposition (dchkst, dchkbd): residual and distance from orthogonality, divided by n eps and the norm,
 * below a bound. Theirs is 30; ours reach 6. Sizes below and above every block, spectra of every kind, dense and (bi)tridiagonal.
 */
class LapackBoundsTest {
    private static final double EPSILON = 0x1p-53;
    private static final double BOUND = 10;
    private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 24, 25, 26, 27, 31, 32, 33, 50, 51, 52, 64, 65, 100, 129, 200};

    /** Kinds of spectra, down to what vanishes when squared. */
    private enum Values {
        SPREAD, GRADED, CLUSTERED, DEFICIENT, EQUAL, TWO, STEEP, RANK_ONE, ONE_TINY, SIGNED;

        double at(int k, int n) {
            return switch (this) {
                case SPREAD -> n - k;
                case GRADED -> StrictMath.pow(10, -14.0 * k / n);
                case CLUSTERED -> k < n / 2 ? 1 + 1e-15 * k : 1e-3;
                case DEFICIENT -> k <= n / 3 ? n - k : 0;
                case EQUAL -> 3;
                case TWO -> k == 0 ? 1 : 1e-8;
                case STEEP -> StrictMath.pow(10, -300.0 * k / n);
                case RANK_ONE -> k == 0 ? 1 : 1e-16;
                case ONE_TINY -> k < n - 1 ? 1 : 1e-16;
                case SIGNED -> (k % 2 == 0 ? 1 : -1) * (n - k);
            };
        }
    }

    private interface Check {
        void on(Tensor a, String what);
    }

    private static void everywhere(boolean symmetric, Check check) {
        RandomStream random = RandomStream.of(1, "bounds");
        for (int n : SIZES) {
            Tensor p = Qr.of(gaussian(random, n, n)).q();
            Tensor q = symmetric ? p : Qr.of(gaussian(random, n, n)).q();
            for (Values values : Values.values()) {
                Tensor scaled = p.copy();
                Tensor beside = Tensor.zeros(n, n);
                for (int i = 0; i < n; i++) {
                    double value = values.at(i, n);
                    for (int j = 0; j < n; j++) {
                        scaled.doubles()[j * n + i] *= value;
                    }
                    beside.set(value, i, i);
                    if (i > 0) {
                        beside.set(value / 2, i - 1, i);
                        beside.set(symmetric ? value / 2 : 0, i, i - 1);
                    }
                }
                Tensor a = Matrices.product(scaled, false, q, true);
                for (int i = 0; symmetric && i < n; i++) {
                    for (int j = 0; j < i; j++) {
                        a.set(a.get(j, i), i, j);
                    }
                }
                check.on(a, n + ", " + values);
                check.on(beside, n + ", " + values + ", band");
            }
        }
    }

    /** The norms of {@code a - b} and {@code q'q - I}. */
    private static double residual(Tensor a, Tensor b) {
        Tensor difference = a.copy();
        for (int i = 0; i < a.size(); i++) {
            difference.doubles()[i] -= b.at(i);
        }
        return Matrices.norm(difference);
    }

    private static double fromOrthogonal(Tensor q) {
        return residual(Matrices.gram(q), Matrices.identity(q.shape().columns()));
    }

    @Test
    void eigenvalues() {
        everywhere(true, (a, what) -> {
            SymmetricEigen eigen = SymmetricEigen.of(a);
            int n = eigen.values().size();
            double norm = Math.max(Math.abs(eigen.values().at(0)), Math.abs(eigen.values().at(n - 1)));
            Tensor scaled = eigen.vectors().copy();
            for (int i = 0; i < scaled.size(); i++) {
                scaled.doubles()[i] *= eigen.values().at(i % n);
            }
            assertThat(residual(a, Matrices.product(scaled, false, eigen.vectors(), true))).as(what)
                    .isLessThanOrEqualTo(BOUND * n * EPSILON * norm);
            assertThat(fromOrthogonal(eigen.vectors())).as(what).isLessThanOrEqualTo(BOUND * n * EPSILON);
        });
    }

    @Test
    void singularValues() {
        everywhere(false, (a, what) -> {
            Svd svd = Svd.of(a);
            int n = svd.values().size();
            assertThat(residual(a, svd.reconstruct())).as(what).isLessThanOrEqualTo(BOUND * n * EPSILON * svd.values().at(0));
            assertThat(fromOrthogonal(svd.left())).as(what).isLessThanOrEqualTo(BOUND * n * EPSILON);
            assertThat(fromOrthogonal(svd.right())).as(what).isLessThanOrEqualTo(BOUND * n * EPSILON);
            for (int k = 0; k < n; k++) {
                assertThat(svd.values().at(k)).as(what).isBetween(0.0, k == 0 ? Double.MAX_VALUE : svd.values().at(k - 1));
            }
        });
    }
}
