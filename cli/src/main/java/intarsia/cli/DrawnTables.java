package intarsia.cli;

import intarsia.cli.json.ResultTable;
import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.files.CompletedStudy;
import intarsia.models.files.CompletedStudy.Measured;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Results;
import intarsia.models.files.Schema;
import intarsia.models.imputation.CompletedRegression;
import intarsia.models.imputation.CompletedRows;
import intarsia.models.imputation.MultipleImputation;
import intarsia.models.imputation.PooledEstimate;
import intarsia.models.imputation.PooledRegression;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A study's missing cells drawn several times: completed tables, pooled predictions, pooled coefficients.
 *
 * @param files  the study
 * @param model  whose predictions are pooled
 * @param joint  what draws
 * @param count  of draws, two at least
 * @param engine what computes
 */
record DrawnTables(CompletedStudy files, Model model, MultipleImputation joint, int count, Engine engine) {
    static final List<String> NOTES = List.of("drawn tables used responses, as estimates on them need; do not judge predictions on them");
    private static final double LEVEL = 0.95;

    /**
     * Coefficients pooled over drawn tables.
     *
     * @param exact for programs
     * @param shown for people
     */
    record Pooled(ResultTable exact, Table shown) {}

    /**
     * Writes {@code draw-1} to {@code draw-M}, {@code predictions.csv}, and {@code coefficients.csv} where regressions are asked for.
     *
     * @param regressions one for each response; none
     * @return pooled coefficients; null for none
     */
    Pooled write(FolderWriter folder, List<PooledRegression> regressions) {
        List<List<CompletedRegression>> fits = new ArrayList<>();
        regressions.forEach(regression -> fits.add(new ArrayList<>()));
        Map<Task, double[][]> predicted = new HashMap<>();
        try (BoundModel bound = model.bind(engine)) {
            for (int k = 0; k < count; k++) {
                MultipleImputation.Draw draw = joint.draw(k);
                CompletedRows tables = draw.completed();
                files.write(folder, "draw-" + (k + 1) + "/", rows -> tables.of(rows.task(), rows.rows()));
                for (int r = 0; r < regressions.size(); r++) {
                    fits.get(r).add(fit(regressions.get(r), tables.tasks()));
                }
                CompletedRows blind = draw.withoutResponse();
                for (Measured rows : files.measured()) {
                    Observations whole = new Observations(rows.rows().rows(), blind.of(rows.task(), rows.rows()));
                    for (Task task : tasks(rows)) {
                        predicted.computeIfAbsent(task, of -> new double[count][])[k] = bound.predict(task.name(), whole);
                    }
                }
            }
        }
        folder.write("predictions.csv", predictions(predicted));
        return regressions.isEmpty() ? null : coefficients(folder, regressions, fits);
    }

    /** The tasks about the responses of rows. */
    private List<Task> tasks(Measured rows) {
        List<Task> tasks = files.study().tasks().given();
        String cohort = files.study().tasks().task(rows.task()).cohort();
        return tasks.stream().filter(task -> task.cohort().equals(cohort)).toList();
    }

    private static CompletedRegression fit(PooledRegression regression, Map<String, Map<Source, double[][]>> tables) {
        try {
            return regression.fit(tables);
        } catch (DataException e) {
            throw new UserException("--coefficients: " + (regression.about().isEmpty() ? "" : "response '" + regression.about() + "': ")
                    + e.getMessage());
        }
    }

    /** Each row's predictions of each response: their mean over draws, and the standard deviation between them. */
    private String predictions(Map<Task, double[][]> predicted) {
        Schema schema = files.study().schema();
        List<String> header = new ArrayList<>(List.of("task", schema.id() == null ? "row" : schema.id()));
        for (Schema.Response response : schema.responses()) {
            for (String name : response.family().predicted()) {
                header.add(response.heading(name));
                header.add(response.heading(name) + ", standard deviation over draws");
            }
        }
        List<List<String>> lines = new ArrayList<>();
        for (Measured rows : files.measured()) {
            List<Task> tasks = tasks(rows);
            for (int i = 0; i < rows.rows().size(); i++) {
                List<String> line = new ArrayList<>(List.of(tasks.getFirst().cohort(), rows.rows().rows().get(i)));
                for (Schema.Response response : schema.responses()) {
                    Task about = tasks.stream().filter(task -> task.about().equals(response.name())).findFirst().orElse(null);
                    for (int w = 0; w < response.family().predicted().size(); w++) {
                        line.addAll(about == null || w >= about.family().width() ? List.of("", "")
                                : spread(predicted.get(about), i * about.family().width() + w));
                    }
                }
                lines.add(line);
            }
        }
        return Results.csv(header, lines);
    }

    /** A number's mean and standard deviation over draws. */
    private List<String> spread(double[][] draws, int at) {
        double mean = 0;
        double square = 0;
        for (double[] draw : draws) {
            mean += draw[at] / count;
        }
        for (double[] draw : draws) {
            square += (draw[at] - mean) * (draw[at] - mean) / (count - 1);
        }
        return List.of(Double.toString(mean), Double.toString(Math.sqrt(square)));
    }

    private Pooled coefficients(FolderWriter folder, List<PooledRegression> regressions, List<List<CompletedRegression>> fits) {
        List<String> response = files.study().schema().responses().size() > 1 ? List.of() : List.of("response");
        ResultTable exact = new ResultTable("response", "coefficient", "estimate", "standard error", "low", "high", "df",
                "missing information", "p");
        List<List<String>> rounded = new ArrayList<>();
        for (int r = 0; r < regressions.size(); r++) {
            for (PooledRegression.Coefficient coefficient : regressions.get(r).pool(fits.get(r))) {
                PooledEstimate value = coefficient.value();
                double reach = value.reach(LEVEL);
                List<Double> figures = List.of(value.estimate(), value.standardError(), value.estimate() - reach,
                        value.estimate() + reach, value.df(), value.missing(), value.p());
                List<Object> line = new ArrayList<>(List.of(regressions.get(r).about(), coefficient.name()));
                List<String> shown = new ArrayList<>(response.isEmpty() ? List.of(regressions.get(r).about(), coefficient.name())
                        : List.of(coefficient.name()));
                line.addAll(figures);
                figures.forEach(figure -> shown.add(Rounded.of(figure)));
                shown.set(shown.size() - 1, Rounded.probability(value.p()));
                exact.row(line);
                rounded.add(shown);
            }
        }
        folder.write("coefficients.csv", exact.without(response).csv());
        return new Pooled(exact, new Table("Coefficients pooled over " + count + " drawn tables", "Rubin's rules; 95 % intervals by "
                + "Student's t with Barnard and Rubin's degrees of freedom; missing information: the share of what complete data would "
                + "have said that is missing. All rows together, an intercept for each task.", exact.without(response).columns(), rounded));
    }
}
