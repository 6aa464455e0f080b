package intarsia.models.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.optim.solve.Family;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against R 4.2.2's lm and glm. */
class CompletedRegressionTest {
    private static final double[] X1 = {0.2, 1.5, -0.7, 2.2, 0.9, -1.1, 0.4, 1.8, -0.3, 0.6};
    private static final double[] X2 = {1, 0, 0, 1, 1, 0, 1, 0, 1, 0};

    private static Tensor design(double unit) {
        double[] x = new double[30];
        for (int i = 0; i < 10; i++) {
            x[3 * i] = 1;
            x[3 * i + 1] = unit * X1[i];
            x[3 * i + 2] = X2[i];
        }
        return Tensor.of(Shape.of(10, 3), x);
    }

    private static void matches(CompletedRegression fit, double[] coefficients, double[] variances) {
        for (int j = 0; j < 3; j++) {
            assertThat(fit.coefficients()[j]).isCloseTo(coefficients[j], within(1e-9));
            assertThat(fit.variances()[j]).isCloseTo(variances[j], within(2e-8)); // glm takes the weights before its last step
        }
        assertThat(fit.freedom()).isEqualTo(7);
    }

    @Test
    void leastSquares() {
        double[] y = {1.1, 2.9, -0.8, 5.2, 2.6, -1.9, 1.2, 3.1, 0.7, 1.5};
        matches(CompletedRegression.of(Family.GAUSSIAN, design(1), y, null),
                new double[] {0.209825174825175, 1.786130536130536, 0.735606060606060},
                new double[] {0.02100169393543518, 0.00939420913197136, 0.03932415942643212});
    }

    @Test
    void logistic() {
        matches(CompletedRegression.of(Family.BINOMIAL, design(1), new double[] {1, 1, 0, 0, 1, 0, 1, 1, 0, 0}, null),
                new double[] {-0.901085041237996, 0.896421084077731, 0.773864658023339},
                new double[] {1.338472165786145, 0.611883858926964, 1.992263012126077});
    }

    @Test
    void poissonWithExposures() {
        double[] offsets = Arrays.stream(new double[] {1, 2, 1, 3, 1, 2, 1, 2, 1, 1}).map(Elementary::log).toArray();
        matches(CompletedRegression.of(Family.POISSON, design(1), new double[] {2, 5, 0, 9, 3, 1, 1, 6, 1, 2}, offsets),
                new double[] {0.1221295951177919, 0.5020179798078662, 0.0249246201332051},
                new double[] {0.1236898156791715, 0.0391871775496861, 0.1409136194103315});
    }

    @Test
    void unitsDoNotMatter() {
        double[] y = {1.1, 2.9, -0.8, 5.2, 2.6, -1.9, 1.2, 3.1, 0.7, 1.5};
        CompletedRegression one = CompletedRegression.of(Family.GAUSSIAN, design(1), y, null);
        CompletedRegression other = CompletedRegression.of(Family.GAUSSIAN, design(0x1p400), y, null);
        assertThat(other.coefficients()[1] * 0x1p400).isEqualTo(one.coefficients()[1]);
        CompletedRegression large = CompletedRegression.of(Family.GAUSSIAN, design(1), Arrays.stream(y).map(v -> v * 1e200).toArray(),
                null);
        assertThat(large.coefficients()[2] / 1e200).isCloseTo(one.coefficients()[2], within(1e-12));
    }

    @Test
    void whatHasNoUniqueSolutionHasNone() {
        Tensor twice = Tensor.of(Shape.of(4, 2), new double[] {1, 2, 2, 4, 3, 6, -1, -2});
        assertThat(CompletedRegression.of(Family.GAUSSIAN, twice, new double[] {1, 2, 3, 4}, null)).isNull();
        Tensor line = Tensor.of(Shape.of(4, 2), new double[] {1, -2, 1, -1, 1, 1, 1, 2});
        assertThat(CompletedRegression.of(Family.BINOMIAL, line, new double[] {0, 0, 1, 1}, null)).isNull();
        assertThat(CompletedRegression.of(Family.GAUSSIAN, Tensor.zeros(2, 2), new double[2], null)).isNull();
    }
}
