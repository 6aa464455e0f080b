package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.models.data.DataException;
import intarsia.models.data.Individual;
import intarsia.models.response.Classes;
import intarsia.models.response.ResponseBaseline;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassTensorsTest {
    private static final RandomStream RANDOM = RandomStream.of(1, "fit");
    private static final Classes THREE = new Classes(List.of("a", "b", "c"));
    private static final TenMtl.Search CLOSE = new TenMtl.Search(0, 50_000, 1e-11);

    private final RandomStream random = RandomStream.of(5, "classes");

    /** Rows for coefficients [individuals x .. x K] and intercepts 0. */
    private List<Individual> individuals(Tensor b, Classes family, int fewest, int most) {
        int group = family.levels().size();
        int numbers = b.size() / b.shape().size(0);
        List<Individual> individuals = new ArrayList<>();
        for (int i = 0; i < b.shape().size(0); i++) {
            int n = fewest + random.nextInt(most - fewest + 1);
            int[] sizes = Arrays.copyOf(b.shape().with(0, n).sizes(), b.shape().rank() - 1);
            Tensor x = PlantedIndividuals.gaussian(random, sizes);
            double[] y = new double[n];
            for (int row = 0; row < n; row++) {
                double[] p = probabilities(b, i, x, row, family);
                double u = random.nextDouble();
                for (int k = 0; k < group - 1 && u > p[k]; k++) {
                    u -= p[k];
                    y[row]++;
                }
            }
            individuals.add(new Individual("i" + i, x, y));
        }
        assertThat(numbers % group).isZero();
        return individuals;
    }

    private static double[] probabilities(Tensor b, int i, Tensor x, int row, Classes family) {
        int group = family.levels().size();
        int p = x.size() / x.shape().size(0);
        double[] eta = new double[group];
        for (int j = 0; j < p * group; j++) {
            eta[j % group] += b.at(i * p * group + j) * x.at(row * p + j / group);
        }
        double[] probabilities = new double[group];
        family.respond(eta, 0, ResponseBaseline.NONE, probabilities, 0);
        return probabilities;
    }

    private Tensor planted(int count, int... sizes) {
        int[] ranks = Arrays.stream(sizes).map(size -> Math.min(size, 2)).toArray();
        Tensor b = PlantedIndividuals.planted(random, count, 1, sizes, ranks);
        return Tensor.of(b.shape(), Arrays.stream(b.doubles()).map(v -> 1.5 * v).toArray());
    }

    /** Two classes are a binary response: the prior halves each of the two linear predictors. */
    @Test
    void twoClassesAreABinaryResponse() {
        Classes two = new Classes(List.of("no", "yes"));
        for (int[] sizes : new int[][] {{1}, {5}, {4, 3}}) {
            Tensor b = planted(5, sizes);
            List<Individual> individuals = PlantedIndividuals.individuals(random, ResponseFamily.BINARY, b, 30, 50, 0);
            int[] ranks = Arrays.stream(sizes).map(size -> Math.min(size, 2)).toArray();
            int[] more = Arrays.copyOf(ranks, ranks.length + 1);
            more[ranks.length] = 1;
            TenMtlFit binary = TenMtl.options().ranks(1, ranks).search(CLOSE).solve(individuals, ResponseFamily.BINARY, RANDOM).orThrow();
            TenMtlFit classes = TenMtl.options().ranks(1, more).search(CLOSE).solve(individuals, two, RANDOM).orThrow();
            assertThat(classes.objective()).isCloseTo(binary.objective(), within(1e-9));
            assertThat(classes.violation()).isBetween(0.0, 1e-6);
            for (int i = 0; i < 5; i++) {
                double[] ones = binary.coefficients().predict(i, individuals.get(i).predictors());
                double[] both = classes.coefficients().predict(i, individuals.get(i).predictors());
                for (int row = 0; row < ones.length; row++) {
                    assertThat(both[2 * row + 1]).isCloseTo(ones[row], within(1e-5));
                    assertThat(both[2 * row]).isCloseTo(1 - ones[row], within(1e-5));
                }
            }
        }
    }

    /** One individual at full ranks is a multinomial ridge regression: the slopes of its objective, written out, are 0. */
    @Test
    void fullRanksAreAMultinomialRidgeRegression() {
        Individual one = individuals(planted(1, 4, 3), THREE, 60, 60).getFirst();
        TenMtl options = TenMtl.options().withoutCommon().ranks(1, 2, 2).search(new TenMtl.Search(0, 50_000, 1e-13));
        TenMtlFit fit = options.solve(List.of(one), THREE, RANDOM).orThrow();
        CenteredData data = new CenteredData(List.of(one), THREE);
        double precision = CoupledPrior.of(CoupledRows.of(data), fit.options()).personal().precision();
        double[] centers = data.startIntercepts();
        Tensor b = fit.coefficients().coefficients();
        int n = one.rows();
        double[] p = fit.coefficients().predict(0, one.predictors());
        double[] mean = new double[4];
        for (int row = 0; row < n; row++) {
            for (int j = 0; j < 4; j++) {
                mean[j] += one.predictors().get(row, j) / n;
            }
        }
        double norm = 0;
        for (int row = 0; row < n; row++) {
            for (int j = 0; j < 4; j++) {
                norm += Math.pow(one.predictors().get(row, j) - mean[j], 2) / n;
            }
        }
        assertThat(precision).as("log odds of two classes have standard deviation 2").isCloseTo(0.5 * norm, within(1e-12));
        for (int k = 0; k < 3; k++) {
            double intercept = fit.coefficients().intercepts()[k];
            double slope = 0;
            for (int row = 0; row < n; row++) {
                slope += p[row * 3 + k] - (one.response()[row] == k ? 1 : 0);
            }
            for (int j = 0; j < 4; j++) {
                intercept += b.at(j * 3 + k) * mean[j];
                double g = precision * b.at(j * 3 + k);
                for (int row = 0; row < n; row++) {
                    g += (p[row * 3 + k] - (one.response()[row] == k ? 1 : 0)) * (one.predictors().get(row, j) - mean[j]);
                }
                assertThat(g / n).isCloseTo(0, within(1e-7));
            }
            assertThat((slope + 0.5 * (intercept - centers[k])) / n).isCloseTo(0, within(1e-7));
        }
    }

    @Test
    void aRankOfAllClassesIsRefused() {
        List<Individual> individuals = individuals(planted(3, 4, 3), THREE, 10, 12);
        assertThatThrownBy(() -> TenMtl.options().ranks(1, 2, 3).solve(individuals, THREE, RANDOM)).isInstanceOf(DataException.class)
                .hasMessageContaining("mode 2 can have rank 1 to 2");
        assertThat(TenMtl.options().ranks(TuckerRanks.upTo(4)).solve(individuals, THREE, RANDOM).orThrow().options().ranks().predictors())
                .containsExactly(4, 2);
    }

    /** Where predictors do not vary, and there is no prior, probabilities are each individual's shares. */
    @Test
    void withoutPredictorsProbabilitiesAreShares() {
        double[] y = {0, 0, 1, 2, 2, 2, 2};
        Individual first = new Individual("first", Tensor.zeros(7, 2, 3), y);
        Individual second = new Individual("second", Tensor.zeros(4, 2, 3), new double[] {2, 1, 1, 0}, new double[] {1, 1, 1, 3});
        TenMtlFit fit = TenMtl.options().withoutPrior().ranks(1, 1, 1, 1).search(new TenMtl.Search(0, 200, 1e-12))
                .solve(List.of(first, second), THREE, RANDOM).orThrow();
        assertThat(Arrays.copyOf(fit.coefficients().predict(0, first.predictors()), 3))
                .containsExactly(new double[] {2 / 7.0, 1 / 7.0, 4 / 7.0}, within(1e-9));
        assertThat(Arrays.copyOf(fit.coefficients().predict(1, second.predictors()), 3))
                .containsExactly(new double[] {3 / 6.0, 2 / 6.0, 1 / 6.0}, within(1e-9));
    }

    /** The first and second derivatives of the loss along features, by differences. */
    @Test
    void slopesAndCurvaturesAreThoseOfTheLoss() {
        for (int group : new int[] {2, 3, 5}) {
            RowLoss losses = new RowLoss(null, group);
            int n = 4 * group;
            int columns = 3;
            double[] features = PlantedIndividuals.gaussian(random, n, columns).toDoubles();
            double[] y = IntStream.range(0, n).mapToDouble(row -> row % group == row / group % group ? 1 : 0).toArray();
            double[] weights = IntStream.range(0, n).mapToDouble(row -> 0.1 + 0.05 * (row / group)).toArray();
            double[] theta = {0.4, -0.8, 2};
            BlockQuadratic at = quadratic(losses, features, columns, y, weights, theta);
            for (int j = 0; j < columns; j++) {
                double[] up = theta.clone();
                double[] down = theta.clone();
                up[j] += 1e-5;
                down[j] -= 1e-5;
                double slope = (losses.sum(y, weights, linear(features, up), 0, n) - losses.sum(y, weights, linear(features, down), 0, n))
                        / 2e-5;
                assertThat(at.falls()[j]).isCloseTo(-slope, within(1e-8));
                double[] falls = quadratic(losses, features, columns, y, weights, up).falls();
                double[] before = quadratic(losses, features, columns, y, weights, down).falls();
                for (int k = 0; k < columns; k++) {
                    assertThat(at.hessian().get(j, k)).isCloseTo((before[k] - falls[k]) / 2e-5, within(1e-8));
                }
            }
        }
    }

    private static BlockQuadratic quadratic(RowLoss losses, double[] features, int columns, double[] y, double[] weights, double[] theta) {
        return BlockQuadratic.of(losses, features, columns, y, weights, linear(features, theta), 0, y.length);
    }

    private static double[] linear(double[] features, double[] theta) {
        return IntStream.range(0, features.length / theta.length).mapToDouble(n -> IntStream.range(0, theta.length)
                .mapToDouble(j -> features[n * theta.length + j] * theta[j]).sum()).toArray();
    }

    /** Far away from all rows nothing overflows, and the loss is linear. */
    @Test
    void theLossOfLargePredictorsIsFinite() {
        RowLoss losses = new RowLoss(null, 3);
        double[] eta = {1e4, -1e4, 0};
        double[] one = {1, 1, 1};
        assertThat(losses.sum(new double[] {1, 0, 0}, one, eta, 0, 3)).isZero();
        assertThat(losses.sum(new double[] {0, 1, 0}, one, eta, 0, 3)).isEqualTo(3 * 2e4);
        assertThat(losses.means(eta, 0, 3)).containsExactly(1, 0, 0);
        assertThat(losses.sum(new double[] {1, 0, 0}, one, new double[] {40, 0, 0}, 0, 3)).as("small, not 0")
                .isCloseTo(3 * 2 * Math.exp(-40), within(1e-30));
    }

    @Test
    void theObjectiveFallsToAStationaryPointWithAndWithoutLasso() {
        List<Individual> individuals = individuals(planted(4, 3, 2, 3), THREE, 20, 30);
        for (double lasso : new double[] {0, 0.01}) {
            for (boolean common : new boolean[] {true, false}) {
                TenMtl options = (common ? TenMtl.options() : TenMtl.options().withoutCommon()).ranks(2, 2, 2, 2).lasso(lasso)
                        .search(new TenMtl.Search(0, 20_000, 1e-10));
                TenMtlFit fit = options.solve(individuals, THREE, RANDOM).orThrow();
                List<Double> trace = fit.bestStart().objective();
                for (int s = 1; s < trace.size(); s++) {
                    assertThat(trace.get(s)).isFinite().isLessThanOrEqualTo(trace.get(s - 1) * (1 + 1e-13));
                }
                assertThat(fit.violation()).as("lasso %s, common %s", lasso, common).isBetween(0.0, 1e-5);
            }
        }
    }

    @Test
    void theOrderOfClassesMeansNothing() {
        List<Individual> individuals = individuals(planted(4, 3, 3), THREE, 20, 30);
        int[] to = {2, 0, 1};
        List<Individual> turned = individuals.stream().map(one -> new Individual(one.name(), one.predictors(),
                Arrays.stream(one.response()).map(y -> to[(int) y]).toArray())).toList();
        TenMtl options = TenMtl.options().ranks(1, 2, 2).search(CLOSE);
        PersonalCoefficients once = options.solve(individuals, THREE, RANDOM).orThrow().coefficients();
        PersonalCoefficients again = options.solve(turned, THREE, RANDOM).orThrow().coefficients();
        for (int i = 0; i < 4; i++) {
            double[] p = once.predict(i, individuals.get(i).predictors());
            double[] q = again.predict(i, individuals.get(i).predictors());
            for (int n = 0; n < p.length; n++) {
                assertThat(q[n / 3 * 3 + to[n % 3]]).isCloseTo(p[n], within(1e-6));
            }
        }
    }

    /** The planted probabilities come out, and a newcomer's from few rows. */
    @Test
    void plantedClassesAreRecoveredAndANewcomerIsFoldedIn() {
        Tensor b = planted(18, 4, 3, 3);
        List<Individual> all = individuals(b, THREE, 200, 200);
        TenMtlFit fit = TenMtl.options().ranks(1, 2, 2, 2).solve(all.subList(0, 12), THREE, RANDOM).orThrow();
        double tenMtl = 0;
        for (int i = 0; i < 12; i++) {
            tenMtl += error(fit.coefficients(), i, b, i, all.get(i)) / 12;
        }
        assertThat(tenMtl).isBetween(0.0, 0.05);
        PersonalCoefficients mean = FoldIn.fold(fit, new Individual("far", Tensor.zeros(1, 4, 3), new double[] {0}));
        double own = 0;
        double without = 0;
        for (int i = 12; i < 18; i++) {
            own += error(FoldIn.fold(fit, firstRows(all.get(i), 40)), 0, b, i, all.get(i)) / 6;
            without += error(mean, 0, b, i, all.get(i)) / 6;
        }
        assertThat(own).isBetween(0.0, 0.1).isLessThan(0.7 * without);
        assertThatThrownBy(() -> FoldIn.fold(fit, new Individual("far", Tensor.zeros(1, 3, 3), new double[] {0})))
                .isInstanceOf(ShapeException.class).hasMessageContaining("far");
    }

    private static double error(PersonalCoefficients models, int at, Tensor b, int i, Individual rows) {
        double[] p = models.predict(at, rows.predictors());
        double sum = 0;
        for (int row = 0; row < rows.rows(); row++) {
            double[] truth = probabilities(b, i, rows.predictors(), row, THREE);
            for (int k = 0; k < 3; k++) {
                sum += Math.abs(p[row * 3 + k] - truth[k]);
            }
        }
        return sum / p.length;
    }

    private static Individual firstRows(Individual all, int n) {
        Shape shape = all.predictors().shape().with(0, n);
        return new Individual(all.name(), Tensor.of(shape, Arrays.copyOf(all.predictors().doubles(), shape.size())),
                Arrays.copyOf(all.response(), n));
    }
}
