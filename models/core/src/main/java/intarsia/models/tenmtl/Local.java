package intarsia.models.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmFit;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOptions;
import java.util.List;
import java.util.Map;

/**
 * A separate model for every individual: {@code min_B 1/n_i sum_n loss(y, b + <B, X>) + l1 ||B||_1 + l2 / 2 c_i ||B||^2}, c_i being the
 * mean variance of the individual's predictors. Ridge alone, with fewer rows than predictors, costs O(n_i^2 p) an individual. An individual
 * whose labels are of one class has the logit of its labels, with half a label of each class added, as intercept.
 *
 * @param form what tensor a row's columns make
 * @param l1   lasso weight
 * @param l2   ridge weight, relative to the predictors' variance
 */
public record Local(TensorForm form, double l1, double l2) implements PersonalEstimator {
    private static final SolverOptions SOLVER = new SolverOptions(1e-12, 1000);

    /** Checks the weights. */
    public Local {
        Penalty.checkWeight("l1", l1);
        Penalty.checkWeight("l2", l2);
    }

    /** With columns as one vector. */
    public Local(double l1, double l2) {
        this(TensorForm.AS_GIVEN, l1, l2);
    }

    @Override
    public String key() {
        return "local";
    }

    @Override
    public String name() {
        return "local models";
    }

    @Override
    public Map<String, String> hyperparameters() {
        return Map.of(l1 > 0 ? "lasso" : "ridge", Double.toString(l1 > 0 ? l1 : l2));
    }

    @Override
    public Outcome<PersonalCoefficients> fit(List<Individual> individuals, ResponseFamily family, RandomStream random) {
        CenteredData data = new CenteredData(individuals, family);
        return fit(l1 == 0 ? data.compressed() : data);
    }

    Outcome<PersonalCoefficients> fit(CenteredData data) {
        SolverEndings endings = new SolverEndings();
        Estimates estimates = estimate(data, endings);
        return endings.outcome(name(), data.uncentered(estimates.coefficients, estimates.intercepts));
    }

    /**
     * Models of centered rows.
     *
     * @param coefficients [individuals x p_1 x ... x p_d], in the data's coordinates
     * @param intercepts   of centered rows
     */
    record Estimates(Tensor coefficients, double[] intercepts) {}

    Estimates estimate(CenteredData data, SolverEndings endings) {
        int p = data.rowShape().size();
        Tensor coefficients = Tensor.zeros(data.stacked().sizes());
        double[] intercepts = data.startIntercepts();
        double[] x = data.predictors.doubles();
        for (int i = 0; i < data.individuals(); i++) {
            double variance = 0;
            for (int j = data.first[i] * p; j < data.first[i + 1] * p; j++) {
                variance += data.own[j / p] * x[j] * x[j] / data.width() / data.totals[i];
            }
            if (data.family == Family.GAUSSIAN && l1 == 0 && l2 * variance > 0 && data.rows(i) < p) {
                System.arraycopy(DualRidge.of(data, i, l2 * variance).solve(), 0, coefficients.doubles(), i * p, p);
                continue;
            }
            double[] offsets = data.oneClass(i) ? data.spread(intercepts) : new double[data.rows()];
            GlmProblem problem = data.problem(i, x, p, offsets);
            GlmFit fit = Glm.fit(problem, new ElasticNet(l1, l2 * variance), SOLVER);
            endings.add(fit);
            System.arraycopy(fit.coefficients(), 0, coefficients.doubles(), i * p, p);
            intercepts[i] = problem.intercept() ? fit.intercept() : intercepts[i];
        }
        return new Estimates(coefficients, intercepts);
    }
}
