package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.LeastSquares;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Svd;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.Outcome;
import intarsia.optim.solve.Family;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenMtlTest {
    @Test
    void theObjectiveNeverRises() {
        RandomStream random = RandomStream.of(1, "monotone");
        for (int trial = 0; trial < 1000; trial++) {
            Family family = Family.values()[trial % 2];
            int order = 1 + random.nextInt(3);
            int[] sizes = new int[order];
            int[] ranks = new int[order];
            for (int k = 0; k < order; k++) {
                sizes[k] = 1 + random.nextInt(4);
                ranks[k] = 1 + random.nextInt(sizes[k]);
            }
            int count = 1 + random.nextInt(5);
            Tensor b = Cohorts.planted(random, count, 1, sizes, ranks);
            List<Individual> individuals = Cohorts.individuals(random, family, b, 2, 15, 0.5);
            boolean common = random.nextInt(2) == 0;
            int individualRank = (common ? 0 : 1) + random.nextInt(count);
            boolean lasso = random.nextInt(2) == 0;
            TenMtlOptions options = new TenMtlOptions(family, common, individualRank, ranks, lasso ? random.nextDouble(0.001, 0.1) : 0,
                    lasso ? random.nextDouble(0.001, 0.1) : 0, lasso ? random.nextDouble(0.001, 0.1) : 0, trial % 3 == 0 ? 1 : 0, 4, 1e-12,
                            trial);
            TenMtlFit fit = TenMtl.fit(individuals, options).orThrow();
            for (TenMtlFit.Start start : fit.starts()) {
                for (int s = 1; s < start.objective().size(); s++) {
                    assertThat(start.objective().get(s)).isFinite().isLessThanOrEqualTo(start.objective().get(s - 1) * (1 + 1e-13));
                }
            }
            assertNormalized(fit.parameters(), common);
        }
    }

    private static void assertNormalized(TuckerDecomposition parameters, boolean common) {
        for (int k = 0; k < parameters.factors().size(); k++) {
            Tensor gram = Matrices.gram(parameters.factors().get(k));
            for (int r = 0; r < gram.shape().rows(); r++) {
                double squares = gram.get(r, r);
                double expected = k == 0 ? parameters.factors().get(0).shape().rows() : 1;
                assertThat(squares == 0 || Math.abs(squares - expected) < 1e-12 * expected).as("factor %s column %s: %s", k, r, squares)
                        .isTrue();
            }
        }
        for (int i = 0; common && i < parameters.factors().get(0).shape().rows(); i++) {
            assertThat(parameters.factors().get(0).get(i, 0)).isEqualTo(1);
        }
    }

    @Test
    void fullRanksWithoutPenaltyAreLocalModels() {
        RandomStream random = RandomStream.of(2, "local");
        for (Family family : Family.values()) {
            Tensor b = Cohorts.planted(random, 3, 1, new int[] {4}, new int[] {2});
            List<Individual> individuals = Cohorts.individuals(random, family, b, 80, 120, 0.5);
            TenMtlOptions options = TenMtlOptions.of(family, 3, 4).withoutCommon().withEnd(500, 1e-11);
            PersonalModels models = TenMtl.fit(individuals, options).orThrow().models();
            PersonalModels local = new Local(family, 0, 0).fit(individuals);
            assertThat(models.coefficients().doubles()).containsExactly(local.coefficients().doubles(),
                    within(family == Family.GAUSSIAN ? 1e-8 : 1e-5));
            assertThat(models.intercepts()).containsExactly(local.intercepts(), within(family == Family.GAUSSIAN ? 1e-8 : 1e-5));
        }
    }

    @Test
    void oneTiedColumnAloneIsTheGlobalModel() {
        RandomStream random = RandomStream.of(3, "global");
        for (Family family : Family.values()) {
            Tensor b = Cohorts.planted(random, 4, 1, new int[] {3, 2}, new int[] {2, 2});
            List<Individual> individuals = Cohorts.individuals(random, family, b, 20, 50, 0.5);
            TenMtlOptions options = TenMtlOptions.of(family, 0, 3, 2).withEnd(2000, 1e-11);
            PersonalModels models = TenMtl.fit(individuals, options).orThrow().models();
            PersonalModels global = new Global(family, 0, 0).fit(individuals);
            double tolerance = family == Family.GAUSSIAN ? 1e-8 : 1e-5;
            assertThat(models.coefficients().doubles()).containsExactly(global.coefficients().doubles(), within(tolerance));
            assertThat(models.intercepts()).containsExactly(global.intercepts(), within(tolerance));
        }
    }

    @Test
    void vectorsWithoutTiesAreReducedRankRegression() {
        RandomStream random = RandomStream.of(4, "reduced rank");
        for (int trial = 0; trial < 20; trial++) {
            int n = 60;
            int count = 6;
            int p = 5;
            int rank = 2;
            Tensor x = Cohorts.gaussian(random, n, p);
            Tensor b = Cohorts.planted(random, count, 1, new int[] {p}, new int[] {2});
            Tensor y = Matrices.product(x, false, b, true);
            List<Individual> individuals = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                double[] response = new double[n];
                for (int k = 0; k < n; k++) {
                    y.set(y.get(k, i) + 0.5 * random.nextGaussian(), k, i);
                    response[k] = y.get(k, i);
                }
                individuals.add(new Individual("i" + i, x, response));
            }
            TenMtlOptions options = TenMtlOptions.of(Family.GAUSSIAN, rank, rank).withoutCommon().withEnd(3000, 1e-11);
            PersonalModels models = TenMtl.fit(individuals, options).orThrow().models();
            Tensor expected = reducedRank(x, y, rank);
            assertThat(models.coefficients().doubles()).containsExactly(Matrices.transpose(expected).doubles(), within(1e-8));
        }
    }

    /** The closed form: least squares projected on the leading right singular vectors of its fitted values (Izenman 1975). */
    private static Tensor reducedRank(Tensor x, Tensor y, int rank) {
        Tensor xc = centered(x);
        Tensor ols = LeastSquares.of(xc, centered(y)).solution();
        Tensor v = Matrices.leadingColumns(Svd.of(Matrices.product(xc, ols)).right(), rank);
        return Matrices.product(Matrices.product(ols, v), false, v, true);
    }

    private static Tensor centered(Tensor a) {
        Tensor centered = a.copy();
        int n = a.shape().rows();
        int columns = a.shape().columns();
        for (int j = 0; j < columns; j++) {
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += a.get(i, j) / n;
            }
            for (int i = 0; i < n; i++) {
                centered.doubles()[i * columns + j] -= mean;
            }
        }
        return centered;
    }

    @Test
    void plantedParametersAreRecoveredBetterWithMoreRowsAndBetterThanLocally() {
        RandomStream random = RandomStream.of(5, "planted");
        for (int[][] sizes : new int[][][] {{{12}, {2}}, {{5, 4}, {2, 2}}, {{3, 4, 2}, {2, 2, 1}}}) {
            Tensor b = Cohorts.planted(random, 15, 1, sizes[0], sizes[1]);
            double last = Double.POSITIVE_INFINITY;
            for (int n : new int[] {15, 60, 240}) {
                List<Individual> individuals = Cohorts.individuals(random, Family.GAUSSIAN, b, n, n, 1);
                double error = Cohorts.error(TenMtl.fit(individuals, TenMtlOptions.of(Family.GAUSSIAN, 1, sizes[1])).orThrow().models(), b);
                assertThat(error).isLessThan(0.7 * last);
                assertThat(error).isLessThan(0.7 * Cohorts.error(new Local(Family.GAUSSIAN, 0, 1e-3).fit(individuals), b));
                last = error;
            }
            assertThat(last).isLessThan(0.1);
        }
    }

    @Test
    void aLassoLeavesZerosWhereThereIsNothing() {
        RandomStream random = RandomStream.of(6, "sparse");
        Tensor b = Cohorts.planted(random, 10, 1, new int[] {12}, new int[] {2});
        for (int i = 0; i < 10; i++) {
            for (int j = 6; j < 12; j++) {
                b.set(0, i, j);
            }
        }
        List<Individual> individuals = Cohorts.individuals(random, Family.GAUSSIAN, b, 30, 30, 0.5);
        TenMtlFit plain = TenMtl.fit(individuals, TenMtlOptions.of(Family.GAUSSIAN, 1, 2)).orThrow();
        TenMtlFit light = TenMtl.fit(individuals, TenMtlOptions.of(Family.GAUSSIAN, 1, 2).withLasso(0.1, 0.1, 0.1)).orThrow();
        assertThat(Cohorts.error(light.models(), b)).isLessThan(Cohorts.error(plain.models(), b));
        TenMtlFit sparse = TenMtl.fit(individuals, TenMtlOptions.of(Family.GAUSSIAN, 1, 2).withLasso(0.3, 0.3, 0.3)).orThrow();
        Tensor u = sparse.parameters().factors().get(1);
        int zeros = 0;
        for (int j = 6; j < 12; j++) {
            zeros += u.get(j, 0) == 0 && u.get(j, 1) == 0 ? 1 : 0;
        }
        assertThat(zeros).isGreaterThanOrEqualTo(4);
    }

    @Test
    void awkwardIndividualsAreServed() {
        RandomStream random = RandomStream.of(7, "awkward");
        Tensor b = Cohorts.planted(random, 5, 1, new int[] {4}, new int[] {2});
        for (Family family : Family.values()) {
            List<Individual> individuals = new ArrayList<>(Cohorts.individuals(random, family, b, 20, 30, 0.5));
            individuals.set(0, new Individual("one row", Cohorts.gaussian(random, 1, 4), new double[] {1}));
            individuals.set(1, new Individual("alike", Cohorts.gaussian(random, 6, 4), new double[] {1, 1, 1, 1, 1, 1}));
            individuals.set(2, new Individual("constant", Tensor.zeros(5, 4), new double[] {0, 1, 0, 1, 1}));
            TenMtlFit fit = TenMtl.fit(individuals, TenMtlOptions.of(family, 1, 2).withLasso(0.01, 0.01, 0.01)).orThrow();
            for (int i = 0; i < 5; i++) {
                for (double mean : fit.models().predict(i, individuals.get(i).predictors())) {
                    assertThat(mean).isFinite();
                }
            }
        }
    }

    @Test
    void startsAreReportedAndTheBestWins() {
        RandomStream random = RandomStream.of(8, "starts");
        Tensor b = Cohorts.planted(random, 6, 1, new int[] {4, 3}, new int[] {2, 2});
        List<Individual> individuals = Cohorts.individuals(random, Family.GAUSSIAN, b, 20, 20, 0.5);
        TenMtlOptions options = TenMtlOptions.of(Family.GAUSSIAN, 1, 2, 2).withRandomStarts(3, 9);
        TenMtlFit fit = TenMtl.fit(individuals, options).orThrow();
        assertThat(fit.starts()).extracting(TenMtlFit.Start::name).containsExactly("local", "random 0", "random 1", "random 2");
        assertThat(fit.objective()).isEqualTo(fit.starts().stream().mapToDouble(TenMtlFit.Start::end).min().orElseThrow());
        assertThat(fit.spread()).isNotNegative();
        TenMtlFit again = TenMtl.fit(individuals, options).orThrow();
        assertThat(again.models().coefficients()).isEqualTo(fit.models().coefficients());
        assertThat(TenMtl.fit(individuals, options.withEnd(1, 1e-12))).isInstanceOf(Outcome.Stopped.class);
    }

    @Test
    void errorsSpeak() {
        List<Individual> two = List.of(new Individual("ada", Tensor.zeros(2, 3), new double[] {1, 2}),
                new Individual("bob", Tensor.zeros(2, 3), new double[] {1, 2}));
        assertThatThrownBy(() -> TenMtl.fit(two, TenMtlOptions.of(Family.GAUSSIAN, 1, 4)))
                .hasMessageContaining("mode 1 can have rank 1 to 3");
        assertThatThrownBy(() -> TenMtl.fit(two, TenMtlOptions.of(Family.GAUSSIAN, 3, 2))).hasMessageContaining("above the 2 individuals");
        assertThatThrownBy(() -> TenMtl.fit(two, TenMtlOptions.of(Family.GAUSSIAN, 1, 2, 2)))
                .hasMessageContaining("wants 1 predictor ranks");
        assertThatThrownBy(() -> TenMtlOptions.of(Family.GAUSSIAN, 0, 2).withoutCommon()).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> TenMtlOptions.of(Family.GAUSSIAN, 1, 2).withLasso(1, 0, 1)).hasMessageContaining("factors 0.0");
        assertThatThrownBy(() -> new Individual("eve", Tensor.zeros(2, 3), new double[] {1})).isInstanceOf(ShapeException.class)
                .hasMessageContaining("eve").hasMessageContaining("[2x3]");
        List<Individual> different = List.of(two.get(0), new Individual("bob", Tensor.of(Shape.of(1, 2), 1.0, 2.0), new double[] {1}));
        assertThatThrownBy(() -> TenMtl.fit(different, TenMtlOptions.of(Family.GAUSSIAN, 1, 1))).hasMessageContaining("bob")
                .hasMessageContaining("[2]");
    }
}
