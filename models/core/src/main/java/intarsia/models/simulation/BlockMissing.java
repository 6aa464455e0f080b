package intarsia.models.simulation;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The simulations of arXiv 2505.24413, section 4.1 and appendix A.2: T tasks, an anchor of {@code anchorWidth} columns and one
 * task-specific source for each task, the sources of the other tasks hidden.
 *
 * <pre>
 * x^t ~ N(0, Sigma_t),  (Sigma_t)_ij = rho_t^(0.01 |i-j|)      all p columns
 * v_c, v_t ~ N(-10, 10^2) per column, drawn once
 * y^t = alpha sum_d v_c,d x_d^2 / p + (1 - alpha) sum_d v_t,d x_d / p + sigma_t N(0, 1)
 * </pre>
 *
 * In the linear setting (table 9) x_d stands in place of x_d^2. The covariance is that of a first-order autoregression over the columns
 * with coefficient rho^0.01, and is drawn as one.
 *
 * @param rows         n_t, one number a task
 * @param anchorWidth  p_0
 * @param sourceWidths p_t, one number a task
 * @param correlation  rho_t in (0, 1), one number a task
 * @param noise        sigma_t, one number a task
 * @param alpha        the weight of what is shared
 * @param linear       whether the shared part is linear
 * @param bent         whether columns are made non-Gaussian, x + 0.3 sin(x); the response is drawn from them as they then are
 */
