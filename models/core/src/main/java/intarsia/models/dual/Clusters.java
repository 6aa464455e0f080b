package intarsia.models.dual;

import intarsia.optim.prox.Penalty;
import java.util.Arrays;

/**
 * {@link Group} towards the nearest of several centers: {@code sum_r lambda_r min_k ||beta_r - center_k||_2}. Given the centers that tasks
 * belong to, the problem is convex; then each task is given to the nearest center, until no task moves or it no longer pays: a local
 * minimum. Without centers to begin with, each task's separate solution says where it belongs.
 *
 * @param count K; with fewer tasks, one center for each
 */
public record Clusters(int count) implements Similarity {
    static final Form FORM = Form.counted("clusters", Clusters::new);
    private static final int ROUNDS = 100;
    private static final Group GROUP = new Group();

    /** Checks the count. */
    public Clusters {
        FORM.checked(count);
    }

    @Override
    public String key() {
        return FORM.name() + "(" + count + ")";
    }

    @Override
    public int centers(int tasks) {
        return Math.min(count, tasks);
    }

    @Override
    public double penalty(CoefficientProblem problem, Coefficients at) {
        return GROUP.penalty(problem, at);
    }

    @Override
    public CoefficientSolution solve(CoefficientProblem problem, Coefficients start) {
        int centers = centers(problem.tasks().size());
        Coefficients from = start.centers().length == centers ? start : separate(problem, centers);
        CoefficientSolution best = given(problem, from);
        double value = problem.objective(best.coefficients());
        for (int round = 0; round < ROUNDS; round++) {
            Coefficients at = best.coefficients();
            int[] nearest = nearest(at.shared(), at.centers());
            if (Arrays.equals(nearest, at.cluster())) {
                break;
            }
            CoefficientSolution next = given(problem, at.clustered(at.centers(), nearest));
            if (!(problem.objective(next.coefficients()) < value)) {
                break;
            }
            best = next;
            value = problem.objective(next.coefficients());
        }
        return problem.better(start, best);
    }

    /** The solution where each task keeps the center that it has. */
    private static CoefficientSolution given(CoefficientProblem problem, Coefficients start) {
        return new CenteredProblem(problem, start.cluster(), start.centers().length, GROUP::onDeviation).solve(start);
    }

    /** Every task's separate solution, in clusters as far from each other as can be. */
    private static Coefficients separate(CoefficientProblem problem, int centers) {
        Coefficients free = problem.similarity(GROUP, 0).solve().coefficients();
        int[] cluster = spread(free.shared(), centers);
        return free.clustered(CenteredProblem.means(free.shared(), cluster, centers), cluster);
    }

    /** For each point, the number of the nearest center; the first of several equally near. */
    static int[] nearest(double[][] points, double[][] centers) {
        int[] nearest = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            for (int k = 1; k < centers.length; k++) {
                if (Vectors.distance(points[i], centers[k]) < Vectors.distance(points[i], centers[nearest[i]])) {
                    nearest[i] = k;
                }
            }
        }
        return nearest;
    }

    /**
     * Points given to centers that are themselves points: the first is the point farthest from the mean, each further one the farthest from
     * those before (Gonzalez 1985).
     */
    private static int[] spread(double[][] points, int count) {
        double[][] centers = {Vectors.mean(points)};
        centers[0] = farthest(points, centers);
        while (centers.length < count) {
            double[][] more = Arrays.copyOf(centers, centers.length + 1);
            more[centers.length] = farthest(points, centers);
            centers = more;
        }
        return nearest(points, centers);
    }

    /** The point farthest from its nearest center. */
    private static double[] farthest(double[][] points, double[][] centers) {
        int[] nearest = nearest(points, centers);
        int farthest = 0;
        for (int i = 1; i < points.length; i++) {
            if (Vectors.distance(points[i], centers[nearest[i]]) > Vectors.distance(points[farthest], centers[nearest[farthest]])) {
                farthest = i;
            }
        }
        return points[farthest];
    }

    /** Group's, of slopes where the tasks of each cluster share. */
    @Override
    public double largestWeight(CoefficientProblem problem) {
        return GROUP.largestWeight(problem);
    }

    @Override
    public double penalty(TransferProblem problem, Coefficients at) {
        return GROUP.penalty(problem, at);
    }

    /** Shrunk towards whichever center gives the smallest objective. */
    @Override
    public CoefficientSolution solve(TransferProblem problem, Coefficients start) {
        CoefficientSolution best = GROUP.solve(problem, start);
        Penalty onDeviation = GROUP.onDeviation(problem.alone().lambda(0), problem.task().width());
        for (int k = 1; k < problem.learned().centers().length; k++) {
            best = problem.better(best.coefficients(), problem.near(start, k, onDeviation));
        }
        return best;
    }
}
