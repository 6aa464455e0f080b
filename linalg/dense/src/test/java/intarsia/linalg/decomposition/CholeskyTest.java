package intarsia.linalg.decomposition;

import static intarsia.linalg.decomposition.RandomMatrices.distance;
import static intarsia.linalg.decomposition.RandomMatrices.frozen;
import static intarsia.linalg.decomposition.RandomMatrices.gaussian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CholeskyTest {
    private static final double EPS = 0x1p-52;
    private static final int[] ORDERS = IntStream.concat(IntStream.rangeClosed(1, 70), IntStream.of(127, 128, 129, 300, 513)).toArray();
    private static final int[] FEW = {1, 23, 24, 65, 130, 300};

    private static Tensor positive(RandomStream random, int n) {
        return Matrices.gram(gaussian(random, n + 5, n));
    }

    /** The factor by its formula, its zeros positive. */
    private static Tensor formula(Tensor a) {
        int n = a.shape().rows();
        Tensor l = Tensor.zeros(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a.get(i, j);
                for (int k = 0; k < j; k++) {
                    sum = Math.fma(-l.get(i, k), l.get(j, k), sum);
                }
                l.set(i == j ? Math.sqrt(sum) : sum / l.get(j, j) + 0.0, i, j);
            }
        }
        return l;
    }

    @Test
    void blocksGiveTheBitsOfTheFormulaAndTheMatrixBack() {
        RandomStream random = RandomStream.of(1, "cholesky");
        for (int n : ORDERS) {
            Tensor a = positive(random, n);
            Tensor before = frozen(a);
            Cholesky cholesky = Cholesky.of(a);
            assertThat(a).isEqualTo(before);
            assertThat(cholesky.lower()).as("order %d", n).isEqualTo(formula(a));
            Tensor back = Matrices.product(cholesky.lower(), false, cholesky.lower(), true);
            assertThat(distance(back, a)).as("order %d", n).isLessThanOrEqualTo(n * EPS * Matrices.norm(a));
        }
    }

    @Test
    void inPlaceTheFactorTakesTheMatrixsMemory() {
        RandomStream random = RandomStream.of(12, "in place");
        for (int n : FEW) {
            Tensor a = positive(random, n);
            Tensor lower = Cholesky.of(a).lower();
            Cholesky inPlace = Cholesky.inPlace(a, new Pool(1));
            assertThat(inPlace.lower()).as("order %d", n).isEqualTo(lower);
            assertThat(inPlace.lower().doubles()).isSameAs(a.doubles());
        }
        Tensor infinite = Matrices.identity(30);
        infinite.set(Double.POSITIVE_INFINITY, 3, 1);
        assertThatThrownBy(() -> Cholesky.inPlace(infinite, new Pool(1))).isInstanceOf(DecompositionException.class)
                .hasMessageContaining("entry (3, 1) is Infinity");
        Tensor negative = Matrices.identity(30);
        negative.set(-1, 7, 7);
        assertThatThrownBy(() -> Cholesky.inPlace(negative, new Pool(1))).isInstanceOf(DecompositionException.class)
                .hasMessageContaining("pivot 7 is -1.0");
        assertThatThrownBy(() -> Cholesky.inPlace(Tensor.zeros(2, 3), new Pool(1))).isInstanceOf(ShapeException.class);
    }

    /** Entries that are 0, or become 0, are 0 and not -0. */
    @Test
    void zerosAreZero() {
        RandomStream random = RandomStream.of(11, "zeros");
        for (int n : FEW) {
            assertThat(Cholesky.of(Matrices.identity(n)).lower()).isEqualTo(Matrices.identity(n));
            Tensor sparse = Matrices.identity(n);
            for (int i = 1; i < n; i++) {
                sparse.set(4, i, i);
                sparse.set(List.of(0.0, -0.0, 0.5, 1.0, -1.0).get(random.nextInt(5)), i, i - 1);
            }
            assertThat(Cholesky.of(sparse).lower()).isEqualTo(formula(sparse));
            Tensor cancelled = Matrices.product(formula(sparse), false, formula(sparse), true);
            assertThat(Cholesky.of(cancelled).lower()).isEqualTo(formula(cancelled));
        }
    }

    @Test
    void solutionsAndInversesHaveSmallResiduals() {
        RandomStream random = RandomStream.of(2, "solve");
        for (int n : ORDERS) {
            Tensor a = positive(random, n);
            Cholesky cholesky = Cholesky.of(a);
            Tensor b = gaussian(random, n, 1 + random.nextInt(70));
            Tensor x = cholesky.solve(b);
            double scale = Matrices.norm(a) * Matrices.norm(x);
            assertThat(distance(Matrices.product(a, x), b)).as("order %d", n).isLessThanOrEqualTo(n * EPS * scale);
            Tensor one = cholesky.solve(Tensor.vector(IntStream.range(0, n).mapToDouble(i -> b.get(i, 0)).toArray()));
            for (int i = 0; i < n; i++) {
                assertThat(one.at(i)).isEqualTo(x.get(i, 0));
            }
            Tensor inverse = cholesky.inverse();
            assertThat(inverse).isEqualTo(Matrices.transpose(inverse));
            assertThat(distance(Matrices.product(a, inverse), Matrices.identity(n))).as("order %d", n)
                    .isLessThanOrEqualTo(n * EPS * Matrices.norm(a) * Matrices.norm(inverse));
            double sum = 0;
            for (double v : SymmetricEigen.of(a).values().doubles()) {
                sum += StrictMath.log(v);
            }
            assertThat(cholesky.logDeterminant()).isCloseTo(sum, within(1e-8));
        }
    }

    /** Substitution one unknown at a time; from the first on in the order of the formula, so to the bit. */
    @Test
    void trianglesAreSolvedFromBothSides() {
        RandomStream random = RandomStream.of(3, "triangle");
        for (int n : ORDERS) {
            Tensor l = gaussian(random, n, n);
            Tensor filled = l.copy();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    l.set(i == j ? Math.sqrt(n) + random.nextDouble() : j < i ? l.get(i, j) : 0, i, j);
                    filled.set(j <= i ? l.get(i, j) : Double.NaN, i, j);
                }
            }
            for (int m : new int[] {1, 7, 33}) {
                Tensor b = gaussian(random, n, m);
                Tensor wide = Matrices.transpose(b);
                Tensor forward = TriangularSolve.left(filled, false, b);
                for (int c = 0; c < m; c++) {
                    double[] x = new double[n];
                    for (int i = 0; i < n; i++) {
                        double sum = b.get(i, c);
                        for (int k = 0; k < i; k++) {
                            sum = Math.fma(-l.get(i, k), x[k], sum);
                        }
                        x[i] = sum / l.get(i, i);
                        assertThat(forward.get(i, c)).as("order %d, unknown %d", n, i).isEqualTo(x[i]);
                    }
                }
                assertThat(TriangularSolve.right(filled, true, wide)).isEqualTo(Matrices.transpose(forward));
                Tensor backward = TriangularSolve.left(filled, true, b);
                double scale = Matrices.norm(l) * Matrices.norm(backward);
                assertThat(distance(Matrices.product(l, true, backward, false), b)).isLessThanOrEqualTo(n * EPS * scale);
                assertThat(TriangularSolve.right(filled, false, wide)).isEqualTo(Matrices.transpose(backward));
            }
        }
        Tensor a = positive(random, 100);
        Cholesky cholesky = Cholesky.of(a);
        Tensor b = gaussian(random, 100, 3);
        Tensor half = TriangularSolve.left(cholesky.lower(), false, b);
        assertThat(cholesky.solve(b)).isEqualTo(TriangularSolve.left(cholesky.lower(), true, half));
    }

    @Test
    void threadsChangeNoBits() {
        RandomStream random = RandomStream.of(4, "threads");
        for (int n : FEW) {
            Tensor a = positive(random, n);
            Tensor b = gaussian(random, n, 150);
            Tensor wide = Matrices.transpose(b);
            Cholesky cholesky = Cholesky.of(a);
            for (int threads : new int[] {2, 3, 7}) {
                try (Pool pool = new Pool(threads)) {
                    assertThat(Cholesky.of(a, pool)).isEqualTo(cholesky);
                    assertThat(cholesky.solve(b, pool)).isEqualTo(cholesky.solve(b));
                    assertThat(cholesky.inverse(pool)).isEqualTo(cholesky.inverse());
                    for (boolean transposed : new boolean[] {false, true}) {
                        assertThat(TriangularSolve.left(cholesky.lower(), transposed, b, pool))
                                .isEqualTo(TriangularSolve.left(cholesky.lower(), transposed, b));
                        assertThat(TriangularSolve.right(cholesky.lower(), transposed, wide, pool))
                                .isEqualTo(TriangularSolve.right(cholesky.lower(), transposed, wide));
                    }
                    assertThat(Matrices.rankUpdate(a, -0.5, b, pool)).isEqualTo(Matrices.rankUpdate(a, -0.5, b));
                }
            }
        }
    }

    @Test
    void rankUpdatesFollowTheirFormula() {
        RandomStream random = RandomStream.of(5, "rank update");
        for (int n : new int[] {1, 5, 63, 64, 65, 130, 200}) {
            Tensor c = positive(random, n);
            Tensor a = gaussian(random, n, 1 + random.nextInt(9));
            for (double factor : new double[] {1, -0.7}) {
                Tensor updated = Matrices.rankUpdate(c, factor, a);
                assertThat(updated).isEqualTo(Matrices.transpose(updated));
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j <= i; j++) {
                        double sum = c.get(i, j);
                        for (int k = 0; k < a.shape().columns(); k++) {
                            sum = Math.fma(factor * a.get(i, k), a.get(j, k), sum);
                        }
                        assertThat(updated.get(i, j)).isEqualTo(sum);
                    }
                }
            }
        }
        assertThat(Matrices.rankUpdate(Matrices.identity(3), 2, Tensor.zeros(3, 0))).isEqualTo(Matrices.identity(3));
        assertThatThrownBy(() -> Matrices.rankUpdate(Matrices.identity(3), 2, Tensor.zeros(2, 1))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3x3], [2x1]");
    }

    @Test
    void thePivotThatFailsIsNamed() {
        RandomStream random = RandomStream.of(6, "pivots");
        for (int n : FEW) {
            for (int pivot : new int[] {0, 1, 3, 22, 63, 64, 66, 127, 128, 255, 299}) {
                if (pivot < n) {
                    Tensor l = formula(positive(random, n));
                    Tensor a = Matrices.product(l, false, l, true);
                    double square = l.get(pivot, pivot) * l.get(pivot, pivot);
                    a.set(a.get(pivot, pivot) - 2 * square, pivot, pivot);
                    String message = "cholesky(" + a.shape() + "): not positive definite; pivot " + pivot + " is ";
                    assertThatThrownBy(() -> Cholesky.of(a)).isInstanceOf(DecompositionException.class).hasMessageStartingWith(message)
                            .satisfies(e -> {
                                String value = e.getMessage().substring(message.length(), e.getMessage().indexOf(". Add"));
                                assertThat(Double.parseDouble(value))
                                        .isCloseTo(-square, within(1e-9 * (square + Math.abs(a.get(pivot, pivot)))));
                            });
                }
            }
        }
    }

    @Test
    void whatIsNotFiniteIsNamedAndWhatIsAboveIsNotRead() {
        RandomStream random = RandomStream.of(7, "finite");
        for (int n : new int[] {2, 10, 24, 70, 200}) {
            for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                for (int trial = 0; trial < 10; trial++) {
                    int i = random.nextInt(n);
                    int j = random.nextInt(i + 1);
                    Tensor a = positive(random, n);
                    a.set(wrong, i, j);
                    assertThatThrownBy(() -> Cholesky.of(a)).isInstanceOf(DecompositionException.class)
                            .hasMessageContaining("entry (" + i + ", " + j + ") is " + wrong);
                    assertThatThrownBy(() -> Cholesky.withJitter(a)).isInstanceOf(DecompositionException.class)
                            .hasMessageContaining("entry (" + i + ", " + j + ") is " + wrong);
                }
                Tensor a = positive(random, n);
                Cholesky cholesky = Cholesky.of(a);
                a.set(wrong, 0, n - 1);
                assertThat(Cholesky.of(a)).isEqualTo(cholesky);
            }
        }
        assertThatThrownBy(() -> Cholesky.of(Tensor.zeros(2, 3))).isInstanceOf(ShapeException.class).hasMessageContaining("[2x3]")
                .hasMessageContaining("square");
        assertThatThrownBy(() -> Cholesky.of(Tensor.zeros(0, 0))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> TriangularSolve.left(Tensor.zeros(2, 2), true, Tensor.vector(1, 2)))
                .isInstanceOf(DecompositionException.class).hasMessage("triangular solve([2x2]): entry (0, 0) is 0");
        assertThatThrownBy(() -> TriangularSolve.left(Matrices.identity(2), true, Tensor.zeros(3, 1))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2x2]', [3x1]").hasMessageContaining("2 rows");
        assertThatThrownBy(() -> TriangularSolve.right(Matrices.identity(2), false, Tensor.zeros(2, 1))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2x1], [2x2]").hasMessageContaining("2 columns");
    }

    @Test
    void scaleDoesNotMatter() {
        RandomStream random = RandomStream.of(8, "scale");
        for (int n : FEW) {
            Tensor a = positive(random, n);
            Tensor b = gaussian(random, n, 2);
            for (double scale : new double[] {1e150, 1e-150, 1e300, 1e-300}) {
                Tensor scaled = a.copy();
                for (int i = 0; i < scaled.size(); i++) {
                    scaled.doubles()[i] *= scale;
                }
                Cholesky cholesky = Cholesky.of(scaled);
                Tensor lower = Cholesky.of(a).lower();
                for (int i = 0; i < lower.size(); i++) {
                    assertThat(cholesky.lower().at(i) / Math.sqrt(scale)).isCloseTo(lower.at(i), within(1e-9));
                }
                Tensor x = cholesky.solve(b);
                for (int i = 0; i < x.size(); i++) {
                    assertThat(x.at(i) * scale).isCloseTo(Cholesky.of(a).solve(b).at(i), within(1e-8 * n));
                }
                double expected = Cholesky.of(a).logDeterminant() + n * StrictMath.log(scale);
                assertThat(cholesky.logDeterminant()).isCloseTo(expected, within(1e-8 * n));
            }
        }
    }

    @Test
    void jitterIsTheLeastThatDoesAndIsReported() {
        RandomStream random = RandomStream.of(9, "jitter");
        for (int n : new int[] {5, 40, 150}) {
            Tensor definite = positive(random, n);
            assertThat(Cholesky.withJitter(definite)).isEqualTo(new Cholesky.Jittered(Cholesky.of(definite), 0));
            // of rank n - 2, with the least eigenvalue pushed to -2e-10 of the mean: so more than that is needed
            Tensor deficient = Matrices.gram(gaussian(random, n - 2, n));
            double mean = IntStream.range(0, n).mapToDouble(i -> deficient.get(i, i)).average().orElseThrow();
            Tensor below = plus(deficient, -2e-10 * mean);
            Cholesky.Jittered found = Cholesky.withJitter(below);
            double ratio = found.jitter() / mean / EPS;
            assertThat(ratio).isCloseTo(StrictMath.pow(10, Math.rint(StrictMath.log10(ratio))), within(1e-6 * ratio));
            assertThat(found.jitter()).isBetween(2e-10 * mean, 2.1e-9 * mean);
            assertThat(found.cholesky()).isEqualTo(Cholesky.of(plus(below, found.jitter())));
            assertThatThrownBy(() -> Cholesky.of(plus(below, found.jitter() / 10))).isInstanceOf(DecompositionException.class);
            try (Pool pool = new Pool(2)) {
                assertThat(Cholesky.withJitter(below, pool)).isEqualTo(found);
            }
        }
        Tensor indefinite = Tensor.matrix(new double[][] {{1, 9}, {9, 1}});
        for (Tensor hopeless : List.of(indefinite, Tensor.matrix(new double[][] {{-1}}), Tensor.zeros(3, 3))) {
            assertThatThrownBy(() -> Cholesky.withJitter(hopeless)).isInstanceOf(DecompositionException.class)
                    .hasMessageContaining("not positive definite");
        }
    }

    private static Tensor plus(Tensor a, double diagonal) {
        Tensor sum = a.copy();
        for (int i = 0; i < a.shape().rows(); i++) {
            sum.set(sum.get(i, i) + diagonal, i, i);
        }
        return sum;
    }

    @Test
    void singlePrecisionIsTakenAsItIs() {
        Tensor a = positive(RandomStream.of(10, "f32"), 30).to(Precision.F32);
        assertThat(Cholesky.of(a)).isEqualTo(Cholesky.of(a.to(Precision.F64)));
    }
}