public record BlockMissing(List<Integer> rows, int anchorWidth, List<Integer> sourceWidths, List<Double> correlation, List<Double> noise,
        double alpha, boolean linear, boolean bent) {
    /** Copies and checks. */
    public BlockMissing {
        rows = List.copyOf(rows);
        sourceWidths = List.copyOf(sourceWidths);
        correlation = List.copyOf(correlation);
        noise = List.copyOf(noise);
        int tasks = rows.size();
        if (tasks == 0 || sourceWidths.size() != tasks || correlation.size() != tasks || noise.size() != tasks) {
            throw new IllegalArgumentException("simulation: rows " + rows + ", source widths " + sourceWidths + ", correlations "
                    + correlation + " and noise " + noise + " must have one number for each task");
        }
        if (correlation.stream().anyMatch(rho -> !(rho > 0 && rho < 1))) {
            throw new IllegalArgumentException("simulation: correlations " + correlation + " must lie between 0 and 1");
        }
        if (rows.stream().anyMatch(n -> n < 2) || anchorWidth < 1 || sourceWidths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("simulation: rows " + rows + " must be at least 2, widths " + anchorWidth + " and "
                    + sourceWidths + " at least 1");
        }
        if (noise.stream().anyMatch(sigma -> !(sigma >= 0) || sigma.isInfinite()) || !(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("simulation: noise " + noise + " must not be negative, alpha " + alpha
                    + " must lie between 0 and 1");
        }
    }

    /** Two tasks as in settings A to F: p 100 + 25 + 25, alpha 0.3, noise 0.1, correlations 0.95 and 0.7, 300 rows each. */
    public static BlockMissing twoTasks() {
        return new BlockMissing(List.of(300, 300), 100, List.of(25, 25), List.of(0.95, 0.7), List.of(0.1, 0.1), 0.3, false, false);
    }

    /** Setting B: as {@link #twoTasks}, with this correlation in the second task. */
    public static BlockMissing settingB(double rho2) {
        return twoTasks().correlation(List.of(0.95, rho2));
    }

    /** With so many rows in every task. */
    public BlockMissing rows(int each) {
        return new BlockMissing(repeated(each), anchorWidth, sourceWidths, correlation, noise, alpha, linear, bent);
    }

    /** With other numbers of rows, one a task. */
    public BlockMissing rows(List<Integer> other) {
        return new BlockMissing(other, anchorWidth, sourceWidths, correlation, noise, alpha, linear, bent);
    }

    /** With an anchor of this many columns, and so many in every other source. */
    public BlockMissing widths(int anchor, int others) {
        return new BlockMissing(rows, anchor, repeated(others), correlation, noise, alpha, linear, bent);
    }

    /** With other correlations, one a task. */
    public BlockMissing correlation(List<Double> other) {
        return new BlockMissing(rows, anchorWidth, sourceWidths, other, noise, alpha, linear, bent);
    }

    /** With other noise, one number a task. */
    public BlockMissing noise(List<Double> other) {
        return new BlockMissing(rows, anchorWidth, sourceWidths, correlation, other, alpha, linear, bent);
    }

    /** With another weight of what is shared. */
    public BlockMissing alpha(double other) {
        return new BlockMissing(rows, anchorWidth, sourceWidths, correlation, noise, other, linear, bent);
    }

    /** With the shared part linear, as in table 9. */
    public BlockMissing madeLinear() {
        return new BlockMissing(rows, anchorWidth, sourceWidths, correlation, noise, alpha, true, bent);
    }

    /** With columns x + 0.3 sin(x). */
    public BlockMissing madeBent() {
        return new BlockMissing(rows, anchorWidth, sourceWidths, correlation, noise, alpha, linear, true);
    }

    /** With so many tasks: the first ones, or more that are like the last. */
    public BlockMissing tasks(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("simulation: " + count + " tasks; at least 1 is needed");
        }
        return new BlockMissing(resized(rows, count), anchorWidth, resized(sourceWidths, count), resized(correlation, count),
                resized(noise, count), alpha, linear, bent);
    }

    private static <T> List<T> resized(List<T> list, int count) {
        return IntStream.range(0, count).mapToObj(t -> list.get(Math.min(t, list.size() - 1))).toList();
    }

    private List<Integer> repeated(int each) {
        return rows.stream().map(n -> each).toList();
    }

    /**
     * What was drawn.
     *
     * @param data   what a method may see
     * @param hidden for each task by its name, by source, the blocks it may not see
     */
    public record SimulatedBlocks(TaskSet data, Map<String, Map<Source, double[][]>> hidden) {
        /** The blocks that a task may not see. */
        public Map<Source, double[][]> hidden(String task) {
            return hidden.get(task);
        }
    }

    /** Draws a replicate. */
    public SimulatedBlocks draw(RandomStream random) {
        List<Source> sources = sources();
        int p = sources.stream().mapToInt(Source::width).sum();
        double[] shared = coefficients(p, random.child("coefficients/shared"));
        TaskSet.Builder tasks = TaskSet.builder();
        Map<String, Map<Source, double[][]>> hidden = new LinkedHashMap<>();
        for (int t = 0; t < rows.size(); t++) {
            double[] specific = coefficients(p, random.child("coefficients/" + (t + 1)));
            double[][] x = features(t, p, random.child("features/" + (t + 1)));
            double[] y = responses(t, x, shared, specific, random.child("noise/" + (t + 1)));
            Task.Builder task = Task.continuous("task " + (t + 1));
            Map<Source, double[][]> unseen = new LinkedHashMap<>();
            int from = 0;
            for (int s = 0; s < sources.size(); s++) {
                int start = from;
                int end = from + sources.get(s).width();
                double[][] block = Arrays.stream(x).map(row -> Arrays.copyOfRange(row, start, end)).toArray(double[][]::new);
                if (s == 0 || s == t + 1) {
                    task.block(sources.get(s), block);
                } else {
                    unseen.put(sources.get(s), block);
                }
                from = end;
            }
            hidden.put("task " + (t + 1), Collections.unmodifiableMap(unseen));
            tasks.task(task.response(y));
        }
        return new SimulatedBlocks(tasks.build(), Collections.unmodifiableMap(hidden));
    }

    private List<Source> sources() {
        List<Source> sources = new ArrayList<>(List.of(source("anchor", anchorWidth)));
        for (int t = 0; t < rows.size(); t++) {
            sources.add(source("source " + (t + 1), sourceWidths.get(t)));
        }
        return sources;
    }

    private static Source source(String name, int width) {
        return Source.of(name, IntStream.rangeClosed(1, width).mapToObj(i -> name + "." + i).toArray(String[]::new));
    }

    private static double[] coefficients(int p, RandomStream random) {
        double[] v = new double[p];
        for (int d = 0; d < p; d++) {
            v[d] = -10 + 10 * random.nextGaussian();
        }
        return v;
    }

    private double[][] features(int t, int p, RandomStream random) {
        double phi = StrictMath.pow(correlation.get(t), 0.01);
        double fresh = Math.sqrt(1 - phi * phi);
        double[][] x = new double[rows.get(t)][p];
        for (double[] row : x) {
            row[0] = random.nextGaussian();
            for (int d = 1; d < p; d++) {
                row[d] = phi * row[d - 1] + fresh * random.nextGaussian();
            }
            for (int d = 0; bent && d < p; d++) {
                row[d] += 0.3 * StrictMath.sin(row[d]);
            }
        }
        return x;
    }

    private double[] responses(int t, double[][] x, double[] shared, double[] specific, RandomStream random) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            double common = 0;
            double taskSpecific = 0;
            for (int d = 0; d < shared.length; d++) {
                double v = x[i][d];
                common += shared[d] * (linear ? v : v * v) / shared.length;
                taskSpecific += specific[d] * v / shared.length;
            }
            y[i] = alpha * common + (1 - alpha) * taskSpecific + noise.get(t) * random.nextGaussian();
        }
        return y;
    }
}
