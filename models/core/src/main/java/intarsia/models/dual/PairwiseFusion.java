package intarsia.models.dual;

import intarsia.optim.prox.Blocks;
import intarsia.optim.prox.GroupLasso;
import intarsia.optim.prox.Penalty;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link Similarity.Fusion} by the alternating direction method of multipliers (Boyd et al. 2011): differences u_rs = beta_r - beta_s get their own
 * variables, the smooth part is minimized with the differences held near them, each difference is shrunk as a group, multipliers follow. Stops when the
 * primal and dual residuals are below the solver's tolerance relative to the coefficients' size. At the end, tasks whose difference is exactly 0 share
 * one beta, their mean, if the objective agrees.
 */
final class PairwiseFusion {
    private static final int ROUNDS = 500;

    private final CoefficientProblem problem;
    private final int tasks;
    private final int d;
    private final int own;

    PairwiseFusion(CoefficientProblem problem) {
        this.problem = problem;
        this.tasks = problem.tasks().size();
        this.d = problem.width();
        this.own = problem.ownWidth();
    }

    Coefficients solve(Coefficients start) {
        int pairs = tasks * (tasks - 1) / 2;
        double[][] u = new double[pairs][d];
        double[][] multipliers = new double[pairs][d];
        Coefficients at = new Coefficients(Coefficients.copy(start.own()), start.intercepts().clone(), Coefficients.copy(start.shared()),
                new double[0][], new int[0]);
        if (problem.strength() == Double.POSITIVE_INFINITY || pairs == 0) {
            return joined(start, pairs);
        }
        double stiffness = 1;
        each((pair, r, s) -> u[pair] = minus(at.shared()[r], at.shared()[s]));
        Coefficients current = at;
        for (int round = 0; round < ROUNDS; round++) {
            current = smooth(current, u, multipliers, stiffness);
            Coefficients now = current;
            double[] residuals = new double[2];
            double held = stiffness;
            each((pair, r, s) -> {
                double[] difference = minus(now.shared()[r], now.shared()[s]);
                double[] target = new double[d];
                for (int j = 0; j < d; j++) {
                    target[j] = difference[j] + multipliers[pair][j] / held;
                }
                double[] shrunk = new GroupLasso(problem.pairWeight(r, s), d).prox(target, 1 / held);
                for (int j = 0; j < d; j++) {
                    residuals[1] += sq(held * (shrunk[j] - u[pair][j]));
                    residuals[0] += sq(difference[j] - shrunk[j]);
                    multipliers[pair][j] += held * (difference[j] - shrunk[j]);
                }
                u[pair] = shrunk;
            });
            double size = 1;
            for (double[] beta : current.shared()) {
                size += Coefficients.norm(beta);
            }
            double enough = Math.max(problem.solver().tolerance(), 1e-10) * size;
            if (Math.sqrt(residuals[0]) <= enough && Math.sqrt(residuals[1]) <= enough) {
                break;
            }
            stiffness *= residuals[0] > 100 * residuals[1] ? 2 : residuals[1] > 100 * residuals[0] ? 0.5 : 1;
        }
        Coefficients merged = merge(current, u);
        return problem.objective(merged) <= problem.objective(current) ? merged : current;
    }

    /** Everything shared. */
    private Coefficients joined(Coefficients start, int pairs) {
        Similarity group = new Similarity.Group();
        Coefficients pooled = new CoefficientProblem(problem.tasks(), group, pairs == 0 ? 0 : Double.POSITIVE_INFINITY, problem.ridge(), problem.solver())
                .solve(new Coefficients(start.own(), start.intercepts(), start.shared(), new double[1][d], new int[tasks]));
        return new Coefficients(pooled.own(), pooled.intercepts(), pooled.shared(), new double[0][], new int[0]);
    }

    private Coefficients smooth(Coefficients from, double[][] u, double[][] multipliers, double stiffness) {
        int step = own + 1 + d;
        double[] x = new double[tasks * step];
        List<Blocks.Block> blocks = new ArrayList<>();
        for (int r = 0; r < tasks; r++) {
            System.arraycopy(from.own()[r], 0, x, r * step, own);
            x[r * step + own] = from.intercepts()[r];
            System.arraycopy(from.shared()[r], 0, x, r * step + own + 1, d);
            blocks.add(new Blocks.Block(Penalty.ridge(2 * problem.ridge()), own));
            blocks.add(new Blocks.Block(Penalty.none(), 1 + d));
        }
        double[] found = problem.minimize((at, gradient) -> {
            java.util.Arrays.fill(gradient, 0);
            double[] value = new double[1];
            Coefficients now = unpack(at);
            for (int r = 0; r < tasks; r++) {
                double[] byAlpha = new double[own];
                double[] byIntercept = new double[1];
                double[] byBeta = new double[d];
                value[0] += problem.slopes(r, now.own()[r], now.intercepts()[r], now.shared()[r], byAlpha, byIntercept, byBeta);
                System.arraycopy(byAlpha, 0, gradient, r * step, own);
                gradient[r * step + own] = byIntercept[0];
                System.arraycopy(byBeta, 0, gradient, r * step + own + 1, d);
            }
            each((pair, r, s) -> {
                for (int j = 0; j < d; j++) {
                    double miss = now.shared()[r][j] - now.shared()[s][j] - u[pair][j];
                    value[0] += multipliers[pair][j] * miss + stiffness / 2 * miss * miss;
                    double slope = multipliers[pair][j] + stiffness * miss;
                    gradient[r * step + own + 1 + j] += slope;
                    gradient[s * step + own + 1 + j] -= slope;
                }
            });
            return value[0];
        }, new Blocks(blocks), x);
        return unpack(found);
    }

    private Coefficients unpack(double[] x) {
        int step = own + 1 + d;
        Coefficients at = new Coefficients(new double[tasks][own], new double[tasks], new double[tasks][d], new double[0][], new int[0]);
        for (int r = 0; r < tasks; r++) {
            System.arraycopy(x, r * step, at.own()[r], 0, own);
            at.intercepts()[r] = x[r * step + own];
            System.arraycopy(x, r * step + own + 1, at.shared()[r], 0, d);
        }
        return at;
    }

    private Coefficients merge(Coefficients at, double[][] u) {
        int[] group = new int[tasks];
        for (int r = 0; r < tasks; r++) {
            group[r] = r;
        }
        each((pair, r, s) -> {
            if (Coefficients.norm(u[pair]) == 0) {
                int from = group[Math.max(r, s)];
                int to = Math.min(group[r], group[s]);
                for (int t = 0; t < tasks; t++) {
                    group[t] = group[t] == from ? to : group[t];
                }
            }
        });
        Coefficients merged = at.copy();
        for (int r = 0; r < tasks; r++) {
            double[] mean = new double[d];
            int members = 0;
            for (int s = 0; s < tasks; s++) {
                if (group[s] == group[r]) {
                    CoefficientProblem.add(1, at.shared()[s], mean);
                    members++;
                }
            }
            for (int j = 0; j < d; j++) {
                merged.shared()[r][j] = mean[j] / members;
            }
        }
        return merged;
    }

    @FunctionalInterface
    private interface Pair {
        void visit(int pair, int r, int s);
    }

    private void each(Pair pair) {
        int number = 0;
        for (int r = 1; r < tasks; r++) {
            for (int s = 0; s < r; s++) {
                pair.visit(number++, r, s);
            }
        }
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    private static double sq(double x) {
        return x * x;
    }
}
