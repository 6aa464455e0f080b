package intarsia.models.conformal;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Cross-conformal prediction sets: every row has a score by the model of its fold, which has not seen it, and a new row is compared with it
 * by the same model. Intervals are CV+ (Barber, Cand&egrave;s, Ramdas &amp; Tibshirani 2021), sets of levels CV+ for classes (Romano, Sesia
 * &amp; Cand&egrave;s 2020), both after Vovk (2015):
 *
 * <pre>
 * interval   from the floor(alpha (n + 1))-th smallest of the lower ends, to the ceil((1 - alpha)(n + 1))-th smallest of the upper
 *            ends, of the sets {y : s_k(i)(x, y) &lt;= s_i}
 * levels     {y : #{i : s_i &lt; s_k(i)(x, y)} &lt; (1 - alpha)(n + 1)}
 * </pre>
 *
 * <p>Where a task's rows are exchangeable, and it is on its own, a response lies in its set with probability {@code 1 - 2 alpha} at least,
 * less {@code sqrt(2 / n)} at most, whatever the estimator; mostly it is {@code 1 - alpha}. Tasks with few rows borrow, and censored times
 * count, as in {@link Conformal}. Takes a fit for each fold, and keeps their models; a prediction costs one of each, and a set for every
 * row of calibration.
 */
public final class CrossConformal {
    private final List<Model> models;
    private final TreeMap<String, Rows> tasks;

    /** A task's rows with the fold of each, and how many they are. */
    private record Rows(String about, ResponseFamily family, double spread, List<ScoreDistribution.Weighted> scores, List<Integer> fold) {
        List<ScoreDistribution.Weighted> times(double factor) {
            return scores.stream().map(of -> new ScoreDistribution.Weighted(of.score(), factor * of.weight())).toList();
        }
    }

    /** A calibration row: its score, the model of its fold, and its share of the distribution. */
    private record Compared(double score, int fold, double mass) {}

    private CrossConformal(List<Model> models, TreeMap<String, Rows> tasks) {
        this.models = models;
        this.tasks = tasks;
    }

    /**
     * Fits on the rows beside each fold of a split's training and validation rows. Folds are those of the data's scheme.
     *
     * @throws intarsia.models.DivergedException if a fit diverges
     */
    public static CrossConformal fit(Estimator estimator, FitContext context, int folds) {
        List<DataSplit> splits = context.split().folds(folds, folds, context.random().child("folds"));
        List<Model> models = new ArrayList<>();
        TreeMap<String, Rows> tasks = new TreeMap<>();
        for (int k = 0; k < splits.size(); k++) {
            Model model = estimator.fit(context.child("fold/" + k).with(splits.get(k))).orThrow();
            models.add(model);
            try (BoundModel bound = model.bind(context.engine())) {
                for (TaskSplit part : splits.get(k).tasks()) {
                    String name = part.task().name();
                    Rows rows = tasks.computeIfAbsent(name, of -> new Rows(part.task().about(), part.task().family(),
                            Conformal.spread(part.task()), new ArrayList<>(), new ArrayList<>()));
                    TaskScores scores = new TaskScores(rows.family, rows.spread);
                    Observations test = part.observations(part.test());
                    rows.scores.addAll(ScoreDistribution.weighted(scores.of(part.responses(part.test()), bound.predict(name, test),
                            new double[0]), part.weights(part.test())));
                    rows.fold.addAll(Collections.nCopies(part.test().length, k));
                }
            }
        }
        return new CrossConformal(models, tasks);
    }

    /** The model of each fold. */
    public List<Model> models() {
        return List.copyOf(models);
    }

    /**
     * Sets of rows of a task.
     *
     * @param level the share of responses that they are to hold
     */
    public List<PredictionSet> sets(Engine engine, String task, Observations rows, double level) {
        Rows own = tasks.get(task);
        List<double[]> predicted = new ArrayList<>();
        for (Model model : models) {
            try (BoundModel bound = model.bind(engine)) {
                predicted.add(bound.predict(task, rows));
            }
        }
        Nonconformity score = Nonconformity.of(own.family);
        double tail = score.twoSided() ? (1 - level) / 2 : 1 - level;
        List<Compared> compared = new ArrayList<>();
        double weight = compared(task, tail, compared);
        return IntStream.range(0, rows.size()).<PredictionSet>mapToObj(row -> {
            int at = row * own.family.width();
            return score.set(predicted.getFirst(), at, own.spread, ScoreRange.ALL) instanceof PredictionSet.Interval
                    ? interval(score, predicted, at, own.spread, compared, weight, tail)
                    : levels(score, own.family, predicted, at, compared, weight, level);
        }).toList();
    }

    /** The rows that count in a task; their weight, where a new row's is 1. */
    private double compared(String task, double tail, List<Compared> compared) {
        ScoreDistribution own = ScoreDistribution.of(tasks.get(task).times(1));
        Map<String, Rows> same = new TreeMap<>(tasks);
        same.values().removeIf(rows -> !rows.about.equals(tasks.get(task).about));
        List<ScoreDistribution.Weighted> every = same.values().stream().flatMap(rows -> rows.times(1).stream()).toList();
        BorrowedScores borrowed = BorrowedScores.of(own, ScoreDistribution.of(every), tail);
        double w = borrowed.w();
        List<ScoreDistribution.Weighted> all = new ArrayList<>();
        List<Integer> folds = new ArrayList<>();
        same.forEach((name, rows) -> {
            all.addAll(rows.times(name.equals(task) ? 1 : w));
            folds.addAll(rows.fold);
        });
        ScoreDistribution mixed = ScoreDistribution.of(all);
        TreeMap<Double, Double> tied = new TreeMap<>();
        all.stream().filter(row -> row.score().seen()).forEach(row -> tied.merge(row.score().value(), row.weight(), Double::sum));
        for (int i = 0; i < all.size(); i++) {
            RowScore score = all.get(i).score();
            double mass = score.seen() && all.get(i).weight() > 0 ? (mixed.upTo(score.value()) - mixed.below(score.value()))
                    * all.get(i).weight() / tied.get(score.value()) : 0;
            if (mass > 0) {
                compared.add(new Compared(score.value(), folds.get(i), mass));
            }
        }
        // in units of the new row
        return mixed.weight() / borrowed.newWeight();
    }

    /** An end of a set, and how much it counts. */
    private record End(double at, double mass) {}

    private static PredictionSet interval(Nonconformity score, List<double[]> predicted, int at, double spread, List<Compared> rows,
            double weight, double tail) {
        List<End> low = new ArrayList<>();
        List<End> high = new ArrayList<>();
        for (Compared row : rows) {
            ScoreRange range = new ScoreRange(score.twoSided() ? row.score : 0, row.score);
            PredictionSet.Interval set = (PredictionSet.Interval) score.set(predicted.get(row.fold), at, spread, range);
            low.add(new End(-set.low(), row.mass));
            high.add(new End(set.high(), row.mass));
        }
        double lowest = -quantile(low, weight, 1 - tail);
        double highest = quantile(high, weight, 1 - tail);
        double least = score.set(predicted.getFirst(), at, spread, ScoreRange.ALL) instanceof PredictionSet.Interval all ? all.low() : 0;
        return new PredictionSet.Interval(Math.max(least, Math.min(lowest, highest)), Math.max(lowest, highest));
    }

    /** The smallest end by which a share of all rows, the new one among them, is reached. */
    private static double quantile(List<End> ends, double weight, double share) {
        double sum = 0;
        for (End end : ends.stream().sorted(Comparator.comparingDouble(End::at).thenComparingDouble(End::mass)).toList()) {
            sum += end.mass;
            if (sum * weight / (weight + 1) >= share - ScoreDistribution.ROUNDING) {
                return end.at;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static PredictionSet levels(Nonconformity score, ResponseFamily family, List<double[]> predicted, int at, List<Compared> rows,
            double weight, double level) {
        int levels = Math.max(2, family.levels().size());
        double[] stranger = new double[levels];
        for (int y = 0; y < levels; y++) {
            double[] truth = new double[family.columns()];
            truth[0] = y;
            double[] scores = predicted.stream().mapToDouble(of -> score.score(truth, 0, of, at, 1).value()).toArray();
            for (Compared row : rows) {
                stranger[y] += row.score < scores[row.fold] ? row.mass * weight : 0;
            }
        }
        int least = IntStream.range(0, levels).reduce((a, b) -> stranger[b] < stranger[a] ? b : a).orElseThrow();
        List<Integer> in = IntStream.range(0, levels).filter(y -> y == least
                || stranger[y] < level * (weight + 1) - ScoreDistribution.ROUNDING).boxed().toList();
        return score.set(predicted.getFirst(), at, 1, ScoreRange.ALL) instanceof PredictionSet.LevelRange
                ? new PredictionSet.LevelRange(in.getFirst(), in.getLast()) : new PredictionSet.LevelSet(in);
    }
}
