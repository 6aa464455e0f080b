package intarsia.models.study;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import java.util.Arrays;

/**
 * t-SNE (van der Maaten &amp; Hinton 2008), exact: points in the plane whose neighborhoods resemble those of the rows given.
 *
 * <pre>
 * minimize  KL(P || Q),   q_ij proportional to 1 / (1 + ||z_i - z_j||^2)
 * p_ij = (p_j|i + p_i|j) / 2n,   p_j|i proportional to exp(-||x_i - x_j||^2 / (2 s_i^2)), s_i such that the perplexity is as asked
 * </pre>
 *
 * By gradient descent with momentum, gains and early exaggeration as there. O(n^2) numbers of memory and O(n^2) an iteration: for some
 * hundred rows.
 *
 * @param perplexity how many neighbors count, about; less than a third of the rows
 * @param iterations steps of descent
 */
public record Tsne(double perplexity, int iterations) {
    /** Perplexity 30, 500 iterations. */
    public static final Tsne DEFAULT = new Tsne(30, 500);

    private static final int EXAGGERATED = 100;
    private static final double EXAGGERATION = 4;
    private static final int BISECTIONS = 60;

    /** The points, rows x 2. */
    public double[][] embed(double[][] rows, RandomStream random) {
        int n = rows.length;
        if (n < 4) {
            throw new IllegalArgumentException("t-SNE: " + n + " rows; at least 4 are needed");
        }
        double[][] p = affinities(rows);
        double[] z = new double[2 * n];
        for (int i = 0; i < z.length; i++) {
            z[i] = 1e-2 * random.nextGaussian();
        }
        double rate = Math.max(n / EXAGGERATION / 4, 20);
        double[] velocity = new double[2 * n];
        double[] gains = new double[2 * n];
        Arrays.fill(gains, 1);
        for (int step = 0; step < iterations; step++) {
            double[] gradient = gradient(p, z, step < EXAGGERATED ? EXAGGERATION : 1);
            double momentum = step < EXAGGERATED ? 0.5 : 0.8;
            for (int i = 0; i < z.length; i++) {
                gains[i] = Math.max(0.01, gradient[i] * velocity[i] > 0 ? 0.8 * gains[i] : gains[i] + 0.2);
                velocity[i] = momentum * velocity[i] - rate * gains[i] * gradient[i];
                z[i] += velocity[i];
            }
        }
        double[][] points = new double[n][];
        for (int i = 0; i < n; i++) {
            points[i] = new double[] {z[2 * i], z[2 * i + 1]};
        }
        return points;
    }

    /** {@code 4 sum_j (e p_ij - q_ij) (z_i - z_j) / (1 + ||z_i - z_j||^2)}. */
    private static double[] gradient(double[][] p, double[] z, double exaggeration) {
        int n = p.length;
        double[][] kernel = new double[n][n];
        double total = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double dx = z[2 * i] - z[2 * j];
                double dy = z[2 * i + 1] - z[2 * j + 1];
                kernel[i][j] = 1 / (1 + dx * dx + dy * dy);
                total += 2 * kernel[i][j];
            }
        }
        double[] gradient = new double[2 * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double pull = 4 * (exaggeration * p[i][j] - kernel[i][j] / total) * kernel[i][j];
                double dx = pull * (z[2 * i] - z[2 * j]);
                double dy = pull * (z[2 * i + 1] - z[2 * j + 1]);
                gradient[2 * i] += dx;
                gradient[2 * i + 1] += dy;
                gradient[2 * j] -= dx;
                gradient[2 * j + 1] -= dy;
            }
        }
        return gradient;
    }

    /** P, symmetric, of sum 1. */
    double[][] affinities(double[][] rows) {
        int n = rows.length;
        double[][] given = new double[n][];
        for (int i = 0; i < n; i++) {
            given[i] = neighbors(rows, i, Elementary.log(Math.min(perplexity, (n - 1) / 3.0)));
        }
        double[][] p = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                p[i][j] = (given[i][j] + given[j][i]) / (2.0 * n);
            }
        }
        return p;
    }

    /** Shares of a row's neighbors whose entropy is as asked, by bisection on the logarithm of the precision. */
    private static double[] neighbors(double[][] rows, int i, double entropy) {
        double[] squares = new double[rows.length];
        double mean = 0;
        for (int j = 0; j < rows.length; j++) {
            for (int d = 0; d < rows[i].length; d++) {
                squares[j] += (rows[i][d] - rows[j][d]) * (rows[i][d] - rows[j][d]);
            }
            mean += squares[j] / rows.length;
        }
        double low = -30;
        double high = 30;
        double[] shares = new double[rows.length];
        for (int step = 0; step < BISECTIONS; step++) {
            double precision = Elementary.exp((low + high) / 2) / Math.max(mean, 1e-300);
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < rows.length; j++) {
                nearest = j == i ? nearest : Math.min(nearest, squares[j]);
            }
            double total = 0;
            double weighted = 0;
            for (int j = 0; j < rows.length; j++) {
                shares[j] = j == i ? 0 : Elementary.exp(-precision * (squares[j] - nearest));
                total += shares[j];
                weighted += shares[j] * precision * (squares[j] - nearest);
            }
            for (int j = 0; j < rows.length; j++) {
                shares[j] /= total;
            }
            if (Elementary.log(total) + weighted / total > entropy) {
                low = (low + high) / 2;
            } else {
                high = (low + high) / 2;
            }
        }
        return shares;
    }
}
