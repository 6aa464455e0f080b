package intarsia.models.tenmtl;

import java.util.List;

/**
 * What a federated fit tells its coordinator: what all share, and nothing of an individual.
 *
 * @param options    what was fitted, with the ranks as they were for these data
 * @param shared     core and factors, columns of the factors of norm 1
 * @param individuals how many there are
 * @param objective  at the start and after each sweep
 * @param dispersion of Gaussian responses, the mean over individuals of the mean squared residual; 1 of binomial ones
 * @param violation  the largest violation of the first-order conditions by core and factors, as in {@link TenMtlFit}; a participant knows
 *                     that by its own individuals
 * @param residual   what residuals are at linear predictor 0, root mean square: what violations are relative to
 */
public record FederatedFit(TenMtl options, SharedQuestion.Shared shared, int individuals, List<Double> objective,
        double dispersion, double violation, double residual) {
    /** Copies the list. */
    public FederatedFit {
        objective = List.copyOf(objective);
    }

    /** How many sweeps it took. */
    public int sweeps() {
        return objective.size() - 1;
    }
}
