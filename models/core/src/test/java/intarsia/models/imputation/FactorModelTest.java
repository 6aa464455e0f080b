package intarsia.models.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.Matrices;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Latent factors against closed forms, the likelihood of whole matrices, and the conditions of an optimum. */
class FactorModelTest {
    private static final double NONE = Double.NaN;

    /** Rows of mean 0 whose covariance, sums divided by n, is exactly this. */
    private static double[][] exact(double[][] covariance, int n, long seed) {
        int d = covariance.length;
        RandomStream random = RandomStream.of(seed);
        double[][] columns = new double[d + 1][n];
        Arrays.fill(columns[0], 1);
        for (int j = 1; j <= d; j++) {
            double[] own = columns[j];
            Arrays.setAll(own, i -> random.nextGaussian());
            for (int twice = 0; twice < 2; twice++) {
                for (int k = 0; k < j; k++) {
                    double[] other = columns[k];
                    double share = dot(own, other) / n;
                    Arrays.setAll(own, i -> own[i] - share * other[i]);
                }
            }
            double norm = Math.sqrt(dot(own, own) / n);
            Arrays.setAll(own, i -> own[i] / norm);
        }
        Tensor x = Tensor.zeros(n, d);
        for (int k = 0; k < n * d; k++) {
            x.doubles()[k] = columns[k % d + 1][k / d];
        }
        Tensor lower = Cholesky.of(Tensor.of(Shape.of(d, d), Arrays.stream(covariance).flatMapToDouble(Arrays::stream).toArray())).lower();
        return Matrices.product(x, false, lower, true).toRows();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[][] ofFactor(double... loadings) {
        double[][] covariance = new double[loadings.length][loadings.length];
        for (int j = 0; j < loadings.length; j++) {
            for (int k = 0; k < loadings.length; k++) {
                covariance[j][k] = j == k ? 1 : loadings[j] * loadings[k];
            }
        }
        return covariance;
    }

    private static IncompleteRows rows(double[][]... parts) {
        return IncompleteRows.of(parts[0][0].length,
                Arrays.stream(parts).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray());
    }

    private static double[][] without(double[][] rows, int... columns) {
        double[][] without = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
        for (double[] row : without) {
            for (int column : columns) {
                row[column] = NONE;
            }
        }
        return without;
    }

    /** Three numbers determine one factor: {@code w_1^2 = s_12 s_13 / s_23}; without a prior. */
    @Test
    void oneFactorOfThreeNumbersIsSpearmans() {
        int n = 500;
        FactorModel model = FactorModel.of(rows(exact(ofFactor(0.8, 0.6, -0.5), n, 1)), 1, 1e-9, 0, 5_000);
        double[] expected = {0.8, 0.6, -0.5};
        for (int j = 0; j < 3; j++) {
            assertThat(Math.abs(model.loadings()[j])).isCloseTo(Math.abs(expected[j]), within(1e-6));
            assertThat(model.noise()[j]).isCloseTo(1 - expected[j] * expected[j], within(1e-6));
            assertThat(model.mean()[j]).isCloseTo(0, within(1e-6));
        }
        assertThat(model.covariance(0, 2)).isCloseTo(-0.4, within(1e-6));
    }

    /** A chain: x_0 with b_1, b_2 in one task, b_1, b_2 with x_3 in another. {@code s_03 = s_01 s_32 / s_12}, which no row shows. */
    @Test
    void endsOfAChainAreLinkedByWhatLiesBetween() {
        double[][] covariance = ofFactor(0.9, 0.7, 0.6, -0.8);
        FactorModel model = FactorModel.of(rows(without(exact(covariance, 500, 1), 3), without(exact(covariance, 500, 2), 0)), 1, 1e-9, 0,
                20_000);
        assertThat(model.covariance(0, 3)).isCloseTo(-0.72, within(1e-6));
        assertThat(model.covariance(1, 2)).isCloseTo(0.42, within(1e-6));
        // and so a row with x_0 alone says x_3
        Tensor expected = model.normal().marginal(new int[] {0, 3}).given(new int[] {0}, new int[] {1}).means(new double[] {2, NONE},
                new int[] {0});
        assertThat(expected.at(0)).isCloseTo(-1.44, within(1e-5));
    }

    /** The objective is that of dense matrices, row by row, with the numbers that it has. */
    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void theObjectiveIsTheLikelihoodAndTheWeightOfARow(int q) {
        IncompleteRows rows = random(30, 5, 4);
        FactorModel model = FactorModel.of(rows, q, 1, 0, 3);
        assertThat(model.objective()).isCloseTo(literal(model.mean(), model.loadings(), model.noise(), rows), within(1e-9));
    }

    private static IncompleteRows random(int n, int d, long seed) {
        RandomStream random = RandomStream.of(seed);
        double[] x = new double[n * d];
        for (int i = 0; i < n; i++) {
            double u = random.nextGaussian();
            double v = random.nextGaussian();
            for (int j = 0; j < d; j++) {
                x[i * d + j] = 0.3 * j + u * (1 - 0.3 * j) + v * (j % 2) + 0.5 * random.nextGaussian();
                x[i * d + j] = i % 3 == 1 && j < 2 || i % 3 == 2 && j > 3 || random.nextInt(12) == 0 ? NONE : x[i * d + j];
            }
        }
        return IncompleteRows.of(d, x);
    }

    private static double literal(double[] mean, double[] loadings, double[] noise, IncompleteRows rows) {
        int d = mean.length;
        int q = loadings.length / d;
        double sum = 0;
        for (int i = 0; i < rows.size(); i++) {
            int row = i;
            int[] has = IntStream.range(0, d).filter(j -> !Double.isNaN(rows.x()[row * d + j])).toArray();
            Tensor covariance = Tensor.zeros(has.length, has.length);
            Tensor deviation = Tensor.zeros(has.length, 1);
            for (int a = 0; a < has.length; a++) {
                deviation.set(rows.x()[i * d + has[a]] - mean[has[a]], a, 0);
                for (int b = 0; b < has.length; b++) {
                    double value = a == b ? noise[has[a]] : 0;
                    for (int f = 0; f < q; f++) {
                        value += loadings[has[a] * q + f] * loadings[has[b] * q + f];
                    }
                    covariance.set(value, a, b);
                }
            }
            Cholesky cholesky = Cholesky.of(covariance);
            sum -= 0.5 * (has.length * Math.log(2 * Math.PI) + cholesky.logDeterminant()
                    + dot(deviation.doubles(), cholesky.solve(deviation).doubles()));
        }
        for (int j = 0; j < d; j++) {
            double squares = 1;
            for (int f = 0; f < q; f++) {
                squares += loadings[j * q + f] * loadings[j * q + f];
            }
            sum -= 0.5 * (Math.log(noise[j]) + squares / noise[j]);
        }
        return sum;
    }

    /** No step loses; at the end, every derivative of the dense objective is 0. */
    @ParameterizedTest
    @CsvSource({"1", "2"})
    void stepsGainUntilDerivativesVanish(int q) {
        IncompleteRows rows = random(60, 5, 9);
        double before = Double.NEGATIVE_INFINITY;
        for (int steps = 0; steps < 40; steps++) {
            double now = FactorModel.of(rows, q, 1, 0, steps).objective();
            assertThat(now).isGreaterThanOrEqualTo(before - 1e-10);
            before = now;
        }
        FactorModel end = FactorModel.of(rows, q, 1, 0, 20_000);
        assertThat(end.objective()).isGreaterThan(before);
        for (double[] numbers : new double[][] {end.mean(), end.loadings(), end.noise()}) {
            for (int k = 0; k < numbers.length; k++) {
                double at = numbers[k];
                double h = 1e-5;
                numbers[k] = at + h;
                double up = literal(end.mean(), end.loadings(), end.noise(), rows);
                numbers[k] = at - h;
                double down = literal(end.mean(), end.loadings(), end.noise(), rows);
                numbers[k] = at;
                assertThat((up - down) / (2 * h)).isCloseTo(0, within(1e-4));
            }
        }
    }

    @Test
    void asManyFactorsAsThereAre() {
        assertThat(FactorModel.of(rows(exact(ofFactor(0.9, 0.7, 0.6, -0.8, 0.5), 500, 1))).factors()).isEqualTo(1);
        double[][] none = new double[4][4];
        for (int j = 0; j < 4; j++) {
            none[j][j] = 1;
        }
        assertThat(FactorModel.of(rows(exact(none, 500, 1))).factors()).isZero();
    }

    @Test
    void rowsAndColumnsThatSayNothingDoNoHarm() {
        double[][] rows = exact(ofFactor(0.9, 0.7, 0.6, 0), 200, 1);
        double[][] more = without(rows, 3);
        FactorModel with = FactorModel.of(rows(more, without(rows, 0, 1, 2, 3)), 1);
        FactorModel alone = FactorModel.of(rows(more), 1, 1, 1e-9 * 2, 1000);
        assertThat(with.covariance(0, 1)).isCloseTo(alone.covariance(0, 1), within(1e-4));
        assertThat(with.covariance(0, 3)).isZero();
        assertThat(FactorModel.of(rows(new double[][] {{1, 2}}), 0).mean()).containsExactly(1, 2);
    }
}
