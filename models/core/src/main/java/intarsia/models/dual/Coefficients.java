package intarsia.models.dual;

import static intarsia.models.dual.Vectors.copy;
import static intarsia.models.dual.Vectors.distance;
import static intarsia.models.dual.Vectors.dot;
import static intarsia.models.dual.Vectors.norm;

/**
 * The coefficients of R tasks.
 *
 * @param taskSpecific alpha_r, on the task-specific encoder [R x d_S]
 * @param intercepts   b_r [R]
 * @param shared       beta_r, on the shared encoder [R x d]
 * @param centers      what the tasks are shrunk towards: one beta, or one for each cluster; empty where there is none
 * @param cluster      for each task, the number of its center; empty where there is none
 */
public record Coefficients(double[][] taskSpecific, double[] intercepts, double[][] shared, double[][] centers, int[] cluster) {
    /** All zeros, one center. */
    static Coefficients zeros(int tasks, int specific, int width) {
        return new Coefficients(new double[tasks][specific], new double[tasks], new double[tasks][width], new double[1][width],
                new int[tasks]);
    }

    /** How many tasks. */
    public int tasks() {
        return shared.length;
    }

    /** {@code ||beta_r - center||_2}: 0 for a task that shares everything; from the mean of all betas where there is no center. */
    public double deviation(int task) {
        return distance(shared[task], centers.length == 0 ? Vectors.mean(shared) : centers[cluster[task]]);
    }

    /** Cosines of the angles between beta_r and beta_s [R x R]; 1 on the diagonal, 0 against a task without shared part. */
    public double[][] cosines() {
        double[][] cosine = new double[tasks()][tasks()];
        for (int r = 0; r < tasks(); r++) {
            for (int s = 0; s < tasks(); s++) {
                double norms = norm(shared[r]) * norm(shared[s]);
                // Rounding may put tasks with the same coefficients beyond 1.
                cosine[r][s] = r == s ? 1 : norms > 0 ? Math.clamp(dot(shared[r], shared[s]) / norms, -1, 1) : 0;
            }
        }
        return cosine;
    }

    /** {@code ||beta_r - beta_s||_2} [R x R]: 0 for tasks with the same coefficients. */
    public double[][] distances() {
        double[][] distance = new double[tasks()][tasks()];
        for (int r = 0; r < tasks(); r++) {
            for (int s = 0; s < tasks(); s++) {
                distance[r][s] = distance(shared[r], shared[s]);
            }
        }
        return distance;
    }

    /** The same in other clusters. */
    Coefficients clustered(double[][] otherCenters, int[] otherCluster) {
        return new Coefficients(taskSpecific, intercepts, shared, otherCenters, otherCluster);
    }

    /** The same without centers. */
    Coefficients withoutCenters() {
        return clustered(new double[0][], new int[0]);
    }

    /** The same with all tasks in one cluster whose center is 0. */
    Coefficients withOneCenter() {
        return clustered(new double[1][shared[0].length], new int[tasks()]);
    }

    Coefficients copied() {
        return new Coefficients(copy(taskSpecific), intercepts.clone(), copy(shared), copy(centers), cluster.clone());
    }
}
