package intarsia.models.stacking;

import intarsia.autodiff.Node;
import intarsia.linalg.Elementary;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.solve.Lbfgs;
import intarsia.optim.solve.Objective;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Probabilities of a mixture, set right by rows that its members had not seen (shrinkage is ours):
 *
 * <pre>
 * (a_t, b_t) = argmin  mean deviance of task t's rows + (m / n_t) D ((a_t - a)^2 + (log b_t - log b)^2)
 * (a, b)     = argmin  mean deviance of all rows + (10 / n) D (a^2 + (log b)^2)
 * </pre>
 *
 * with D the mean deviance as it was. m is 30, 100 or 300 rows, or infinite: one line for all tasks. It is chosen by cross-validation over
 * the folds, in which the mixture's weights are found again without a fold's rows. Lines are used where the best of them has a smaller
 * deviance there than none, by more than two standard errors of the paired difference; so they never lose on the rows they are chosen by.
 *
 * @param tasks a line for each task; none where probabilities stay as they are
 * @param gain  by how much the mean deviance of rows in folds is smaller with lines, used or not; null where there are none to try
 * @param error the standard error of that
 */
public record Recalibration(Map<String, LogOddsLine> tasks, Double gain, Double error) {
    /** Nothing tried. */
    public static final Recalibration NONE = new Recalibration(Map.of(), null, null);

    private static final double[] ROWS = {Double.POSITIVE_INFINITY, 300, 100, 30};
    private static final double COMMON = 10;
    private static final double STEEPEST = 10;
    private static final double CERTAIN = 2;
    private static final Lbfgs.Options SEARCH = Lbfgs.Options.DEFAULT.withTolerances(1e-9, 1e-14);

    /** Copies the map, in the order of tasks' names. */
    public Recalibration {
        tasks = Collections.unmodifiableMap(new TreeMap<>(tasks));
        tasks.values().forEach(Objects::requireNonNull);
    }

    /** Changes predictions of a task in their place; one without a line keeps them. */
    void apply(ResponseFamily family, String task, double[] predicted) {
        LogOddsLine line = tasks.get(task);
        for (int from = 0; line != null && from < predicted.length; from += family.width()) {
            line.apply(family, predicted, from);
        }
    }

    /** The same of rows x width predictions in a graph. */
    Node apply(ResponseFamily family, String task, Node predicted) {
        LogOddsLine line = tasks.get(task);
        return line == null ? predicted : line.apply(family, predicted);
    }

    /** Mixtures of all rows, by weights that were found on some of them. */
    interface Mixing {
        double[] of(int[] learned);
    }

    /**
     * Of a mixture.
     *
     * @param names of the tasks, by their numbers
     */
    static Recalibration of(HeldOutRows rows, List<String> names, Mixing mixing) {
        int folds = IntStream.of(rows.fold()).max().orElse(-1) + 1;
        if (folds < 2 || rows.size() < 2 || !rows.families().stream().allMatch(LogOddsLine::suits)) {
            return NONE;
        }
        double[] before = new double[rows.size()];
        double[][] after = new double[ROWS.length][rows.size()];
        for (int fold = 0; fold < folds; fold++) {
            int held = fold;
            int[] others = IntStream.range(0, rows.size()).filter(i -> rows.fold()[i] != held).toArray();
            double[] mixed = mixing.of(others);
            for (int m = 0; m < ROWS.length; m++) {
                LogOddsLine[] lines = lines(rows, mixed, others, ROWS[m], names.size());
                for (int i = 0; i < rows.size(); i++) {
                    if (rows.fold()[i] == held) {
                        before[i] = deviance(LogOddsLine.NONE, rows, mixed, i, new double[2]);
                        after[m][i] = deviance(lines[rows.task()[i]], rows, mixed, i, new double[2]);
                    }
                }
            }
        }
        int best = IntStream.range(0, ROWS.length).reduce((a, b) -> StackingWeights.mean(after[b]) < StackingWeights.mean(after[a]) ? b : a)
                .orElseThrow();
        double[] gain = StackingWeights.difference(before, after[best]);
        double mean = StackingWeights.mean(gain);
        double error = StackingWeights.standardError(gain, mean);
        Map<String, LogOddsLine> found = new TreeMap<>();
        if (mean > CERTAIN * error) {
            int[] all = IntStream.range(0, rows.size()).toArray();
            LogOddsLine[] lines = lines(rows, mixing.of(all), all, ROWS[best], names.size());
            IntStream.range(0, lines.length).forEach(t -> found.put(names.get(t), lines[t]));
        }
        return new Recalibration(found, mean, error);
    }

    private static double deviance(LogOddsLine line, HeldOutRows rows, double[] mixed, int row, double[] slopes) {
        double[] own = new double[2];
        double weight = rows.weight()[row];
        double deviance = line.deviance(rows.families().get(row), rows.truth()[rows.at()[row]], mixed, rows.from()[row], own);
        for (int k = 0; k < own.length; k++) {
            slopes[k] += weight * own[k];
        }
        return weight * deviance;
    }

    /** A line for each task, by some of the rows. */
    static LogOddsLine[] lines(HeldOutRows rows, double[] mixed, int[] learned, double m, int tasks) {
        double mean = Arrays.stream(learned).mapToDouble(i -> deviance(LogOddsLine.NONE, rows, mixed, i, new double[2])).sum()
                / learned.length;
        LogOddsLine common = line(rows, mixed, learned, LogOddsLine.NONE, COMMON / learned.length * mean);
        LogOddsLine[] lines = new LogOddsLine[tasks];
        for (int t = 0; t < tasks; t++) {
            int task = t;
            int[] own = Arrays.stream(learned).filter(i -> rows.task()[i] == task).toArray();
            lines[t] = own.length == 0 || m == Double.POSITIVE_INFINITY ? common
                    : line(rows, mixed, own, common, m / own.length * mean);
        }
        return lines;
    }

    /** The line with the smallest mean deviance and pull towards another. */
    private static LogOddsLine line(HeldOutRows rows, double[] mixed, int[] learned, LogOddsLine center, double pull) {
        double[] from = {center.intercept(), Elementary.log(center.slope())};
        Objective objective = (point, gradient) -> {
            Arrays.fill(gradient, 0);
            if (!(Math.abs(point[1]) < STEEPEST)) {
                return Double.POSITIVE_INFINITY;
            }
            LogOddsLine line = new LogOddsLine(point[0], Elementary.exp(point[1]));
            double sum = 0;
            for (int row : learned) {
                sum += deviance(line, rows, mixed, row, gradient);
            }
            double squares = 0;
            for (int k = 0; k < 2; k++) {
                double off = point[k] - from[k];
                squares += off * off;
                gradient[k] = gradient[k] / learned.length + 2 * pull * off;
            }
            return sum / learned.length + pull * squares;
        };
        double[] found = Lbfgs.minimize(objective, from, SEARCH).point();
        return new LogOddsLine(found[0], Elementary.exp(found[1]));
    }
}
