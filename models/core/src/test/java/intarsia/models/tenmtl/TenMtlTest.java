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
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TenMtlTest {
    private static final ResponseFamily CONTINUOUS = ResponseFamily.CONTINUOUS;
    private static final RandomStream RANDOM = RandomStream.of(1, "fit");

    @Test
    void theObjectiveNeverRises() {
        RandomStream random = RandomStream.of(1, "monotone");
        for (int trial = 0; trial < 1000; trial++) {
            ResponseFamily family = List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY).get(trial % 2);
            int order = 1 + random.nextInt(3);
            int[] sizes = new int[order];
            int[] ranks = new int[order];
            for (int k = 0; k < order; k++) {
                sizes[k] = 1 + random.nextInt(4);
                ranks[k] = 1 + random.nextInt(sizes[k]);
            }
            int count = 1 + random.nextInt(5);
            Tensor b = PlantedIndividuals.planted(random, count, 1, sizes, ranks);
            List<Individual> individuals = PlantedIndividuals.individuals(random, family, b, 2, 15, 0.5);
            boolean common = random.nextInt(2) == 0;
            int individualRank = (common ? 0 : 1) + random.nextInt(count);
            boolean lasso = random.nextInt(2) == 0;
            double[] weight = {random.nextDouble(0.001, 0.1), random.nextDouble(0.001, 0.1), random.nextDouble(0.001, 0.1)};
            TenMtl.Lasso weights = lasso ? new TenMtl.Lasso(weight[0], weight[1], weight[2]) : TenMtl.Lasso.NONE;
            TenMtl options = new TenMtl(TensorForm.AS_GIVEN, common, TuckerRanks.of(individualRank, ranks), weights, true,
                    new TenMtl.Search(trial % 3 == 0 ? 1 : 0, 4, 1e-12));
            TenMtlFit fit = options.solve(individuals, family, random.child("trial", trial)).orThrow();
            for (TenMtlFit.Start start : fit.starts()) {
                for (int s = 1; s < start.objective().size(); s++) {
                    assertThat(start.objective().get(s)).isFinite().isLessThanOrEqualTo(start.objective().get(s - 1) * (1 + 1e-13));
                }
            }
            assertNormalized(fit.parameters().modality(0), common);
        }
    }

    /** With a prior, a factor of more than 256 numbers is updated in parts. */
    @Test
    void wideFactorsOfBinaryResponsesAreFittedInParts() {
        RandomStream random = RandomStream.of(10, "parts");
        Tensor b = PlantedIndividuals.planted(random, 6, 1, new int[] {150}, new int[] {2});
        List<Individual> individuals = PlantedIndividuals.individuals(random, ResponseFamily.BINARY, b, 20, 30, 0);
        TenMtl options = TenMtl.options().ranks(1, 2).lasso(0.01).search(new TenMtl.Search(0, 2000, 1e-7));
        TenMtlFit fit = options.solve(individuals, ResponseFamily.BINARY, RANDOM).orThrow();
        TenMtlFit.Start start = fit.bestStart();
        assertThat(start.converged()).isTrue();
        for (int s = 1; s < start.objective().size(); s++) {
            assertThat(start.objective().get(s)).isFinite().isLessThanOrEqualTo(start.objective().get(s - 1) * (1 + 1e-13));
        }
        // another start at the end of this one finds nothing better: no number of a factor can be moved alone
        CenteredData data = new CenteredData(individuals, ResponseFamily.BINARY);
        double[] intercepts = new double[6];
        for (int i = 0; i < 6; i++) {
            intercepts[i] = fit.coefficients().intercepts()[i] + center(individuals.get(i), fit.coefficients(), i);
        }
        double at = objective(data, options, fit.parameters().modality(0), intercepts);
        assertThat(at).isCloseTo(fit.objective(), within(1e-6 * at));
        for (int j = 0; j < 300; j += 7) {
            for (double step : new double[] {-1e-2, 1e-2}) {
                Tensor moved = fit.parameters().modality(0).factors().get(1).copy();
                moved.doubles()[j] += step;
                TuckerDecomposition other = new TuckerDecomposition(fit.parameters().modality(0).core(),
                        List.of(fit.parameters().individuals(), moved));
                assertThat(objective(data, options, other, intercepts)).isGreaterThan(at * (1 - 1e-7));
            }
        }
    }

    /** With scales as they cost least, which are found mode after mode. */
    private static double objective(CenteredData data, TenMtl options, TuckerDecomposition parameters, double[] intercepts) {
        CoupledPrior prior = CoupledPrior.of(CoupledRows.of(data), options);
        List<double[]> eta = List.of(data.eta(parameters.reconstruct()));
        Iterate iterate = Iterate.of(data, options, prior, CoupledTucker.of(parameters), intercepts, eta);
        for (int again = 0; again < 100; again++) {
            iterate = Iterate.of(data, options, prior, iterate.parameters(), intercepts, eta);
        }
        return iterate.objective();
    }

    private static double center(Individual individual, PersonalCoefficients fitted, int i) {
        double[] center = center(individual);
        return IntStream.range(0, center.length).mapToDouble(j -> center[j] * fitted.coefficients(i).at(j)).sum();
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

    /** Modes of length 1, full ranks, sizes all different: no number of any block can be moved to a lower objective. */
    @Test
    void everyBlockIsStationaryAtAwkwardShapes() {
        RandomStream random = RandomStream.of(12, "awkward");
        int[][] sizes = {{1, 1, 1}, {4, 1, 3}, {3, 2, 2}, {2, 5, 1, 2}, {3, 3}};
        int[][] ranks = {{1, 1, 1}, {2, 1, 2}, {3, 2, 2}, {2, 2, 1, 2}, {3, 3}};
        for (int trial = 0; trial < sizes.length; trial++) {
            for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
                Tensor b = PlantedIndividuals.planted(random, 5, 1, sizes[trial], ranks[trial]);
                List<Individual> individuals = PlantedIndividuals.individuals(random, family, b, 40, 60, 0.5);
                TenMtl options = TenMtl.options().ranks(1, ranks[trial]).search(new TenMtl.Search(0, 20_000, 1e-10));
                TenMtlFit fit = options.solve(individuals, family, RANDOM).orThrow();
                assertThat(fit.bestStart().converged()).isTrue();
                CenteredData data = new CenteredData(individuals, family);
                double[] intercepts = new double[5];
                for (int i = 0; i < 5 && !family.standardized(); i++) {
                    intercepts[i] = fit.coefficients().intercepts()[i] + center(individuals.get(i), fit.coefficients(), i);
                }
                TuckerDecomposition at = fit.parameters().modality(0);
                assertThat(objective(data, options, at, intercepts)).isCloseTo(fit.objective(), within(1e-9));
                for (int block = -1; block < at.factors().size(); block++) {
                    Tensor moved = block < 0 ? at.core() : at.factors().get(block);
                    for (int j = 0; j < moved.size(); j++) {
                        // the common column of U_0 is not free
                        if (block == 0 && j % moved.shape().columns() == 0) {
                            continue;
                        }
                        double slope = (objective(data, options, moved(at, block, j, 1e-4), intercepts)
                                - objective(data, options, moved(at, block, j, -1e-4), intercepts)) / 2e-4;
                        assertThat(slope).as("shape %d, %s, block %d, number %d", trial, family.key(), block, j)
                                .isCloseTo(0, within(1e-5));
                    }
                }
            }
        }
    }

    private static TuckerDecomposition moved(TuckerDecomposition at, int block, int j, double step) {
        Tensor core = at.core().copy();
        List<Tensor> factors = new ArrayList<>(at.factors().stream().map(Tensor::copy).toList());
        (block < 0 ? core : factors.get(block)).doubles()[j] += step;
        return new TuckerDecomposition(core, factors);
    }

    /** A mode of length 1 says nothing, and modes have no order. */
    @Test
    void modesMayBeLeftOutOrExchanged() {
        RandomStream random = RandomStream.of(13, "modes");
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
            Tensor b = PlantedIndividuals.planted(random, 4, 1, new int[] {4, 3}, new int[] {2, 1});
            List<Individual> matrices = PlantedIndividuals.individuals(random, family, b, 60, 80, 0.2);
            TenMtl options = TenMtl.options().search(new TenMtl.Search(0, 20_000, 1e-11));
            double[] plain = options.ranks(1, 2, 1).fit(matrices, family, RANDOM).orThrow().coefficients().doubles();
            List<Individual> longer = matrices.stream().map(one -> new Individual(one.name(),
                    one.predictors().reshape(Shape.of(one.rows(), 4, 1, 3)), one.response())).toList();
            assertThat(options.ranks(1, 2, 1, 1).fit(longer, family, RANDOM).orThrow().coefficients().doubles())
                    .containsExactly(plain, within(1e-6));
            List<Individual> exchanged = matrices.stream().map(one -> new Individual(one.name(), exchanged(one.predictors()),
                    one.response())).toList();
            Tensor other = options.ranks(1, 1, 2).fit(exchanged, family, RANDOM).orThrow().coefficients();
            assertThat(exchanged(other).doubles()).containsExactly(plain, within(1e-6));
        }
    }

    /** [n x p x q] as [n x q x p]. */
    private static Tensor exchanged(Tensor x) {
        Tensor exchanged = Tensor.zeros(x.shape().size(0), x.shape().size(2), x.shape().size(1));
        for (int n = 0; n < x.shape().size(0); n++) {
            for (int i = 0; i < x.shape().size(1); i++) {
                for (int j = 0; j < x.shape().size(2); j++) {
                    exchanged.set(x.get(n, i, j), n, j, i);
                }
            }
        }
        return exchanged;
    }

    @Test
    void fullRanksWithoutPenaltyAreLocalModels() {
        RandomStream random = RandomStream.of(2, "local");
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
            Tensor b = PlantedIndividuals.planted(random, 3, 1, new int[] {4}, new int[] {2});
            List<Individual> individuals = PlantedIndividuals.individuals(random, family, b, 80, 120, 0.5);
            TenMtl options = TenMtl.options().ranks(3, 4).withoutCommon().search(new TenMtl.Search(0, 500, 1e-11));
            PersonalCoefficients fitted = (family.standardized() ? options.withoutPrior() : options).fit(individuals, family,
                    RANDOM).orThrow();
            if (family.standardized()) {
                PersonalCoefficients local = new Local(0, 0).fit(individuals, family, RANDOM).orThrow();
                assertThat(fitted.coefficients().doubles()).containsExactly(local.coefficients().doubles(), within(1e-8));
                assertThat(fitted.intercepts()).containsExactly(local.intercepts(), within(1e-8));
                continue;
            }
            double precision = meanSquaredNorm(individuals) / 4;
            for (int i = 0; i < 3; i++) {
                double[] gradient = gradient(individuals.get(i), fitted, i);
                for (int j = 0; j < 4; j++) {
                    assertThat(gradient[j] + precision * fitted.coefficients().get(i, j)).isCloseTo(0, within(1e-5));
                }
                assertThat(gradient[4] + intercept(individuals.get(i), fitted, i) / 4).isCloseTo(0, within(1e-5));
            }
        }
    }

    @Test
    void oneTiedColumnAloneIsTheGlobalModel() {
        RandomStream random = RandomStream.of(3, "global");
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
            Tensor b = PlantedIndividuals.planted(random, 4, 1, new int[] {3, 2}, new int[] {2, 2});
            List<Individual> individuals = PlantedIndividuals.individuals(random, family, b, 20, 50, 0.5);
            TenMtl options = TenMtl.options().ranks(0, 3, 2).search(new TenMtl.Search(0, 2000, 1e-11));
            PersonalCoefficients fitted = (family.standardized() ? options.withoutPrior() : options).fit(individuals, family,
                    RANDOM).orThrow();
            if (family.standardized()) {
                PersonalCoefficients global = new Global(0, 0).fit(individuals, family, RANDOM).orThrow();
                assertThat(fitted.coefficients().doubles()).containsExactly(global.coefficients().doubles(), within(1e-8));
                assertThat(fitted.intercepts()).containsExactly(global.intercepts(), within(1e-8));
                continue;
            }
            double precision = 2 * meanSquaredNorm(individuals) / 4;
            double[] total = new double[6];
            for (int i = 0; i < 4; i++) {
                int n = individuals.get(i).rows();
                double[] gradient = gradient(individuals.get(i), fitted, i);
                for (int j = 0; j < 6; j++) {
                    total[j] += gradient[j] / n + precision / n / 4 * fitted.coefficients(0).at(j);
                }
                assertThat(gradient[6] + intercept(individuals.get(i), fitted, i) / 4).isCloseTo(0, within(1e-4));
            }
            assertThat(total).containsOnly(new double[] {0}, within(1e-6));
        }
    }

    /** Of the negative log-likelihood of an individual's labels, by coefficients and, last, the intercept of centered rows. */
    private static double[] gradient(Individual individual, PersonalCoefficients fitted, int i) {
        int n = individual.rows();
        int p = individual.predictors().size() / n;
        double[] means = fitted.predict(i, individual.predictors());
        double[] center = center(individual);
        double[] gradient = new double[p + 1];
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < p; j++) {
                gradient[j] += (means[k] - individual.response()[k]) * (individual.predictors().at(k * p + j) - center[j]);
            }
            gradient[p] += means[k] - individual.response()[k];
        }
        return gradient;
    }

    private static double[] center(Individual individual) {
        double[] center = new double[individual.predictors().size() / individual.rows()];
        for (int k = 0; k < individual.predictors().size(); k++) {
            center[k % center.length] += individual.predictors().at(k) / individual.rows();
        }
        return center;
    }

    private static double meanSquaredNorm(List<Individual> individuals) {
        double sum = 0;
        for (Individual individual : individuals) {
            double[] center = center(individual);
            for (int k = 0; k < individual.predictors().size(); k++) {
                double x = individual.predictors().at(k) - center[k % center.length];
                sum += x * x / individual.rows() / individuals.size();
            }
        }
        return sum;
    }

    /** The intercept of centered rows, less the logit of the labels with half a label of each class added. */
    private static double intercept(Individual individual, PersonalCoefficients fitted, int i) {
        double ones = Arrays.stream(individual.response()).sum() + 0.5;
        double intercept = fitted.intercepts()[i] - Math.log(ones / (individual.rows() + 1 - ones));
        double[] center = center(individual);
        for (int j = 0; j < center.length; j++) {
            intercept += center[j] * fitted.coefficients(i).at(j);
        }
        return intercept;
    }

    @Test
    void vectorsWithoutTiesAreReducedRankRegression() {
        RandomStream random = RandomStream.of(4, "reduced rank");
        for (int trial = 0; trial < 20; trial++) {
            int n = 60;
            int count = 6;
            int p = 5;
            int rank = 2;
            Tensor x = PlantedIndividuals.gaussian(random, n, p);
            Tensor b = PlantedIndividuals.planted(random, count, 1, new int[] {p}, new int[] {2});
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
            TenMtl options = TenMtl.options().ranks(rank, rank).withoutCommon().withoutPrior().search(new TenMtl.Search(0, 3000, 1e-11));
            PersonalCoefficients models = options.solve(individuals, CONTINUOUS, RANDOM).orThrow().coefficients();
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
            Tensor b = PlantedIndividuals.planted(random, 15, 1, sizes[0], sizes[1]);
            double last = Double.POSITIVE_INFINITY;
            for (int n : new int[] {15, 60, 240}) {
                List<Individual> individuals = PlantedIndividuals.individuals(random, CONTINUOUS, b, n, n, 1);
                PersonalCoefficients fitted = TenMtl.options().ranks(1, sizes[1]).fit(individuals, CONTINUOUS, RANDOM).orThrow();
                double error = PlantedIndividuals.error(fitted, b);
                assertThat(error).isLessThan(0.7 * last);
                PersonalCoefficients local = new Local(0, 1e-3).fit(individuals, CONTINUOUS, RANDOM).orThrow();
                assertThat(error).isLessThan(0.7 * PlantedIndividuals.error(local, b));
                last = error;
            }
            assertThat(last).isLessThan(0.1);
        }
    }

    @Test
    void aLassoLeavesZerosWhereThereIsNothing() {
        RandomStream random = RandomStream.of(6, "sparse");
        Tensor b = PlantedIndividuals.planted(random, 10, 1, new int[] {12}, new int[] {2});
        for (int i = 0; i < 10; i++) {
            for (int j = 6; j < 12; j++) {
                b.set(0, i, j);
            }
        }
        List<Individual> individuals = PlantedIndividuals.individuals(random, CONTINUOUS, b, 30, 30, 0.5);
        TenMtlFit plain = TenMtl.options().ranks(1, 2).solve(individuals, CONTINUOUS, RANDOM).orThrow();
        TenMtlFit light = TenMtl.options().ranks(1, 2).lasso(0.1).solve(individuals, CONTINUOUS, RANDOM).orThrow();
        assertThat(PlantedIndividuals.error(light.coefficients(), b)).isLessThan(PlantedIndividuals.error(plain.coefficients(), b));
        TenMtlFit sparse = TenMtl.options().ranks(1, 2).lasso(0.3).solve(individuals, CONTINUOUS, RANDOM).orThrow();
        Tensor u = sparse.parameters().modality(0).factors().get(1);
        int zeros = 0;
        for (int j = 6; j < 12; j++) {
            zeros += u.get(j, 0) == 0 && u.get(j, 1) == 0 ? 1 : 0;
        }
        assertThat(zeros).isGreaterThanOrEqualTo(4);
    }

    @Test
    void awkwardIndividualsAreServed() {
        RandomStream random = RandomStream.of(7, "awkward");
        Tensor b = PlantedIndividuals.planted(random, 5, 1, new int[] {4}, new int[] {2});
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
            List<Individual> individuals = new ArrayList<>(PlantedIndividuals.individuals(random, family, b, 20, 30, 0.5));
            individuals.set(0, new Individual("one row", PlantedIndividuals.gaussian(random, 1, 4), new double[] {1}));
            individuals.set(1, new Individual("one class", PlantedIndividuals.gaussian(random, 6, 4), new double[] {1, 1, 1, 1, 1, 1}));
            individuals.set(2, new Individual("constant", Tensor.zeros(5, 4), new double[] {0, 1, 0, 1, 1}));
            TenMtlFit fit = TenMtl.options().ranks(1, 2).lasso(0.01).solve(individuals, family, RANDOM).orThrow();
            for (int i = 0; i < 5; i++) {
                for (double mean : fit.coefficients().predict(i, individuals.get(i).predictors())) {
                    assertThat(mean).isFinite();
                }
            }
        }
    }

    @Test
    void startsAreReportedAndTheBestWins() {
        RandomStream random = RandomStream.of(8, "starts");
        Tensor b = PlantedIndividuals.planted(random, 6, 1, new int[] {4, 3}, new int[] {2, 2});
        List<Individual> individuals = PlantedIndividuals.individuals(random, CONTINUOUS, b, 20, 20, 0.5);
        TenMtl options = TenMtl.options().ranks(1, 2, 2).search(new TenMtl.Search(3, 500, 1e-4));
        TenMtlFit fit = options.solve(individuals, CONTINUOUS, RANDOM).orThrow();
        assertThat(fit.starts()).extracting(TenMtlFit.Start::name).containsExactly("local", "random 1", "random 2", "random 3");
        assertThat(fit.objective()).isEqualTo(fit.starts().stream().mapToDouble(TenMtlFit.Start::end).min().orElseThrow());
        assertThat(fit.spread()).isNotNegative();
        assertThat(fit.bestStart().distance()).isZero();
        assertThat(fit.starts()).allSatisfy(start -> assertThat(start.distance()).isBetween(0.0, 2.0));
        TenMtlFit again = options.solve(individuals, CONTINUOUS, RANDOM).orThrow();
        assertThat(again.coefficients().coefficients()).isEqualTo(fit.coefficients().coefficients());
        TenMtl brief = options.search(new TenMtl.Search(0, 1, 1e-12));
        assertThat(brief.solve(individuals, CONTINUOUS, RANDOM)).isInstanceOfSatisfying(Outcome.Stopped.class,
                stopped -> assertThat(stopped.why()).isEqualTo("TenMTL reached its limit of 1 sweeps"));
    }

    @Test
    void errorsSpeak() {
        List<Individual> two = List.of(new Individual("ada", Tensor.zeros(2, 3), new double[] {1, 2}),
                new Individual("bob", Tensor.zeros(2, 3), new double[] {1, 2}));
        assertThatThrownBy(() -> TenMtl.options().ranks(1, 4).solve(two, CONTINUOUS, RANDOM))
                .hasMessageContaining("mode 1 can have rank 1 to 3");
        assertThatThrownBy(() -> TenMtl.options().ranks(3, 2).solve(two, CONTINUOUS, RANDOM))
                .hasMessageContaining("above the 2 individuals");
        assertThatThrownBy(() -> TenMtl.options().ranks(1, 2, 2).solve(two, CONTINUOUS, RANDOM))
                .hasMessageContaining("needs 1 predictor ranks");
        assertThatThrownBy(() -> TenMtl.options().ranks(0, 2).withoutCommon()).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> TenMtl.options().ranks(1, 2).lasso(new TenMtl.Lasso(1, 0, 1))).hasMessageContaining("factors 0.0");
        assertThatThrownBy(() -> new Individual("eve", Tensor.zeros(2, 3), new double[] {1})).isInstanceOf(ShapeException.class)
                .hasMessageContaining("eve").hasMessageContaining("[2x3]");
        List<Individual> different = List.of(two.get(0), new Individual("bob", Tensor.of(Shape.of(1, 2), 1.0, 2.0), new double[] {1}));
        assertThatThrownBy(() -> TenMtl.options().ranks(1, 1).solve(different, CONTINUOUS, RANDOM)).hasMessageContaining("bob")
                .hasMessageContaining("[2]");
    }
}
