package intarsia.models.dual;

import intarsia.optim.prox.GroupLasso;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Objective;
import intarsia.optim.solve.SolverOutcome;
import intarsia.optim.solve.ProximalGradient.Minimum;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code sum_{r<s} (lambda_r + lambda_s) / 2R ||beta_r - beta_s||_2}: pairs of tasks take the same coefficients, without a center. One more
 * task is shrunk towards each of the R learned ones, {@code lambda / R sum_s ||beta - beta_s||_2}.
 *
 * <p>Solved by the alternating direction method of multipliers (Boyd et al. 2011): differences get their own variables u, the losses are
 * minimized with the differences held near them, each difference is shrunk as a group, multipliers follow. At the end tasks whose
 * difference is exactly 0 get the mean of their betas, if the objective is no higher.
 */
public record Fusion() implements Similarity {
    static final Form FORM = Form.of("fusion", Fusion::new);

    /** What costs: {@code beta_r - beta_s}, or {@code beta_r - fixed} where s is negative. */
    private record Difference(int r, int s, double[] fixed, double weight) {
        double[] of(Coefficients at) {
            return Vectors.minus(at.shared()[r], s < 0 ? fixed : at.shared()[s]);
        }

        double penalty(Coefficients at) {
            return CoefficientProblem.times(weight, Vectors.norm(of(at)));
        }
    }

    @Override
    public String key() {
        return FORM.name();
    }

    @Override
    public int centers(int tasks) {
        return 0;
    }

    @Override
    public double penalty(CoefficientProblem problem, Coefficients at) {
        return pairs(problem).stream().mapToDouble(pair -> pair.penalty(at)).sum();
    }

    private static List<Difference> pairs(CoefficientProblem problem) {
        int tasks = problem.tasks().size();
        List<Difference> pairs = new ArrayList<>();
        for (int r = 1; r < tasks; r++) {
            for (int s = 0; s < r; s++) {
                pairs.add(new Difference(r, s, null, (problem.lambda(r) + problem.lambda(s)) / (2 * tasks)));
            }
        }
        return pairs;
    }

    @Override
    public CoefficientSolution solve(CoefficientProblem problem, Coefficients start) {
        boolean alone = problem.tasks().size() == 1;
        if (alone || problem.weight() == Double.POSITIVE_INFINITY) {
            CoefficientSolution shared = problem.similarity(new Group(), alone ? 0 : Double.POSITIVE_INFINITY).solve(start.withOneCenter());
            return new CoefficientSolution(shared.coefficients().withoutCenters(), shared.converged());
        }
        Multipliers multipliers = new Multipliers(problem, pairs(problem));
        CoefficientSolution found = multipliers.solve(start);
        Coefficients merged = multipliers.merged(found.coefficients());
        boolean kept = problem.objective(merged) <= problem.objective(found.coefficients());
        return problem.better(start.withoutCenters(), kept ? new CoefficientSolution(merged, found.converged()) : found);
    }

    /** {@code max_{r,s} 2 ||g_r - g_s||_2 / (sqrt(d / n_r) + sqrt(d / n_s))}: exact for two tasks, else a bound from above. */
    @Override
    public double largestWeight(CoefficientProblem problem) {
        double[][] slopes = problem.slopesWhereShared();
        double largest = 0;
        for (int r = 0; r < slopes.length; r++) {
            for (int s = 0; s < r; s++) {
                largest = Math.max(largest, 2 * Vectors.distance(slopes[r], slopes[s]) / (problem.unit(r) + problem.unit(s)));
            }
        }
        return largest;
    }

    @Override
    public double penalty(TransferProblem problem, Coefficients at) {
        return toLearned(problem).stream().mapToDouble(difference -> difference.penalty(at)).sum();
    }

    private static List<Difference> toLearned(TransferProblem problem) {
        List<Difference> differences = new ArrayList<>();
        for (double[] learned : problem.learned().shared()) {
            differences.add(new Difference(0, -1, learned, problem.alone().lambda(0) / problem.learned().tasks()));
        }
        return differences;
    }

    @Override
    public CoefficientSolution solve(TransferProblem problem, Coefficients start) {
        return problem.better(start, new Multipliers(problem.alone(), toLearned(problem)).solve(start));
    }

    /** The method of multipliers, its state kept from one quadratic model of the losses to the next. */
    private static final class Multipliers implements LossMinimizer.Rest {
        private static final int ROUNDS = 500;
        private static final double FINEST = 1e-10;
        private static final double UNBALANCED = 10;

        private final List<EncodedTask> tasks;
        private final List<Difference> differences;
        private final TaskVariables variables;
        private final Penalty ridge;
        private final SolverOptions solver;
        private double stiffness = 1;
        private double[][] u;
        private double[][] multipliers;

        Multipliers(CoefficientProblem problem, List<Difference> differences) {
            this.tasks = problem.tasks();
            this.differences = differences;
            this.solver = problem.solver();
            variables = new TaskVariables(tasks.size(), problem.taskSpecificWidth(), new double[problem.width()]);
            ridge = variables.penalty(problem.ridge(), Penalty.none());
        }

