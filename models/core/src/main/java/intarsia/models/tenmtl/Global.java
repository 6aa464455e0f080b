package intarsia.models.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.data.Individual;
import intarsia.models.data.Task;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmFit;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One B for all individuals, each with its own intercept:
 * {@code min_B,b sum_i 1/n_i sum_n loss(y, b_i + <B, X>) + l1 ||B||_1 + l2 / 2 ||B||^2}. The intercepts of binomial responses are found
 * with B, as unpenalized coefficients of indicator columns; where labels are of one class the intercept is that of {@link Local}.
 *
 * @param form what tensor a row's columns make
 * @param l1   lasso weight
 * @param l2   ridge weight
 */
public record Global(TensorForm form, double l1, double l2) implements PersonalEstimator {
    private static final SolverOptions SOLVER = new SolverOptions(1e-12, 5000);

    /** Checks the weights. */
    public Global {
        Penalty.checkWeight("l1", l1);
        Penalty.checkWeight("l2", l2);
    }

    /** With columns as one vector. */
    public Global(double l1, double l2) {
        this(TensorForm.AS_GIVEN, l1, l2);
    }

    /** One model is of one response. */
    @Override
    public Object together(Task task) {
        return List.of(task.about(), task.family());
    }

    @Override
    public String key() {
        return "global";
    }

    @Override
    public String name() {
        return "global model";
    }

    @Override
    public Map<String, String> hyperparameters() {
        return Map.of(l1 > 0 ? "lasso" : "ridge", Double.toString(l1 > 0 ? l1 : l2));
    }

    @Override
    public Outcome<PersonalCoefficients> fit(List<Individual> individuals, ResponseFamily family, RandomStream random) {
        CenteredData all = new CenteredData(individuals, family);
        CenteredData data = l1 == 0 ? all.compressed() : all;
        int p = data.rowShape().size();
        double[] intercepts = data.startIntercepts();
        int[] free = IntStream.range(0, data.individuals()).filter(i -> data.family == Family.BINOMIAL && !data.oneClass(i)).toArray();
        int width = p + free.length;
        double[] offsets = new double[data.rows()];
        double[] features = new double[data.rows() * width];
        int[] owners = data.owners();
        for (int n = 0; n < data.rows(); n++) {
            System.arraycopy(data.predictors.doubles(), n * p, features, n * width, p);
            int column = Arrays.binarySearch(free, owners[n]);
            if (column >= 0) {
                features[n * width + p + column] = 1;
            } else {
                offsets[n] = intercepts[owners[n]];
            }
        }
        double[] factors = new double[width];
        Arrays.fill(factors, 0, p, 1);
        GlmProblem problem = data.problem(features, width, offsets).withFactors(factors);
        double[] start = new double[width];
        for (int column = 0; column < free.length; column++) {
            start[p + column] = intercepts[free[column]];
        }
        GlmFit fit = Glm.fit(problem, new ElasticNet(l1, l2), SOLVER, 0, start);
        for (int column = 0; column < free.length; column++) {
            intercepts[free[column]] = fit.coefficients()[p + column];
        }
        Tensor coefficients = Tensor.zeros(data.stacked().sizes());
        for (int i = 0; i < data.individuals(); i++) {
            System.arraycopy(fit.coefficients(), 0, coefficients.doubles(), i * p, p);
        }
        SolverEndings endings = new SolverEndings();
        endings.add(fit);
        return endings.outcome(name(), data.uncentered(coefficients, intercepts));
    }
}
