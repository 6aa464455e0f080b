package intarsia.models.dual;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The coefficients of R tasks.
 *
 * @param own        alpha_r, on the task's own encoder [R x d_S]; without encoders some may be longer than others
 * @param intercepts b_r [R]
 * @param shared     beta_r, on the shared encoder [R x d]
 * @param centers    what the tasks are drawn to: one beta, or one for each cluster; empty where there is none
 * @param cluster    for each task, the number of its center; empty where there is none
 */
public record Coefficients(double[][] own, double[] intercepts, double[][] shared, double[][] centers, int[] cluster) {
    /** All zeros, one center. */
    static Coefficients zeros(int tasks, int ownWidth, int width) {
        return new Coefficients(new double[tasks][ownWidth], new double[tasks], new double[tasks][width], new double[1][width], new int[tasks]);
    }

    /** How many tasks. */
    public int tasks() {
        return shared.length;
    }

    /** {@code ||beta_r - center||_2}: how far a task stays apart; from the mean of all betas where there is no center. */
    public double deviation(int task) {
        return distance(shared[task], centers.length == 0 ? mean() : centers[cluster[task]]);
    }

    private double[] mean() {
        double[] mean = new double[shared[0].length];
        for (double[] beta : shared) {
            CoefficientProblem.add(1.0 / shared.length, beta, mean);
        }
        return mean;
    }

    /**
     * How alike tasks are: the cosine of the angle between beta_r and beta_s [R x R]; 1 on the diagonal, 0 against a task without shared part.
     */
    public double[][] similarity() {
        double[][] cosine = new double[tasks()][tasks()];
        for (int r = 0; r < tasks(); r++) {
            for (int s = 0; s < tasks(); s++) {
                double norms = norm(shared[r]) * norm(shared[s]);
                // Rounding may put tasks that have joined beyond 1.
                cosine[r][s] = r == s ? 1 : norms > 0 ? Math.clamp(dot(shared[r], shared[s]) / norms, -1, 1) : 0;
            }
        }
        return cosine;
    }

    /** The same with one more task, which has the same centers. */
    Coefficients with(Coefficients one) {
        return new Coefficients(joined(own, one.own), joined(intercepts, one.intercepts), joined(shared, one.shared), centers, joined(cluster, one.cluster));
    }

    private static double[][] joined(double[][] a, double[][] b) {
        return Stream.concat(Arrays.stream(a), Arrays.stream(b)).toArray(double[][]::new);
    }

    private static double[] joined(double[] a, double[] b) {
        return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }

    private static int[] joined(int[] a, int[] b) {
        return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = Math.fma(a[i], b[i], sum);
        }
        return sum;
    }

    static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = Math.fma(a[i] - b[i], a[i] - b[i], sum);
        }
        return Math.sqrt(sum);
    }

    Coefficients copy() {
        return new Coefficients(copy(own), intercepts.clone(), copy(shared), copy(centers), cluster.clone());
    }

    static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }
}
