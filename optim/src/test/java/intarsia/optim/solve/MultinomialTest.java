package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.optim.prox.Penalty;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MultinomialTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-12, 200);

    private static Multinomial table() {
        return Multinomial.of(Families.predictors(), 3, Families.whole("class"));
    }

    /** Intercept and coefficients of one class after the other. */
    private static double[] byClass(LinearFit fit) {
        int p = fit.coefficients().shape().rows();
        int classes = fit.intercepts().length;
        double[] all = new double[classes * (p + 1)];
        for (int k = 0; k < classes; k++) {
            all[k * (p + 1)] = fit.intercepts()[k];
            for (int j = 0; j < p; j++) {
                all[k * (p + 1) + 1 + j] = fit.coefficients().get(j, k);
            }
        }
        return all;
    }

    @Test
    void coefficientsAreThoseOfR() {
        LinearFit plain = table().fit(0, TIGHT);
        assertThat(plain.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        Families.assertGolden("multinomial", byClass(plain));
        Families.assertGolden("multinomial-weighted", byClass(table().withWeights(Families.column("weight")).fit(0, TIGHT)));
        double[] weights = Families.column("weight");
        double total = Arrays.stream(weights).sum();
        Multinomial weighted = table().withWeights(Arrays.stream(weights).map(w -> w / total).toArray());
        for (double ridge : new double[] {0.1, 0.05, 0.01}) {
            Families.assertGolden("multinomial-glmnet-0-" + ridge, byClass(weighted.fit(ridge, TIGHT)));
        }
    }

    @Test
    void derivativesAreThoseOfTheLoss() {
        RandomStream random = RandomStream.of(1, "multinomial");
        for (int classes : new int[] {2, 3, 5}) {
            Tensor x = GlmProblems.gaussian(random, 20, 3);
            int[] y = new int[20];
            double[] w = new double[20];
            for (int i = 0; i < 20; i++) {
                y[i] = random.nextInt(classes);
                w[i] = i == 4 ? 0 : random.nextDouble(0.1, 2);
            }
            double[] point = GlmProblems.gaussian(random, 4 * classes, 1).doubles();
            double[] direction = GlmProblems.gaussian(random, 4 * classes, 1).doubles();
            for (int j = 0; j < 4; j++) {
                // the Hessian is given curvature along what moves all classes alike
                double mean = Arrays.stream(direction, j * classes, (j + 1) * classes).average().orElseThrow();
                for (int k = 0; k < classes; k++) {
                    direction[j * classes + k] -= mean;
                }
            }
            LinearLosses.assertDerivatives(new MultinomialLoss(y, classes, w), x, point, direction);
        }
    }

    @Test
    void theGradientVanishesAndSumsOverClassesAreZero() {
        RandomStream random = RandomStream.of(2, "multinomial");
        for (int[] size : new int[][] {{40, 3, 3}, {12, 30, 4}, {5, 200, 2}, {60, 0, 3}, {30, 6, 2}}) {
            Multinomial model = random(random, size[0], size[1], size[2]);
            for (double ridge : new double[] {1, 1e-3}) {
                LinearFit fit = model.fit(ridge, TIGHT);
                assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
                assertThat(LinearLosses.slope(model, model.loss(), ridge, fit)).isLessThan(1e-6);
                assertThat(Arrays.stream(fit.intercepts()).sum()).isCloseTo(0, within(1e-12));
                for (int j = 0; j < size[1]; j++) {
                    double sum = 0;
                    for (int k = 0; k < size[2]; k++) {
                        sum += fit.coefficients().get(j, k);
                    }
                    assertThat(sum).isCloseTo(0, within(1e-10));
                }
            }
        }
    }

    private static Multinomial random(RandomStream random, int n, int p, int classes) {
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            y[i] = i < classes ? i : random.nextInt(classes);
        }
        return Multinomial.of(GlmProblems.gaussian(random, n, p), classes, y);
    }

    /** The difference of two classes' coefficients is a logistic regression with half the ridge. */
    @Test
    void twoClassesAreLogisticRegression() {
        RandomStream random = RandomStream.of(3, "multinomial");
        for (int p : new int[] {4, 50}) {
            Multinomial model = random(random, 30, p, 2);
            LinearFit fit = model.fit(0.2, TIGHT);
            double[] labels = Arrays.stream(model.response()).asDoubleStream().toArray();
            GlmProblem problem = GlmProblem.of(Family.BINOMIAL, model.predictors(), labels);
            GlmFit logistic = Glm.fit(problem, Penalty.ridge(0.1), new SolverOptions(1e-13, 1000));
            for (int j = 0; j < p; j++) {
                assertThat(fit.coefficients().get(j, 1) - fit.coefficients().get(j, 0))
                        .isCloseTo(logistic.coefficients()[j], within(1e-6));
            }
            assertThat(fit.intercepts()[1] - fit.intercepts()[0]).isCloseTo(logistic.intercept(), within(1e-6));
        }
    }

    @Test
    void weightsRepeatRowsAndTheirOrderIsFree() {
        RandomStream random = RandomStream.of(4, "multinomial");
        Multinomial model = random(random, 25, 3, 3);
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
        double[] ones = GlmProblems.uniform(size, 1);
        LinearFit weighted = model.withWeights(counts).fit(0.5, TIGHT);
        LinearFit again = Multinomial.of(LinearLosses.rows(model.predictors(), rows), 3, LinearLosses.pick(model.response(), rows))
                .withWeights(ones).fit(0.5, TIGHT);
        assertThat(byClass(again)).containsExactly(byClass(weighted), within(1e-9));
        int[] order = LinearLosses.shuffled(25);
        LinearFit shuffled = Multinomial.of(LinearLosses.rows(model.predictors(), order), 3, LinearLosses.pick(model.response(), order))
                .fit(0.5, TIGHT);
        assertThat(byClass(shuffled)).containsExactly(byClass(model.fit(0.5, TIGHT)), within(1e-12));
    }

    @Test
    void probabilitiesSumToOneAndMatchSharesWithoutColumns() {
        Multinomial model = Multinomial.of(Tensor.zeros(6, 0), 3, 0, 1, 1, 2, 2, 2);
        Tensor p = Multinomial.probabilities(model.fit(0, TIGHT), Tensor.zeros(1, 0));
        assertThat(p.doubles()).containsExactly(new double[] {1.0 / 6, 2.0 / 6, 3.0 / 6}, within(1e-12));
    }

    @Test
    void separableClassesHaveNoMinimumWithoutRidge() {
        RandomStream random = RandomStream.of(5, "multinomial");
        for (int trial = 0; trial < 20; trial++) {
            Tensor x = GlmProblems.gaussian(random, 30, 2);
            int[] y = new int[30];
            for (int i = 0; i < 30; i++) {
                // class 0 is apart, 1 and 2 overlap
                y[i] = x.get(i, 0) > 0.3 ? 0 : 1 + random.nextInt(2);
            }
            Multinomial model = Multinomial.of(x, 3, y);
            LinearFit free = model.fit(0, SolverOptions.DEFAULT);
            assertThat(free.outcome()).as("%s", trial).isEqualTo(SolverOutcome.NO_MINIMUM);
            assertThat(byClass(free)).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
            LinearFit held = model.fit(1e-4, TIGHT);
            assertThat(held.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(LinearLosses.slope(model, model.loss(), 1e-4, held)).isLessThan(1e-6);
        }
        assertThat(random(random, 10, 30, 3).fit(0, SolverOptions.DEFAULT).outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
    }

    @Test
    void aClassWithoutRowsIsImprobable() {
        Multinomial model = table();
        Multinomial more = new Multinomial(model.predictors(), Arrays.stream(model.response()).map(y -> y + (y > 0 ? 1 : 0)).toArray(), 4,
                model.weights());
        LinearFit fit = more.fit(0.1, TIGHT);
        assertThat(fit.outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
        Tensor expected = Multinomial.probabilities(model.fit(0.1, TIGHT), model.predictors());
        Tensor actual = Multinomial.probabilities(fit, model.predictors());
        for (int i = 0; i < model.response().length; i++) {
            assertThat(actual.get(i, 1)).isPositive().isLessThan(3e-9);
            assertThat(actual.get(i, 0)).isCloseTo(expected.get(i, 0), within(1e-8));
            assertThat(actual.get(i, 3)).isCloseTo(expected.get(i, 2), within(1e-8));
        }
        LinearFit one = Multinomial.of(Tensor.matrix(new double[][] {{1}, {2}}), 2, 1, 1).fit(0.1, TIGHT);
        assertThat(one.outcome()).isEqualTo(SolverOutcome.NO_MINIMUM);
        assertThat(one.coefficients().doubles()).containsOnly(0);
        assertThat(one.intercepts()[1] - one.intercepts()[0]).isEqualTo(20);
    }

    @Test
    void constantAndDuplicateColumnsAndOneRow() {
        RandomStream random = RandomStream.of(6, "multinomial");
        Multinomial model = random(random, 40, 2, 3);
        Tensor x = Tensor.zeros(40, 4);
        for (int i = 0; i < 40; i++) {
            x.set(model.predictors().get(i, 0), i, 0);
            x.set(model.predictors().get(i, 1), i, 1);
            x.set(model.predictors().get(i, 1), i, 2);
            x.set(0.1, i, 3);
        }
        Multinomial wide = new Multinomial(x, model.response(), 3, model.weights());
        for (double ridge : new double[] {0, 0.1}) {
            LinearFit fit = wide.fit(ridge, TIGHT);
            assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(LinearLosses.slope(wide, wide.loss(), ridge, fit)).isLessThan(1e-7);
            for (int k = 0; k < 3; k++) {
                assertThat(fit.coefficients().get(3, k)).isZero();
                assertThat(fit.coefficients().get(1, k)).isCloseTo(fit.coefficients().get(2, k), within(1e-3));
            }
        }
        LinearFit row = Multinomial.of(Tensor.matrix(new double[][] {{3, 4}}), 1, 0).fit(0, TIGHT);
        assertThat(row.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        assertThat(row.coefficients().doubles()).containsOnly(0);
    }

    @Test
    void theRowsSpanKeepsProductsAndLengths() {
        RandomStream random = RandomStream.of(7, "span");
        Tensor x = Matrices.product(GlmProblems.gaussian(random, 6, 4), GlmProblems.gaussian(random, 4, 30));
        RowSpace span = RowSpace.of(x);
        assertThat(span.coordinates().shape().columns()).isEqualTo(4);
        Tensor u = GlmProblems.gaussian(random, 4, 2);
        Tensor b = span.coefficients(u);
        assertThat(Matrices.product(x, b).doubles()).containsExactly(Matrices.product(span.coordinates(), u).doubles(), within(1e-10));
        assertThat(Matrices.norm(b)).isCloseTo(Matrices.norm(u), within(1e-12));
        RowSpace none = RowSpace.of(Tensor.zeros(2, 3));
        assertThat(none.coefficients(Tensor.zeros(0, 1)).doubles()).containsExactly(0, 0, 0);
    }

    @Test
    void errorsSpeak() {
        assertThatThrownBy(() -> Multinomial.of(Tensor.zeros(2, 1), 3, 0, 3))
                .hasMessage("multinomial: response 1 is 3; classes are 0 to 2");
        assertThatThrownBy(() -> Multinomial.of(Tensor.zeros(2, 1), 3, 0)).isInstanceOf(ShapeException.class)
                .hasMessageContaining("1 responses and 1 weights for 2 rows");
        assertThatThrownBy(() -> Multinomial.of(Tensor.zeros(2, 1), 3, 0, 1).withWeights(1, -1)).hasMessageContaining("weight 1 is -1.0");
        assertThatThrownBy(() -> Multinomial.of(Tensor.zeros(2, 1), 3, 0, 1).fit(-1, TIGHT)).hasMessageContaining("ridge is -1.0");
        assertThatThrownBy(() -> Multinomial.of(Tensor.matrix(new double[][] {{1, Double.NaN}}), 2, 0))
                .hasMessage("multinomial: predictor 1 of row 0 is NaN; must be finite");
    }
}
