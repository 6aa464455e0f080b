package intarsia.models.report.run;

import intarsia.models.evaluation.JudgedRows;
import intarsia.models.report.Figure;
import intarsia.models.report.HeatMap;
import intarsia.models.response.ResponseFamily;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which levels are taken for which.
 *
 * @param task    the task's name
 * @param levels  the levels' names
 * @param methods held-out rows of each method by its name, those of each task apart, the model first
 */
record LevelFigures(String task, List<String> levels, Map<String, List<JudgedRows>> methods) {
    private static final int MOST_LEVELS = 16;

    /** The shares of each level's rows whose most probable level is each; empty if nothing was held out, or of very many levels. */
    Optional<Figure> confusion() {
        JudgedRows rows = JudgedRows.joined(methods.values().iterator().next());
        int k = levels.size();
        if (rows.size() == 0 || k > MOST_LEVELS) {
            return Optional.empty();
        }
        double[] weights = rows.weights();
        double[][] shares = new double[k][k];
        for (int i = 0; i < rows.size(); i++) {
            shares[(int) rows.truth()[i]][ResponseFamily.likeliest(rows.predicted()[i], 0, k)] += weights[i];
        }
        for (double[] row : shares) {
            double sum = 0;
            for (double share : row) {
                sum += share;
            }
            for (int level = 0; level < k; level++) {
                row[level] = sum == 0 ? Double.NaN : row[level] / sum;
            }
        }
        String model = methods.keySet().iterator().next();
        return Optional.of(new HeatMap(levels, levels, shares, 0, 1).figure(task + "-confusion", task + ": levels and predictions",
                "Of the held-out rows of each level (down), the share whose most probable level by " + model
                        + " is each (across). Each row "
                        + "counts once.", "0 %"));
    }
}
