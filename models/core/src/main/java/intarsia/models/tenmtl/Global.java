package intarsia.models.tenmtl;

import intarsia.linalg.Tensor;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmFit;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One B for all individuals, each with its own intercept:
 * {@code min_B,b sum_i 1/n_i sum_n loss(y, b_i + <B, X>) + l1 ||B||_1 + l2 / 2 ||B||^2}. The intercepts of binomial responses are found
 * with B, as unpenalized coefficients of indicator columns.
 *
 * @param family of the responses
 * @param l1     lasso weight
 * @param l2     ridge weight
 */
public record Global(Family family, double l1, double l2) implements PersonalMethod {
    private static final SolverOptions SOLVER = new SolverOptions(1e-12, 5000);

    /** Checks the weights. */
    public Global {
        Penalty.checkWeight("l1", l1);
        Penalty.checkWeight("l2", l2);
    }

    @Override
    public PersonalModels fit(List<Individual> individuals) {
        Cohort cohort = new Cohort(individuals, family);
        int p = cohort.rowShape().size();
        double[] intercepts = cohort.startIntercepts();
        // individuals whose labels are all alike keep the intercept they start with
        int[] free = IntStream.range(0, cohort.individuals()).filter(i -> family == Family.BINOMIAL && !cohort.alike(i)).toArray();
        double[] offsets = new double[cohort.rows()];
        double[] features = new double[cohort.rows() * (p + free.length)];
        int[] owners = cohort.owners();
        for (int n = 0; n < cohort.rows(); n++) {
            System.arraycopy(cohort.predictors.doubles(), n * p, features, n * (p + free.length), p);
            int column = Arrays.binarySearch(free, owners[n]);
            if (column >= 0) {
                features[n * (p + free.length) + p + column] = 1;
            } else {
                offsets[n] = intercepts[owners[n]];
            }
        }
        double[] factors = new double[p + free.length];
        Arrays.fill(factors, 0, p, 1);
        GlmProblem problem = cohort.problem(features, p + free.length, offsets).withFactors(factors);
        double[] start = new double[p + free.length];
        for (int column = 0; column < free.length; column++) {
            start[p + column] = intercepts[free[column]];
        }
        GlmFit fit = Glm.fit(problem, new ElasticNet(l1, l2), SOLVER, 0, start);
        for (int column = 0; column < free.length; column++) {
            intercepts[free[column]] = fit.coefficients()[p + column];
        }
        Tensor coefficients = Tensor.zeros(cohort.stacked().sizes());
        for (int i = 0; i < cohort.individuals(); i++) {
            System.arraycopy(fit.coefficients(), 0, coefficients.doubles(), i * p, p);
        }
        return cohort.models(coefficients, intercepts);
    }
}
