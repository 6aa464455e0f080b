package intarsia.models.dual;

import intarsia.optim.prox.Blocks;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.prox.GroupLasso;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Objective;
import intarsia.optim.solve.ProximalGradient;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The coefficients given the encoders; ours, as {@link DualEncoder} says:
 *
 * <pre>
 * minimize over alpha, b, beta_r, centers
 *   sum_r (1/n_r) sum_i loss(y_ri, alpha_r'S_ri + beta_r'C_ri + b_r) + rho sum_r ||alpha_r||^2 + similarity(beta_1, ..., beta_R)
 * </pre>
 *
 * with loss (y - eta)^2 / 2 or the logistic one. Group, lasso and ridge are convex in the deviations v_r = beta_r - beta and solved by accelerated
 * proximal gradient to a relative subgradient norm; fusion by the method of multipliers (ADMM) on the pairs' differences; clusters and low rank
 * alternate convex problems. Whatever the similarity, a solution is never worse than the start.
 *
 * @param tasks      encoded data, one entry a task
 * @param similarity what it costs to differ
 * @param strength   c of {@code lambda_r = c sqrt(d / n_r)}, not negative
 * @param ridge      rho, not negative
 * @param solver     when to stop
 */
public record CoefficientProblem(List<EncodedTask> tasks, Similarity similarity, double strength, double ridge, SolverOptions solver)
        implements CoefficientStep {
    private static final int ROUNDS = 100;

    /** Copies the list and checks the weights. */
    public CoefficientProblem {
        tasks = List.copyOf(tasks);
        if (!(strength >= 0) || !(ridge >= 0) || Double.isInfinite(ridge) || Double.isNaN(strength)) {
            throw new IllegalArgumentException("strength " + strength + " and ridge " + ridge + ": must not be negative");
        }
    }

    /** The same problem with another strength. */
    public CoefficientProblem withStrength(double other) {
        return new CoefficientProblem(tasks, similarity, other, ridge, solver);
    }

    /** lambda_r. */
    public double lambda(int task) {
        return strength == 0 ? 0 : strength * unit(task);
    }

    /** The solution from zeros. */
    @Override
    public Coefficients solve() {
        return solve(Coefficients.zeros(tasks.size(), ownWidth(), width()));
    }

    /** The solution from a start, which it is no worse than. */
    @Override
    public Coefficients solve(Coefficients start) {
        return switch (similarity) {
            case Similarity.Group() -> towardsCenters(start, new int[tasks.size()], 1);
            case Similarity.Lasso() -> towardsCenters(start, new int[tasks.size()], 1);
            case Similarity.Ridge() -> towardsCenters(start, new int[tasks.size()], 1);
            case Similarity.Fusion() -> better(start, new PairwiseFusion(this).solve(start));
            case Similarity.Clusters(int count) -> clusters(start, Math.min(count, tasks.size()));
            case Similarity.LowRank(int rank) -> better(start, new LowRankCoefficients(this, Math.min(rank, Math.min(width(), tasks.size()))).solve(start));
        };
    }

    /** The whole objective. */
    public double objective(Coefficients at) {
        double value = penalty(at);
        for (int r = 0; r < tasks.size(); r++) {
            value += loss(r, at.own()[r], at.intercepts()[r], at.shared()[r]);
        }
        return value;
    }

    /** The part of the objective that does not depend on the encoders: {@code rho sum ||alpha_r||^2 + similarity}. */
    @Override
    public double penalty(Coefficients at) {
        double value = 0;
        for (double[] alpha : at.own()) {
            value += ridge * Coefficients.dot(alpha, alpha);
        }
        for (int r = 0; r < tasks.size(); r++) {
            value += switch (similarity) {
                case Similarity.Group() -> times(lambda(r), at.deviation(r));
                case Similarity.Clusters(int count) -> times(lambda(r), at.deviation(r));
                case Similarity.Lasso() -> times(lambda(r), l1(at.shared()[r], at.centers()[0]));
                case Similarity.Ridge() -> times(lambda(r), at.deviation(r) * at.deviation(r));
                case Similarity.Fusion() -> pairs(at, r);
                case Similarity.LowRank(int rank) -> 0;
            };
        }
        return value;
    }

    private double pairs(Coefficients at, int r) {
        double value = 0;
        for (int s = 0; s < r; s++) {
            value += times(pairWeight(r, s), Coefficients.distance(at.shared()[r], at.shared()[s]));
        }
        return value;
    }

    /** A product in which nothing times however much is nothing. */
    private static double times(double weight, double amount) {
        return weight == 0 || amount == 0 ? 0 : weight * amount;
    }

    double pairWeight(int r, int s) {
        return (lambda(r) + lambda(s)) / (2 * tasks.size());
    }

    /** {@code (1/n_r) sum_i loss}. */
    double loss(int r, double[] alpha, double intercept, double[] beta) {
        return tasks.get(r).loss(alpha, intercept, beta);
    }

    /** Adds the slopes of {@code (1/n_r) sum_i loss} by alpha, intercept (one number) and beta; gives the value. */
    double slopes(int r, double[] alpha, double intercept, double[] beta, double[] byAlpha, double[] byIntercept, double[] byBeta) {
        return tasks.get(r).slopes(alpha, intercept, beta, byAlpha, byIntercept, byBeta);
    }

    /**
     * The strength from which on tasks share, from the slopes g_r of their losses at the solution that shares, s_r = sqrt(d / n_r):
     *
     * <pre>
     * group, clusters   max_r ||g_r||_2 / s_r
     * lasso             max_r ||g_r||_inf / s_r
     * fusion            max_{r,s} 2 ||g_r - g_s||_2 / (s_r + s_s)    exact for two tasks, else a bound from above
     * </pre>
     *
     * Infinite for ridge, whose tasks never join exactly, and for low rank, which has no strength.
     */
    public double largestStrength() {
        return switch (similarity) {
            case Similarity.Ridge() -> Double.POSITIVE_INFINITY;
            case Similarity.LowRank(int rank) -> Double.POSITIVE_INFINITY;
            case Similarity.Group() -> largest(shared());
            case Similarity.Lasso() -> largest(shared());
            case Similarity.Fusion() -> largest(shared());
            case Similarity.Clusters(int count) -> largest(shared());
        };
    }

    /**
     * Where a path of strengths begins: at the largest, where there is one; for ridge at 100 times group's, from which on deviations hardly matter; 0 for
     * low rank.
     */
    public double pathStart() {
        return switch (similarity) {
            case Similarity.Ridge() -> 100 * new CoefficientProblem(tasks, new Similarity.Group(), 0, ridge, solver).largestStrength();
            case Similarity.LowRank(int rank) -> 0;
            default -> largestStrength();
        };
    }

    /** The solution without deviations. */
    private Coefficients shared() {
        return withStrength(Double.POSITIVE_INFINITY).solve();
    }

    private double largest(Coefficients at) {
        double[][] slopes = new double[tasks.size()][width()];
        for (int r = 0; r < tasks.size(); r++) {
            slopes(r, at.own()[r], at.intercepts()[r], at.shared()[r], new double[ownWidth()], new double[1], slopes[r]);
        }
        double largest = 0;
        for (int r = 0; r < tasks.size(); r++) {
            if (similarity instanceof Similarity.Fusion) {
                for (int s = 0; s < r; s++) {
                    largest = Math.max(largest, 2 * Coefficients.distance(slopes[r], slopes[s]) / (unit(r) + unit(s)));
                }
            } else {
                boolean lasso = similarity instanceof Similarity.Lasso;
                double norm = lasso ? Arrays.stream(slopes[r]).map(Math::abs).max().orElse(0) : Coefficients.norm(slopes[r]);
                largest = Math.max(largest, norm / unit(r));
            }
        }
        return largest;
    }

    /** {@code sqrt(d / n_r)}, what lambda_r is in units of the strength. */
    private double unit(int r) {
        return Math.sqrt((double) width() / tasks.get(r).rows());
    }

    int width() {
        return tasks.getFirst().width();
    }

    int ownWidth() {
        return tasks.getFirst().ownWidth();
    }

    /** Group, lasso or ridge, each task towards its own center: variables are the centers and, task by task, alpha, intercept, deviation. */
    private Coefficients towardsCenters(Coefficients start, int[] cluster, int count) {
        int d = width();
        int own = ownWidth();
        int step = own + 1 + d;
        int[] sizes = new int[count];
        Arrays.stream(cluster).forEach(k -> sizes[k]++);
        double[] x = new double[count * d + tasks.size() * step];
        double[][] centers = start.centers().length == count ? start.centers() : means(start.shared(), cluster, count);
        for (int k = 0; k < count; k++) {
            // A center moves all its tasks at once; in this scale its curvature is that of one.
            put(centers[k], Math.sqrt(Math.max(1, sizes[k])), x, k * d);
        }
        List<Blocks.Block> blocks = new ArrayList<>();
        blocks.add(new Blocks.Block(Penalty.none(), count * d));
        boolean joined = strength == Double.POSITIVE_INFINITY;
        for (int r = 0; r < tasks.size(); r++) {
            int at = count * d + r * step;
            put(start.own()[r], 1, x, at);
            x[at + own] = start.intercepts()[r];
            for (int j = 0; j < d; j++) {
                x[at + own + 1 + j] = joined ? 0 : start.shared()[r][j] - centers[cluster[r]][j];
            }
            blocks.add(new Blocks.Block(Penalty.ridge(2 * ridge), own));
            blocks.add(new Blocks.Block(Penalty.none(), 1));
            blocks.add(new Blocks.Block(deviationPenalty(r), d));
        }
        double[] found = minimize((at, gradient) -> evaluate(at, gradient, cluster, sizes, joined), new Blocks(blocks), x);
        return unpack(found, cluster, sizes, joined);
    }

    /**
     * Minimizes to the solver's tolerance relative to the gradient at zero, wherever it starts: a start that is nearly there should be done at once, not
     * asked for as many digits again.
     */
    double[] minimize(Objective f, Penalty penalty, double[] start) {
        double[] gradient = new double[start.length];
        f.value(new double[start.length], gradient);
        double atZero = Coefficients.norm(gradient);
        f.value(start, gradient);
        double atStart = Coefficients.norm(gradient);
        double relative = atStart > 0 ? Math.min(1, solver.tolerance() * atZero / atStart) : 1;
        return ProximalGradient.minimize(f, penalty, start, solver.withTolerance(Math.max(relative, 1e-15))).point();
    }

    /** What it costs a task to deviate from its center by v. */
    Penalty deviationPenalty(int r) {
        double lambda = lambda(r);
        // Everything shared: there are no deviations then.
        if (Double.isInfinite(lambda)) {
            return Penalty.none();
        }
        return switch (similarity) {
            case Similarity.Lasso() -> Penalty.l1(lambda);
            case Similarity.Ridge() -> new ElasticNet(0, 2 * lambda);
            default -> new GroupLasso(lambda, width());
        };
    }

    private double evaluate(double[] x, double[] gradient, int[] cluster, int[] sizes, boolean joined) {
        Arrays.fill(gradient, 0);
        Coefficients at = unpack(x, cluster, sizes, joined);
        int d = width();
        int own = ownWidth();
        double value = 0;
        for (int r = 0; r < tasks.size(); r++) {
            int from = sizes.length * d + r * (own + 1 + d);
            double[] byAlpha = new double[own];
            double[] byIntercept = new double[1];
            double[] byBeta = new double[d];
            value += slopes(r, at.own()[r], at.intercepts()[r], at.shared()[r], byAlpha, byIntercept, byBeta);
            System.arraycopy(byAlpha, 0, gradient, from, own);
            gradient[from + own] = byIntercept[0];
            if (!joined) {
                System.arraycopy(byBeta, 0, gradient, from + own + 1, d);
            }
            int center = cluster[r] * d;
            double scale = 1 / Math.sqrt(Math.max(1, sizes[cluster[r]]));
            for (int j = 0; j < d; j++) {
                gradient[center + j] += scale * byBeta[j];
            }
        }
        return value;
    }

    private Coefficients unpack(double[] x, int[] cluster, int[] sizes, boolean joined) {
        int d = width();
        int own = ownWidth();
        double[][] centers = new double[sizes.length][d];
        for (int k = 0; k < sizes.length; k++) {
            for (int j = 0; j < d; j++) {
                centers[k][j] = x[k * d + j] / Math.sqrt(Math.max(1, sizes[k]));
            }
        }
        Coefficients at = new Coefficients(new double[tasks.size()][own], new double[tasks.size()], new double[tasks.size()][d], centers, cluster);
        for (int r = 0; r < tasks.size(); r++) {
            int from = sizes.length * d + r * (own + 1 + d);
            System.arraycopy(x, from, at.own()[r], 0, own);
            at.intercepts()[r] = x[from + own];
            for (int j = 0; j < d; j++) {
                at.shared()[r][j] = centers[cluster[r]][j] + (joined ? 0 : x[from + own + 1 + j]);
            }
        }
        return at;
    }

    /**
     * Tasks are given to the nearest center and the centers solved for, until no task moves or it no longer pays. Without centers to begin with, each
     * task's own solution says where it belongs.
     */
    private Coefficients clusters(Coefficients start, int count) {
        boolean begun = start.centers().length == count;
        Coefficients from = begun ? start : apart(count);
        Coefficients best = towardsCenters(from, from.cluster(), count);
        double value = objective(best);
        for (int round = 0; round < ROUNDS; round++) {
            int[] nearest = Clustering.nearest(best.shared(), best.centers());
            if (Arrays.equals(nearest, best.cluster())) {
                break;
            }
            Coefficients next = towardsCenters(new Coefficients(best.own(), best.intercepts(), best.shared(), best.centers(), nearest), nearest, count);
            if (!(objective(next) < value)) {
                break;
            }
            best = next;
            value = objective(next);
        }
        return begun ? better(start, best) : best;
    }

    /** Every task's own solution, in clusters as far apart as can be. */
    private Coefficients apart(int count) {
        Coefficients free = new CoefficientProblem(tasks, new Similarity.Group(), 0, ridge, solver).solve();
        int[] cluster = Clustering.spread(free.shared(), count);
        return new Coefficients(free.own(), free.intercepts(), free.shared(), means(free.shared(), cluster, count), cluster);
    }

    private Coefficients better(Coefficients start, Coefficients found) {
        boolean comparable = !(similarity instanceof Similarity.LowRank) || start.centers().length == 0;
        return comparable && objective(start) < objective(found) ? start : found;
    }

    private static double[][] means(double[][] rows, int[] cluster, int count) {
        double[][] means = new double[count][rows[0].length];
        int[] sizes = new int[count];
        for (int r = 0; r < rows.length; r++) {
            add(1, rows[r], means[cluster[r]]);
            sizes[cluster[r]]++;
        }
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < means[k].length; j++) {
                means[k][j] /= Math.max(1, sizes[k]);
            }
        }
        return means;
    }

    private static double l1(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum;
    }

    static void add(double scale, double[] x, double[] to) {
        for (int i = 0; i < x.length; i++) {
            to[i] = Math.fma(scale, x[i], to[i]);
        }
    }

    private static void put(double[] from, double scale, double[] to, int at) {
        for (int i = 0; i < from.length; i++) {
            to[at + i] = scale * from[i];
        }
    }
}
