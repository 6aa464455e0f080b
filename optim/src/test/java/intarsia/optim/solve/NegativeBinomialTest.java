package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against MASS's glm.nb, the definition of the likelihood, and what is known of the limits. */
class NegativeBinomialTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-14, 10_000);

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] all(NegativeBinomial.Fit fit) {
        double[] all = Families.joined(fit.fit().intercept(), fit.fit().coefficients());
        all = Arrays.copyOf(all, all.length + 1);
        all[all.length - 1] = 1 / fit.dispersion();
        return all;
    }

    /** R's {@code dnbinom(y, size = 1 / a, mu = m, log = TRUE)} and {@code dpois(y, m, log = TRUE)}: y, m, a. */
    @Test
    void probabilitiesAreThoseOfR() {
        double[][] rows = {{0, 0.7, 0.5, -0.600209184900676}, {3, 1.2, 0.5, -2.49620065640676}, {12, 4, 1e-6, -7.35165616240263},
            {1500, 1200, 0.05, -7.2740057271036}, {250_000, 2e5, 0.3, -12.8606219135686}, {5, 2, 20, -4.81187725356559},
            {3, 1.2, 0, -2.44479479884619}, {40, 33.5, 0, -3.35882216151657}, {5_000, 4_900, 0, -6.19108838317668}};
        for (double[] row : rows) {
            assertThat(NegativeBinomial.logProbability(row[0], row[1], row[2])).as(Arrays.toString(row))
                    .isCloseTo(row[3], within(1e-13 * Math.max(100, row[0] * Math.log(row[0] + 1))));
        }
    }

    /** On both sides of every change of formula; and Poisson's is the limit. */
    @Test
    void probabilitiesAddUpToOne() {
        for (double[] of : new double[][] {{0.01, 0.3}, {3, 0.7}, {14, 1e-9}, {15, 0}, {990, 0.01}}) {
            double sum = IntStream.range(0, 4_000).mapToDouble(y -> Math.exp(NegativeBinomial.logProbability(y, of[0], of[1]))).sum();
            assertThat(sum).as(Arrays.toString(of)).isCloseTo(1, within(1e-10));
        }
        assertThat(NegativeBinomial.logProbability(2_000, 1_900, 1e-14)).isCloseTo(NegativeBinomial.logProbability(2_000, 1_900, 0),
                within(1e-8));
    }

    @Test
    void coefficientsAndDispersionAreThoseOfR() {
        double[] counts = Families.column("time");
        double[] ones = ones(counts.length);
        Tensor x = Families.predictors();
        double[] exposure = Families.column("exposure");
        double[] weights = Families.column("weight");
        Families.assertGolden("negative-binomial", all(NegativeBinomial.fit(x, counts, ones, ones, 0, TIGHT)));
        Families.assertGolden("negative-binomial-offset", all(NegativeBinomial.fit(x, counts, exposure, ones, 0, TIGHT)));
        Families.assertGolden("negative-binomial-weighted", all(NegativeBinomial.fit(x, counts, ones, weights, 0, TIGHT)));
    }

    /** The counts of the table are Poisson's. */
    @Test
    void whereCountsAreNotOverdispersedItIsPoissons() {
        double[] counts = Families.column("count");
        NegativeBinomial.Fit fit = NegativeBinomial.fit(Families.predictors(), counts, Families.column("exposure"), ones(counts.length), 0,
                TIGHT);
        assertThat(fit.dispersion()).isZero();
        Families.assertGolden("poisson-offset", Families.joined(fit.fit().intercept(), fit.fit().coefficients()));
    }

    /** log P(y), sums of logarithms in place of gamma functions. */
    private static double logLikelihood(double[] y, double[] m, double[] w, double a) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            double own = y[i] * Math.log(m[i]) - (y[i] + 1 / a) * Math.log1p(a * m[i]);
            for (int j = 0; j < y[i]; j++) {
                own += Math.log1p(a * j);
            }
            sum += w[i] * own;
        }
        return sum;
    }

    /** A row each way along the path is worse, also where counts are beyond those that are summed one by one. */
    @ParameterizedTest
    @ValueSource(doubles = {2, 30, 900, 40_000})
    void theDispersionIsTheMostProbable(double mean) {
        RandomStream random = RandomStream.of(7, "counts");
        double[] means = IntStream.range(0, 60).mapToDouble(i -> mean * (0.5 + random.nextDouble())).toArray();
        double[] counts = Arrays.stream(means).map(m -> Math.floor(-2 * m * Math.log(random.nextDouble()) * random.nextDouble())).toArray();
        double[] weights = IntStream.range(0, 60).mapToDouble(i -> i % 3 + 0.5).toArray();
        double found = NegativeBinomial.dispersion(counts, means, weights);
        assertThat(NegativeBinomial.overdispersed(counts, means, weights)).isTrue();
        double at = logLikelihood(counts, means, weights, found);
        for (double factor : new double[] {0.5, 0.99, 0.999, 1.001, 1.01, 2}) {
            assertThat(logLikelihood(counts, means, weights, factor * found)).as("times %s", factor).isLessThan(at);
        }
    }

    @Test
    void aRowOfWeightTwoIsTheRowTwice() {
        double[] counts = {9, 0, 0, 14, 1, 2};
        double[] means = {3, 2, 4, 5, 1, 2};
        double[] twiceCounts = {9, 9, 0, 0, 14, 1, 2};
        double[] twiceMeans = {3, 3, 2, 4, 5, 1, 2};
        assertThat(NegativeBinomial.dispersion(counts, means, new double[] {2, 1, 1, 1, 1, 1}))
                .isCloseTo(NegativeBinomial.dispersion(twiceCounts, twiceMeans, ones(7)), within(1e-12));
    }

    @Test
    void limits() {
        double[] means = {3, 2, 4};
        assertThat(NegativeBinomial.dispersion(means, means, ones(3))).as("counts as expected").isZero();
        assertThat(NegativeBinomial.dispersion(new double[3], new double[3], ones(3))).as("no events").isZero();
        assertThat(NegativeBinomial.dispersion(new double[0], new double[0], ones(0))).as("no rows").isZero();
        assertThat(NegativeBinomial.overdispersed(new double[0], new double[0], ones(0))).isFalse();
        assertThat(NegativeBinomial.dispersion(new double[] {1e6, 0}, new double[] {1e-3, 1e-3}, ones(2))).isEqualTo(1e6);
        assertThatThrownBy(() -> NegativeBinomial.fit(Tensor.zeros(2, 1), ones(2), ones(3), ones(2), 1, TIGHT))
                .isInstanceOf(ShapeException.class).hasMessageContaining("3 exposures");
    }

    /** Of Poisson's counts about one in twenty samples is called overdispersed, and of others most. */
    @Test
    void theTestHoldsItsLevel() {
        int called = 0;
        for (int sample = 0; sample < 400; sample++) {
            RandomStream random = RandomStream.of(sample, "poisson");
            double[] counts = IntStream.range(0, 200).mapToDouble(i -> {
                int count = 0;
                for (double time = -Math.log(random.nextDouble()); time < 3; time -= Math.log(random.nextDouble())) {
                    count++;
                }
                return count;
            }).toArray();
            double mean = Arrays.stream(counts).average().orElseThrow();
            double[] means = new double[200];
            Arrays.fill(means, mean);
            called += NegativeBinomial.overdispersed(counts, means, ones(200)) ? 1 : 0;
        }
        assertThat(called).isBetween(8, 34);
    }

    @Test
    void aRidgeShrinks() {
        double[] counts = Families.column("time");
        double[] ones = ones(counts.length);
        double[] free = NegativeBinomial.fit(Families.predictors(), counts, ones, ones, 0, TIGHT).fit().coefficients();
        double[] held = NegativeBinomial.fit(Families.predictors(), counts, ones, ones, 1e3, TIGHT).fit().coefficients();
        assertThat(Arrays.stream(held).map(b -> b * b).sum()).isLessThan(0.05 * Arrays.stream(free).map(b -> b * b).sum());
        Tensor nothing = Tensor.of(Shape.of(3, 0), new double[0]);
        double[] none = NegativeBinomial.fit(nothing, new double[] {1, 9, 0}, ones(3), ones(3), 1, TIGHT).fit().coefficients();
        assertThat(none).isEmpty();
    }
}
