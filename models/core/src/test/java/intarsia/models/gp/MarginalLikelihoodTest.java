package intarsia.models.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Pool;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.models.response.ResponseFamily;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and derivatives of the marginal likelihood against the definition and differences. */
class MarginalLikelihoodTest {
    private static final ResponseFamily NORMAL = ResponseFamily.CONTINUOUS;
    private static final ResponseFamily BINARY = ResponseFamily.BINARY;
    private static final Pool POOL = new Pool(1);

    static Stream<Arguments> cases() {
        return Stream.of(SmoothKernel.values()).flatMap(kernel ->
                Stream.of(0, 1, 2).flatMap(rank -> Stream.of(List.of(NORMAL, NORMAL, NORMAL),
                List.of(BINARY, BINARY, BINARY), List.of(NORMAL, BINARY, NORMAL)).flatMap(families -> Stream.of(false, true)
                .filter(imputed -> !imputed || kernel == SmoothKernel.SQUARED_EXPONENTIAL)
                .map(imputed -> Arguments.of(kernel, rank, families.stream().map(ResponseFamily::key).toList(), imputed, families)))));
    }

    private static MultitaskGp.KernelSet kernels(SmoothKernel smooth) {
        return new MultitaskGp.KernelSet(List.of(KernelKind.values()), smooth);
    }

    @ParameterizedTest(name = "{0}, rank {1}, {2}, imputed {3}")
    @MethodSource("cases")
    void derivativesAreThoseOfDifferences(SmoothKernel smooth, int rank, List<String> names, boolean imputed,
            List<ResponseFamily> families) {
        KernelRows rows = GpRows.rows(75, imputed);
        // rows count differently in half of the cases
        Responses y = rank == 1 ? GpRows.weighted(rows, families) : GpRows.responses(rows, families);
        HyperparameterIndex index = new HyperparameterIndex(2, y.noisy(), rank);
        double[] at = GpRows.values(index);
        Covariance covariance = new Covariance(kernels(smooth), rows, GpRows.divisors(), GpRows.TASKS);
        double[] gradient = new double[index.size()];
        new MarginalLikelihood(covariance, y, POOL).value(new Hyperparameters(index, at), gradient);
        for (int k = 0; k < at.length; k++) {
            double[] difference = new double[2];
            for (int side = 0; side < 2; side++) {
                double[] moved = at.clone();
                moved[k] += side == 0 ? -1e-4 : 1e-4;
                difference[side] = new MarginalLikelihood(covariance, y, POOL).mode(new Hyperparameters(index, moved)).logEvidence();
            }
            assertThat(gradient[k]).as("hyperparameter %d", k)
                    .isCloseTo((difference[1] - difference[0]) / 2e-4, within(2e-5 * (1 + Math.abs(gradient[k]))));
        }
    }

    @Test
    void ofNormalResponsesItIsTheDensityOfAMultivariateNormal() {
        KernelRows rows = GpRows.rows(60, true);
        Responses y = GpRows.responses(rows, List.of(NORMAL, NORMAL, NORMAL));
        HyperparameterIndex index = new HyperparameterIndex(2, y.noisy(), 1);
        Hyperparameters h = new Hyperparameters(index, GpRows.values(index));
        Covariance covariance = new Covariance(kernels(SmoothKernel.SQUARED_EXPONENTIAL), rows, GpRows.divisors(), GpRows.TASKS);
        double[] k = new double[60 * 60];
        covariance.fill(h, k, POOL);
        for (int i = 0; i < 60; i++) {
            k[i * 60 + i] += y.noise(h)[rows.tasks()[i]];
        }
        Cholesky factor = Cholesky.of(Tensor.of(Shape.of(60, 60), k));
        double[] solved = factor.solve(Tensor.vector(y.values())).doubles();
        double density = -0.5 * factor.logDeterminant() - 30 * Math.log(2 * Math.PI);
        for (int i = 0; i < 60; i++) {
            density -= 0.5 * y.values()[i] * solved[i];
        }
        assertThat(new MarginalLikelihood(covariance, y, POOL).mode(h).logEvidence()).isCloseTo(density, within(1e-9 * Math.abs(density)));
    }

