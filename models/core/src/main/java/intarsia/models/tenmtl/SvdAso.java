package intarsia.models.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Svd;
import intarsia.models.Outcome;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmFit;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Alternating structure optimization by singular values (Ando &amp; Zhang 2005): {@code B_i = w_i + Theta' v_i}, minimizing {@code sum_i
 * 1/n_i sum_n loss + lambda ||w_i||^2} over w and v for fixed Theta [h x p], then taking for Theta the first h left singular vectors of
 * {@code [sqrt(lambda) B_1, .., sqrt(lambda) B_I]}; begun from B = 0, which makes the first round ridge regression. Tensor predictors are
 * taken as vectors. Of Gaussian responses, where rows are few, w is eliminated first, by the Gram matrix of an individual's rows, once for
 * all rounds: a round then costs O(N (n_i + p) h). An individual whose labels are of one class has the intercept of {@link Local}.
 *
 * @param form       what tensor a row's columns make
 * @param dimensions h, of the shared structure, at least 1; what the data cannot give is left out
 * @param lambda     ridge weight of w, positive
 * @param rounds     of the alternation, at least 1
 */
public record SvdAso(TensorForm form, int dimensions, double lambda, int rounds) implements PersonalEstimator {
    private static final SolverOptions SOLVER = new SolverOptions(1e-10, 2000);

    /** Checks the ranges. */
    public SvdAso {
        if (dimensions < 1 || !(lambda > 0) || rounds < 1) {
            throw new IllegalArgumentException("svd-aso: dimensions " + dimensions + " and rounds " + rounds
                    + " must be at least 1, lambda " + lambda + " positive");
        }
    }

    /** With columns as one vector. */
    public SvdAso(int dimensions, double lambda, int rounds) {
        this(TensorForm.AS_GIVEN, dimensions, lambda, rounds);
    }

    @Override
    public String key() {
        return "svd-aso";
    }

    @Override
    public String name() {
        return "SVD-ASO";
    }

    @Override
    public Map<String, String> hyperparameters() {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("shared dimensions", Integer.toString(dimensions));
        chosen.put("ridge", Double.toString(lambda));
        return chosen;
    }

    @Override
    public Outcome<PersonalCoefficients> fit(List<Individual> individuals, ResponseFamily family, RandomStream random) {
        CenteredData data = new CenteredData(individuals, family).compressed();
        int p = data.rowShape().size();
        int count = data.individuals();
        Tensor theta = Tensor.zeros(p, 0);
        Tensor b = Tensor.zeros(data.stacked().sizes());
        double[] intercepts = data.startIntercepts();
        DualRidge[] ridges = data.family == Family.GAUSSIAN && few(data) ? ridges(data) : null;
        for (int round = 0; round < rounds; round++) {
            step(data, ridges, theta, b, intercepts);
            Svd svd = Svd.of(Matrices.transpose(b.reshape(Shape.of(count, p))));
            theta = Matrices.leadingColumns(svd.left(), Math.min(dimensions, svd.rank(1e-12)));
        }
        SolverEndings endings = step(data, ridges, theta, b, intercepts);
        return endings.outcome(name(), data.uncentered(b, intercepts));
    }

    /** Whether the rows of every individual are few enough for a Gram matrix of rows to be cheaper than one of predictors. */
    private static boolean few(CenteredData data) {
        int p = data.rowShape().size();
        return IntStream.range(0, data.individuals()).allMatch(i -> data.rows(i) <= 2 * p);
    }

    private DualRidge[] ridges(CenteredData data) {
        return IntStream.range(0, data.individuals()).mapToObj(i -> DualRidge.of(data, i, 2 * lambda)).toArray(DualRidge[]::new);
    }

    /** The best w and v of each individual for this Theta' [p x h]. */
    private SolverEndings step(CenteredData data, DualRidge[] ridges, Tensor theta, Tensor b, double[] intercepts) {
        for (int i = 0; ridges != null && i < ridges.length; i++) {
            System.arraycopy(ridges[i].solve(theta), 0, b.doubles(), i * theta.shape().rows(), theta.shape().rows());
        }
        return ridges == null ? iterate(data, theta, b, intercepts) : new SolverEndings();
    }

    private SolverEndings iterate(CenteredData data, Tensor theta, Tensor b, double[] intercepts) {
        int p = theta.shape().rows();
        int h = theta.shape().columns();
        Tensor shared = Matrices.product(data.predictors.reshape(Shape.of(data.rows(), data.rowShape().size())), theta);
        double[] features = new double[data.rows() * (p + h)];
        for (int n = 0; n < data.rows(); n++) {
            System.arraycopy(data.predictors.doubles(), n * p, features, n * (p + h), p);
            System.arraycopy(shared.doubles(), n * h, features, n * (p + h) + p, h);
        }
        double[] factors = new double[p + h];
        Arrays.fill(factors, 0, p, 1);
        SolverEndings endings = new SolverEndings();
        for (int i = 0; i < data.individuals(); i++) {
            double[] offsets = data.oneClass(i) ? data.spread(data.startIntercepts()) : new double[data.rows()];
            GlmProblem problem = data.problem(i, features, p + h, offsets).withFactors(factors);
            GlmFit fit = Glm.fit(problem, Penalty.ridge(2 * lambda), SOLVER);
            endings.add(fit);
            intercepts[i] = problem.intercept() ? fit.intercept() : intercepts[i];
            for (int j = 0; j < p; j++) {
                double coefficient = fit.coefficients()[j];
                for (int k = 0; k < h; k++) {
                    coefficient += theta.get(j, k) * fit.coefficients()[p + k];
                }
                b.doubles()[i * p + j] = coefficient;
            }
        }
        return endings;
    }
}
