package intarsia.models.report.run;

import intarsia.models.evaluation.Calibration;
import intarsia.models.evaluation.JudgedRows;
import intarsia.models.evaluation.RocCurve;
import intarsia.models.report.Figure;
import intarsia.models.report.Plane;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Pictures of probabilities: ROC curve and calibration.
 *
 * @param task     the task's name
 * @param response what is 1
 * @param methods  held-out rows of each method by its name, those of each task apart, the model first
 */
record ProbabilityFigures(String task, String response, Map<String, List<JudgedRows>> methods) {
    static final String METHOD = " ROC curves were averaged vertically over splits. Calibration was described by logistic recalibration "
            + "(slope "
            + "and intercept) and by the CORP decomposition of the Brier score; observed shares have Wilson intervals.";
    static final List<String> REFERENCES = List.of(
            "Cox: Two further applications of a model for binary regression. Biometrika 45 (1958).",
            "Dimitriadis, Gneiting, Jordan: Stable reliability diagrams for probabilistic classifiers. PNAS 118 (2021).",
            "Fawcett: An introduction to ROC analysis. Pattern Recognition Letters 27 (2006).",
            "Wilson: Probable inference, the law of succession, and statistical inference. Journal of the American Statistical "
            + "Association 22 "
                    + "(1927).");

    private static final int STEPS = 100;
    private static final int IN_TABLE = 10;
    private static final double[] UNIT = {-0.02, 1.02};
    private static final double[] ENDS = {0, 1};

    /** ROC curves, averaged over splits, the model's with a band of quantiles; empty if no split has both classes. */
    Optional<Figure> roc() {
        double[] shares = IntStream.rangeClosed(0, STEPS).mapToDouble(i -> i / (double) STEPS).toArray();
        List<Plane.Layer> layers = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("1 - specificity"));
        List<double[][]> drawn = new ArrayList<>();
        int splits = 0;
        double auc = Double.NaN;
        for (var method : methods.entrySet()) {
            List<RocCurve> curves = method.getValue().stream().flatMap(rows -> rows.bySplit().stream())
                    .map(rows -> RocCurve.of(rows.truth(), rows.own(), rows.predicted(0))).filter(Objects::nonNull).toList();
            if (curves.isEmpty()) {
                continue;
            }
            double[][] averaged = RocCurve.averaged(curves, shares);
            if (drawn.isEmpty()) {
                splits = curves.size();
                auc = curves.stream().mapToDouble(RocCurve::area).average().orElse(Double.NaN);
                if (splits > 1) {
                    layers.add(new Plane.Band("quantiles", 0, shares, averaged[1], averaged[2]));
                }
            }
            layers.add(new Plane.Curve(method.getKey(), drawn.size(), shares, averaged[0]));
            header.add(method.getKey());
            drawn.add(averaged);
        }
        if (drawn.isEmpty()) {
            return Optional.empty();
        }
        layers.add(splits > 1 ? 1 : 0, new Plane.Reference("chance", ENDS, ENDS));
        String caption = "Share of the rows with the outcome that is found, against the share of the others called positive by mistake"
                + (splits > 1 ? ": mean over " + splits
                + (methods.values().iterator().next().size() > 1 ? " curves of tasks and splits, band: their 2.5-97.5 % quantiles."
                        : " splits, band: 2.5-97.5 % quantiles over splits.") : ".");
        return Optional.of(new Plane("1 - specificity", "sensitivity", UNIT, UNIT, layers)
                .figure(task + "-roc", task + ": ROC curve", caption,
                "ROC curve of " + String.join(" and ", header.subList(1, header.size())) + " in " + task + ". AUC of the first: "
                        + Rounded.of(auc), table(header, shares, drawn)));
    }

    private static Table table(List<String> header, double[] shares, List<double[][]> drawn) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < shares.length; i += STEPS / IN_TABLE) {
            List<String> row = new ArrayList<>(List.of(Rounded.of(shares[i])));
            for (double[][] averaged : drawn) {
                row.add(Rounded.of(averaged[0][i], averaged[1][i], averaged[2][i]));
            }
            rows.add(row);
        }
        return new Table("ROC curve", "", header, rows);
    }

    /** Observed shares against probabilities, in groups of rows; empty if nothing was held out. */
    Optional<Figure> calibration() {
        JudgedRows rows = JudgedRows.joined(methods.values().iterator().next());
        Calibration found = rows.size() == 0 ? null : TaskFigures.calibration(rows);
        if (found == null) {
            return Optional.empty();
        }
        double[] x = numbers(found, Calibration.Bin::predicted);
        List<List<String>> cells = found.groups().stream()
                .map(bin -> List.of(Rounded.of(bin.predicted()), Rounded.of(bin.observed(), bin.low(),
                bin.high()), String.format(Locale.ROOT, "%.0f", bin.rows()))).toList();
        String slope = Double.isNaN(found.slope().value()) ? "" : " Slope " + shown(found.slope())
                + " (1 is right, below 1 is too extreme),"
                + " intercept " + shown(found.intercept()) + " (0 is right).";
        String name = methods.keySet().iterator().next();
        return Optional.of(new Plane("predicted probability", "observed share", UNIT, UNIT,
                List.of(new Plane.Reference("perfect", ENDS, ENDS),
                new Plane.Points(name, 0, x, numbers(found, Calibration.Bin::observed), numbers(found, Calibration.Bin::low),
                        numbers(found, Calibration.Bin::high))))
                .figure(task + "-calibration", task + ": calibration",
                "Groups of rows with similar probabilities; 95 % intervals of their shares "
                        + "(Wilson). Each row counts once." + slope, "Observed share of " + response + " against the probability that "
                        + name
                        + " predicts, in " + found.groups().size() + " groups of rows of " + task,
                        new Table("Calibration", "", List.of("predicted", "observed", "rows"), cells)));
    }

    private static double[] numbers(Calibration of, ToDoubleFunction<Calibration.Bin> which) {
        return of.groups().stream().mapToDouble(which).toArray();
    }

    private static String shown(Calibration.Estimate estimate) {
        return Rounded.of(estimate.value(), estimate.low(), estimate.high());
    }

    /** Slope, intercept and the parts of the Brier score, a row a task. */
    static Table table(Map<String, JudgedRows> tasks) {
        List<List<String>> lines = new ArrayList<>();
        tasks.forEach((task, rows) -> {
            Calibration found = TaskFigures.calibration(rows);
            if (found != null) {
                Calibration.Brier brier = found.brier();
                lines.add(List.of(task, shown(found.slope()), shown(found.intercept()), Rounded.of(brier.score()),
                        Rounded.of(brier.miscalibration()),
                        Rounded.of(brier.discrimination()), Rounded.of(brier.uncertainty())));
            }
        });
        return new Table("Calibration, task by task",
                "Slope and intercept of the log odds of the outcome on those predicted (Cox 1958), with 95 % "
                + "Wald intervals; empty where rows do not say. Brier score = miscalibration - discrimination + uncertainty (CORP, "
                + "Dimitriadis, "
                + "Gneiting & Jordan 2021). Held-out rows, each counted once.",
                List.of("task", "slope", "intercept", "Brier", "miscalibration",
                        "discrimination", "uncertainty"), lines);
    }
}
