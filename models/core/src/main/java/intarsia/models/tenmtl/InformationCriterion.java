package intarsia.models.tenmtl;

import intarsia.linalg.Elementary;
import intarsia.linalg.Tensor;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.data.Individual;
import intarsia.models.selection.Selection;
import java.util.List;

/** Choosing ranks and lasso weights without held-out rows. */
public final class InformationCriterion {
    private InformationCriterion() {}

    /**
     * The fit of the same individuals with the smallest Schwarz criterion.
     *
     * @param fits at least one
     */
    public static Selection<TenMtlFit> choose(List<TenMtlFit> fits, List<Individual> individuals) {
        return Selection.of(fits, fits.stream().mapToDouble(fit -> bic(fit, individuals)).toArray());
    }

    /**
     * Schwarz' criterion {@code deviance + df log N}; smaller is better. The deviance is
     * {@code N log(mean squared residual)} for Gaussian responses, and twice the negative log-likelihood for others. df counts
     * intercepts, nonzero entries of the core and nonzero entries of the factors; without lasso, less what scaling and rotating factors
     * against the core leaves undetermined: R_k^2 of each factor and, with a common column, R_f more of F_0. (The count is ours.)
     *
     * @param individuals those it was fitted to
     */
    public static double bic(TenMtlFit fit, List<Individual> individuals) {
        PersonalCoefficients fitted = fit.coefficients();
        double sum = 0;
        double rows = 0;
        for (int i = 0; i < individuals.size(); i++) {
            Individual individual = individuals.get(i);
            double[] means = fitted.predict(i, individual.predictors());
            for (int n = 0; n < individual.rows(); n++) {
                sum += individual.weights()[n] * fitted.family().deviance(individual.response(), n, means, n * fitted.family().width());
            }
            rows += individual.total();
        }
        double deviance = fitted.family().standardized() ? rows * Elementary.log(Math.max(sum / rows, Double.MIN_NORMAL)) : sum;
        return deviance + degrees(fit) * Elementary.log(rows);
    }

    private static double degrees(TenMtlFit fit) {
        int tied = fit.options().common() ? 1 : 0;
        double df = fit.coefficients().intercepts().length;
        for (TuckerDecomposition modality : fit.parameters().modalities()) {
            df += nonzeros(modality.core());
            for (Tensor factor : modality.factors().subList(1, modality.factors().size())) {
                df += free(fit, factor, 0);
            }
        }
        return df + free(fit, fit.parameters().individuals(), tied);
    }

    private static double free(TenMtlFit fit, Tensor factor, int tied) {
        int columns = factor.shape().columns() - tied;
        double numbers = nonzeros(factor) - tied * factor.shape().rows();
        return numbers - (fit.options().lasso().none() ? columns * columns + tied * columns : 0);
    }

    private static int nonzeros(Tensor a) {
        int count = 0;
        for (double v : a.doubles()) {
            count += v != 0 ? 1 : 0;
        }
        return count;
    }
}
