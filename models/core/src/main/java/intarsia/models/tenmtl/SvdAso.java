package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Svd;
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
 * Alternating structure optimization by singular values (Ando &amp; Zhang 2005): {@code B_i = w_i + Theta' v_i}, minimizing
 * {@code sum_i 1/n_i sum_n loss + lambda ||w_i||^2} over w and v for fixed Theta [h x p], then taking for Theta the first h left singular
 * vectors of {@code [sqrt(lambda) B_1, .., sqrt(lambda) B_I]}; begun from B = 0, which makes the first round ridge regression. Tensor
 * predictors are taken as vectors. Of Gaussian responses, where rows are few, w is eliminated first, by the Gram matrix of an individual's rows, once for all
 * rounds: a round then costs O(N (n_i + p) h).
 *
 * @param family     of the responses
 * @param dimensions h, of the shared structure, at least 1; what the data cannot give is left out
 * @param lambda     ridge weight of w, positive
 * @param rounds     of the alternation, at least 1
 */
public record SvdAso(Family family, int dimensions, double lambda, int rounds) implements PersonalMethod {
    private static final SolverOptions SOLVER = new SolverOptions(1e-10, 2000);

    /** Checks the ranges. */
    public SvdAso {
        if (dimensions < 1 || !(lambda > 0) || rounds < 1) {
            throw new IllegalArgumentException("svd-aso: dimensions " + dimensions + " and rounds " + rounds
                    + " must be at least 1, lambda " + lambda + " positive");
        }
    }

    @Override
    public PersonalModels fit(List<Individual> individuals) {
        Cohort cohort = new Cohort(individuals, family);
        int p = cohort.rowShape().size();
        int count = cohort.individuals();
        Tensor theta = Tensor.zeros(p, 0);
        Tensor b = Tensor.zeros(cohort.stacked().sizes());
        double[] intercepts = cohort.startIntercepts();
        DualRidge[] ridges = family == Family.GAUSSIAN && few(cohort) ? ridges(cohort) : null;
        for (int round = 0; round < rounds; round++) {
            step(cohort, ridges, theta, b, intercepts);
            Svd svd = Svd.of(Matrices.transpose(b.reshape(Shape.of(count, p))));
            theta = Matrices.leadingColumns(svd.left(), Math.min(dimensions, svd.rank(1e-12)));
        }
        step(cohort, ridges, theta, b, intercepts);
        return cohort.models(b, intercepts);
    }

    /** Whether the rows of every individual are few enough for a Gram matrix of rows to be cheaper than one of predictors. */
    private static boolean few(Cohort cohort) {
        int p = cohort.rowShape().size();
        return IntStream.range(0, cohort.individuals()).allMatch(i -> cohort.first[i + 1] - cohort.first[i] <= 2 * p);
    }

    private DualRidge[] ridges(Cohort cohort) {
        return IntStream.range(0, cohort.individuals()).mapToObj(i -> DualRidge.of(cohort, i, 2 * lambda)).toArray(DualRidge[]::new);
    }

    /** The best w and v of each individual beside Theta' [p x h]. */
    private void step(Cohort cohort, DualRidge[] ridges, Tensor theta, Tensor b, double[] intercepts) {
        for (int i = 0; ridges != null && i < ridges.length; i++) {
            System.arraycopy(ridges[i].solve(theta), 0, b.doubles(), i * theta.shape().rows(), theta.shape().rows());
        }
        if (ridges == null) {
            iterate(cohort, theta, b, intercepts);
        }
    }

    private void iterate(Cohort cohort, Tensor theta, Tensor b, double[] intercepts) {
        int p = theta.shape().rows();
        int h = theta.shape().columns();
        Tensor shared = Matrices.product(cohort.flat(), theta);
        double[] features = new double[cohort.rows() * (p + h)];
        for (int n = 0; n < cohort.rows(); n++) {
            System.arraycopy(cohort.predictors.doubles(), n * p, features, n * (p + h), p);
            System.arraycopy(shared.doubles(), n * h, features, n * (p + h) + p, h);
        }
        double[] factors = new double[p + h];
        Arrays.fill(factors, 0, p, 1);
        for (int i = 0; i < cohort.individuals(); i++) {
            double[] offsets = cohort.alike(i) ? cohort.spread(cohort.startIntercepts()) : new double[cohort.rows()];
            GlmProblem problem = cohort.problem(i, features, p + h, offsets).withFactors(factors);
            GlmFit fit = Glm.fit(problem, Penalty.ridge(2 * lambda), SOLVER);
            intercepts[i] = problem.intercept() ? fit.intercept() : intercepts[i];
            for (int j = 0; j < p; j++) {
                double coefficient = fit.coefficients()[j];
                for (int k = 0; k < h; k++) {
                    coefficient += theta.get(j, k) * fit.coefficients()[p + k];
                }
                b.doubles()[i * p + j] = coefficient;
            }
        }
    }
}