        CoefficientSolution solve(Coefficients start) {
            u = differences.stream().map(difference -> difference.of(start)).toArray(double[][]::new);
            multipliers = new double[u.length][variables.offset().length];
            Minimum found = new LossMinimizer(tasks, variables, this, solver).minimize(variables.pack(start));
            return CoefficientSolution.of(variables.coefficients(found.point()), found);
        }

        @Override
        public double value(double[] x) {
            Coefficients at = variables.coefficients(x);
            return ridge.value(x) + differences.stream().mapToDouble(difference -> difference.penalty(at)).sum();
        }

        @Override
        public Minimum minimize(Objective losses, double[] start, double enough) {
            double[] x = start;
            double dual = Double.POSITIVE_INFINITY;
            for (int round = 0; round < ROUNDS; round++) {
                Objective held = (at, gradient) -> losses.value(at, gradient) + held(at, gradient);
                x = LossMinimizer.proximalGradient(held, ridge, x, enough / 2, solver).point();
                Coefficients now = variables.coefficients(x);
                double primal = 0;
                double[][] moved = new double[tasks.size()][variables.offset().length];
                for (int i = 0; i < u.length; i++) {
                    primal += shrink(i, differences.get(i).of(now), moved);
                }
                dual = 0;
                double size = 0;
                for (int r = 0; r < moved.length; r++) {
                    dual += Vectors.dot(moved[r], moved[r]);
                    size += Vectors.norm(now.shared()[r]);
                }
                dual = Math.sqrt(dual);
                double byPrimal = Math.sqrt(primal) / (Math.max(solver.tolerance(), FINEST) * size);
                double byDual = dual / (enough / 2);
                if (!(byPrimal > 1 || byDual > 1)) {
                    return ended(losses, x, dual + enough / 2, round + 1, SolverOutcome.CONVERGED);
                }
                stiffness *= byPrimal > UNBALANCED * byDual ? 2 : byDual > UNBALANCED * byPrimal ? 0.5 : 1;
            }
            return ended(losses, x, dual + enough / 2, ROUNDS, SolverOutcome.LIMIT_REACHED);
        }

        private Minimum ended(Objective losses, double[] x, double residual, int rounds, SolverOutcome outcome) {
            return new Minimum(x, losses.value(x, new double[x.length]) + value(x), residual, rounds, outcome);
        }

        /**
         * Shrinks a difference and moves its multipliers; gives the square of what the difference misses, and adds what u's move does to
         * each task's slope.
         */
        private double shrink(int i, double[] difference, double[][] moved) {
            double[] towards = difference.clone();
            Vectors.add(1 / stiffness, multipliers[i], towards);
            double[] shrunk = new GroupLasso(differences.get(i).weight(), towards.length).prox(towards, 1 / stiffness);
            double[] move = Vectors.minus(shrunk, u[i]);
            Vectors.add(stiffness, move, moved[differences.get(i).r()]);
            if (differences.get(i).s() >= 0) {
                Vectors.add(-stiffness, move, moved[differences.get(i).s()]);
            }
            double[] missed = Vectors.minus(difference, shrunk);
            Vectors.add(stiffness, missed, multipliers[i]);
            u[i] = shrunk;
            return Vectors.dot(missed, missed);
        }

        /** {@code sum_i m_i'(difference_i - u_i) + stiffness / 2 ||difference_i - u_i||^2}. */
        private double held(double[] x, double[] gradient) {
            Coefficients at = variables.coefficients(x);
            double value = 0;
            for (int i = 0; i < u.length; i++) {
                Difference difference = differences.get(i);
                double[] missed = Vectors.minus(difference.of(at), u[i]);
                for (int j = 0; j < missed.length; j++) {
                    value += multipliers[i][j] * missed[j] + stiffness / 2 * missed[j] * missed[j];
                    double slope = multipliers[i][j] + stiffness * missed[j];
                    gradient[variables.beta(difference.r()) + j] += slope;
                    if (difference.s() >= 0) {
                        gradient[variables.beta(difference.s()) + j] -= slope;
                    }
                }
            }
            return value;
        }

        /** Tasks joined by differences of 0 with the mean of their betas. */
        Coefficients merged(Coefficients at) {
            int[] group = new int[tasks.size()];
            Arrays.setAll(group, r -> r);
            for (int i = 0; i < u.length; i++) {
                if (Vectors.norm(u[i]) == 0) {
                    int from = Math.max(group[differences.get(i).r()], group[differences.get(i).s()]);
                    int to = Math.min(group[differences.get(i).r()], group[differences.get(i).s()]);
                    Arrays.setAll(group, r -> group[r] == from ? to : group[r]);
                }
            }
            double[][] means = CenteredProblem.means(at.shared(), group, group.length);
            Coefficients merged = at.copied();
            Arrays.setAll(merged.shared(), r -> means[group[r]].clone());
            return merged;
        }
    }
}
