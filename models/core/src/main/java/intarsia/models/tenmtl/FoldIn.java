package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.tucker.Multilinear;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmFit;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model for an individual that came after the fit, from few rows: core and predictor factors are held, and only the individual's row u of
 * U_0 and its intercept are found, shrunk towards the population they come from:
 * <pre>  min  1/n sum_n loss(y, b + &lt;B(u), X&gt;) + s / (2 n) (sum_r (u_r - m_r)^2 / v_r + (b - m_b)^2 / v_b)</pre>
 *
 * <p>with m and v the means and variances over the fitted individuals and s the dispersion: for Gaussian responses the mode of u and b
 * given the rows, were they Gaussian too. Without rows the population's mean model remains; with many, the shrinkage vanishes. (Ours.)
 */
public final class FoldIn {
    private static final SolverOptions SOLVER = new SolverOptions(1e-12, 1000);
    private static final double LEAST_VARIANCE = 1e-9;

    private FoldIn() {}

    /** The newcomer's model, as the only one. */
    public static PersonalModels fold(TenMtlFit fit, Individual newcomer) {
        List<Tensor> factors = fit.parameters().factors();
        Shape row = fit.models().coefficients().shape().without(0);
        if (!newcomer.predictors().shape().without(0).equals(row)) {
            throw new ShapeException("fold in " + newcomer.name() + ": rows are " + newcomer.predictors().shape().without(0)
                    + ", the model's " + row);
        }
        Tensor contracted = newcomer.predictors();
        for (int k = 1; k < factors.size(); k++) {
            contracted = Multilinear.contract(contracted, factors.get(k), k);
        }
        Tensor z = Matrices.product(Multilinear.unfold(contracted, 0), false, Multilinear.unfold(fit.parameters().core(), 0), true);
        int n = newcomer.rows();
        int rank = z.shape().columns();
        double[][] moments = moments(factors.getFirst(), fit.models().intercepts());
        // coordinates are deviations from the mean in units of the population's spread; the last is the intercept's
        double[] features = new double[n * (rank + 1)];
        double[] offsets = new double[n];
        for (int i = 0; i < n; i++) {
            for (int r = 0; r <= rank; r++) {
                double feature = r < rank ? z.get(i, r) : 1;
                features[i * (rank + 1) + r] = feature * Math.sqrt(moments[1][r]);
                offsets[i] += feature * moments[0][r];
            }
        }
        Family family = fit.options().family();
        GlmProblem problem = GlmProblem.of(family, Tensor.of(Shape.of(n, rank + 1), features), newcomer.response()).withOffsets(offsets)
                .withoutIntercept();
        double shrinkage = Math.max(fit.dispersion(), LEAST_VARIANCE) / n;
        GlmFit solved = Glm.fit(problem, Penalty.ridge(shrinkage), SOLVER);
        double[] u = new double[rank + 1];
        for (int r = 0; r <= rank; r++) {
            u[r] = moments[0][r] + Math.sqrt(moments[1][r]) * solved.coefficients()[r];
        }
        List<Tensor> personal = new ArrayList<>(factors);
        personal.set(0, Tensor.of(Shape.of(1, rank), Arrays.copyOf(u, rank)));
        Tensor coefficients = Multilinear.modeProducts(fit.parameters().core(), personal);
        return new PersonalModels(family, List.of(newcomer.name()), coefficients, new double[] {u[rank]});
    }

    /** Means and variances of the columns of U_0 and, last, of the intercepts; a tied column has variance 0. */
    private static double[][] moments(Tensor individuals, double[] intercepts) {
        int count = intercepts.length;
        int rank = individuals.shape().columns();
        double[][] moments = new double[2][rank + 1];
        for (int r = 0; r <= rank; r++) {
            for (int i = 0; i < count; i++) {
                moments[0][r] += (r < rank ? individuals.get(i, r) : intercepts[i]) / count;
            }
            for (int i = 0; i < count; i++) {
                double d = (r < rank ? individuals.get(i, r) : intercepts[i]) - moments[0][r];
                moments[1][r] += d * d / Math.max(1, count - 1);
            }
        }
        return moments;
    }
}
