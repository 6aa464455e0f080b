package intarsia.models.dual;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Svd;
import intarsia.optim.prox.Blocks;
import intarsia.optim.prox.Penalty;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link Similarity.LowRank}: beta_r = Z a_r with Z of K columns. Begins with the best rank-K approximation of the tasks' own solutions, then alternates:
 * the a_r (with alpha and intercept) given Z, and Z given them, each a smooth convex problem; ends when a round lowers the objective by less than the
 * solver's tolerance. No round raises it.
 */
final class LowRankCoefficients {
    private static final int ROUNDS = 200;

    private final CoefficientProblem problem;
    private final int rank;
    private final int tasks;
    private final int d;
    private final int own;

    LowRankCoefficients(CoefficientProblem problem, int rank) {
        this.problem = problem;
        this.rank = rank;
        this.tasks = problem.tasks().size();
        this.d = problem.width();
        this.own = problem.ownWidth();
    }

    Coefficients solve(Coefficients start) {
        Coefficients free = new CoefficientProblem(problem.tasks(), new Similarity.Group(), 0, problem.ridge(), problem.solver())
                .solve(new Coefficients(start.own(), start.intercepts(), start.shared(), new double[1][d], new int[tasks]));
        Svd svd = Svd.of(Tensor.matrix(free.shared()));
        double[][] basis = new double[d][rank];
        double[][] scores = new double[tasks][rank];
        for (int k = 0; k < rank; k++) {
            for (int j = 0; j < d; j++) {
                basis[j][k] = svd.right().get(j, k);
            }
            for (int r = 0; r < tasks; r++) {
                scores[r][k] = svd.left().get(r, k) * svd.values().at(k);
            }
        }
        Coefficients at = coefficients(free.own(), free.intercepts(), basis, scores);
        double value = problem.objective(at);
        for (int round = 0; round < ROUNDS; round++) {
            at = fitScores(at, basis, scores);
            basis = fitBasis(at, basis, scores);
            Coefficients next = coefficients(at.own(), at.intercepts(), basis, scores);
            double lowered = problem.objective(next);
            at = next;
            if (!(lowered < value - problem.solver().tolerance() * Math.abs(value))) {
                break;
            }
            value = lowered;
        }
        return at;
    }

    private Coefficients coefficients(double[][] alpha, double[] intercepts, double[][] basis, double[][] scores) {
        double[][] shared = new double[tasks][d];
        for (int r = 0; r < tasks; r++) {
            for (int j = 0; j < d; j++) {
                shared[r][j] = Coefficients.dot(basis[j], scores[r]);
            }
        }
        return new Coefficients(alpha, intercepts, shared, new double[0][], new int[0]);
    }

    private Coefficients fitScores(Coefficients at, double[][] basis, double[][] scores) {
        int step = own + 1 + rank;
        double[] x = new double[tasks * step];
        List<Blocks.Block> blocks = new ArrayList<>();
        for (int r = 0; r < tasks; r++) {
            System.arraycopy(at.own()[r], 0, x, r * step, own);
            x[r * step + own] = at.intercepts()[r];
            System.arraycopy(scores[r], 0, x, r * step + own + 1, rank);
            blocks.add(new Blocks.Block(Penalty.ridge(2 * problem.ridge()), own));
            blocks.add(new Blocks.Block(Penalty.none(), 1 + rank));
        }
        double[] found = problem.minimize((point, gradient) -> {
            java.util.Arrays.fill(gradient, 0);
            double value = 0;
            for (int r = 0; r < tasks; r++) {
                double[] alpha = java.util.Arrays.copyOfRange(point, r * step, r * step + own);
                double[] score = java.util.Arrays.copyOfRange(point, r * step + own + 1, (r + 1) * step);
                double[] byAlpha = new double[own];
                double[] byIntercept = new double[1];
                double[] byBeta = new double[d];
                value += problem.slopes(r, alpha, point[r * step + own], times(basis, score), byAlpha, byIntercept, byBeta);
                System.arraycopy(byAlpha, 0, gradient, r * step, own);
                gradient[r * step + own] = byIntercept[0];
                for (int k = 0; k < rank; k++) {
                    for (int j = 0; j < d; j++) {
                        gradient[r * step + own + 1 + k] += byBeta[j] * basis[j][k];
                    }
                }
            }
            return value;
        }, new Blocks(blocks), x);
        double[][] alpha = new double[tasks][];
        double[] intercepts = new double[tasks];
        for (int r = 0; r < tasks; r++) {
            alpha[r] = java.util.Arrays.copyOfRange(found, r * step, r * step + own);
            intercepts[r] = found[r * step + own];
            scores[r] = java.util.Arrays.copyOfRange(found, r * step + own + 1, (r + 1) * step);
        }
        return coefficients(alpha, intercepts, basis, scores);
    }

    private double[][] fitBasis(Coefficients at, double[][] basis, double[][] scores) {
        double[] x = Tensor.matrix(basis).doubles();
        double[] found = problem.minimize((point, gradient) -> {
            java.util.Arrays.fill(gradient, 0);
            double[][] z = rows(point);
            double value = 0;
            for (int r = 0; r < tasks; r++) {
                double[] byBeta = new double[d];
                value += problem.slopes(r, at.own()[r], at.intercepts()[r], times(z, scores[r]), new double[own], new double[1], byBeta);
                for (int j = 0; j < d; j++) {
                    for (int k = 0; k < rank; k++) {
                        gradient[j * rank + k] += byBeta[j] * scores[r][k];
                    }
                }
            }
            return value;
        }, Penalty.none(), x);
        return rows(found);
    }

    private double[][] rows(double[] flat) {
        Tensor matrix = Tensor.of(Shape.of(d, rank), flat);
        double[][] rows = new double[d][rank];
        for (int j = 0; j < d; j++) {
            for (int k = 0; k < rank; k++) {
                rows[j][k] = matrix.get(j, k);
            }
        }
        return rows;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int j = 0; j < matrix.length; j++) {
            product[j] = Coefficients.dot(matrix[j], vector);
        }
        return product;
    }
}
