package intarsia.models.dual;

import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Svd;
import intarsia.optim.prox.Blocks;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.SolverOutcome;
import intarsia.optim.solve.ProximalGradient.Minimum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code beta_r = Z a_r} with Z of K columns: tasks' coefficients lie in a common subspace. There is no penalty, and the penalty weight is
 * not used. One more task's beta lies in the span of the learned ones.
 *
 * <p>Begins with the best rank-K approximation of the tasks' separate solutions, then alternates: the a_r (with alpha and intercept) given
 * Z, and Z given them, each a smooth convex problem; ends when a round lowers the objective by less than the solver's tolerance. No round
 * raises it.
 *
 * @param rank K; with fewer tasks or columns, their number
 */
public record LowRank(int rank) implements Similarity {
    static final Form FORM = Form.counted("lowrank", LowRank::new);
    private static final int ROUNDS = 200;

    /** Checks the rank. */
    public LowRank {
        FORM.checked(rank);
    }

    @Override
    public String key() {
        return FORM.name() + "(" + rank + ")";
    }

    @Override
    public int centers(int tasks) {
        return 0;
    }

    @Override
    public double penalty(CoefficientProblem problem, Coefficients at) {
        return 0;
    }

    @Override
    public double largestWeight(CoefficientProblem problem) {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double pathStart(CoefficientProblem problem) {
        return 0;
    }

    @Override
    public CoefficientSolution solve(CoefficientProblem problem, Coefficients start) {
        return problem.better(start, new Factored(problem, Math.min(rank, Math.min(problem.width(), problem.tasks().size()))).solve(start));
    }

    @Override
    public double penalty(TransferProblem problem, Coefficients at) {
        return 0;
    }

    /** A task alone on the features Z'C, Z the leading right singular vectors of the learned betas. */
    @Override
    public CoefficientSolution solve(TransferProblem problem, Coefficients start) {
        EncodedTask task = problem.task();
        Svd svd = Svd.of(Tensor.matrix(problem.learned().shared()));
        int most = Math.min(rank, Math.min(problem.learned().tasks(), task.width()));
        double[][] basis = new double[task.width()][most];
        for (int j = 0; j < basis.length; j++) {
            for (int k = 0; k < most; k++) {
                basis[j][k] = svd.right().get(j, k);
            }
        }
        double[][] features = new double[task.rows()][most];
        for (int i = 0; i < features.length; i++) {
            for (int j = 0; j < basis.length; j++) {
                Vectors.add(task.shared()[i][j], basis[j], features[i]);
            }
        }
        EncodedTask inSpan = task.withShared(features);
        CoefficientProblem alone = problem.alone();
        CoefficientSolution found = new CoefficientProblem(List.of(inSpan), new Group(), 0, alone.ridge(), alone.solver()).solve();
        double[][] beta = {Vectors.times(basis, found.coefficients().shared()[0])};
        return problem.better(start, new CoefficientSolution(problem.at(found.coefficients(), beta, 0), found.converged()));
    }

    /** Z [d x K] and the a_r [R x K] with all else, as they are changed in turn. */
    private static final class Factored {
        private final CoefficientProblem problem;
        private final int rank;
        private final int tasks;
        private final int specific;
        private double[][] basis;
        private double[][] scores;
        private double[][] alpha;
        private double[] intercepts;

        Factored(CoefficientProblem problem, int rank) {
            this.problem = problem;
            this.rank = rank;
            this.tasks = problem.tasks().size();
            this.specific = problem.taskSpecificWidth();
            basis = new double[problem.width()][rank];
            scores = new double[tasks][rank];
        }

        CoefficientSolution solve(Coefficients start) {
            Coefficients free = problem.similarity(new Group(), 0).solve(start.withOneCenter()).coefficients();
            alpha = free.taskSpecific();
            intercepts = free.intercepts();
            Svd svd = Svd.of(Tensor.matrix(free.shared()));
            for (int k = 0; k < rank; k++) {
                for (int j = 0; j < basis.length; j++) {
                    basis[j][k] = svd.right().get(j, k);
                }
                for (int r = 0; r < tasks; r++) {
                    scores[r][k] = svd.left().get(r, k) * svd.values().at(k);
                }
            }
            double value = problem.objective(coefficients(alpha, intercepts, basis, scores));
            for (int round = 0; round < ROUNDS; round++) {
                boolean reached = fitScores() && fitBasis();
                double lowered = problem.objective(coefficients(alpha, intercepts, basis, scores));
                if (!reached || !(lowered < value - problem.solver().tolerance() * Math.abs(value))) {
                    return new CoefficientSolution(coefficients(alpha, intercepts, basis, scores), reached);
                }
                value = lowered;
            }
            return new CoefficientSolution(coefficients(alpha, intercepts, basis, scores), false);
        }

        private static Coefficients coefficients(double[][] alpha, double[] intercepts, double[][] basis, double[][] scores) {
            double[][] shared = Arrays.stream(scores).map(score -> Vectors.times(basis, score)).toArray(double[][]::new);
            return new Coefficients(alpha, intercepts, shared, new double[0][], new int[0]);
        }

        /** alpha, intercept and a_r of every task, given Z; gives whether the tolerance was reached. */
        private boolean fitScores() {
            int step = specific + 1 + rank;
            double[] x = new double[tasks * step];
            List<Blocks.Block> blocks = new ArrayList<>();
            for (int r = 0; r < tasks; r++) {
                System.arraycopy(QuadraticLoss.joined(alpha[r], intercepts[r], scores[r]), 0, x, r * step, step);
                blocks.add(new Blocks.Block(Penalty.ridge(2 * problem.ridge()), specific));
                blocks.add(new Blocks.Block(Penalty.none(), 1 + rank));
            }
            LossMinimizer.Variables variables = new LossMinimizer.Variables() {
                @Override
                public Coefficients coefficients(double[] point) {
                    double[][] alphas = new double[tasks][];
                    double[] offsets = new double[tasks];
                    double[][] at = new double[tasks][];
                    for (int r = 0; r < tasks; r++) {
                        alphas[r] = Arrays.copyOfRange(point, r * step, r * step + specific);
                        offsets[r] = point[r * step + specific];
                        at[r] = Arrays.copyOfRange(point, r * step + specific + 1, (r + 1) * step);
                    }
                    return Factored.coefficients(alphas, offsets, basis, at);
                }

                @Override
                public void pullBack(int task, double[] byAlpha, double byIntercept, double[] byBeta, double[] gradient) {
                    System.arraycopy(byAlpha, 0, gradient, task * step, specific);
                    gradient[task * step + specific] = byIntercept;
                    for (int k = 0; k < rank; k++) {
                        for (int j = 0; j < byBeta.length; j++) {
                            gradient[task * step + specific + 1 + k] += byBeta[j] * basis[j][k];
                        }
                    }
                }
            };
            Minimum found = new LossMinimizer(problem.tasks(), variables, new Blocks(blocks), problem.solver()).minimize(x);
            Coefficients at = variables.coefficients(found.point());
            alpha = at.taskSpecific();
            intercepts = at.intercepts();
            for (int r = 0; r < tasks; r++) {
                scores[r] = Arrays.copyOfRange(found.point(), r * step + specific + 1, (r + 1) * step);
            }
            return found.outcome() == SolverOutcome.CONVERGED;
        }

        /** Z, given all else; gives whether the tolerance was reached. */
        private boolean fitBasis() {
            LossMinimizer.Variables variables = new LossMinimizer.Variables() {
                @Override
                public Coefficients coefficients(double[] point) {
                    return Factored.coefficients(alpha, intercepts, rows(point), scores);
                }

                @Override
                public void pullBack(int task, double[] byAlpha, double byIntercept, double[] byBeta, double[] gradient) {
                    for (int j = 0; j < byBeta.length; j++) {
                        for (int k = 0; k < rank; k++) {
                            gradient[j * rank + k] += byBeta[j] * scores[task][k];
                        }
                    }
                }
            };
            Minimum found = new LossMinimizer(problem.tasks(), variables, Penalty.none(), problem.solver())
                    .minimize(Tensor.matrix(basis).doubles());
            basis = rows(found.point());
            return found.outcome() == SolverOutcome.CONVERGED;
        }

        private double[][] rows(double[] flat) {
            double[][] rows = new double[basis.length][];
            for (int j = 0; j < rows.length; j++) {
                rows[j] = Arrays.copyOfRange(flat, j * rank, (j + 1) * rank);
            }
            return rows;
        }
    }
}
