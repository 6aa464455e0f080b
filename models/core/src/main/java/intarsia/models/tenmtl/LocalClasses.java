package intarsia.models.tenmtl;

import intarsia.linalg.Tensor;
import intarsia.optim.solve.LinearFit;
import intarsia.optim.solve.Multinomial;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;

/** Local estimates where responses are classes: a multinomial ridge regression of each individual's centered rows. */
final class LocalClasses {
    private static final SolverOptions SOLVER = new SolverOptions(1e-8, 100);

    private LocalClasses() {}

    /**
     * Coefficients [individuals x p_1 x .. x p_d x K], 0 for a class that an individual has no row of.
     *
     * @param ridge relative to the predictors' variance, as in {@link Local}
     */
    static Tensor estimate(CenteredData data, double ridge) {
        int classes = data.losses.group();
        int p = data.rowShape().size() / classes;
        Tensor coefficients = Tensor.zeros(data.stacked().sizes());
        for (int i = 0; i < data.individuals(); i++) {
            int n = data.rows(i) / classes;
            Tensor x = Tensor.zeros(n, p);
            int[] response = new int[n];
            double[] weights = new double[n];
            double variance = 0;
            for (int row = 0; row < n; row++) {
                int at = data.first[i] + row * classes;
                weights[row] = data.losses.whole(data.weights[at]);
                for (int k = 0; k < classes; k++) {
                    response[row] = data.y[at + k] == 1 ? k : response[row];
                }
                for (int j = 0; j < p; j++) {
                    double number = data.predictors.at((at * p + j) * classes);
                    x.set(number, row, j);
                    variance += weights[row] * number * number * classes / data.width();
                }
            }
            if (variance > 0 && Arrays.stream(response).distinct().count() > 1) {
                LinearFit fit = new Multinomial(x, response, classes, weights).fit(ridge * variance, SOLVER);
                System.arraycopy(fit.coefficients().doubles(), 0, coefficients.doubles(), i * p * classes, p * classes);
            }
        }
        return coefficients;
    }
}
