package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.PredictsDeviations;
import intarsia.models.conformal.ConformalSets;
import intarsia.models.conformal.IntervalCoverage;
import intarsia.models.conformal.PredictionSet;
import intarsia.models.data.Observations;
import intarsia.models.evaluation.NormalQuantile;
import intarsia.models.files.KnownRows;
import intarsia.models.files.NewRows;
import intarsia.models.files.model.RunFolder;
import intarsia.models.response.Binomial;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.ResponseFamily;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prediction sets of rows of a file: an interval, or a set of classes, and the model's own interval where it gives a deviation.
 *
 * @param family     of the responses
 * @param level      the share of responses that sets should hold
 * @param sets       one a row
 * @param predicted  what they stand around
 * @param deviations the model's standard deviation of each row; empty where it gives none
 */
record PredictedIntervals(ResponseFamily family, ConformalSets level, List<PredictionSet> sets, double[] predicted, double[] deviations) {
    /** Between classes of a set. */
    private static final String OR = " | ";

    /**
     * Of predictions.
     *
     * @param run     where the model was read from
     * @param level   as it was given
     * @throws UserException if it is no share
     */
    static PredictedIntervals of(RunFolder fitted, Path run, double level, NewRows rows, double[] predicted) {
        if (!(level > 0 && level < 1)) {
            throw new UserException("--interval " + level + ": the share of rows whose response is to lie within, above 0 and below 1, "
                    + "such as 0.9");
        }
        ConformalSets sets = fitted.intervalsFor(run).at(level);
        Model model = fitted.model();
        ResponseFamily family = model.responses().values().iterator().next();
        PredictionSet[] found = new PredictionSet[rows.size()];
        double[] deviations = new double[family.standardized() ? rows.size() : 0];
        boolean given = false;
        try (Engine engine = Engine.options().precision(model.state().precision()).open(); BoundModel bound = model.bind(engine)) {
            for (String task : model.tasks()) {
                int[] places = rows.rowsOf(task);
                if (places.length == 0) {
                    continue;
                }
                NewRows own = rows.ofTask(task);
                double[] of = family.standardized() && bound instanceof PredictsDeviations by
                        ? by.deviations(task, new Observations(own.ids(), own.blocks())) : new double[0];
                given |= of.length > 0;
                double[] means = Evaluate.select(predicted, places, family.width());
                List<PredictionSet> made = sets.sets(family, task, means, of);
                for (int i = 0; i < places.length; i++) {
                    found[places[i]] = made.get(i);
                    if (of.length > 0) {
                        deviations[places[i]] = of[i];
                    }
                }
            }
        }
        return new PredictedIntervals(family, sets, List.of(found), predicted, given ? deviations : new double[0]);
    }

    private boolean ofClasses() {
        return family instanceof Binomial || family instanceof Classes;
    }

    List<String> headings() {
        List<String> headings = new ArrayList<>(ofClasses() ? List.of("set") : List.of("low", "high"));
        headings.addAll(deviations.length == 0 ? List.of() : List.of("model low", "model high"));
        return headings;
    }

    /** A row's cells below these; empty where an interval has no end. */
    List<String> cells(int row) {
        List<String> cells = new ArrayList<>(switch (sets.get(row)) {
            case PredictionSet.Interval(double low, double high) -> List.of(number(low), number(high));
            case PredictionSet.LevelRange(int low, int high) -> List.of(family.levels().get(low), family.levels().get(high));
            case PredictionSet.LevelSet(List<Integer> codes) -> List.of(String.join(OR, codes.stream().map(code -> family.levels().isEmpty()
                    ? Integer.toString(code) : family.levels().get(code)).toList()));
        });
        if (deviations.length > 0) {
            double half = NormalQuantile.of((1 + level.level()) / 2) * deviations[row];
            cells.add(number(predicted[row] - half));
            cells.add(number(predicted[row] + half));
        }
        return cells;
    }

    private String number(double value) {
        return Double.isInfinite(value) ? "" : family instanceof Count ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** How many sets have no end, or leave nothing out, because too few rows were held out. */
    List<String> notes(NewRows rows) {
        List<String> tasks = rows.tasks().stream().distinct()
                .filter(task -> level.range(family, task).high() == Double.POSITIVE_INFINITY).sorted().toList();
        return tasks.isEmpty() ? List.of() : List.of("too few rows were held out to say where " + level.level() + " of the responses of "
                + (tasks.size() == 1 ? "task " : "tasks ") + String.join(", ", tasks) + " end; give a lower --interval");
    }

    /** How many responses they hold, task by task. */
    List<IntervalCoverage> coverage(KnownRows known) {
        List<IntervalCoverage> coverage = new ArrayList<>();
        for (String task : known.rows().tasks().stream().distinct().sorted().toList()) {
            int[] rows = IntStream.of(known.rows().rowsOf(task)).filter(known::given).toArray();
            if (rows.length > 0) {
                coverage.add(IntervalCoverage.of(level, task, family, Evaluate.select(known.responses(), rows, family.columns()),
                        Evaluate.select(predicted, rows, family.width()),
                        deviations.length == 0 ? deviations : Evaluate.select(deviations, rows, 1)));
            }
        }
        return coverage;
    }
}
