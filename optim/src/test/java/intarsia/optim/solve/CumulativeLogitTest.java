package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.optim.prox.Penalty;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CumulativeLogitTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-12, 200);

    private static CumulativeLogit table() {
        return CumulativeLogit.of(Families.predictors(), 4, Families.whole("grade"));
    }

    private static double[] all(LinearFit fit) {
        double[] all = Arrays.copyOf(fit.intercepts(), fit.intercepts().length + fit.coefficients().size());
        System.arraycopy(fit.coefficients().doubles(), 0, all, fit.intercepts().length, fit.coefficients().size());
        return all;
    }

    @Test
    void coefficientsAreThoseOfR() {
        LinearFit fit = table().fit(0, TIGHT);
        assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        Families.assertGolden("cumulative", all(fit));
        Families.assertGolden("cumulative-weighted", all(table().withWeights(Families.column("weight")).fit(0, TIGHT)));
    }

    private static CumulativeLogit random(RandomStream random, int n, int p, int levels) {
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            y[i] = i < levels ? i : random.nextInt(levels);
        }
        return CumulativeLogit.of(GlmProblems.gaussian(random, n, p), levels, y);
    }

    @Test
    void derivativesAreThoseOfTheLoss() {
        RandomStream random = RandomStream.of(1, "cumulative");
        for (int levels : new int[] {2, 3, 6}) {
            for (double distance : new double[] {3, 0.5, 0.01}) {
                CumulativeLogit model = random(random, 25, 3, levels);
                double[] point = GlmProblems.gaussian(random, 3 + levels - 1, 1).doubles();
                double[] direction = GlmProblems.gaussian(random, 3 + levels - 1, 1).doubles();
                for (int k = 0; k < levels - 1; k++) {
                    point[3 + k] = distance * (k - 1.2);
                    direction[3 + k] *= Math.min(1, distance / 10);
                }
                LinearLosses.assertDerivatives(model.loss(), model.predictors(), point, direction);
            }
        }
    }

    @Test
    void theLossIsTheLogarithmOfTheProbability() {
        RandomStream random = RandomStream.of(2, "cumulative");
        CumulativeLogit model = random(random, 30, 2, 4);
        LinearFit fit = model.fit(0.1, TIGHT);
        Tensor p = CumulativeLogit.probabilities(fit, model.predictors());
        double loss = 0;
        for (int i = 0; i < 30; i++) {
            double eta = fit.coefficients().at(0) * model.predictors().get(i, 0) + fit.coefficients().at(1) * model.predictors().get(i, 1);
            double sum = 0;
            for (int k = 0; k < 4; k++) {
                double upper = k < 3 ? 1 / (1 + Math.exp(eta - fit.intercepts()[k])) : 1;
                double lower = k > 0 ? 1 / (1 + Math.exp(eta - fit.intercepts()[k - 1])) : 0;
                assertThat(p.get(i, k)).isCloseTo(upper - lower, within(1e-14));
                sum += p.get(i, k);
            }
            assertThat(sum).isCloseTo(1, within(1e-14));
            loss -= Math.log(p.get(i, model.response()[i])) / 30;
        }
        double squares = Arrays.stream(fit.coefficients().doubles()).map(b -> b * b).sum();
        assertThat(fit.objective()).isCloseTo(loss + 0.05 * squares, within(1e-12));
    }

    @Test
    void theGradientVanishes() {
        RandomStream random = RandomStream.of(3, "cumulative");
        for (int[] size : new int[][] {{40, 3, 3}, {12, 30, 4}, {5, 200, 2}, {60, 0, 5}, {30, 6, 2}}) {
            CumulativeLogit model = random(random, size[0], size[1], size[2]);
            for (double ridge : new double[] {1, 1e-3}) {
                LinearFit fit = model.fit(ridge, TIGHT);
                assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
                assertThat(LinearLosses.slope(model, model.loss(), ridge, fit)).isLessThan(1e-6);
                for (int k = 1; k < size[2] - 1; k++) {
                    assertThat(fit.intercepts()[k]).isGreaterThan(fit.intercepts()[k - 1]);
                }
            }
        }
    }

    @Test
    void twoLevelsAreLogisticRegression() {
        RandomStream random = RandomStream.of(4, "cumulative");
        for (int p : new int[] {4, 50}) {
            CumulativeLogit model = random(random, 30, p, 2);
            LinearFit fit = model.fit(0.1, TIGHT);
            double[] labels = Arrays.stream(model.response()).asDoubleStream().toArray();
            GlmFit logistic = Glm.fit(GlmProblem.of(Family.BINOMIAL, model.predictors(), labels), Penalty.ridge(0.1),
                    new SolverOptions(1e-13, 1000));
            assertThat(fit.coefficients().doubles()).containsExactly(logistic.coefficients(), within(1e-6));
            assertThat(fit.intercepts()[0]).isCloseTo(-logistic.intercept(), within(1e-6));
        }
    }

    /** Levels in the other order turn every sign. */
    @Test
    void reversedLevelsTurnTheSigns() {
        CumulativeLogit model = table();
        LinearFit fit = model.fit(0.05, TIGHT);
        LinearFit turned = CumulativeLogit.of(model.predictors(), 4, Arrays.stream(model.response()).map(y -> 3 - y).toArray())
                .fit(0.05, TIGHT);
        for (int j = 0; j < 4; j++) {
            assertThat(turned.coefficients().at(j)).isCloseTo(-fit.coefficients().at(j), within(1e-9));
        }
        for (int k = 0; k < 3; k++) {
            assertThat(turned.intercepts()[k]).isCloseTo(-fit.intercepts()[2 - k], within(1e-9));
        }
    }

    @Test
    void weightsRepeatRowsAndTheirOrderIsFree() {
        CumulativeLogit model = random(RandomStream.of(5, "cumulative"), 25, 3, 3);
        double[] counts = new double[25];
        int[] repeated = new int[50];
        int size = 0;
        for (int i = 0; i < 25; i++) {
            counts[i] = i % 3;
            for (int k = 0; k < i % 3; k++) {
                repeated[size++] = i;
            }
        }
        int[] rows = Arrays.copyOf(repeated, size);
        LinearFit weighted = model.withWeights(counts).fit(0.5, TIGHT);
        LinearFit again = CumulativeLogit.of(LinearLosses.rows(model.predictors(), rows), 3, LinearLosses.pick(model.response(), rows))
                .withWeights(GlmProblems.uniform(size, 1)).fit(0.5, TIGHT);
        assertThat(all(again)).containsExactly(all(weighted), within(1e-9));
        int[] order = LinearLosses.shuffled(25);
        LinearFit shuffled = CumulativeLogit.of(LinearLosses.rows(model.predictors(), order), 3,
                LinearLosses.pick(model.response(), order)).fit(0.5, TIGHT);
        assertThat(all(shuffled)).containsExactly(all(model.fit(0.5, TIGHT)), within(1e-12));
    }

    @Test
    void separableLevelsHaveNoMinimumWithoutRidge() {
        RandomStream random = RandomStream.of(6, "cumulative");
        for (int trial = 0; trial < 20; trial++) {
            Tensor x = GlmProblems.gaussian(random, 30, 2);
            int[] y = new int[30];
            for (int i = 0; i < 30; i++) {
                double z = x.get(i, 0) - 0.4 * x.get(i, 1);
                y[i] = z < -0.3 ? 0 : z < 0.5 ? 1 : 2;
            }
            CumulativeLogit model = CumulativeLogit.of(x, 3, y);
            LinearFit free = model.fit(0, SolverOptions.DEFAULT);
            assertThat(free.outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
            assertThat(all(free)).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
            assertThat(model.fit(1e-4, TIGHT).outcome()).isEqualTo(SolverOutcome.CONVERGED);
        }
    }

    @Test
    void levelsWithoutRows() {
        CumulativeLogit model = table();
        LinearFit expected = model.fit(0.1, TIGHT);
        CumulativeLogit between = new CumulativeLogit(model.predictors(),
                Arrays.stream(model.response()).map(y -> y + (y > 1 ? 1 : 0)).toArray(), 5, model.weights());
        LinearFit fit = between.fit(0.1, TIGHT);
        assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        double[] theta = expected.intercepts();
        assertThat(fit.intercepts()).containsExactly(theta[0], theta[1], theta[1], theta[2]);
        assertThat(CumulativeLogit.probabilities(fit, model.predictors()).get(0, 2)).isZero();
        CumulativeLogit ends = new CumulativeLogit(model.predictors(), Arrays.stream(model.response()).map(y -> y + 1).toArray(), 6,
                model.weights());
        LinearFit wide = ends.fit(0.1, TIGHT);
        assertThat(wide.outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
        assertThat(Arrays.copyOfRange(wide.intercepts(), 1, 4)).containsExactly(theta);
        Tensor p = CumulativeLogit.probabilities(wide, model.predictors());
        for (int i = 0; i < model.response().length; i++) {
            assertThat(p.get(i, 0)).isPositive().isLessThan(3e-9);
            assertThat(p.get(i, 5)).isPositive().isLessThan(3e-9);
        }
        LinearFit one = CumulativeLogit.of(Tensor.matrix(new double[][] {{1}, {2}}), 3, 1, 1).fit(0, TIGHT);
        assertThat(one.outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
        assertThat(one.intercepts()).containsExactly(-20, 20);
        assertThat(one.coefficients().doubles()).containsExactly(0);
    }

    @Test
    void constantAndDuplicateColumns() {
        CumulativeLogit model = random(RandomStream.of(7, "cumulative"), 40, 2, 3);
        Tensor x = Tensor.zeros(40, 4);
        for (int i = 0; i < 40; i++) {
            x.set(model.predictors().get(i, 0), i, 0);
            x.set(model.predictors().get(i, 1), i, 1);
            x.set(model.predictors().get(i, 1), i, 2);
            x.set(0.1, i, 3);
        }
        for (double ridge : new double[] {0, 0.1}) {
            CumulativeLogit wide = new CumulativeLogit(x, model.response(), 3, model.weights());
            LinearFit fit = wide.fit(ridge, TIGHT);
            assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(LinearLosses.slope(wide, wide.loss(), ridge, fit)).isLessThan(1e-7);
            assertThat(fit.coefficients().at(3)).isZero();
            assertThat(fit.coefficients().at(1)).isCloseTo(fit.coefficients().at(2), within(1e-3));
        }
    }

    @Test
    void errorsSpeak() {
        assertThatThrownBy(() -> CumulativeLogit.of(Tensor.zeros(2, 1), 3, 0, -1))
                .hasMessage("cumulative logit: response 1 is -1; levels are 0 to 2");
    }
}
