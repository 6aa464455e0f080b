package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.Outcome;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstOrderConditionsTest {
    private static final RandomStream RANDOM = RandomStream.of(1, "fit");
    private static final int COUNT = 5;

    private final RandomStream random = RandomStream.of(31, "conditions");

    private List<Individual> individuals(ResponseFamily family, int[] sizes, int[] ranks) {
        return PlantedIndividuals.individuals(random, family, PlantedIndividuals.planted(random, COUNT, 1, sizes, ranks), 40, 60, 0.5);
    }

    private TuckerDecomposition somewhere(int individualRank, int[] sizes, int[] ranks) {
        List<Tensor> factors = new ArrayList<>();
        Tensor first = PlantedIndividuals.gaussian(random, COUNT, individualRank + 1);
        for (int i = 0; i < COUNT; i++) {
            first.set(1, i, 0);
        }
        factors.add(first);
        int[] core = new int[sizes.length + 1];
        core[0] = individualRank + 1;
        for (int k = 0; k < sizes.length; k++) {
            factors.add(PlantedIndividuals.gaussian(random, sizes[k], ranks[k]));
            core[k + 1] = ranks[k];
        }
        return new TuckerDecomposition(PlantedIndividuals.gaussian(random, core), factors);
    }

    @Test
    void holdWhereAFitConvergedAndNowhereElse() {
        int[][] sizes = {{1}, {4, 1, 3}, {6, 2}};
        int[][] ranks = {{1}, {2, 1, 2}, {2, 2}};
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
            for (int trial = 0; trial < sizes.length; trial++) {
                List<Individual> individuals = individuals(family, sizes[trial], ranks[trial]);
                for (double lasso : new double[] {0, 0.02}) {
                    TenMtl options = TenMtl.options().ranks(1, ranks[trial]).lasso(lasso).search(new TenMtl.Search(0, 20_000, 1e-10));
                    TenMtlFit fit = options.solve(individuals, family, RANDOM).orThrow();
                    assertThat(fit.violation()).as("%s, shape %d, lasso %s", family.key(), trial, lasso).isBetween(0.0, 2e-7);
                    TenMtl brief = options.search(new TenMtl.Search(0, 1, 1e-10));
                    assertThat(((Outcome.Stopped<TenMtlFit>) brief.solve(individuals, family, RANDOM)).model().violation())
                            .isGreaterThan(10 * fit.violation());
                    BlockUpdates updates = new BlockUpdates(CoupledRows.of(new CenteredData(individuals, family)), options);
                    assertThat(updates.violation(updates.start(CoupledTucker.of(somewhere(1, sizes[trial], ranks[trial])))))
                            .isGreaterThan(0.03);
                }
            }
        }
    }

    /** Slopes and, as the objective is quadratic in one number, the norms of features by differences of the objective. */
    @Test
    void areThoseOfTheObjectiveByDifferences() {
        int[] sizes = {4, 3};
        int[] ranks = {2, 2};
        List<Individual> individuals = individuals(ResponseFamily.CONTINUOUS, sizes, ranks);
        CenteredData data = new CenteredData(individuals, ResponseFamily.CONTINUOUS);
        double residual = data.distance(data.y, new double[data.rows()]) / Math.sqrt(COUNT);
        for (double lasso : new double[] {0, 0.3}) {
            TenMtl options = TenMtl.options().ranks(2, ranks).lasso(lasso);
            CoupledPrior prior = CoupledPrior.of(CoupledRows.of(data), options);
            BlockUpdates updates = new BlockUpdates(CoupledRows.of(data), options);
            for (int trial = 0; trial < 10; trial++) {
                Iterate at = updates.start(CoupledTucker.of(somewhere(2, sizes, ranks)));
                double step = 1e-3;
                double largest = 0;
                for (int block = -1; block <= 2; block++) {
                    Tensor numbers = block < 0 ? at.parameters().cores().getFirst()
                            : at.parameters().modality(0).factors().get(block);
                    for (int j = 0; j < numbers.size(); j++) {
                        double kept = numbers.at(j);
                        if (block == 0 && j % 3 == 0 || Math.abs(kept) < step) {
                            continue;
                        }
                        double here = objective(data, options, prior, at.parameters());
                        numbers.doubles()[j] = kept + step;
                        double above = objective(data, options, prior, at.parameters());
                        numbers.doubles()[j] = kept - step;
                        double below = objective(data, options, prior, at.parameters());
                        numbers.doubles()[j] = kept;
                        double squares = (above - 2 * here + below) / (step * step);
                        double scale = residual * Math.sqrt((block == 0 ? 1 : COUNT) * squares) + lasso;
                        largest = Math.max(largest, Math.abs(above - below) / (2 * step) / scale);
                    }
                }
                assertThat(updates.violation(at)).isCloseTo(largest, within(1e-6 * largest));
            }
        }
    }

    private static double objective(CenteredData data, TenMtl options, CoupledPrior prior, CoupledTucker at) {
        return data.loss(data.eta(at.reconstruct()), new double[COUNT]) + Iterate.lasso(at, options) + prior.value(at, new double[COUNT]);
    }

    /** At 0, a number is held by the lasso as long as its slope is no larger than the weight. */
    @Test
    void holdAtZeroUnderALargeLasso() {
        List<Individual> individuals = individuals(ResponseFamily.CONTINUOUS, new int[] {4}, new int[] {2});
        TenMtlFit fit = TenMtl.options().ranks(1, 2).lasso(100).solve(individuals, ResponseFamily.CONTINUOUS, RANDOM).orThrow();
        assertThat(fit.coefficients().coefficients().doubles()).containsOnly(0.0);
        assertThat(fit.violation()).isZero();
    }

    @Test
    void haveNoUnit() {
        List<Individual> individuals = individuals(ResponseFamily.CONTINUOUS, new int[] {4, 3}, new int[] {2, 2});
        List<Individual> other = individuals.stream().map(one -> new Individual(one.name(), times(one.predictors(), 1000),
                Arrays.stream(one.response()).map(y -> 0.01 * y).toArray())).toList();
        TenMtl options = TenMtl.options().ranks(1, 2, 2).search(new TenMtl.Search(0, 500, 1e-3));
        double violation = options.solve(individuals, ResponseFamily.CONTINUOUS, RANDOM).orThrow().violation();
        assertThat(violation).isBetween(1e-8, 0.1);
        assertThat(options.solve(other, ResponseFamily.CONTINUOUS, RANDOM).orThrow().violation())
                .isCloseTo(violation, within(1e-6 * violation));
    }

    private static Tensor times(Tensor a, double scale) {
        Tensor product = a.copy();
        for (int j = 0; j < product.size(); j++) {
            product.doubles()[j] *= scale;
        }
        return product;
    }

    @Test
    void sayNothingWhereNoResponseVaries() {
        List<Individual> individuals = individuals(ResponseFamily.CONTINUOUS, new int[] {3}, new int[] {1}).stream()
                .map(one -> new Individual(one.name(), one.predictors(), new double[one.rows()])).toList();
        assertThat(TenMtl.options().ranks(1, 1).solve(individuals, ResponseFamily.CONTINUOUS, RANDOM).orThrow().violation()).isZero();
    }
}