    /**
     * Of rows of weights w: {@code N(y; f, s)^w = N(y; f, s / w) (2 pi s)^((1 - w) / 2) w^(-1/2)}, s the noise.
     */
    @Test
    void aRowOfWeightTwoIsTwoRows() {
        KernelRows rows = GpRows.rows(60, false);
        Responses y = GpRows.weighted(rows, List.of(NORMAL, NORMAL, NORMAL));
        HyperparameterIndex index = new HyperparameterIndex(2, y.noisy(), 1);
        Hyperparameters h = new Hyperparameters(index, GpRows.values(index));
        Covariance covariance = new Covariance(kernels(SmoothKernel.SQUARED_EXPONENTIAL), rows, GpRows.divisors(), GpRows.TASKS);
        double[] k = new double[60 * 60];
        covariance.fill(h, k, POOL);
        double density = -30 * Math.log(2 * Math.PI);
        for (int i = 0; i < 60; i++) {
            double noise = y.noise(h)[rows.tasks()[i]];
            double weight = y.weights()[i];
            k[i * 60 + i] += noise / weight;
            density += (1 - weight) / 2 * Math.log(2 * Math.PI * noise) - Math.log(weight) / 2;
        }
        Cholesky factor = Cholesky.of(Tensor.of(Shape.of(60, 60), k));
        double[] solved = factor.solve(Tensor.vector(y.values())).doubles();
        density -= 0.5 * factor.logDeterminant();
        for (int i = 0; i < 60; i++) {
            density -= 0.5 * y.values()[i] * solved[i];
        }
        assertThat(new MarginalLikelihood(covariance, y, POOL).mode(h).logEvidence()).isCloseTo(density, within(1e-9 * Math.abs(density)));
    }

    @Test
    void theModeIsStationary() {
        KernelRows rows = GpRows.rows(90, false);
        Responses y = GpRows.responses(rows, List.of(BINARY, BINARY, NORMAL));
        HyperparameterIndex index = new HyperparameterIndex(2, y.noisy(), 0);
        Hyperparameters h = new Hyperparameters(index, GpRows.values(index));
        Covariance covariance = new Covariance(kernels(SmoothKernel.SQUARED_EXPONENTIAL), rows, GpRows.divisors(), GpRows.TASKS);
        Laplace.Mode mode = new MarginalLikelihood(covariance, y, POOL).mode(h);
        double[] k = new double[90 * 90];
        covariance.fill(h, k, POOL);
        for (int i = 0; i < 90; i++) {
            assertThat(mode.a()[i]).isCloseTo(y.slope(i, mode.f()[i], mode.noise()), within(1e-8));
            assertThat(mode.f()[i]).isCloseTo(GpPosterior.dot(k, i * 90, mode.a(), 0, 90), within(1e-8));
        }
    }

    @Test
    void threadsAndKeptProductsDoNotChangeABit() {
        KernelRows rows = GpRows.rows(200, true);
        Responses y = GpRows.responses(rows, List.of(NORMAL, BINARY, NORMAL));
        HyperparameterIndex index = new HyperparameterIndex(2, y.noisy(), 1);
        Hyperparameters h = new Hyperparameters(index, GpRows.values(index));
        double[] once = new double[index.size()];
        double[] again = new double[index.size()];
        Covariance covariance = new Covariance(kernels(SmoothKernel.SQUARED_EXPONENTIAL), rows, GpRows.divisors(), GpRows.TASKS);
        double value = new MarginalLikelihood(covariance, y, POOL).value(h, once);
        try (Pool three = new Pool(3)) {
            assertThat(new MarginalLikelihood(covariance, y, three).value(h, again)).isEqualTo(value);
        }
        assertThat(again).isEqualTo(once);
    }
}
