package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The prior's value by its formula, and as a sum of squares in every block. */
class CoefficientPriorTest {
    /** Of one modality. */
    private static CoefficientPrior of(CenteredData data, TenMtl options) {
        return CoupledPrior.of(CoupledRows.of(data), options).personal();
    }

    private static double half(CoefficientPrior.PriorRows rows, double[] theta) {
        double sum = 0;
        for (int i = 0; i < rows.targets().length; i++) {
            double residual = -rows.targets()[i];
            for (int j = 0; j < theta.length; j++) {
                residual += rows.matrix().get(i, j) * theta[j];
            }
            sum += residual * residual / 2;
        }
        return sum;
    }

    @Test
    void everyBlocksRowsAddUpToTheValue() {
        RandomStream random = RandomStream.of(1, "prior");
        for (ResponseFamily family : List.of(ResponseFamily.BINARY, ResponseFamily.CONTINUOUS)) {
            for (boolean common : new boolean[] {true, false}) {
                everyBlocksRowsAddUpToTheValue(random, family, common);
            }
        }
    }

    private static void everyBlocksRowsAddUpToTheValue(RandomStream random, ResponseFamily family, boolean common) {
        Tensor b = PlantedIndividuals.planted(random, 5, 1, new int[] {4, 3}, new int[] {2, 2});
        List<Individual> individuals = PlantedIndividuals.individuals(random, family, b, 5, 12, 0);
        CenteredData data = new CenteredData(individuals, family);
        CoefficientPrior prior = of(data, options(common));
        Tensor u0 = PlantedIndividuals.gaussian(random, 5, 3);
        for (int i = 0; common && i < 5; i++) {
            u0.set(1, i, 0);
        }
        List<Tensor> factors = List.of(u0, PlantedIndividuals.gaussian(random, 4, 2), PlantedIndividuals.gaussian(random, 3, 2));
        TuckerDecomposition parameters = new TuckerDecomposition(PlantedIndividuals.gaussian(random, 3, 2, 2), factors);
        double[] intercepts = {0.3, -1, 2, 0, 1};
        double value = prior.value(parameters, intercepts);
        double ofIntercepts = 0;
        for (int i = 0; i < prior.centers().length; i++) {
            double deviation = intercepts[i] - data.startIntercepts()[i];
            ofIntercepts += deviation * deviation / 8 / data.rows(i);
        }
        double ofCommon = common ? common(parameters, individuals, prior.precision()) : 0;
        assertThat(value).isCloseTo(ofCommon + deviations(parameters, data, prior.precision(), common) + ofIntercepts, within(1e-10));

        double byIndividuals = ofCommon;
        Tensor root = prior.individuals(parameters);
        for (int i = 0; i < 5; i++) {
            double[] theta = Arrays.copyOfRange(u0.doubles(), i * 3 + (common ? 1 : 0), i * 3 + 4);
            theta[theta.length - 1] = intercepts[i];
            theta = family == ResponseFamily.BINARY ? theta : Arrays.copyOf(theta, theta.length - 1);
            byIndividuals += half(prior.individual(root, i, family == ResponseFamily.BINARY ? 1 : 0), theta);
        }
        assertThat(byIndividuals).isCloseTo(value, within(1e-10));
        for (int k = 1; k <= 2; k++) {
            CoefficientPrior.PriorRows rows = CoefficientPrior.PriorRows.repeated(prior.factor(parameters, k),
                    factors.get(k).shape().rows());
            assertThat(half(rows, factors.get(k).doubles()) + ofIntercepts).isCloseTo(value, within(1e-10));
        }
        assertThat(half(prior.core(parameters), parameters.core().doubles()) + ofIntercepts).isCloseTo(value, within(1e-10));
    }

    /** {@code mean 1/n_i t / 2 ||C||^2}. */
    private static double common(TuckerDecomposition parameters, List<Individual> individuals, double precision) {
        Tensor only = parameters.factors().getFirst().copy();
        for (int i = 0; i < only.size(); i++) {
            only.doubles()[i] = i == 0 ? 1 : 0;
        }
        List<Tensor> factors = new ArrayList<>(parameters.factors());
        factors.set(0, only);
        double mean = individuals.stream().mapToDouble(individual -> 1.0 / individual.rows()).average().orElseThrow();
        double square = Arrays.stream(new TuckerDecomposition(parameters.core(), factors).reconstruct().doubles()).map(v -> v * v).sum();
        return mean * precision / 2 * square;
    }

    /** {@code sum_i 1/n_i t / 2 ||B_i - C||^2}. */
    private static double deviations(TuckerDecomposition parameters, CenteredData data, double precision, boolean common) {
        Tensor free = parameters.factors().getFirst().copy();
        for (int i = 0; common && i < free.shape().rows(); i++) {
            free.set(0, i, 0);
        }
        List<Tensor> factors = new ArrayList<>(parameters.factors());
        factors.set(0, free);
        Tensor b = new TuckerDecomposition(parameters.core(), factors).reconstruct();
        double sum = 0;
        for (int j = 0; j < b.size(); j++) {
            sum += precision / 2 / data.rows(j / 12) * b.at(j) * b.at(j);
        }
        return sum;
    }

    @Test
    void withoutFreeCoordinatesTheInterceptRemains() {
        RandomStream random = RandomStream.of(3, "prior");
        Tensor b = PlantedIndividuals.planted(random, 3, 1, new int[] {4}, new int[] {2});
        List<Individual> individuals = PlantedIndividuals.individuals(random, ResponseFamily.BINARY, b, 5, 12, 0);
        CenteredData data = new CenteredData(individuals, ResponseFamily.BINARY);
        CoefficientPrior prior = of(data, options(true));
        List<Tensor> factors = List.of(Tensor.matrix(new double[][] {{1}, {1}, {1}}), PlantedIndividuals.gaussian(random, 4, 2));
        TuckerDecomposition parameters = new TuckerDecomposition(PlantedIndividuals.gaussian(random, 1, 2), factors);
        CoefficientPrior.PriorRows rows = prior.individual(prior.individuals(parameters), 1, 1);
        assertThat(rows.matrix().shape()).isEqualTo(Shape.of(1, 1));
        assertThat(half(rows, new double[] {data.startIntercepts()[1] + 2})).isCloseTo(0.5 / data.rows(1), within(1e-12));
    }

    private static TenMtl options(boolean common) {
        return common ? TenMtl.options().ranks(2, 2, 2) : TenMtl.options().withoutCommon().ranks(3, 2, 2);
    }

    @Test
    void gaussianCoefficientsFillTheirShareOfTheSpace() {
        RandomStream random = RandomStream.of(2);
        Tensor b = PlantedIndividuals.planted(random, 3, 1, new int[] {4}, new int[] {2});
        List<Individual> individuals = PlantedIndividuals.individuals(random, ResponseFamily.CONTINUOUS, b, 5, 12, 0.5);
        CenteredData data = new CenteredData(individuals, ResponseFamily.CONTINUOUS);
        double whole = NoiseRatio.of(data) * data.meanSquaredNorm();
        assertThat(of(data, TenMtl.options().ranks(1, 2)).precision()).isCloseTo(2 * whole * 2 / 4, within(1e-12 * whole));
        assertThat(of(data, TenMtl.options().withoutCommon().ranks(1, 2)).precision())
                .isCloseTo(whole / 4, within(1e-12 * whole));
        assertThat(of(data, TenMtl.options().withoutCommon().ranks(9, 2)).precision())
                .isCloseTo(whole, within(1e-12 * whole));
    }
}
