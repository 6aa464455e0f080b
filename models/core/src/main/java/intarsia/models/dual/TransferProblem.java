package intarsia.models.dual;

import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Svd;
import intarsia.optim.prox.Blocks;
import intarsia.optim.prox.GroupLasso;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;
import java.util.List;

/**
 * The coefficients of one more task, drawn to what the others have learned, which stays as it is; ours:
 *
 * <pre>
 * minimize over alpha, b, beta   (1/n) sum_i loss(y_i, alpha'S_i + beta'C_i + b) + rho ||alpha||^2 + lambda sim(beta),   lambda = c sqrt(d / n)
 *
 * group, lasso, ridge   sim of beta - center, the learned one
 * clusters              ||beta - center||_2 for whichever center gives the smaller objective
 * fusion                (1/R) sum_s ||beta - beta_s||_2 over the R learned tasks, by the method of multipliers
 * low rank              beta in the span of the learned ones
 * </pre>
 *
 * Group, lasso, ridge and low rank are convex and solved as {@link CoefficientProblem} is; a solution is never worse than the start.
 */
final class TransferProblem implements CoefficientStep {
    private static final int ROUNDS = 500;

    private final CoefficientProblem alone;
    private final EncodedTask task;
    private final Coefficients learned;
    private final int rank;

    TransferProblem(EncodedTask task, Similarity similarity, double strength, double ridge, Coefficients learned, SolverOptions solver) {
        this.alone = new CoefficientProblem(List.of(task), similarity, strength, ridge, solver);
        this.task = task;
        this.learned = learned;
        this.rank = similarity instanceof Similarity.LowRank(int most) ? Math.min(most, Math.min(learned.tasks(), task.width())) : 0;
    }

    @Override
    public Coefficients solve() {
        Coefficients zero = Coefficients.zeros(1, task.ownWidth(), task.width());
        double[][] beta = learned.centers().length > 0 ? new double[][] {learned.centers()[0].clone()} : zero.shared();
        return better(null, solveFrom(new Coefficients(zero.own(), zero.intercepts(), beta, learned.centers(), cluster(0))));
    }

    @Override
    public Coefficients solve(Coefficients start) {
        return better(start, solveFrom(start));
    }

    private Coefficients better(Coefficients start, Coefficients found) {
        return start != null && objective(start) < objective(found) ? start : found;
    }

    private double objective(Coefficients at) {
        return alone.loss(0, at.own()[0], at.intercepts()[0], at.shared()[0]) + penalty(at);
    }

    @Override
    public double penalty(Coefficients at) {
        if (!(alone.similarity() instanceof Similarity.Fusion)) {
            return alone.penalty(at);
        }
        double value = alone.ridge() * Coefficients.dot(at.own()[0], at.own()[0]);
        for (double[] other : learned.shared()) {
            value += alone.lambda(0) / learned.tasks() * Coefficients.distance(at.shared()[0], other);
        }
        return value;
    }

    private Coefficients solveFrom(Coefficients start) {
        return switch (alone.similarity()) {
            case Similarity.Group() -> towards(start, 0);
            case Similarity.Lasso() -> towards(start, 0);
            case Similarity.Ridge() -> towards(start, 0);
            case Similarity.Clusters(int count) -> towardsNearest(start);
            case Similarity.Fusion() -> fused(start);
            case Similarity.LowRank(int most) -> inSpan();
        };
    }

    private Coefficients towards(Coefficients start, int center) {
        return near(start, learned.centers()[center], alone.deviationPenalty(0), center);
    }

    private Coefficients towardsNearest(Coefficients start) {
        Coefficients best = towards(start, 0);
        for (int k = 1; k < learned.centers().length; k++) {
            Coefficients next = towards(start, k);
            best = objective(next) < objective(best) ? next : best;
        }
        return best;
    }

