package intarsia.models.report.run;

import intarsia.models.evaluation.Calibration;
import intarsia.models.evaluation.JudgedRows;
import intarsia.models.report.Figure;
import intarsia.models.report.Table;
import intarsia.models.response.Binomial;
import intarsia.models.response.Count;
import intarsia.models.response.Gaussian;
import intarsia.models.response.LevelResponse;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What held-out predictions of a task show. Which pictures there are is the response family's: a new one adds its own here, and nowhere
 * else.
 *
 * @param task     the task's name; "all tasks" for all of them
 * @param response what is predicted, for axes
 * @param methods  held-out rows of each method by its name, the model first
 */
record TaskFigures(String task, String response, Map<String, List<JudgedRows>> methods) {
    /** Its pictures; none where too little was held out. */
    List<Figure> figures(ResponseFamily family) {
        List<Figure> figures = new ArrayList<>();
        switch (family) {
            case Binomial binomial -> {
                new ProbabilityFigures(task, response, methods).roc().ifPresent(figures::add);
                new ProbabilityFigures(task, response, methods).calibration().ifPresent(figures::add);
            }
            case Gaussian gaussian -> new ObservedFigures(task, response, methods).scatter().ifPresent(figures::add);
            case Count count -> new ObservedFigures(task, count.exposure() ? "events" : response,
                    methods).scatter().ifPresent(figures::add);
            case LevelResponse levels -> new LevelFigures(task, levels.levels(), methods).confusion().ifPresent(figures::add);
            case Survival survival -> new SurvivalFigures(task, survival, methods).curves().ifPresent(figures::add);
            default -> { }
        }
        return figures;
    }

    /** A row for each task of a table that says how far predictions can be taken at their word; null where the family has none. */
    static Table reliability(ResponseFamily family, Map<String, JudgedRows> tasks) {
        return switch (family) {
            case Binomial binomial -> ProbabilityFigures.table(tasks);
            default -> null;
        };
    }

    /** How they were made, for a methods section: a sentence that follows others, or nothing. */
    static String method(ResponseFamily family) {
        return switch (family) {
            case Binomial binomial -> ProbabilityFigures.METHOD;
            case Survival survival -> SurvivalFigures.METHOD;
            default -> "";
        };
    }

    /** What that cites. */
    static List<String> references(ResponseFamily family) {
        return switch (family) {
            case Binomial binomial -> ProbabilityFigures.REFERENCES;
            case Survival survival -> SurvivalFigures.REFERENCES;
            default -> List.of();
        };
    }

    /** The calibration of one number a row. */
    static Calibration calibration(JudgedRows rows) {
        return Calibration.of(rows.truth(), rows.predicted(0), rows.weights());
    }
}
