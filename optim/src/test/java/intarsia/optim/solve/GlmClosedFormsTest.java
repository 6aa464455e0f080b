package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.LeastSquares;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Qr;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.prox.Penalty;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Solutions that are known in another way. */
class GlmClosedFormsTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-13, 20_000);

    /** Two columns that differ by a hundred thousandth of the signal: no single slope shows what both together explain. */
    @Test
    void leastSquaresIsFoundThoughEverySlopeIsSmall() {
        double[] common = {1, 1, -1, -1, 1, 1, -1, -1};
        double[] signal = {1, -1, 1, -1, 1, -1, 1, -1};
        Tensor x = Tensor.zeros(8, 2);
        for (int i = 0; i < 8; i++) {
            x.set(common[i], i, 0);
            x.set(common[i] + 1e-5 * signal[i], i, 1);
        }
        GlmFit exact = Glm.fit(GlmProblem.of(Family.GAUSSIAN, x, signal), new ElasticNet(0, 0), SolverOptions.DEFAULT);
        assertThat(exact.objective()).isCloseTo(0, within(1e-8));
        assertThat(exact.coefficients()[1]).isCloseTo(1e5, within(1.0));
        Tensor third = Tensor.zeros(8, 3);
        for (int i = 0; i < 8; i++) {
            System.arraycopy(x.doubles(), 2 * i, third.doubles(), 3 * i, 2);
            third.set(i, i, 2);
        }
        GlmProblem free = GlmProblem.of(Family.GAUSSIAN, third, signal).withFactors(0, 0, 1);
        assertThat(Glm.fit(free, Penalty.l1(0.5), SolverOptions.DEFAULT).objective()).isCloseTo(0, within(1e-8));
        // three of four labels follow the signal: the log-odds are log 3
        GlmProblem labels = GlmProblem.of(Family.BINOMIAL, x, 1, 0, 1, 0, 1, 0, 0, 1);
        GlmFit fit = Glm.fit(labels, new ElasticNet(0, 0), SolverOptions.DEFAULT);
        assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        assertThat(fit.objective()).isLessThan(0.6);
        assertThat(GlmProblems.violation(labels, 0, 0, fit)).isLessThan(1e-6);
    }

    @Test
    void dependentColumnsReachTheLeastSquaresLoss() {
        RandomStream random = RandomStream.of(16, "dependent");
        for (int trial = 0; trial < 30; trial++) {
            Tensor base = GlmProblems.gaussian(random, 60, 3);
            Tensor mix = GlmProblems.gaussian(random, 3, 12);
            Tensor x = Matrices.product(base, false, mix, false);
            double[] y = GlmProblems.gaussian(random, 60, 1).doubles();
            GlmFit fit = Glm.fit(GlmProblem.of(Family.GAUSSIAN, x, y).withoutIntercept(), new ElasticNet(0, 0), TIGHT);
            double[] expected = LeastSquares.of(base, Tensor.vector(y)).solution().doubles();
            double loss = 0;
            for (int i = 0; i < 60; i++) {
                double r = y[i] - base.get(i, 0) * expected[0] - base.get(i, 1) * expected[1] - base.get(i, 2) * expected[2];
                loss += r * r / 120;
            }
            assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
            assertThat(fit.objective()).isCloseTo(loss, within(1e-11));
        }
    }

    @Test
    void anOrthonormalDesignGivesSoftThresholding() {
        RandomStream random = RandomStream.of(3, "orthonormal");
        for (int trial = 0; trial < 100; trial++) {
            Tensor q = Qr.of(GlmProblems.gaussian(random, 20, 6)).q();
            double[] y = GlmProblems.gaussian(random, 20, 1).doubles();
            double[] ones = new double[20];
            Arrays.fill(ones, 1);
            GlmProblem problem = GlmProblem.of(Family.GAUSSIAN, q, y).withWeights(ones).withoutIntercept();
            GlmFit fit = Glm.fit(problem, new ElasticNet(0.4, 0.3), TIGHT);
            double[] ols = Matrices.product(q, true, Tensor.of(Shape.of(20, 1), y), false).doubles();
            for (int j = 0; j < 6; j++) {
                assertThat(fit.coefficients()[j]).isCloseTo(ElasticNet.softThreshold(ols[j], 0.4) / 1.3, within(1e-12));
            }
        }
    }

    @Test
    void ridgeAndLeastSquaresHaveTheirClosedForms() {
        RandomStream random = RandomStream.of(4, "closed forms");
        for (int trial = 0; trial < 100; trial++) {
            Tensor x = GlmProblems.gaussian(random, 25, 7);
            // the last two columns are nearly dependent: the condition number is about 1e4
            for (int i = 0; i < 25; i++) {
                x.set(x.get(i, 5) + 1e-4 * x.get(i, 6), i, 6);
            }
            double[] y = GlmProblems.gaussian(random, 25, 1).doubles();
            GlmProblem problem = GlmProblem.of(Family.GAUSSIAN, x, y).withoutIntercept();
            GlmFit ols = Glm.fit(problem, new ElasticNet(0, 0), new SolverOptions(1e-15, 20_000));
            double[] expected = LeastSquares.of(x, Tensor.vector(y)).solution().doubles();
            Tensor normal = Matrices.gram(x);
            for (int j = 0; j < 7; j++) {
                assertThat(ols.coefficients()[j]).isCloseTo(expected[j], within(1e-6 * (1 + Math.abs(expected[5]))));
                normal.set(normal.get(j, j) + 25 * 0.1, j, j);
            }
            GlmFit ridge = Glm.fit(problem, Penalty.ridge(0.1), TIGHT);
            Tensor closed = Cholesky.of(normal).solve(Matrices.product(x, true, Tensor.of(Shape.of(25, 1), y), false));
            for (int j = 0; j < 7; j++) {
                assertThat(ridge.coefficients()[j]).isCloseTo(closed.at(j), within(1e-6));
            }
        }
    }

    @Test
    void oneRowAndNoColumns() {
        GlmFit row = Glm.fit(GlmProblem.of(Family.GAUSSIAN, Tensor.matrix(new double[][] {{2, 3}}), 7), new ElasticNet(0, 0), TIGHT);
        assertThat(row.intercept()).isEqualTo(7);
        assertThat(row.nonzeros()).isZero();
        GlmFit mean = Glm.fit(GlmProblem.of(Family.GAUSSIAN, Tensor.zeros(3, 0), 1, 2, 6), new ElasticNet(0, 0), TIGHT);
        assertThat(mean.intercept()).isCloseTo(3, within(1e-15));
        assertThat(mean.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        GlmFit odds = Glm.fit(GlmProblem.of(Family.BINOMIAL, Tensor.zeros(4, 0), 1, 1, 1, 0), new ElasticNet(0, 0), TIGHT);
        assertThat(odds.intercept()).isCloseTo(Math.log(3), within(1e-7));
    }

    @Test
    void constantAndZeroColumnsGetNothing() {
        Tensor x = Tensor.matrix(new double[][] {{0, 0.1, 1}, {0, 0.1, 2}, {0, 0.1, 3}, {0, 0.1, 5}});
        for (ElasticNet penalty : List.of(new ElasticNet(0, 0), new ElasticNet(1e-3, 0), new ElasticNet(0, 1e-3))) {
            GlmFit fit = Glm.fit(GlmProblem.of(Family.GAUSSIAN, x, 1, 2, 2, 4), penalty, TIGHT);
            assertThat(fit.coefficients()[0]).isZero();
            assertThat(fit.coefficients()[1]).isZero();
            assertThat(fit.coefficients()[2]).isPositive();
            assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        }
        // constant up to rounding, in step with the response
        double ulp = Math.ulp(1.0);
        Tensor nearly = Tensor.matrix(new double[][] {{1}, {1 + ulp}, {1 + ulp}, {1 + 2 * ulp}});
        assertThat(Glm.fit(GlmProblem.of(Family.GAUSSIAN, nearly, 1, 2, 2, 4), new ElasticNet(0, 0), TIGHT).coefficients()[0]).isZero();
        GlmFit flat = Glm.fit(GlmProblem.of(Family.GAUSSIAN, x, 7, 7, 7, 7), new ElasticNet(0.1, 0), TIGHT);
        assertThat(flat.intercept()).isEqualTo(7);
        assertThat(flat.nonzeros()).isZero();
    }
}
