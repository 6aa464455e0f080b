package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Qr;
import intarsia.linalg.decomposition.Svd;
import intarsia.linalg.tucker.Multilinear;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.Selection;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersonalEstimatorTest {
    private static final ResponseFamily CONTINUOUS = ResponseFamily.CONTINUOUS;
    private static final RandomStream RANDOM = RandomStream.of(1, "fit");

    private static Tensor planted(RandomStream random) {
        return PlantedIndividuals.planted(random, 8, 1, new int[] {6}, new int[] {2});
    }

    @Test
    void couplingsHaveTheirLimits() {
        RandomStream random = RandomStream.of(1, "couplings");
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
            List<Individual> individuals = PlantedIndividuals.individuals(random, family, planted(random), 40, 60, 0.5);
            double[] local = new Local(0, 0).fit(individuals, family, RANDOM).orThrow().coefficients().doubles();
            for (Coupling none : List.of(new Coupling.JointSparsity(0), new Coupling.LowRank(0))) {
                double[] b = new Coupled(none).fit(individuals, family, RANDOM).orThrow().coefficients().doubles();
                if (family.standardized()) {
                    assertThat(b).containsExactly(local, within(1e-5));
                }
            }
            double[] global = new Global(0, 0).fit(individuals, family, RANDOM).orThrow().coefficients().doubles();
            assertThat(new MeanRegularized(1e6).fit(individuals, family, RANDOM).orThrow().coefficients().doubles())
                    .containsExactly(global, within(1e-4));
            if (family.standardized()) {
                assertThat(new MeanRegularized(1e-9).fit(individuals, family, RANDOM).orThrow().coefficients().doubles())
                        .containsExactly(local, within(1e-5));
            }
            for (Coupling all : List.of(new Coupling.JointSparsity(1e3), new Coupling.LowRank(1e3))) {
                assertThat(new Coupled(all).fit(individuals, family, RANDOM).orThrow().coefficients().doubles()).containsOnly(0.0);
            }
        }
    }

    @Test
    void theMeanRegularizedSolutionIsStationary() {
        RandomStream random = RandomStream.of(8, "mean");
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
            List<Individual> individuals = PlantedIndividuals.individuals(random, family, planted(random), 15, 40, 0.5);
            double weight = 0.3;
            PersonalCoefficients models = new MeanRegularized(weight).fit(individuals, family, RANDOM).orThrow();
            double[] mean = new double[6];
            for (int i = 0; i < 8; i++) {
                for (int j = 0; j < 6; j++) {
                    mean[j] += models.coefficients().get(i, j) / 8;
                }
            }
            for (int i = 0; i < 8; i++) {
                Individual individual = individuals.get(i);
                double[] fitted = models.predict(i, individual.predictors());
                double[] gradient = new double[7];
                for (int n = 0; n < fitted.length; n++) {
                    double slope = (fitted[n] - individual.response()[n]) / fitted.length;
                    for (int j = 0; j < 6; j++) {
                        gradient[j] += slope * individual.predictors().get(n, j);
                    }
                    gradient[6] += slope;
                }
                for (int j = 0; j < 6; j++) {
                    assertThat(gradient[j] + weight * (models.coefficients().get(i, j) - mean[j])).isCloseTo(0, within(1e-5));
                }
                assertThat(gradient[6]).isCloseTo(0, within(1e-5));
            }
        }
    }

    @Test
    void theFeaturesSolutionIsOptimalForDependentPredictorsToo() {
        RandomStream random = RandomStream.of(9, "groups");
        List<Individual> individuals = new ArrayList<>();
        for (Individual individual : PlantedIndividuals.individuals(random, CONTINUOUS, planted(random), 4, 30, 0.5)) {
            // column 1 almost doubles column 0, column 2 is constant
            Tensor x = individual.predictors().copy();
            for (int n = 0; n < individual.rows(); n++) {
                x.set(x.get(n, 0) + 1e-3 * x.get(n, 1), n, 1);
                x.set(3, n, 2);
            }
            individuals.add(new Individual(individual.name(), x, individual.response()));
        }
        for (double weight : new double[] {0.01, 0.1, 0.5}) {
            SolverOptions exact = new SolverOptions(1e-10, 200_000);
            PersonalCoefficients models = new Coupled(TensorForm.AS_GIVEN, new Coupling.JointSparsity(weight), exact)
                    .fit(individuals, CONTINUOUS, RANDOM).orThrow();
            for (int j = 0; j < 6; j++) {
                double[] slopes = new double[8];
                double slope = 0;
                double norm = 0;
                for (int i = 0; i < 8; i++) {
                    double[] fitted = models.predict(i, individuals.get(i).predictors());
                    for (int n = 0; n < fitted.length; n++) {
                        double residual = individuals.get(i).response()[n] - fitted[n];
                        slopes[i] += residual * individuals.get(i).predictors().get(n, j) / fitted.length;
                    }
                    slope += slopes[i] * slopes[i];
                    norm += models.coefficients().get(i, j) * models.coefficients().get(i, j);
                }
                assertThat(Math.sqrt(slope)).isLessThanOrEqualTo(weight + 1e-7);
                for (int i = 0; i < 8 && norm > 0; i++) {
                    assertThat(slopes[i]).isCloseTo(weight * models.coefficients().get(i, j) / Math.sqrt(norm), within(1e-7));
                }
            }
        }
    }

    @Test
    void ridgeByRowsIsRidgeByPredictors() {
        RandomStream random = RandomStream.of(10, "dual ridge");
        Tensor b = PlantedIndividuals.planted(random, 4, 1, new int[] {12}, new int[] {2});
        List<Individual> individuals = PlantedIndividuals.individuals(random, CONTINUOUS, b, 3, 11, 0.5);
        // a touch of lasso takes the way by predictors
        assertThat(coefficients(new Local(0, 0.05), individuals, CONTINUOUS))
                .containsExactly(coefficients(new Local(1e-12, 0.05), individuals, CONTINUOUS), within(1e-8));
    }

    private static double[] coefficients(PersonalEstimator estimator, List<Individual> individuals, ResponseFamily family) {
        return estimator.fit(individuals, family, RANDOM).orThrow().coefficients().doubles();
    }

    /**
     * With more predictors than rows in all, methods that do not change under rotations work in the rows' span: a touch of lasso keeps them
     * out of it.
     */
    @Test
    void widePredictorsGiveTheSameInTheSpanOfRows() {
        RandomStream random = RandomStream.of(11, "wide");
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
            Tensor b = PlantedIndividuals.planted(random, 4, 1, new int[] {60}, new int[] {2});
            List<Individual> individuals = PlantedIndividuals.individuals(random, family, b, 5, 9, 0.5);
            assertThat(coefficients(new Local(0, 0.05), individuals, family))
                    .containsExactly(coefficients(new Local(1e-12, 0.05), individuals, family), within(1e-6));
            assertThat(coefficients(new Global(0, 0.05), individuals, family))
                    .containsExactly(coefficients(new Global(1e-12, 0.05), individuals, family), within(1e-6));
        }
        Tensor b = PlantedIndividuals.planted(random, 4, 1, new int[] {60}, new int[] {2});
        List<Individual> individuals = PlantedIndividuals.individuals(random, ResponseFamily.BINARY, b, 8, 9, 0);
        Tensor turn = Qr.of(PlantedIndividuals.gaussian(random, 60, 60)).q();
        List<Individual> turned = individuals.stream()
                .map(one -> new Individual(one.name(), Matrices.product(one.predictors(), turn), one.response())).toList();
        for (PersonalEstimator method : List.of(TenMtl.options().ranks(1, 2), new MeanRegularized(0.1),
                new TruncatedLocal(TuckerRanks.upTo(2), 0.1))) {
            PersonalCoefficients plain = method.fit(individuals, ResponseFamily.BINARY, RANDOM).orThrow();
            PersonalCoefficients rotated = method.fit(turned, ResponseFamily.BINARY, RANDOM).orThrow();
            for (int i = 0; i < 4; i++) {
                assertThat(rotated.predict(i, turned.get(i).predictors())).as(method.name())
                        .containsExactly(plain.predict(i, individuals.get(i).predictors()), within(1e-3));
            }
        }
    }

    @Test
    void featuresAreDroppedForAllAndRanksFall() {
        RandomStream random = RandomStream.of(2, "sparse");
        Tensor b = planted(random);
        for (int i = 0; i < 8; i++) {
            b.set(0, i, 4);
            b.set(0, i, 5);
        }
        List<Individual> individuals = PlantedIndividuals.individuals(random, CONTINUOUS, b, 30, 30, 0.5);
        Tensor features = new Coupled(new Coupling.JointSparsity(0.5)).fit(individuals, CONTINUOUS, RANDOM).orThrow().coefficients();
        for (int i = 0; i < 8; i++) {
            assertThat(features.get(i, 4)).isZero();
            assertThat(features.get(i, 5)).isZero();
        }
        Tensor low = new Coupled(new Coupling.LowRank(1)).fit(individuals, CONTINUOUS, RANDOM).orThrow().coefficients();
        assertThat(Svd.of(low).rank(1e-9)).isLessThanOrEqualTo(3);
    }

    @Test
    void methodsThatShareBeatLocalWhereRowsAreScarce() {
        RandomStream random = RandomStream.of(3, "scarce");
        Tensor b = PlantedIndividuals.planted(random, 20, 1, new int[] {10}, new int[] {2});
        List<Individual> individuals = PlantedIndividuals.individuals(random, CONTINUOUS, b, 14, 14, 0.7);
        double local = PlantedIndividuals.error(new Local(0, 0.01).fit(individuals, CONTINUOUS, RANDOM).orThrow(), b);
        for (PersonalEstimator method : List.of(new TruncatedLocal(TuckerRanks.of(2, 2), 0.01),
                new SvdAso(2, 0.5, 20),
                new Coupled(new Coupling.LowRank(0.5)), TenMtl.options().ranks(1, 2))) {
            double error = PlantedIndividuals.error(method.fit(individuals, CONTINUOUS, RANDOM).orThrow(), b);
            assertThat(error).as(method.toString()).isLessThan(0.8 * local);
        }
    }

    @Test
    void structureOptimizationBeginsAsRidgeAndIgnoresAStructureOfNothing() {
        RandomStream random = RandomStream.of(4, "aso");
        List<Individual> individuals = PlantedIndividuals.individuals(random, CONTINUOUS, planted(random), 20, 20, 0.5);
        // with as many shared dimensions as predictors, w is idle and every individual is fitted freely
        assertThat(coefficients(new SvdAso(6, 0.1, 3), individuals, CONTINUOUS))
                .containsExactly(coefficients(new Local(0, 0), individuals, CONTINUOUS), within(1e-5));
        // w is eliminated by rows where they are few: many copies of the rows must give the same
        List<Individual> copies = individuals.stream().map(i -> repeated(i, 4)).toList();
        assertThat(coefficients(new SvdAso(2, 0.1, 5), copies, CONTINUOUS))
                .containsExactly(coefficients(new SvdAso(2, 0.1, 5), few(individuals), CONTINUOUS), within(1e-6));
        List<Individual> nothing = new ArrayList<>();
        individuals.forEach(i -> nothing.add(new Individual(i.name(), i.predictors(), new double[20])));
        assertThat(new SvdAso(2, 0.1, 3).fit(nothing, CONTINUOUS, RANDOM).orThrow().coefficients().doubles()).containsOnly(0.0);
    }

    @Test
    void pooledTuckerRegressionIsOneModelOfLowRank() {
        RandomStream random = RandomStream.of(5, "pooled");
        Tensor b = PlantedIndividuals.planted(random, 4, 0, new int[] {5, 4}, new int[] {1, 1});
        List<Individual> individuals = PlantedIndividuals.individuals(random, CONTINUOUS, b, 30, 30, 0.2);
        PersonalCoefficients models = TenMtl.options().ranks(0, 1, 1).search(new TenMtl.Search(3, 500, 1e-4))
                .fit(individuals, CONTINUOUS, RANDOM).orThrow();
        assertThat(models.coefficients(0)).isEqualTo(models.coefficients(3));
        assertThat(Svd.of(models.coefficients(0)).rank(1e-9)).isEqualTo(1);
        assertThat(PlantedIndividuals.error(models, b)).isLessThan(0.1);
    }

    @Test
    void aNewcomerIsFoldedIn() {
        RandomStream random = RandomStream.of(6, "fold in");
        Tensor b = PlantedIndividuals.planted(random, 30, 1, new int[] {8}, new int[] {2});
        List<Individual> all = PlantedIndividuals.individuals(random, CONTINUOUS, b, 40, 40, 0.5);
        TenMtlFit fit = TenMtl.options().ranks(1, 2).solve(all.subList(0, 25), CONTINUOUS, RANDOM).orThrow();
        double folded = 0;
        double alone = 0;
        double mean = 0;
        for (int i = 25; i < 30; i++) {
            Individual few = firstRows(all.get(i), 5);
            folded += error(FoldIn.fold(fit, few), b, i);
            alone += error(new Local(0, 0.1).fit(List.of(few), CONTINUOUS, RANDOM).orThrow(), b, i);
            mean += error(FoldIn.fold(fit, new Individual("far", Tensor.zeros(1, 8), new double[] {0})), b, i);
        }
        assertThat(folded).isLessThan(0.3 * alone).isLessThan(0.5 * mean);
        // turned against the core, the individuals' factor says the same
        Tensor turn = Tensor.matrix(new double[][] {{1, 0}, {0.7, -3}});
        List<Tensor> factors = new ArrayList<>(fit.parameters().modality(0).factors());
        factors.set(0, Matrices.product(factors.get(0), turn));
        Tensor core = Multilinear.modeProduct(fit.parameters().modality(0).core(),
                Tensor.matrix(new double[][] {{1, 0}, {0.7 / 3, -1.0 / 3}}), 0);
        TenMtlFit turned = with(fit, new TuckerDecomposition(core, factors));
        Individual few = firstRows(all.get(26), 5);
        assertThat(FoldIn.fold(turned, few).coefficients().doubles())
                .containsExactly(FoldIn.fold(fit, few).coefficients().doubles(), within(1e-8));
        // with all its rows an individual of the fit comes back as it was fitted
        PersonalCoefficients again = FoldIn.fold(fit, all.get(0));
        assertThat(again.coefficients(0).doubles()).containsExactly(fit.coefficients().coefficients(0).doubles(), within(0.05));
    }

    /** One individual far out among those of the fit makes no difference; out of a crowd in one place rows lead a newcomer. */
    @Test
    void aNewcomerIsFoldedInAmongOutliersAndCrowds() {
        RandomStream random = RandomStream.of(16, "outliers");
        Tensor b = PlantedIndividuals.planted(random, 45, 4, new int[] {8}, new int[] {5});
        List<Individual> all = PlantedIndividuals.individuals(random, CONTINUOUS, b, 60, 60, 0.1);
        TenMtlFit fit = TenMtl.options().ranks(4, 5).solve(all.subList(0, 40), CONTINUOUS, RANDOM).orThrow();
        double before = 0;
        double outlier = 0;
        double crowd = 0;
        for (int i = 40; i < 45; i++) {
            Individual few = firstRows(all.get(i), 4);
            before += error(FoldIn.fold(fit, few), b, i);
            outlier += error(FoldIn.fold(moved(fit, 0, 1, 30), few), b, i);
            crowd += error(FoldIn.fold(moved(fit, 0, 30, 0), firstRows(all.get(i), 50)), b, i);
        }
        assertThat(outlier).isLessThan(1.2 * before);
        assertThat(crowd).isLessThan(0.1 * before);
    }

    /** With the coordinates of some individuals multiplied. */
    private static TenMtlFit moved(TenMtlFit fit, int from, int to, double factor) {
        List<Tensor> factors = new ArrayList<>(fit.parameters().modality(0).factors());
        Tensor u = factors.getFirst().copy();
        for (int i = from; i < to; i++) {
            for (int r = 1; r < u.shape().columns(); r++) {
                u.set(factor * u.get(i, r), i, r);
            }
        }
        factors.set(0, u);
        return with(fit, new TuckerDecomposition(fit.parameters().modality(0).core(), factors));
    }

    private static TenMtlFit with(TenMtlFit fit, TuckerDecomposition parameters) {
        return new TenMtlFit(fit.options(), CoupledTucker.of(parameters), fit.coefficients(), fit.objective(), fit.dispersion(),
                fit.starts(), fit.best(),
                fit.violation());
    }

    @Test
    void validationAndBicFindThePlantedRank() {
        RandomStream random = RandomStream.of(7, "selection");
        Tensor b = PlantedIndividuals.planted(random, 20, 1, new int[] {8}, new int[] {2});
        List<Individual> individuals = PlantedIndividuals.individuals(random, CONTINUOUS, b, 25, 25, 0.5);
        List<TenMtl> candidates = new ArrayList<>();
        List<TenMtlFit> fits = new ArrayList<>();
        for (int[] ranks : new int[][] {{0, 1}, {1, 2}, {3, 4}, {5, 6}}) {
            candidates.add(TenMtl.options().ranks(ranks[0], ranks[1]));
            fits.add(candidates.getLast().solve(individuals, CONTINUOUS, RANDOM).orThrow());
        }
        assertThat(InformationCriterion.choose(fits, individuals).chosen()).isEqualTo(1);
        Selection<TenMtl> choice = HeldOutIndividuals.choose(candidates, individuals, CONTINUOUS, 0.3, 2, RandomStream.of(5));
        assertThat(choice.chosen()).isEqualTo(1);
        assertThat(choice.loss()).hasSize(4).doesNotContain(Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> HeldOutIndividuals.choose(List.<TenMtl>of(), individuals, CONTINUOUS, 0.3, 2, RandomStream.of(5)))
                .hasMessageContaining("0 candidates");
    }

    private static double error(PersonalCoefficients models, Tensor b, int individual) {
        double sum = 0;
        for (int j = 0; j < b.shape().columns(); j++) {
            double d = models.coefficients().get(0, j) - b.get(individual, j);
            sum += d * d;
        }
        return sum;
    }

    private static List<Individual> few(List<Individual> individuals) {
        return individuals.stream().map(i -> firstRows(i, 10, 6)).toList();
    }

    private static Individual repeated(Individual all, int times) {
        Individual few = firstRows(all, 10, 6);
        double[] x = new double[times * 60];
        double[] y = new double[times * 10];
        for (int t = 0; t < times; t++) {
            System.arraycopy(few.predictors().doubles(), 0, x, t * 60, 60);
            System.arraycopy(few.response(), 0, y, t * 10, 10);
        }
        return new Individual(all.name(), Tensor.of(Shape.of(times * 10, 6), x), y);
    }

    private static Individual firstRows(Individual all, int n) {
        return firstRows(all, n, 8);
    }

    private static Individual firstRows(Individual all, int n, int p) {
        double[] x = new double[n * p];
        System.arraycopy(all.predictors().doubles(), 0, x, 0, x.length);
        double[] y = new double[n];
        System.arraycopy(all.response(), 0, y, 0, n);
        return new Individual(all.name(), Tensor.of(Shape.of(n, p), x), y);
    }
}
