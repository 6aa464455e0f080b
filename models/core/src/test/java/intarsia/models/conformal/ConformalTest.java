package intarsia.models.conformal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.baseline.Regression;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Comparison;
import intarsia.models.response.Alike;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConformalTest {
    private static final Source EXAM = Source.of("exam", "x");
    /** Standard deviations of a mean of 0 and 1 that chance is granted: wrong once in 15,787 tests. */
    private static final double CHANCE = 4;

    private static List<ResponseFamily> families() {
        return NonconformityTest.FAMILIES;
    }

    /** A response that the prediction knows something of, though it is wrong about the distribution. */
    private static double[] response(ResponseFamily family, double[] predicted, RandomStream random) {
        double u = random.nextDouble();
        return switch (family) {
            case Survival survival -> new double[] {1e-3 - 3 * Math.log(u), 1, 0};
            case Count count -> new double[] {Math.floor(3 * predicted[0] * u)};
            case Classes classes -> new double[] {u < 0.5 ? 0 : Math.floor(random.nextDouble() * classes.width())};
            case Ordered ordered -> new double[] {Math.floor(u * ordered.width())};
            default -> new double[] {family.equals(ResponseFamily.BINARY) ? (u * u < predicted[0] ? 1 : 0)
                    : predicted[0] + random.nextGaussian() * u};
        };
    }

    private static RowScore score(ResponseFamily family, RandomStream random) {
        double[] predicted = NonconformityTest.predicted(family, random);
        return Nonconformity.of(family).score(response(family, predicted, random), 0, predicted, 0, 1);
    }

    /** Calibration rows and judged rows count by their weights: a row of weight 2 as the row twice. */
    @Test
    void aRowOfWeightTwoIsTheRowTwice() {
        int[] numbers = IntStream.range(0, 30).toArray();
        int[] twice = IntStream.range(0, 36).map(i -> i < 30 ? i : 5 * (i - 30)).toArray();
        double[] weights = IntStream.range(0, 30).mapToDouble(i -> i % 5 == 0 ? 2 : 1).toArray();
        ConformalSets weighted = sets(numbers, weights);
        ConformalSets repeated = sets(twice, Alike.ones(36));
        ResponseFamily family = ResponseFamily.CONTINUOUS;
        assertThat(weighted.range(family, "t")).isEqualTo(repeated.range(family, "t")).isNotEqualTo(sets(numbers, Alike.ones(30))
                .range(family, "t"));
        double[] y = IntStream.of(numbers).mapToDouble(ConformalTest::response).toArray();
        double[] again = IntStream.of(twice).mapToDouble(ConformalTest::response).toArray();
        IntervalCoverage one = IntervalCoverage.of(weighted, "t", family, y, weights, new double[30], new double[0]);
        IntervalCoverage two = IntervalCoverage.of(repeated, "t", family, again, Alike.ones(36), new double[36], new double[0]);
        assertThat(one.share()).isEqualTo(two.share());
        assertThat(one.rows()).isEqualTo(36);
    }

    private static double response(int row) {
        return Math.sin(3 * row) * (row % 5 == 0 ? 4 : 1);
    }

    /** Sets around 0 by the responses of rows: scores are in units of 1. */
    private static ConformalSets sets(int[] rows, double[] weights) {
        List<RowScore> scores = IntStream.of(rows).mapToObj(row -> RowScore.of(Math.abs(response(row)))).toList();
        return new Conformal(false, Map.of("t", CalibrationScores.of("", 1, ScoreDistribution.weighted(scores, weights)))).at(0.8);
    }

    private static CalibrationScores calibration(ResponseFamily family, int rows, RandomStream random) {
        return CalibrationScores.of("", 1, IntStream.range(0, rows).mapToObj(i ->
                new ScoreDistribution.Weighted(score(family, random), 1)).toList());
    }

    /** The finite-sample guarantee: at least the level, and without ties at most one row more. */
    @ParameterizedTest
    @MethodSource("families")
    void coversWhatWasAskedInEveryFamilyHoweverWrongTheModel(ResponseFamily family) {
        RandomStream random = RandomStream.of(11, family.key());
        int trials = 4_000;
        int rows = 39;
        double level = 0.8;
        int covered = 0;
        for (int trial = 0; trial < trials; trial++) {
            ScoreRange range = new Conformal(false, Map.of("a", calibration(family, rows, random))).at(level).range(family, "a");
            RowScore of = score(family, random);
            covered += range.contains(of.value()) || of.limit() <= range.high() && of.value() >= Math.min(range.low(), of.limit()) ? 1 : 0;
        }
        double share = (double) covered / trials;
        double chance = CHANCE * Math.sqrt(level * (1 - level) / trials);
        assertThat(share).isGreaterThan(level - chance);
        boolean ties = family.equals(ResponseFamily.BINARY) || family instanceof Survival;
        assertThat(share).isLessThan(ties ? 1.01 : level + 1.0 / (rows + 1) + chance);
    }

    /** 39 rows: the 32nd of 40; 9 rows: the ninth of 10; 8 rows cannot say. */
    @ParameterizedTest
    @CsvSource({"39, 0.8, 32", "9, 0.9, 9", "19, 0.9, 18", "99, 0.95, 95", "8, 0.9, 0", "1, 0.5, 1"})
    void theQuantileIsThatOfOneRowMore(int rows, double level, int place) {
        List<ScoreDistribution.Weighted> scores = new ArrayList<>();
        for (int i = 1; i <= rows; i++) {
            scores.add(new ScoreDistribution.Weighted(RowScore.of(i), 1));
        }
        Collections.shuffle(scores, new java.util.Random(5));
        Conformal alone = new Conformal(false, Map.of("a", CalibrationScores.of("", 1, scores)));
        assertThat(alone.at(level).range(ResponseFamily.CONTINUOUS, "a").high()).isEqualTo(place == 0 ? Double.POSITIVE_INFINITY : place);
    }

    @Test
    void tiedScoresAreInTogether() {
        List<ScoreDistribution.Weighted> tied = Collections.nCopies(30, new ScoreDistribution.Weighted(RowScore.of(2), 1));
        assertThat(new Conformal(false, Map.of("a", CalibrationScores.of("", 1, tied))).at(0.9).range(ResponseFamily.CONTINUOUS, "a"))
                .isEqualTo(new ScoreRange(0, 2));
    }

    @Test
    void aTaskOfThreeRowsAloneSaysNothingAndBesideOthersBorrowsWhatItLacks() {
        RandomStream random = RandomStream.of(7);
        CalibrationScores few = calibration(ResponseFamily.CONTINUOUS, 3, random);
        CalibrationScores many = calibration(ResponseFamily.CONTINUOUS, 200, random);
        assertThat(new Conformal(false, Map.of("few", few)).at(0.9).range(ResponseFamily.CONTINUOUS, "few").high()).isInfinite();
        double borrowed = new Conformal(false, Map.of("few", few, "many", many)).at(0.9).range(ResponseFamily.CONTINUOUS, "few").high();
        // 50 rows are lacked but three, so that each of the 200 counts 47/200, and the new row (3 + 200 (47/200)^2) / 50
        double one = (3 + 47.0 * 47 / 200) / 50;
        double expected = Double.POSITIVE_INFINITY;
        for (double candidate : IntStream.range(0, 203).mapToDouble(i -> i < 3 ? few.scores()[i] : many.scores()[i - 3]).sorted()
                .toArray()) {
            double own = IntStream.range(0, 3).filter(i -> few.scores()[i] <= candidate).count();
            double others = IntStream.range(0, 200).filter(i -> many.scores()[i] <= candidate).count() * 47.0 / 200;
            if ((own + others) / (50 + one) >= 0.9) {
                expected = candidate;
                break;
            }
        }
        assertThat(borrowed).isEqualTo(expected);
        // A task with 50 rows or more is on its own.
        assertThat(new Conformal(false, Map.of("few", few, "many", many)).at(0.9).range(ResponseFamily.CONTINUOUS, "many"))
                .isEqualTo(new Conformal(false, Map.of("many", many)).at(0.9).range(ResponseFamily.CONTINUOUS, "many"));
        assertThat(new Conformal(false, Map.of("many", many)).and(task("few", 3, random)).at(0.9)
                .range(ResponseFamily.CONTINUOUS, "few").high()).as("of a task that was added").isFinite();
    }

    /** Errors of one response say nothing about another. */
    @Test
    void tasksAboutOtherResponsesLendNothing() {
        RandomStream random = RandomStream.of(8);
        CalibrationScores few = about("pain", calibration(ResponseFamily.CONTINUOUS, 3, random));
        CalibrationScores many = about("pain", calibration(ResponseFamily.CONTINUOUS, 200, random));
        CalibrationScores other = about("relapse", calibration(ResponseFamily.BINARY, 200, random));
        ScoreRange alone = new Conformal(false, Map.of("few", few)).at(0.9).range(ResponseFamily.CONTINUOUS, "few");
        assertThat(new Conformal(false, Map.of("few", few, "other", other)).at(0.9).range(ResponseFamily.CONTINUOUS, "few"))
                .isEqualTo(alone);
        ScoreRange borrowed = new Conformal(false, Map.of("few", few, "many", many)).at(0.9).range(ResponseFamily.CONTINUOUS, "few");
        assertThat(borrowed).isNotEqualTo(alone);
        assertThat(new Conformal(false, Map.of("few", few, "many", many, "other", other)).at(0.9).range(ResponseFamily.CONTINUOUS, "few"))
                .isEqualTo(borrowed);
    }

    private static CalibrationScores about(String response, CalibrationScores of) {
        return new CalibrationScores(response, of.spread(), of.scores(), of.weights(), of.censored(), of.entries());
    }

    @Test
    void censoredAndLateScoresAreEstimatedByTheProductLimit() {
        // At risk: 4 at 1, 2 at 2 (one censored at 1.5, one not yet there but at 3), 2 at 3, 1 at 4.
        List<ScoreDistribution.Weighted> rows = List.of(weighted(1, true, 0), weighted(1.5, false, 0), weighted(2, true, 0),
                weighted(3, true, 2.5), weighted(4, true, 0));
        ScoreDistribution of = ScoreDistribution.of(rows);
        assertThat(of.upTo(1)).isCloseTo(1 - 3.0 / 4, within(1e-15));
        assertThat(of.upTo(2)).isCloseTo(1 - 3.0 / 4 * 1 / 2, within(1e-15));
        assertThat(of.upTo(3)).isCloseTo(1 - 3.0 / 4 * 1 / 2 * 1 / 2, within(1e-15));
        assertThat(of.upTo(4)).isEqualTo(1);
        assertThat(of.below(2)).isEqualTo(of.upTo(1.9)).isEqualTo(of.upTo(1));
    }

    private static ScoreDistribution.Weighted weighted(double value, boolean seen, double entry) {
        return new ScoreDistribution.Weighted(new RowScore(value, seen, entry, Double.POSITIVE_INFINITY), 1);
    }

    /** Half of the rows are censored, and yet the true times are covered, not those until which rows were seen. */
    @Test
    void timesAreCoveredThoughHalfAreCensored() {
        Survival family = new Survival(IntStream.rangeClosed(1, 30).mapToObj(k -> k / 4.0).toList());
        RandomStream random = RandomStream.of(21);
        int trials = 2_000;
        int covered = 0;
        for (int trial = 0; trial < trials; trial++) {
            List<ScoreDistribution.Weighted> rows = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                double[] truth = time(random, true);
                rows.add(new ScoreDistribution.Weighted(Nonconformity.of(family).score(truth, 0, survival(family, truth[3]), 0, 1), 1));
            }
            ConformalSets sets = new Conformal(false, Map.of("a", CalibrationScores.of("", 1, rows))).at(0.8);
            double[] truth = time(random, false);
            PredictionSet.Interval set = (PredictionSet.Interval) sets.sets(family, "a", survival(family, truth[3]), new double[0])
                    .getFirst();
            covered += truth[0] >= set.low() && truth[0] <= set.high() ? 1 : 0;
        }
        // one row of 101 more in each of two tails, and rows that no predicted time is late enough for
        assertThat((double) covered / trials).isBetween(0.8 - CHANCE * Math.sqrt(0.16 / trials), 0.86);
    }

    /** Time, event, entry, and the hazard ratio behind it. */
    private static double[] time(RandomStream random, boolean censored) {
        double ratio = Math.exp(0.5 * random.nextGaussian());
        double time = -Math.log(random.nextDouble()) / ratio;
        double until = censored ? -Math.log(random.nextDouble()) : Double.MAX_VALUE;
        return new double[] {Math.min(time, until), time <= until ? 1 : 0, 0, ratio};
    }

    /** Wrong: as if hazards were twice as large. */
    private static double[] survival(Survival family, double ratio) {
        return family.times().stream().mapToDouble(time -> Math.exp(-2 * ratio * time)).toArray();
    }

    private static Task task(String name, int rows, RandomStream random) {
        double[][] x = new double[rows][1];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            x[i][0] = random.nextGaussian();
            y[i] = 3 * x[i][0] + random.nextGaussian() * (1 + Math.abs(x[i][0]));
        }
        return Task.continuous(name).block(EXAM, x).response(y);
    }

    private static Comparison.Result compared(TaskSet data) {
        try (Engine engine = Engine.open()) {
            return new Comparison(List.of(Regression.DEFAULT), 6, Engine.options()).run(data, engine.pool(), RandomStream.of(2),
                    Progress.NONE);
        }
    }

    @Test
    void heldOutRowsCountOnceAndTheirSetsHoldWhatTheyShould() {
        RandomStream random = RandomStream.of(8);
        TaskSet data = TaskSet.builder().task(task("a", 300, random)).task(task("b", 200, random)).task(task("c", 6, random)).build();
        Comparison.Result result = compared(data);
        Conformal conformal = Conformal.of(result, Regression.KEY, data);
        for (Task task : data.tasks()) {
            long different = result.evaluations().stream().flatMap(of -> of.heldOut().stream())
                    .filter(held -> held.task().equals(task.name())).flatMapToInt(held -> IntStream.of(held.rows())).distinct().count();
            assertThat(conformal.rows(task.name())).isCloseTo(different, within(1e-9));
        }
        List<IntervalCoverage> coverage = IntervalCoverage.nested(result, Regression.KEY, data, 0.8);
        assertThat(coverage).extracting(IntervalCoverage::task).containsExactly("a", "b", "c");
        for (IntervalCoverage of : coverage.subList(0, 2)) {
            assertThat(of.interval().low()).isLessThan(0.8);
            assertThat(of.interval().high()).isGreaterThan(0.8);
            assertThat(of.rows()).isCloseTo(conformal.rows(of.task()), within(1e-9));
        }
        assertThat(IntervalCoverage.nested(new Comparison.Result(result.evaluations().subList(0, 1)), Regression.KEY, data, 0.8))
                .as("one split leaves nothing to make sets by").isEmpty();
    }

    @Test
    void theOrderOfRowsAndTasksDoesNotMatter() {
        RandomStream random = RandomStream.of(9);
        Task a = task("a", 40, random);
        Task b = task("b", 25, random);
        TaskSet data = TaskSet.builder().task(a).task(b).build();
        TaskSet other = TaskSet.builder().task(b).task(reversed(a)).build();
        Conformal first = Conformal.of(compared(data), Regression.KEY, data);
        Conformal second = Conformal.of(compared(other), Regression.KEY, other);
        for (String task : List.of("a", "b")) {
            assertThat(second.tasks().get(task).scores()).isEqualTo(first.tasks().get(task).scores());
            assertThat(second.at(0.9).range(ResponseFamily.CONTINUOUS, task)).isEqualTo(first.at(0.9)
                    .range(ResponseFamily.CONTINUOUS, task));
        }
    }

    private static Task reversed(Task task) {
        int n = task.size();
        double[][] block = task.cells().get(EXAM);
        return Task.continuous(task.name()).block(EXAM, IntStream.range(0, n).mapToObj(i -> block[n - 1 - i]).toArray(double[][]::new))
                .response(IntStream.range(0, n).mapToDouble(i -> task.response()[n - 1 - i]).toArray());
    }

    /** Split-conformal and CV+ sets of a fitted model, many times over: the coverage of rows that neither has seen. */
    @Test
    void setsOfAFittedModelCoverNewRows() {
        int trials = 150;
        int fresh = 20;
        double split = 0;
        double cross = 0;
        try (Engine engine = Engine.open()) {
            for (int trial = 0; trial < trials; trial++) {
                RandomStream random = RandomStream.of(trial, "rows");
                TaskSet data = TaskSet.builder().task(task("a", 60, random)).build();
                Task unseen = task("a", fresh, random);
                Observations rows = Observations.of(unseen);
                DataSplit parts = DataSplit.random(data, 0, 0.5, random);
                FitContext context = new FitContext(engine, parts, random, Progress.NONE);
                Model model = Regression.DEFAULT.fit(context).orThrow();
                try (BoundModel bound = model.bind(engine)) {
                    split += covered(Conformal.split(model, bound, parts).at(0.8).sets(model, bound, "a", rows), unseen);
                }
                CrossConformal folds = CrossConformal.fit(Regression.DEFAULT, context.with(DataSplit.all(data)), 5);
                cross += covered(folds.sets(engine, "a", rows, 0.8), unseen);
            }
        }
        // Rows of a trial share their calibration rows: beta-distributed coverage, beside chance (Vovk 2012).
        double deviation = CHANCE * Math.sqrt((0.16 / fresh + 0.16 / 31) / trials);
        assertThat(split / (trials * fresh)).isBetween(0.8 - deviation, 0.8 + 1.0 / 31 + deviation);
        assertThat(cross / (trials * fresh)).as("1 - 2 alpha is certain, 1 - alpha what comes").isBetween(0.8 - 0.03, 0.8 + 0.06);
    }

    private static long covered(List<PredictionSet> sets, Task task) {
        return IntStream.range(0, sets.size()).filter(i -> sets.get(i) instanceof PredictionSet.Interval(double low, double high)
                && task.response()[i] >= low && task.response()[i] <= high).count();
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        Conformal none = new Conformal(false, Map.of());
        assertThatThrownBy(() -> none.at(90)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0.9");
        assertThatThrownBy(() -> none.at(0.9).range(ResponseFamily.CONTINUOUS, "a")).isInstanceOf(DataException.class)
                .hasMessageContaining("'a'");
        assertThatThrownBy(() -> new CalibrationScores("", 1, new double[2], new double[1], new int[0], new double[0]))
                .hasMessageContaining("2 scores, 1 weights");
    }
}
