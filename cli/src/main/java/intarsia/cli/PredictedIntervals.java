package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.UncertainPredictor;
import intarsia.models.conformal.ConformalSets;
import intarsia.models.conformal.IntervalCoverage;
import intarsia.models.conformal.PredictionSet;
import intarsia.models.data.Observations;
import intarsia.models.evaluation.NormalQuantile;
import intarsia.models.files.NewRows;
import intarsia.models.files.Schema;
import intarsia.models.files.model.RunFolder;
import intarsia.models.response.Binomial;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prediction sets of a response for rows of a file: an interval, or a set of classes, and the model's own interval where it gives a
 * deviation.
 *
 * @param response   the response
 * @param level      the share of responses that sets should hold
 * @param tasks      the tasks of the rows that have sets
 * @param sets       one a row, by its number; none where the response was not learned in the row's task
 * @param predicted  what they stand around
 * @param deviations the model's standard deviation of each row; empty where it gives none
 */
record PredictedIntervals(Schema.Response response, ConformalSets level, List<String> tasks, Map<Integer, PredictionSet> sets,
        double[] predicted, double[] deviations) {
    /** Between classes of a set. */
    private static final String OR = " | ";

    /**
     * Of predictions, response by response.
     *
     * @param run     where the model was read from
     * @param level   as it was given
     * @throws UserException if it is no share
     */
    static Map<Schema.Response, PredictedIntervals> of(RunFolder fitted, Path run, double level, NewRows rows,
            Map<Schema.Response, double[]> predicted) {
        if (!(level > 0 && level < 1)) {
            throw new UserException("--interval " + level + ": the share of rows whose response is to lie within, above 0 and below 1, "
                    + "such as 0.9");
        }
        ConformalSets sets = fitted.intervalsFor(run).at(level);
        Model model = fitted.model();
        Map<Schema.Response, PredictedIntervals> all = new LinkedHashMap<>();
        try (Engine engine = Engine.options().precision(model.state().precision()).open(); BoundModel bound = model.bind(engine)) {
            predicted.forEach((response, values) -> all.put(response, of(fitted, bound, sets, response, rows, values)));
        }
        return all;
    }

    private static PredictedIntervals of(RunFolder fitted, BoundModel bound, ConformalSets level, Schema.Response response, NewRows rows,
            double[] predicted) {
        ResponseFamily family = response.family();
        List<String> all = fitted.model().tasks().stream().filter(task -> fitted.schema().of(task).equals(response)).sorted().toList();
        List<String> tasks = all.stream().filter(task -> rows.tasks().contains(fitted.schema().cohort(task))).toList();
        boolean told = family.standardized() && all.stream().allMatch(task -> UncertainPredictor.of(bound, task).isPresent());
        Map<Integer, PredictionSet> sets = new LinkedHashMap<>();
        double[] deviations = new double[told ? rows.size() : 0];
        for (String task : tasks) {
            int[] places = rows.rowsOf(fitted.schema().cohort(task));
            NewRows own = rows.ofTask(fitted.schema().cohort(task));
            double[] of = !told ? new double[0] : UncertainPredictor.of(bound, task).orElseThrow()
                    .deviations(task, new Observations(own.ids(), own.blocks()));
            List<PredictionSet> made = level.sets(family, task, Judging.select(predicted, places, family.width()), of);
            for (int i = 0; i < places.length; i++) {
                sets.put(places[i], made.get(i));
                if (told) {
                    deviations[places[i]] = of[i];
                }
            }
        }
        return new PredictedIntervals(response, level, tasks, sets, predicted, deviations);
    }

    private ResponseFamily family() {
        return response.family();
    }

    /** What they are called in a table, beside the response's predictions. */
    List<String> headings() {
        List<String> headings = new ArrayList<>(family() instanceof Binomial || family() instanceof Classes ? List.of("set")
                : List.of("low", "high"));
        headings.addAll(deviations.length == 0 ? List.of() : List.of("model low", "model high"));
        return headings.stream().map(response::heading).toList();
    }

    /** A row's cells below these; empty where an interval has no end, or the row has no set. */
    List<Object> cells(int row) {
        if (!sets.containsKey(row)) {
            return Collections.nCopies(headings().size(), null);
        }
        List<String> levels = family().levels();
        List<Object> cells = new ArrayList<>(switch (sets.get(row)) {
            case PredictionSet.Interval(double low, double high) -> Arrays.asList(number(low), number(high));
            case PredictionSet.LevelRange(int low, int high) -> List.of(levels.get(low), levels.get(high));
            case PredictionSet.LevelSet(List<Integer> codes) -> List.of(String.join(OR, codes.stream().map(code -> levels.isEmpty()
                    ? Integer.toString(code) : levels.get(code)).toList()));
        });
        if (deviations.length > 0) {
            double half = NormalQuantile.of((1 + level.level()) / 2) * deviations[row];
            cells.add(number(predicted[row] - half));
            cells.add(number(predicted[row] + half));
        }
        return cells;
    }

    /** Null where an interval has no end; a whole number of events. */
    private Object number(double value) {
        if (Double.isInfinite(value)) {
            return null;
        }
        // not by ?:, which would make both a double
        if (family() instanceof Count) {
            return (long) value;
        }
        return value;
    }

    /** Why a row's interval has no upper end; empty where it has one. */
    String note(int row) {
        boolean open = sets.get(row) instanceof PredictionSet.Interval(double low, double high) && high == Double.POSITIVE_INFINITY;
        return !open ? "" : response.heading("high") + (family() instanceof Survival survival ? ": beyond the last predicted time "
                + survival.times().getLast() : ": not known; too few rows were held out");
    }

    /** How many sets have no end, or leave nothing out, because too few rows were held out. */
    List<String> notes() {
        List<String> open = tasks.stream().filter(task -> level.range(family(), task).high() == Double.POSITIVE_INFINITY).toList();
        return open.isEmpty() ? List.of() : List.of("too few rows were held out to say where " + level.level() + " of the responses of "
                + (open.size() == 1 ? "task " : "tasks ") + String.join(", ", open) + " end; give a lower --interval");
    }

    /**
     * How many responses of a task they hold.
     *
     * @param rows    numbers of the task's rows whose response is known
     * @param truth   their responses
     * @param weights how much each counts; they are divided by their mean
     */
    IntervalCoverage coverage(String task, int[] rows, double[] truth, double[] weights) {
        double mean = Arrays.stream(weights).average().orElse(1);
        return IntervalCoverage.of(level, task, family(), truth, Arrays.stream(weights).map(of -> of / mean).toArray(),
                Judging.select(predicted, rows, family().width()),
                deviations.length == 0 ? deviations : Judging.select(deviations, rows, 1));
    }
}
