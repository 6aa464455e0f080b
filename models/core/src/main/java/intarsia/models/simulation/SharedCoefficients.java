package intarsia.models.simulation;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tasks whose coefficients on common nonlinear features agree more or less; made for the dual encoder, and ours (the paper's own simulation
 * is not public).
 *
 * <pre>
 * x_r ~ N(m_r, I_p),  m_r = shift N(0, I_p)                          distributions differ
 * c(x) = tanh(W x)        d features all tasks share, W ~ N(0, 4/p)
 * s_r(x) = tanh(w_r'x)    a task-specific one, w_r ~ N(0, 4I/p)
 * beta_r = beta + delta ||beta|| u_r,  ||u_r|| = 1                   an outlier has a beta drawn alone instead; so has a cluster
 * y_r = beta_r'c(x) + specific s_r(x) + noise N(0, 1)
 * </pre>
 *
 * @param tasks    R
 * @param rows     n for every task
 * @param columns  p
 * @param features d
 * @param delta    how far tasks differ; 0 is not at all
 * @param outliers share of tasks that have nothing in common with the others, the last ones
 * @param shift    how far the tasks' features lie apart
 * @param specific weight of the task-specific part
 * @param noise    standard deviation
 * @param clusters how many betas there are; tasks, outliers aside, have them in turn
 */
public record SharedCoefficients(int tasks, int rows, int columns, int features, double delta, double outliers, double shift,
        double specific, double noise, int clusters) {
    /** With one beta. */
    public SharedCoefficients(int tasks, int rows, int columns, int features, double delta, double outliers, double shift, double specific,
            double noise) {
        this(tasks, rows, columns, features, delta, outliers, shift, specific, noise, 1);
    }

    /** Eight tasks of 60 rows, ten columns, five common features, all with the same coefficients. */
    public static SharedCoefficients identical() {
        return new SharedCoefficients(8, 60, 10, 5, 0, 0, 0.5, 0.5, 0.3);
    }

    /** Differing this far. */
    public SharedCoefficients delta(double other) {
        return new SharedCoefficients(tasks, rows, columns, features, other, outliers, shift, specific, noise, clusters);
    }

    /** With this share of outliers. */
    public SharedCoefficients outliers(double share) {
        return new SharedCoefficients(tasks, rows, columns, features, delta, share, shift, specific, noise, clusters);
    }

    /** With this many rows a task. */
    public SharedCoefficients rows(int count) {
        return new SharedCoefficients(tasks, count, columns, features, delta, outliers, shift, specific, noise, clusters);
    }

    /** With this many tasks. */
    public SharedCoefficients tasks(int count) {
        return new SharedCoefficients(count, rows, columns, features, delta, outliers, shift, specific, noise, clusters);
    }

    /** With task-specific parts of this weight. */
    public SharedCoefficients specific(double weight) {
        return new SharedCoefficients(tasks, rows, columns, features, delta, outliers, shift, weight, noise, clusters);
    }

    /** With the tasks' features so far apart. */
    public SharedCoefficients shift(double other) {
        return new SharedCoefficients(tasks, rows, columns, features, delta, outliers, other, specific, noise, clusters);
    }

    /** With tasks in so many clusters. */
    public SharedCoefficients clusters(int count) {
        return new SharedCoefficients(tasks, rows, columns, features, delta, outliers, shift, specific, noise, count);
    }

    /** For each task the number of those it is like, an outlier alone. */
    public int[] groups() {
        return IntStream.range(0, tasks).map(r -> outlier(r) ? clusters + r : r % clusters).toArray();
    }

    private boolean outlier(int r) {
        return r >= tasks - Math.round(outliers * tasks);
    }

    /**
     * A replicate and its truth.
     *
     * @param data  the tasks
     * @param means for each task, E[y] of every row
     */
    public record SimulatedTasks(TaskSet data, List<double[]> means) {}

    /** Draws a replicate. */
    public TaskSet draw(RandomStream random) {
        return simulate(random).data();
    }

    /** Draws a replicate with its truth; a task's first rows are the same however many there are, and whatever other tasks there are. */
    public SimulatedTasks simulate(RandomStream random) {
        Source source = Source.of("features", IntStream.rangeClosed(1, columns).mapToObj(j -> "x" + j).toArray(String[]::new));
        RandomStream common = random.child("common");
        double[][] directions = new double[features][];
        for (int k = 0; k < features; k++) {
            directions[k] = normal(columns, Math.sqrt(1.0 / columns) * 2, common);
        }
        double[] beta = normal(features, 1, common);
        TaskSet.Builder all = TaskSet.builder();
        List<double[]> means = new ArrayList<>();
        for (int r = 0; r < tasks; r++) {
            means.add(new double[rows]);
            double[] own = outlier(r) ? alone(beta, random.child("outlier", r)) : moved(
                    r % clusters == 0 ? beta : alone(beta, random.child("cluster", r % clusters)), random.child("direction", r));
            all.task(task(r, source, directions, own, random.child("task", r), means.getLast()));
        }
        return new SimulatedTasks(all.build(), means);
    }

    /** As long as beta on average, in any direction. */
    private double[] alone(double[] beta, RandomStream random) {
        return normal(features, norm(beta) / Math.sqrt(features), random);
    }

    private Task task(int r, Source source, double[][] directions, double[] beta, RandomStream random, double[] means) {
        double[] mean = normal(columns, shift, random);
        double[] direction = normal(columns, Math.sqrt(1.0 / columns) * 2, random);
        double[][] x = new double[rows][];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = normal(columns, 1, random);
            for (int j = 0; j < columns; j++) {
                x[i][j] += mean[j];
            }
            double error = noise * random.nextGaussian();
            means[i] = specific * StrictMath.tanh(dot(direction, x[i]));
            for (int k = 0; k < features; k++) {
                means[i] += beta[k] * StrictMath.tanh(dot(directions[k], x[i]));
            }
            y[i] = means[i] + error;
        }
        return Task.continuous("task " + (r + 1)).block(source, x).response(y);
    }

    private double[] moved(double[] beta, RandomStream random) {
        double[] direction = normal(features, 1, random);
        double length = norm(direction);
        double[] moved = beta.clone();
        for (int k = 0; k < features; k++) {
            moved[k] += delta * norm(beta) * direction[k] / length;
        }
        return moved;
    }

    private static double[] normal(int n, double scale, RandomStream random) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = scale * random.nextGaussian();
        }
        return values;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }
}
