package intarsia.models.report.run;

import intarsia.models.evaluation.JudgedRows;
import intarsia.models.report.Figure;
import intarsia.models.report.Plane;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Predicted against observed.
 *
 * @param task     the task's name
 * @param response what is predicted
 * @param methods  held-out rows of each method by its name, those of each task apart, the model first
 */
record ObservedFigures(String task, String response, Map<String, List<JudgedRows>> methods) {
    /** More points are a cloud, and a heavy page. */
    private static final int MOST_POINTS = 400;
    private static final int MOST_GROUPS = 10;
    private static final int LEAST_ROWS = 20;
    private static final double MARGIN = 0.03;

    /** The model's; empty if nothing was held out. */
    Optional<Figure> scatter() {
        double[][] points = points(methods.values().iterator().next());
        if (points.length == 0) {
            return Optional.empty();
        }
        double low = Arrays.stream(points).flatMapToDouble(Arrays::stream).min().orElse(0);
        double high = Arrays.stream(points).flatMapToDouble(Arrays::stream).max().orElse(1);
        double margin = high > low ? MARGIN * (high - low) : Math.max(1, Math.abs(high));
        double[] axis = {low - margin, high + margin};
        int drawn = Math.min(points.length, MOST_POINTS);
        double[][] shown = IntStream.range(0, drawn).mapToObj(i -> points[(int) ((long) i * points.length / drawn)])
                .toArray(double[][]::new);
        String model = methods.keySet().iterator().next();
        String caption = "A point a held-out row; its prediction is the mean over the splits that held it out."
                + (drawn < points.length ? " " + drawn + " of " + points.length + " rows are drawn, evenly by their predictions." : "");
        return Optional.of(new Plane("predicted " + response, "observed " + response, axis, axis,
                List.of(new Plane.Reference("perfect", axis, axis),
                new Plane.Points(model, 0, Arrays.stream(shown).mapToDouble(p -> p[0]).toArray(),
                Arrays.stream(shown).mapToDouble(p -> p[1])
                        .toArray()))).figure(task + "-observed", task + ": predicted and observed", caption, "Observed " + response
                                + " against what " + model + " predicts, " + drawn + " rows of " + task, table(points)));
    }

    /** For each row the mean of its predictions and its response, by the prediction. */
    private static double[][] points(List<JudgedRows> tasks) {
        List<double[]> points = new ArrayList<>();
        for (JudgedRows rows : tasks) {
            Map<Integer, double[]> sums = new TreeMap<>();
            for (int i = 0; i < rows.size(); i++) {
                double[] sum = sums.computeIfAbsent(rows.row()[i], row -> new double[3]);
                sum[0] += rows.predicted()[i][0];
                sum[1] = rows.truth()[i];
                sum[2]++;
            }
            sums.values().stream().map(sum -> new double[] {sum[0] / sum[2], sum[1]}).filter(p -> Double.isFinite(p[0]))
                    .forEach(points::add);
        }
        points.sort(Comparator.<double[]>comparingDouble(p -> p[0]).thenComparingDouble(p -> p[1]));
        return points.toArray(double[][]::new);
    }

    /** Rows in groups by their prediction. */
    private static Table table(double[][] points) {
        int groups = Math.clamp(points.length / LEAST_ROWS, 1, MOST_GROUPS);
        List<List<String>> rows = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            double[][] group = Arrays.copyOfRange(points, g * points.length / groups, (g + 1) * points.length / groups);
            double predicted = 0;
            double observed = 0;
            double squares = 0;
            for (double[] point : group) {
                predicted += point[0] / group.length;
                observed += point[1] / group.length;
                squares += (point[0] - point[1]) * (point[0] - point[1]) / group.length;
            }
            rows.add(List.of(Rounded.of(predicted), Rounded.of(observed), Rounded.of(Math.sqrt(squares)), Integer.toString(group.length)));
        }
        return new Table("Predicted and observed", "", List.of("mean predicted", "mean observed", "RMSE", "rows"), rows);
    }
}
