package intarsia.models.dual;

import intarsia.optim.prox.Blocks;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.ProximalGradient.Minimum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Each task shrunk towards its cluster's center: convex in the centers and, task by task, alpha, intercept and deviation, which are the
 * variables. A center moves all its tasks at once; its variable is scaled by the root of their number, so that its curvature is that of one
 * task. At an infinite penalty weight there are no deviations.
 */
final class CenteredProblem implements LossMinimizer.Variables {
    /** What it costs to deviate from a center. */
    @FunctionalInterface
    interface OnDeviation {
        Penalty of(double lambda, int width);
    }

    private final CoefficientProblem problem;
    private final int[] cluster;
    private final double[] scale;
    private final OnDeviation onDeviation;
    private final boolean shared;
    private final int d;
    private final int specific;

    /** Tasks of these clusters, numbered from 0. */
    CenteredProblem(CoefficientProblem problem, int[] cluster, int clusters, OnDeviation onDeviation) {
        this.problem = problem;
        this.cluster = cluster;
        this.onDeviation = onDeviation;
        shared = problem.weight() == Double.POSITIVE_INFINITY;
        d = problem.width();
        specific = problem.taskSpecificWidth();
        int[] sizes = new int[clusters];
        Arrays.stream(cluster).forEach(k -> sizes[k]++);
        scale = Arrays.stream(sizes).mapToDouble(size -> Math.sqrt(Math.max(1, size))).toArray();
    }

    CoefficientSolution solve(Coefficients start) {
        double[][] centers = start.centers().length == scale.length ? start.centers() : means(start.shared(), cluster, scale.length);
        double[] x = new double[from(cluster.length)];
        for (int k = 0; k < scale.length; k++) {
            for (int j = 0; j < d; j++) {
                x[k * d + j] = scale[k] * centers[k][j];
            }
        }
        List<Blocks.Block> blocks = new ArrayList<>();
        blocks.add(new Blocks.Block(Penalty.none(), scale.length * d));
        for (int r = 0; r < cluster.length; r++) {
            System.arraycopy(start.taskSpecific()[r], 0, x, from(r), specific);
            x[from(r) + specific] = start.intercepts()[r];
            for (int j = 0; j < d; j++) {
                x[from(r) + specific + 1 + j] = shared ? 0 : start.shared()[r][j] - centers[cluster[r]][j];
            }
            blocks.add(new Blocks.Block(Penalty.ridge(2 * problem.ridge()), specific));
            blocks.add(new Blocks.Block(Penalty.none(), 1));
            blocks.add(new Blocks.Block(shared ? Penalty.none() : onDeviation.of(problem.lambda(r), d), d));
        }
        Minimum found = new LossMinimizer(problem.tasks(), this, new Blocks(blocks), problem.solver()).minimize(x);
        return CoefficientSolution.of(coefficients(found.point()), found);
    }

    /** Where a task's variables begin. */
    private int from(int task) {
        return scale.length * d + task * (specific + 1 + d);
    }

    @Override
    public Coefficients coefficients(double[] x) {
        double[][] centers = new double[scale.length][d];
        for (int k = 0; k < scale.length; k++) {
            for (int j = 0; j < d; j++) {
                centers[k][j] = x[k * d + j] / scale[k];
            }
        }
        int tasks = cluster.length;
        Coefficients at = new Coefficients(new double[tasks][specific], new double[tasks], new double[tasks][d], centers, cluster);
        for (int r = 0; r < tasks; r++) {
            System.arraycopy(x, from(r), at.taskSpecific()[r], 0, specific);
            at.intercepts()[r] = x[from(r) + specific];
            for (int j = 0; j < d; j++) {
                at.shared()[r][j] = centers[cluster[r]][j] + (shared ? 0 : x[from(r) + specific + 1 + j]);
            }
        }
        return at;
    }

    @Override
    public void pullBack(int task, double[] byAlpha, double byIntercept, double[] byBeta, double[] gradient) {
        System.arraycopy(byAlpha, 0, gradient, from(task), specific);
        gradient[from(task) + specific] = byIntercept;
        if (!shared) {
            System.arraycopy(byBeta, 0, gradient, from(task) + specific + 1, d);
        }
        int center = cluster[task] * d;
        double share = 1 / scale[cluster[task]];
        for (int j = 0; j < d; j++) {
            gradient[center + j] += share * byBeta[j];
        }
    }

    /** The mean of each cluster's rows; 0 for a cluster without any. */
    static double[][] means(double[][] rows, int[] cluster, int clusters) {
        double[][] means = new double[clusters][rows[0].length];
        int[] sizes = new int[clusters];
        for (int r = 0; r < rows.length; r++) {
            Vectors.add(1, rows[r], means[cluster[r]]);
            sizes[cluster[r]]++;
        }
        for (int k = 0; k < clusters; k++) {
            for (int j = 0; j < means[k].length; j++) {
                means[k][j] /= Math.max(1, sizes[k]);
            }
        }
        return means;
    }
}
