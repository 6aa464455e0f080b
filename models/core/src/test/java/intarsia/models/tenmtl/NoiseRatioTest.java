package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.Matrices;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ratio has the largest marginal likelihood, computed from its definition; what must not change it does not. */
class NoiseRatioTest {
    private static List<Individual> drawn(String name, int count, int rows, int columns, double noise) {
        RandomStream random = RandomStream.of(1, name);
        Tensor b = PlantedIndividuals.gaussian(random, count, columns);
        return PlantedIndividuals.individuals(random, ResponseFamily.CONTINUOUS, b, rows, rows, noise);
    }

    private static double ratio(List<Individual> individuals) {
        return NoiseRatio.of(new CenteredData(individuals, ResponseFamily.CONTINUOUS));
    }

    /** By the density of n - 1 differences from the last row, whose covariance is D (X X' / m + rho I) D'. */
    private static double deviance(List<Individual> individuals, double rho) {
        CenteredData data = new CenteredData(individuals, ResponseFamily.CONTINUOUS);
        double squares = 0;
        double logs = 0;
        double degrees = 0;
        for (int i = 0; i < data.individuals(); i++) {
            int n = data.rows(i);
            int p = data.rowShape().size();
            Tensor x = Tensor.of(Shape.of(n, p), Arrays.copyOfRange(data.predictors.doubles(), data.first[i] * p, data.first[i + 1] * p));
            Tensor covariance = Matrices.product(x, false, x, true);
            Tensor difference = Tensor.zeros(n - 1, n);
            for (int row = 0; row < n - 1; row++) {
                difference.set(1, row, row);
                difference.set(-1, row, n - 1);
            }
            for (int j = 0; j < n * n; j++) {
                covariance.doubles()[j] = covariance.at(j) / data.meanSquaredNorm() + (j % (n + 1) == 0 ? rho : 0);
            }
            Tensor y = Matrices.product(difference, Tensor.of(Shape.of(n, 1),
                    Arrays.copyOfRange(data.y, data.first[i], data.first[i + 1])));
            Cholesky cholesky = Cholesky.of(Matrices.product(Matrices.product(difference, covariance), false, difference, true));
            Tensor solved = cholesky.solve(y);
            for (int row = 0; row < n - 1; row++) {
                squares += solved.at(row) * y.at(row);
                logs += 2 * Math.log(cholesky.lower().get(row, row));
            }
            degrees += n - 1;
        }
        return degrees * Math.log(squares / degrees) + logs;
    }

    @Test
    void noOtherRatioIsLikelier() {
        for (int[] size : new int[][] {{4, 30, 3}, {6, 8, 20}, {1, 50, 5}, {5, 2, 4}, {3, 7, 7}}) {
            for (double noise : new double[] {0.1, 1, 5}) {
                List<Individual> individuals = drawn("likelier", size[0], size[1], size[2], noise);
                double found = ratio(individuals);
                double least = deviance(individuals, found);
                for (double factor : new double[] {0.1, 0.5, 0.9, 1.1, 2, 10}) {
                    double other = found * factor;
                    if (other > 1e-8 && other < 1000) {
                        assertThat(deviance(individuals, other))
                                .as("%s, noise %s: %s beside %s", Arrays.toString(size), noise, other, found)
                                .isGreaterThan(least - 1e-6);
                    }
                }
            }
        }
    }

    @Test
    void theNoiseThatIsThereIsFound() {
        for (double noise : new double[] {0.01, 0.3, 1, 3}) {
            List<Individual> individuals = drawn("found", 40, 40, 5, noise);
            // coefficients have variance 1 and columns too
            assertThat(ratio(individuals)).isCloseTo(noise * noise / 5, within(0.25 * noise * noise / 5));
        }
        assertThat(ratio(drawn("none", 10, 40, 5, 0))).isLessThan(1e-9);
    }

    @Test
    void unitsOrderAndRepeatedRowsDoNotMatter() {
        List<Individual> individuals = drawn("units", 4, 12, 6, 1);
        double ratio = ratio(individuals);
        List<Individual> scaled = new ArrayList<>();
        List<Individual> twice = new ArrayList<>();
        List<Individual> weighted = new ArrayList<>();
        for (Individual one : individuals) {
            double[] x = Arrays.stream(one.predictors().doubles()).map(v -> 1e-3 * v).toArray();
            scaled.add(new Individual(one.name(), Tensor.of(one.predictors().shape(), x),
                    Arrays.stream(one.response()).map(v -> 1e5 * v - 7).toArray()));
            Tensor both = Tensor.zeros(2 * one.rows(), 6);
            double[] responses = Arrays.copyOf(one.response(), 2 * one.rows());
            System.arraycopy(one.response(), 0, responses, one.rows(), one.rows());
            for (int j = 0; j < both.size(); j++) {
                both.doubles()[j] = one.predictors().at(j % one.predictors().size());
            }
            twice.add(new Individual(one.name(), both, responses));
            double[] weights = new double[one.rows()];
            Arrays.fill(weights, 2);
            weighted.add(new Individual(one.name(), one.predictors(), one.response(), weights));
        }
        assertThat(ratio(scaled)).isCloseTo(ratio, within(1e-6 * ratio));
        assertThat(ratio(individuals.reversed())).isCloseTo(ratio, within(1e-6 * ratio));
        assertThat(ratio(weighted)).isCloseTo(ratio(twice), within(1e-6 * ratio));
    }

    @Test
    void whereNothingVariesItIsOne() {
        Tensor x = PlantedIndividuals.gaussian(RandomStream.of(3), 5, 2);
        assertThat(ratio(List.of(new Individual("constant", x, new double[] {4, 4, 4, 4, 4})))).isEqualTo(1);
        assertThat(ratio(List.of(new Individual("alone", PlantedIndividuals.gaussian(RandomStream.of(3), 1, 2), new double[] {4}))))
                .isEqualTo(1);
        assertThat(ratio(List.of(new Individual("light", x, new double[] {4, 3, 2, 1, 9}, new double[] {0.1, 0.1, 0.1, 0.1, 0.1}))))
                .isEqualTo(1);
        Tensor same = Tensor.zeros(5, 2);
        assertThat(ratio(List.of(new Individual("same", same, new double[] {4, 3, 2, 1, 9})))).isPositive().isFinite();
    }
}