    /** The solution with this penalty on {@code beta - center}. */
    private Coefficients near(Coefficients start, double[] center, Penalty onDeviation, int cluster) {
        int own = task.ownWidth();
        int d = task.width();
        double[] x = Arrays.copyOf(start.own()[0], own + 1 + d);
        x[own] = start.intercepts()[0];
        for (int j = 0; j < d; j++) {
            x[own + 1 + j] = start.shared()[0][j] - center[j];
        }
        double[] found = alone.minimize((at, gradient) -> {
            double[] byAlpha = new double[own];
            double[] byIntercept = new double[1];
            double[] byBeta = new double[d];
            double value = task.slopes(Arrays.copyOf(at, own), at[own], beta(at, center), byAlpha, byIntercept, byBeta);
            System.arraycopy(byAlpha, 0, gradient, 0, own);
            gradient[own] = byIntercept[0];
            System.arraycopy(byBeta, 0, gradient, own + 1, d);
            return value;
        }, Blocks.of(new Blocks.Block(Penalty.ridge(2 * alone.ridge()), own), new Blocks.Block(Penalty.none(), 1), new Blocks.Block(onDeviation, d)), x);
        return coefficients(Arrays.copyOf(found, own), found[own], beta(found, center), cluster);
    }

    private static double[] beta(double[] x, double[] center) {
        double[] beta = center.clone();
        for (int j = 0; j < beta.length; j++) {
            beta[j] += x[x.length - beta.length + j];
        }
        return beta;
    }

    private Coefficients coefficients(double[] alpha, double intercept, double[] beta, int cluster) {
        return new Coefficients(new double[][] {alpha}, new double[] {intercept}, new double[][] {beta}, learned.centers(), cluster(cluster));
    }

    private int[] cluster(int center) {
        return learned.centers().length > 0 ? new int[] {center} : new int[0];
    }

    /** ADMM: {@code z_s = beta - beta_s}; given the z, beta is held near {@code mean_s (beta_s + z_s - y_s / kappa)}, a ridge. */
    private Coefficients fused(Coefficients start) {
        int tasks = learned.tasks();
        int d = task.width();
        double weight = alone.lambda(0) / tasks;
        double stiffness = 1.0 / tasks;
        double[][] z = new double[tasks][d];
        double[][] multipliers = new double[tasks][d];
        Coefficients at = start;
        for (int round = 0; round < ROUNDS; round++) {
            double[] target = new double[d];
            for (int s = 0; s < tasks; s++) {
                for (int j = 0; j < d; j++) {
                    target[j] += (learned.shared()[s][j] + z[s][j] - multipliers[s][j] / stiffness) / tasks;
                }
            }
            at = near(at, target, Penalty.ridge(stiffness * tasks), 0);
            double primal = 0;
            double dual = 0;
            for (int s = 0; s < tasks; s++) {
                double[] difference = new double[d];
                double[] towards = new double[d];
                for (int j = 0; j < d; j++) {
                    difference[j] = at.shared()[0][j] - learned.shared()[s][j];
                    towards[j] = difference[j] + multipliers[s][j] / stiffness;
                }
                double[] shrunk = new GroupLasso(weight, d).prox(towards, 1 / stiffness);
                for (int j = 0; j < d; j++) {
                    primal = Math.max(primal, Math.abs(difference[j] - shrunk[j]));
                    dual = Math.max(dual, stiffness * Math.abs(shrunk[j] - z[s][j]));
                    multipliers[s][j] += stiffness * (difference[j] - shrunk[j]);
                }
                z[s] = shrunk;
            }
            if (Math.max(primal, dual) <= Math.max(alone.solver().tolerance(), 1e-10)) {
                break;
            }
        }
        return at;
    }

    /** {@code beta = Z theta} with Z the leading right singular vectors of the learned betas: a task alone on the features Z'C. */
    private Coefficients inSpan() {
        Svd svd = Svd.of(Tensor.matrix(learned.shared()));
        double[][] features = new double[task.rows()][rank];
        for (int i = 0; i < features.length; i++) {
            for (int k = 0; k < rank; k++) {
                for (int j = 0; j < task.width(); j++) {
                    features[i][k] += task.shared()[i][j] * svd.right().get(j, k);
                }
            }
        }
        Coefficients found = new CoefficientProblem(List.of(new EncodedTask(task.own(), features, task.y(), task.family())), new Similarity.Group(), 0,
                alone.ridge(), alone.solver()).solve();
        double[] beta = new double[task.width()];
        for (int j = 0; j < beta.length; j++) {
            for (int k = 0; k < rank; k++) {
                beta[j] += svd.right().get(j, k) * found.shared()[0][k];
            }
        }
        return coefficients(found.own()[0], found.intercepts()[0], beta, 0);
    }
}
