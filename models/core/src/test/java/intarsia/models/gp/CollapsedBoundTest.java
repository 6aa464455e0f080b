package intarsia.models.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bound of inducing rows against its definition, the exact likelihood, and differences. */
class CollapsedBoundTest {
    private static final ResponseFamily NORMAL = ResponseFamily.CONTINUOUS;
    private static final ResponseFamily BINARY = ResponseFamily.BINARY;
    private static final MultitaskGp.KernelSet KERNELS = new MultitaskGp.KernelSet(List.of(KernelKind.values()),
            SmoothKernel.SQUARED_EXPONENTIAL);
    private static final List<ResponseFamily> ALL_NORMAL = List.of(NORMAL, NORMAL, NORMAL);
    private static final Pool POOL = new Pool(1);

    private static TrainingRows rows(int n, boolean imputed, List<ResponseFamily> families) {
        KernelRows rows = GpRows.rows(n, imputed);
        return new TrainingRows(rows, rows, GpRows.divisors(), GpRows.responses(rows, families));
    }

    private static Hyperparameters hyperparameters(TrainingRows rows, int rank) {
        HyperparameterIndex index = rows.index(rank);
        return new Hyperparameters(index, GpRows.values(index));
    }

    /** Every k-th of the rows. */
    private static TrainingRows every(TrainingRows rows, int k) {
        return rows.select(IntStream.range(0, rows.size()).filter(i -> i % k == 0).toArray());
    }

    private static InducingLaplace.Mode mode(CollapsedBound bound, Hyperparameters h) {
        return bound.mode(bound.projection(h), h);
    }

    static Stream<Arguments> cases() {
        return Stream.of(0, 2).flatMap(rank -> Stream.of(ALL_NORMAL, List.of(BINARY, BINARY, BINARY), List.of(NORMAL, BINARY, NORMAL))
                .flatMap(families -> Stream.of(false, true)
                .map(imputed -> Arguments.of(rank, families.stream().map(ResponseFamily::key).toList(), imputed, families))));
    }

    @ParameterizedTest(name = "rank {0}, {1}, imputed {2}")
    @MethodSource("cases")
    void derivativesAreThoseOfDifferences(int rank, List<String> names, boolean imputed, List<ResponseFamily> families) {
        TrainingRows alike = rows(300, imputed, families);
        // rows count differently in half of the cases
        TrainingRows rows = rank == 0 ? alike : new TrainingRows(alike.measured(), alike.rows(), alike.divisors(),
                GpRows.weighted(alike.rows(), families));
        TrainingRows inducing = every(rows, 12);
        double[] at = hyperparameters(rows, rank).values();
        HyperparameterIndex index = rows.index(rank);
        double[] gradient = new double[index.size()];
        new CollapsedBound(KERNELS, inducing, rows, POOL).value(new Hyperparameters(index, at), gradient);
        for (int k = 0; k < at.length; k++) {
            double[] difference = new double[2];
            for (int side = 0; side < 2; side++) {
                double[] moved = at.clone();
                moved[k] += side == 0 ? -1e-4 : 1e-4;
                difference[side] = mode(new CollapsedBound(KERNELS, inducing, rows, POOL), new Hyperparameters(index, moved))
                        .logEvidence();
            }
            assertThat(gradient[k]).as("hyperparameter %d", k)
                    .isCloseTo((difference[1] - difference[0]) / 2e-4, within(2e-5 * (1 + Math.abs(gradient[k]))));
        }
    }

