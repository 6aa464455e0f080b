package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.files.CompletedStudy;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Results;
import intarsia.models.files.Study;
import intarsia.models.imputation.CompletedRegression;
import intarsia.models.imputation.MultipleImputation;
import intarsia.models.imputation.PooledEstimate;
import intarsia.models.imputation.PooledRegression;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A study's missing cells drawn several times: completed tables, pooled predictions, pooled coefficients.
 *
 * @param study  the study
 * @param model  whose predictions are pooled
 * @param joint  what draws
 * @param count  of draws, two at least
 * @param engine what computes
 */
record DrawnTables(Study study, Model model, MultipleImputation joint, int count, Engine engine) {
    static final List<String> NOTES = List.of("drawn tables used responses, as estimates on them need; do not judge predictions on them");
    private static final double LEVEL = 0.95;

    /**
     * Writes {@code draw-1} to {@code draw-M}, {@code predictions.csv}, and {@code coefficients.csv} where a regression is asked for.
     *
     * @param regression null for none
     * @return coefficients for people; null for none
     */
    Table write(CompletedStudy completed, FolderWriter folder, PooledRegression regression) {
        List<CompletedRegression> fits = new ArrayList<>();
        Map<String, double[][]> predicted = new LinkedHashMap<>();
        try (BoundModel bound = model.bind(engine)) {
            for (int k = 0; k < count; k++) {
                MultipleImputation.Draw draw = joint.draw(k);
                Map<String, Map<Source, double[][]>> tables = draw.completed();
                completed.write(folder, "draw-" + (k + 1) + "/", task -> tables.get(task.name()));
                if (regression != null) {
                    fits.add(fit(regression, tables));
                }
                Map<String, Map<Source, double[][]>> blind = draw.withoutResponse();
                for (Task task : study.tasks().given()) {
                    predicted.computeIfAbsent(task.name(), name -> new double[count][])[k] = bound.predict(task.name(),
                            new Observations(task.rows(), blind.get(task.name())));
                }
            }
        }
        folder.write("predictions.csv", predictions(predicted));
        return regression == null ? null : coefficients(folder, regression.pool(fits));
    }

    private static CompletedRegression fit(PooledRegression regression, Map<String, Map<Source, double[][]>> tables) {
        try {
            return regression.fit(tables);
        } catch (DataException e) {
            throw new UserException("--coefficients: " + e.getMessage());
        }
    }

    /** Each row's prediction, its mean over draws, and the standard deviation between them. */
    private String predictions(Map<String, double[][]> predicted) {
        List<String> header = new ArrayList<>(List.of("task", study.schema().id() == null ? "row" : study.schema().id()));
        for (String name : study.tasks().given().getFirst().family().predicted()) {
            header.add(name);
            header.add(name + ", standard deviation over draws");
        }
        List<List<String>> rows = new ArrayList<>();
        for (Task task : study.tasks().given()) {
            double[][] draws = predicted.get(task.name());
            int width = task.family().width();
            for (int i = 0; i < task.size(); i++) {
                List<String> row = new ArrayList<>(List.of(task.name(), task.rows().get(i)));
                for (int w = 0; w < header.size() / 2 - 1; w++) {
                    double mean = 0;
                    double square = 0;
                    for (double[] draw : draws) {
                        mean += w < width ? draw[i * width + w] / count : Double.NaN;
                    }
                    for (double[] draw : draws) {
                        double deviation = w < width ? draw[i * width + w] - mean : Double.NaN;
                        square += deviation * deviation / (count - 1);
                    }
                    row.add(Double.isNaN(mean) ? "" : Double.toString(mean));
                    row.add(Double.isNaN(mean) ? "" : Double.toString(Math.sqrt(square)));
                }
                rows.add(row);
            }
        }
        return Results.csv(header, rows);
    }

    private Table coefficients(FolderWriter folder, List<PooledRegression.Coefficient> pooled) {
        List<String> header = List.of("coefficient", "estimate", "standard error", "low", "high", "df", "missing information", "p");
        List<List<String>> exact = new ArrayList<>();
        List<List<String>> rounded = new ArrayList<>();
        for (PooledRegression.Coefficient coefficient : pooled) {
            PooledEstimate value = coefficient.value();
            double reach = value.reach(LEVEL);
            double[] figures = {value.estimate(), value.standardError(), value.estimate() - reach, value.estimate() + reach, value.df(),
                value.missing(), value.p()};
            List<String> line = new ArrayList<>(List.of(coefficient.name()));
            List<String> shown = new ArrayList<>(List.of(coefficient.name()));
            for (double figure : figures) {
                line.add(Double.toString(figure));
                shown.add(Rounded.of(figure));
            }
            shown.set(shown.size() - 1, Rounded.probability(value.p()));
            exact.add(line);
            rounded.add(shown);
        }
        folder.write("coefficients.csv", Results.csv(header, exact));
        return new Table("Coefficients pooled over " + count + " drawn tables", "Rubin's rules; 95 % intervals by Student's t with Barnard "
                + "and Rubin's degrees of freedom; missing information: the share of what complete data would have said that is missing. "
                + "All rows together, an intercept for each task.", header, rounded);
    }
}
