package intarsia.models.tenmtl;

import intarsia.linalg.Tensor;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmFit;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOptions;
import java.util.List;

/**
 * A model of its own for every individual: {@code min_B 1/n_i sum_n loss(y, b + <B, X>) + l1 ||B||_1 + l2 / 2 c_i ||B||^2}, c_i being the
 * mean variance of the individual's predictors. Ridge alone, with fewer rows than predictors, costs O(n_i^2 p) an individual.
 *
 * @param family of the responses
 * @param l1     lasso weight
 * @param l2     ridge weight, relative to the predictors' variance
 */
public record Local(Family family, double l1, double l2) implements PersonalMethod {
    private static final SolverOptions SOLVER = new SolverOptions(1e-12, 1000);

    /** Checks the weights. */
    public Local {
        Penalty.checkWeight("l1", l1);
        Penalty.checkWeight("l2", l2);
    }

    @Override
    public PersonalModels fit(List<Individual> individuals) {
        Cohort cohort = new Cohort(individuals, family);
        int p = cohort.rowShape().size();
        Tensor coefficients = Tensor.zeros(cohort.stacked().sizes());
        double[] intercepts = cohort.startIntercepts();
        double[] x = cohort.predictors.doubles();
        for (int i = 0; i < cohort.individuals(); i++) {
            double variance = 0;
            for (int j = cohort.first[i] * p; j < cohort.first[i + 1] * p; j++) {
                variance += x[j] * x[j] / p / (cohort.first[i + 1] - cohort.first[i]);
            }
            if (family == Family.GAUSSIAN && l1 == 0 && l2 * variance > 0 && cohort.first[i + 1] - cohort.first[i] < p) {
                System.arraycopy(DualRidge.of(cohort, i, l2 * variance).solve(), 0, coefficients.doubles(), i * p, p);
                continue;
            }
            double[] offsets = cohort.alike(i) ? cohort.spread(intercepts) : new double[cohort.rows()];
            GlmProblem problem = cohort.problem(i, x, p, offsets);
            GlmFit fit = Glm.fit(problem, new ElasticNet(l1, l2 * variance), SOLVER);
            System.arraycopy(fit.coefficients(), 0, coefficients.doubles(), i * p, p);
            intercepts[i] = problem.intercept() ? fit.intercept() : intercepts[i];
        }
        return cohort.models(coefficients, intercepts);
    }
}
