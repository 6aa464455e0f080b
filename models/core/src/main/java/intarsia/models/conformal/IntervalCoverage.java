package intarsia.models.conformal;

import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.WilsonInterval;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many responses prediction sets of a task hold. Of times the share is that of Kaplan &amp; Meier over scores, and {@code rows} counts
 * those whose response is known to lie in or out.
 *
 * @param task     the task
 * @param level    the share they should hold
 * @param rows     how many rows, each counted once, by its weight
 * @param share    the share they hold; NaN without rows
 * @param interval its 95 % interval, rows taken to be independent
 * @param size     the median width of intervals, infinity where half have no end; the mean number of levels of sets
 */
public record IntervalCoverage(String task, double level, double rows, double share, WilsonInterval interval, double size) {
    /** The level that a comparison is reported at. */
    public static final double LEVEL = 0.9;

    /** Rows with their sets, by a range of scores in common. */
    private record Part(List<ScoreDistribution.Weighted> rows, List<PredictionSet> sets, ScoreRange range) {
        private double weight() {
            return rows.stream().mapToDouble(ScoreDistribution.Weighted::weight).sum();
        }

        /** A row whose set has no upper end is in it from its lower end on, however long it was seen. */
        private RowScore known(RowScore score) {
            boolean in = score.limit() <= range.high() && score.value() >= Math.min(range.low(), score.limit());
            return in ? new RowScore(Math.max(score.value(), range.low()), true, score.entry(), score.limit()) : score;
        }

        private double share() {
            ScoreDistribution found = ScoreDistribution.of(rows.stream().map(row -> new ScoreDistribution.Weighted(known(row.score()),
                    row.weight())).toList());
            double most = range.high() == Double.POSITIVE_INFINITY ? 1 : found.upTo(range.high());
            return most - (range.low() == 0 ? 0 : found.below(range.low()));
        }

        private double decided() {
            return rows.stream().filter(row -> known(row.score()).seen() || row.score().value() > range.high())
                    .mapToDouble(ScoreDistribution.Weighted::weight).sum();
        }
    }

    /**
     * Of the rows that splits of a comparison held out. A split's rows are judged by sets that were made of the other splits' scores, of
     * rows that it did not hold out.
     *
     * @return task by task; empty where there is one split only, so that nothing is left to make sets by
     */
    public static List<IntervalCoverage> nested(Comparison.Result comparison, String estimator, TaskSet data, double level) {
        HeldOutScores scores = HeldOutScores.of(comparison, estimator, data);
        Map<String, List<Part>> parts = new TreeMap<>();
        int[] splits = scores.splits();
        Map<String, List<ScoreDistribution.Weighted>> weighted = new LinkedHashMap<>();
        scores.rows().forEach((task, held) -> weighted.put(task, HeldOutScores.weighted(data.task(task), held)));
        for (int split : splits.length < 2 ? new int[0] : splits) {
            ConformalSets sets = scores.conformal(split).at(level);
            for (Task task : data.tasks()) {
                List<HeldOutScores.Held> held = scores.rows().get(task.name());
                ScoreRange range = sets.range(task.family(), task.name());
                List<ScoreDistribution.Weighted> own = new ArrayList<>();
                List<PredictionSet> made = new ArrayList<>();
                for (int i = 0; i < held.size(); i++) {
                    if (held.get(i).split() == split) {
                        own.add(weighted.get(task.name()).get(i));
                        made.add(sets.scores(task.family(), task.name()).set(held.get(i).predicted(), held.get(i).deviation(), range));
                    }
                }
                parts.computeIfAbsent(task.name(), name -> new ArrayList<>()).add(new Part(own, made, range));
            }
        }
        return parts.entrySet().stream().map(of -> of(of.getKey(), level, of.getValue())).toList();
    }

    /**
     * Of rows that the model has not seen.
     *
     * @param truth      responses, row after row
     * @param weights    how much each row counts
     * @param predicted  predictions, row after row
     * @param deviations the model's standard deviations, where sets are made by them
     */
    public static IntervalCoverage of(ConformalSets sets, String task, ResponseFamily family, double[] truth, double[] weights,
            double[] predicted, double[] deviations) {
        ScoreRange range = sets.range(family, task);
        List<ScoreDistribution.Weighted> rows = ScoreDistribution.weighted(sets.scores(family, task).of(truth, predicted, deviations),
                weights);
        return of(task, sets.level(), List.of(new Part(rows, sets.sets(family, task, predicted, deviations), range)));
    }

    private static IntervalCoverage of(String task, double level, List<Part> parts) {
        List<Part> filled = parts.stream().filter(part -> !part.rows.isEmpty()).toList();
        double weight = filled.stream().mapToDouble(Part::weight).sum();
        double share = filled.stream().mapToDouble(part -> part.weight() * part.share()).sum() / weight;
        double rows = filled.stream().mapToDouble(Part::decided).sum();
        List<PredictionSet> sets = filled.stream().flatMap(part -> part.sets.stream()).toList();
        return new IntervalCoverage(task, level, rows, weight == 0 ? Double.NaN : share, WilsonInterval.of(share, rows), size(sets));
    }

    private static double size(List<PredictionSet> sets) {
        double[] sizes = sets.stream().mapToDouble(PredictionSet::size).sorted().toArray();
        if (sizes.length == 0) {
            return Double.NaN;
        }
        return sets.getFirst() instanceof PredictionSet.Interval ? sizes[sizes.length / 2] : Arrays.stream(sizes).sum() / sizes.length;
    }
}