    /** Titsias 2009, equation 9: log N(y | 0, Q + noise) - 1/2 sum_i (k_ii - q_ii) / noise_i, by dense matrices. */
    @ParameterizedTest
    @MethodSource("definitions")
    void ofNormalResponsesItIsTheDefinition(int n, int every, boolean imputed) {
        TrainingRows rows = rows(n, imputed, ALL_NORMAL);
        TrainingRows inducing = every(rows, every);
        Hyperparameters h = hyperparameters(rows, 1);
        double[] noise = rows.responses().noise(h);
        int m = inducing.size();
        double[] kuu = new double[m * m];
        inducing.covariance(KERNELS).fill(h, kuu, POOL);
        for (int i = 0; i < m; i++) {
            kuu[i * m + i] *= 1 + 1e-9;
        }
        CrossCovariance.Of cross = inducing.cross(KERNELS).of(h, rows.rows());
        Tensor kfu = Tensor.of(Shape.of(n, m), cross.covariance());
        Tensor solved = Cholesky.of(Tensor.of(Shape.of(m, m), kuu)).solve(transposed(kfu));
        double[] q = new double[n * n];
        double trace = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < m; k++) {
                    q[i * n + j] += kfu.get(i, k) * solved.get(k, j);
                }
            }
            trace += (cross.variance()[i] - q[i * n + i]) / noise[rows.rows().tasks()[i]];
            q[i * n + i] += noise[rows.rows().tasks()[i]];
        }
        double expected = density(q, rows.responses().values()) - 0.5 * trace;
        assertThat(mode(new CollapsedBound(KERNELS, inducing, rows, POOL), h).logEvidence())
                .isCloseTo(expected, within(1e-8 * (1 + Math.abs(expected) + trace)));
    }

    static Stream<Arguments> definitions() {
        return Stream.of(Arguments.of(60, 5, false), Arguments.of(61, 60, true), Arguments.of(300, 7, true), Arguments.of(33, 1, false));
    }

    private static Tensor transposed(Tensor a) {
        Tensor t = Tensor.zeros(a.shape().columns(), a.shape().rows());
        for (int i = 0; i < a.shape().rows(); i++) {
            for (int j = 0; j < a.shape().columns(); j++) {
                t.set(a.get(i, j), j, i);
            }
        }
        return t;
    }

    private static double density(double[] covariance, double[] y) {
        int n = y.length;
        Cholesky factor = Cholesky.of(Tensor.of(Shape.of(n, n), covariance));
        double[] solved = factor.solve(Tensor.vector(y)).doubles();
        return -0.5 * factor.logDeterminant() - 0.5 * n * Math.log(2 * Math.PI) - 0.5 * GpPosterior.dot(y, 0, solved, 0, n);
    }

    static Stream<List<ResponseFamily>> families() {
        return Stream.of(ALL_NORMAL, List.of(BINARY, BINARY, BINARY), List.of(NORMAL, BINARY, NORMAL));
    }

    @ParameterizedTest
    @MethodSource("families")
    void withAllRowsItIsTheExactLikelihoodAndPredictsTheSame(List<ResponseFamily> families) {
        TrainingRows rows = rows(90, false, families);
        Hyperparameters h = hyperparameters(rows, 1);
        Laplace.Mode exact = new MarginalLikelihood(rows.covariance(KERNELS), rows.responses(), POOL).mode(h);
        CollapsedBound bound = new CollapsedBound(KERNELS, rows, rows, POOL);
        InducingProjection projection = bound.projection(h);
        InducingLaplace.Mode mode = bound.mode(projection, h);
        // the jitter is 1e-9 of a variance, which is at most some hundred times the noise
        assertThat(mode.logEvidence()).isCloseTo(exact.logEvidence(), within(1e-5));

        KernelRows others = GpRows.rows(20, false);
        GpPosterior.Latent expected = new GpPosterior(rows.cross(KERNELS), h, exact.a(), GpPosterior.reducer(exact, POOL)).at(others);
        GpPosterior.Latent latent = new GpPosterior(rows.cross(KERNELS), h, mode.coefficients(projection, POOL),
                mode.reducer(projection, POOL).doubles()).at(others);
        for (int i = 0; i < 20; i++) {
            assertThat(latent.mean()[i]).isCloseTo(expected.mean()[i], within(1e-6));
            assertThat(latent.variance()[i]).isCloseTo(expected.variance()[i], within(1e-6));
        }
    }

    /** A row a hundred times as far out as the others takes nothing from them. */
    @Test
    void anOutlyingRowLeavesTheOthersTheirPrecision() {
        TrainingRows rows = rows(90, false, ALL_NORMAL);
        SourceRows first = rows.rows().sources()[0];
        for (int k = 40 * first.width(); k < 41 * first.width(); k++) {
            first.x()[k] *= 100;
            first.squares()[k] = KernelFeatures.square(first.x()[k], 0);
        }
        SourceRows far = SourceRows.measured(first.rows(), first.x(), first.width(), first.squares(), first.squaresWidth());
        SourceRows[] sources = {far, rows.rows().sources()[1]};
        KernelRows moved = new KernelRows(rows.rows().tasks(), sources, sources);
        TrainingRows with = new TrainingRows(moved, moved, rows.divisors(), rows.responses());
        Hyperparameters h = hyperparameters(with, 0);
        assertThat(InducingRows.pivots(with.cross(KERNELS), moved, h, 90, RandomStream.of(3), POOL)).hasSize(90);
        Laplace.Mode exact = new MarginalLikelihood(with.covariance(KERNELS), with.responses(), POOL).mode(h);
        CollapsedBound bound = new CollapsedBound(KERNELS, with, with, POOL);
        InducingProjection projection = bound.projection(h);
        InducingLaplace.Mode mode = bound.mode(projection, h);
        KernelRows others = GpRows.rows(20, false);
        GpPosterior.Latent expected = new GpPosterior(with.cross(KERNELS), h, exact.a(), GpPosterior.reducer(exact, POOL)).at(others);
        GpPosterior.Latent latent = new GpPosterior(with.cross(KERNELS), h, mode.coefficients(projection, POOL),
                mode.reducer(projection, POOL).doubles()).at(others);
        for (int i = 0; i < 20; i++) {
            assertThat(latent.mean()[i]).isCloseTo(expected.mean()[i], within(1e-5));
            assertThat(latent.variance()[i]).isCloseTo(expected.variance()[i], within(1e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("counts")
    void ofNormalResponsesItIsBelowTheExactLikelihoodAndRisesWithMoreRows(boolean imputed) {
        TrainingRows rows = rows(200, imputed, ALL_NORMAL);
        Hyperparameters h = hyperparameters(rows, 0);
        double exact = new MarginalLikelihood(rows.covariance(KERNELS), rows.responses(), POOL).mode(h).logEvidence();
        double before = Double.NEGATIVE_INFINITY;
        for (int every : new int[] {199, 64, 16, 4, 2}) {
            double bound = mode(new CollapsedBound(KERNELS, every(rows, every), rows, POOL), h).logEvidence();
            assertThat(bound).isBetween(before, exact);
            before = bound;
        }
    }

    static Stream<Boolean> counts() {
        return Stream.of(false, true);
    }

    @ParameterizedTest
    @MethodSource("families")
    void theModeIsStationary(List<ResponseFamily> families) {
        TrainingRows rows = rows(300, false, families);
        Hyperparameters h = hyperparameters(rows, 1);
        CollapsedBound bound = new CollapsedBound(KERNELS, every(rows, 9), rows, POOL);
        InducingProjection projection = bound.projection(h);
        InducingLaplace.Mode mode = bound.mode(projection, h);
        int m = mode.v().length;
        double[] gradient = Arrays.stream(mode.v()).map(v -> -v).toArray();
        projection.panels(panel -> panel, panel -> {
            for (int i = 0; i < panel.size(); i++) {
                double f = GpPosterior.dot(panel.t(), i * m, mode.v(), 0, m);
                double a = rows.responses().slope(panel.first() + i, f, mode.noise());
                for (int j = 0; j < m; j++) {
                    gradient[j] += a * panel.t()[i * m + j];
                }
            }
        });
        assertThat(gradient).hasSize(m);
        for (double one : gradient) {
            assertThat(one).isCloseTo(0, within(1e-8));
        }
    }

    @Test
    void threadsDoNotChangeABit() {
        TrainingRows rows = rows(1_100, true, List.of(NORMAL, BINARY, NORMAL));
        Hyperparameters h = hyperparameters(rows, 1);
        double[] once = new double[h.index().size()];
        double[] again = new double[h.index().size()];
        TrainingRows chosen = InducingRows.choose(KERNELS, rows, h, 40, RandomStream.of(3), POOL);
        double value = new CollapsedBound(KERNELS, chosen, rows, POOL).value(h, once);
        try (Pool three = new Pool(3)) {
            TrainingRows same = InducingRows.choose(KERNELS, rows, h, 40, RandomStream.of(3), three);
            assertThat(same.rows().sources()[0].x()).isEqualTo(chosen.rows().sources()[0].x());
            assertThat(new CollapsedBound(KERNELS, same, rows, three).value(h, again)).isEqualTo(value);
        }
        assertThat(again).isEqualTo(once);
    }

    /** Against the definition: Schur complements, and frequencies of the first two pivots. */
    @Test
    void pivotsAreDrawnByTheirVarianceGivenThoseBefore() {
        TrainingRows rows = rows(9, false, ALL_NORMAL);
        Hyperparameters h = hyperparameters(rows, 1);
        int n = rows.size();
        double[] k = new double[n * n];
        rows.covariance(KERNELS).fill(h, k, POOL);
        double trace = IntStream.range(0, n).mapToDouble(i -> k[i * n + i]).sum();
        double[][] expected = new double[n][n];
        for (int i = 0; i < n; i++) {
            double left = 0;
            for (int j = 0; j < n; j++) {
                left += k[j * n + j] - k[i * n + j] * k[i * n + j] / k[i * n + i];
            }
            for (int j = 0; j < n; j++) {
                expected[i][j] = k[i * n + i] / trace * (k[j * n + j] - k[i * n + j] * k[i * n + j] / k[i * n + i]) / left;
            }
        }
        int draws = 20_000;
        double[][] seen = new double[n][n];
        for (int d = 0; d < draws; d++) {
            int[] pair = InducingRows.pivots(rows.cross(KERNELS), rows.rows(), h, 2, RandomStream.of(d), POOL);
            seen[pair[0]][pair[1]] += 1.0 / draws;
        }
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                // in either order; five standard errors
                double probability = expected[i][j] + expected[j][i];
                assertThat(seen[i][j]).isCloseTo(probability, within(5 * Math.sqrt(probability * (1 - probability) / draws)));
            }
        }
    }

    @Test
    void allRowsAreChosenWhereAllAreWanted() {
        TrainingRows rows = rows(40, false, ALL_NORMAL);
        assertThat(InducingRows.pivots(rows.cross(KERNELS), rows.rows(), hyperparameters(rows, 1), 100, RandomStream.of(3), POOL))
                .containsExactly(IntStream.range(0, 40).toArray());
    }

    @Test
    void rowsThatSayNothingNewAreNotChosen() {
        TrainingRows rows = rows(200, false, ALL_NORMAL);
        Hyperparameters h = hyperparameters(rows, 0);
        MultitaskGp.KernelSet linear = new MultitaskGp.KernelSet(List.of(KernelKind.LINEAR), SmoothKernel.SQUARED_EXPONENTIAL);
        // one shared and three specific functions of seven features, two of which do not matter to the specific part, and a constant each
        int directions = InducingRows.pivots(rows.cross(linear), rows.rows(), h, 200, RandomStream.of(3), POOL).length;
        assertThat(directions).isBetween(20, 32);
    }
}
