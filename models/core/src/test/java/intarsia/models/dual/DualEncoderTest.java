package intarsia.models.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.dual.DualEncoder.Alternation;
import intarsia.models.dual.DualEncoder.Encoders;
import intarsia.models.dual.DualEncoder.Penalties;
import intarsia.models.dual.DualEncoder.PenaltyWeight;
import intarsia.models.net.ObservedTasks;
import intarsia.models.net.Training;
import intarsia.models.response.Alike;
import intarsia.models.response.Likelihood;
import intarsia.models.response.Metric;
import intarsia.models.selection.HeldOutLoss;
import intarsia.models.selection.Selection;
import intarsia.models.simulation.SharedCoefficients;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fit: monotone whatever the similarity, exact without encoders, better than the mean; the penalty weight chosen by validation rows.
 */
class DualEncoderTest {
    static final DualEncoder SMALL = DualEncoder.options().encoders(new Encoders(8, 2, 4, 3)).penalties(new Penalties(1e-3, 0.01, 1e-4))
            .warmUp(Training.PUBLISHED.learningRate(0.005).patience(5).epochs(20)).alternation(new Alternation(5, 6, 1e-6, 3, 1))
            .weight(new PenaltyWeight.Fixed(0.1));
    static final DualEncoder LINEAR = SMALL.encoders(new Encoders(1, 0, 1, 1)).penalties(new Penalties(0.5, 0, 0))
            .weight(new PenaltyWeight.Fixed(0.2));

    static List<Similarity> similarities() {
        return Similarity.all();
    }

    static FitContext context(Engine engine, DataSplit split, long seed) {
        return new FitContext(engine, split, RandomStream.of(seed), Progress.NONE);
    }

    static DualEncoderModel fit(DualEncoder estimator, DataSplit split, long seed) {
        try (Engine engine = Engine.open()) {
            return estimator.fit(context(engine, split, seed)).orThrow();
        }
    }

    static DualEncoderModel fit(DualEncoder estimator, TaskSet data) {
        return (DualEncoderModel) estimator.fit(data, 1).orThrow();
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void theObjectiveNeverRises(Similarity similarity) {
        TaskSet data = new SharedCoefficients(4, 40, 6, 3, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(1));
        List<Double> trace = fit(SMALL.similarity(similarity), data).settings().trace();
        assertThat(trace).hasSizeGreaterThan(2);
        for (int i = 1; i < trace.size(); i++) {
            assertThat(trace.get(i)).as("alternation %d", i).isLessThanOrEqualTo(trace.get(i - 1) * (1 + 1e-12));
        }
    }

    @Test
    void withoutEncodersItIsTheConvexProblem() {
        TaskSet data = new SharedCoefficients(4, 40, 6, 3, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(2));
        DualEncoderModel model = fit(LINEAR, data);
        assertThat(model.settings().trace()).hasSize(2);
        assertThat(model.settings().trace().get(1)).isCloseTo(model.settings().trace().get(0), within(1e-6));
        assertThat(model.coefficients().shared()[0]).hasSize(6);
    }

    @Test
    void itPredictsBetterThanTheMean() {
        TaskSet data = SharedCoefficients.identical().draw(RandomStream.of(3));
        DataSplit split = DataSplit.random(data, 0.2, 0.2, RandomStream.of(4));
        DualEncoderModel model = fit(SMALL.warmUp(Training.PUBLISHED.learningRate(0.005).patience(10)), split, 5);
        double error = 0;
        double spread = 0;
        for (TaskSplit task : split.tasks()) {
            double[] truth = task.responses(task.test());
            double[] mean = new double[truth.length];
            Arrays.fill(mean, Arrays.stream(task.responses(task.train())).average().orElseThrow());
            error += Metric.RMSE.of(truth, model.predict(task.task().name(), task.observations(task.test())));
            spread += Metric.RMSE.of(truth, mean);
        }
        assertThat(error).isLessThan(0.8 * spread);
        assertThat(Arrays.stream(model.sharing(data).share())).allMatch(share -> share >= 0 && share <= 1);
    }

    @Test
    void theSameSeedGivesTheSameModel() {
        TaskSet data = new SharedCoefficients(3, 30, 4, 2, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(6));
        DualEncoderModel one = fit(SMALL, data);
        assertThat(fit(SMALL, data)).isEqualTo(one);
        assertThat(((DualEncoderModel) SMALL.fit(data, 2).orThrow()).weights()).isNotEqualTo(one.weights());
    }

    @Test
    void linearEncodersGiveArmul() {
        TaskSet data = new SharedCoefficients(4, 60, 6, 3, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(2));
        DataSplit split = DataSplit.random(data, 0.2, 0.2, RandomStream.of(4));
        // Nearly all of the task-specific part is penalized away: what is left is ARMUL on standardized features.
        DualEncoderModel model = fit(LINEAR.penalties(new Penalties(1e9, 0, 0)).weight(new PenaltyWeight.Fixed(0.1)), split, 5);
        List<EncodedTask> tasks = new ArrayList<>();
        double[] lambda = new double[4];
        for (int t = 0; t < 4; t++) {
            TaskSplit task = split.tasks().get(t);
            ObservedFeatures rows = model.settings().tasks().features(task.task().name());
            double[] dense = rows.dense(task.observations(task.train()));
            int n = task.train().length;
            double[][] x = new double[n][];
            double[] y = rows.encoding().responses(task, task.train());
            for (int i = 0; i < n; i++) {
                x[i] = Arrays.copyOfRange(dense, 6 * i, 6 * i + 6);
            }
            tasks.add(new EncodedTask(new double[n][0], x, y, Alike.ones(n), Likelihood.SQUARED_ERROR));
            lambda[t] = 0.1 * Math.sqrt(6.0 / n);
        }
        double[][] expected = ConvexPathTest.armul(tasks, lambda);
        int deviating = 0;
        for (int t = 0; t < 4; t++) {
            assertThat(model.coefficients().shared()[t]).containsExactly(Arrays.copyOf(expected[t], 6), within(1e-6));
            assertThat(model.coefficients().intercepts()[t]).isCloseTo(expected[t][6], within(1e-6));
            deviating += model.coefficients().deviation(t) > 0 ? 1 : 0;
        }
        assertThat(deviating).as("tasks that deviate from the center").isPositive();
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void aPathBeginsWithEverythingShared(Similarity similarity) {
        TaskSet data = new SharedCoefficients(4, 40, 6, 3, 0.8, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(7));
        DataSplit split = DataSplit.random(data, 0.2, 0, RandomStream.of(8));
        DualEncoder estimator = SMALL.similarity(similarity).weight(new PenaltyWeight.Path(4, 0.01));
        try (Engine engine = Engine.open()) {
            Selection<PathPoint> path = estimator.path(context(engine, split, 9));
            DualEncoderModel fitted = estimator.fit(context(engine, split, 9)).orThrow();
            assertThat(fitted).as("the fit is the point chosen").isEqualTo(path.best().outcome().orThrow());
            assertThat(path.chosen()).as("smallest loss").isEqualTo(smallest(path.loss()));
            if (similarity instanceof LowRank) {
                assertThat(path.candidates()).hasSize(1);
                return;
            }
            assertThat(path.candidates()).hasSize(4);
            Coefficients first = path.candidates().getFirst().outcome().orThrow().coefficients();
            for (int r = 0; r < 4; r++) {
                double[] same = first.shared()[similarity instanceof Clusters ? partner(first, r) : 0];
                assertThat(first.shared()[r]).containsExactly(same, within(1e-12));
            }
            Coefficients last = path.candidates().getLast().outcome().orThrow().coefficients();
            assertThat(Vectors.distance(last.shared()[0], last.shared()[1])).isPositive();
            double largest = path.candidates().getFirst().weight();
            for (int i = 0; i < 4; i++) {
                PathPoint point = path.candidates().get(i);
                DualEncoderModel model = point.outcome().orThrow();
                assertThat(point.weight()).isEqualTo(point.ratio() * largest);
                assertThat(model.settings().weight()).isEqualTo(point.weight());
                assertThat(model.settings().ratio()).isEqualTo(point.ratio());
                assertThat(path.loss()[i]).as("the loss that all choices are made by")
                        .isCloseTo(HeldOutLoss.validation(model, split), within(1e-12));
            }
        }
    }

    private static int smallest(double[] loss) {
        int best = 0;
        for (int i = 1; i < loss.length; i++) {
            best = loss[i] < loss[best] ? i : best;
        }
        return best;
    }

    private static int partner(Coefficients at, int task) {
        int first = 0;
        while (at.cluster()[first] != at.cluster()[task]) {
            first++;
        }
        return first;
    }

    /** Folds are splits, and a path's losses are a fold's: cross-validation needs nothing more. */
    @Test
    void crossValidationSharesWhatIsAlikeAndSeparatesWhatIsNot() {
        Selection<Double> alike = crossValidated(0);
        Selection<Double> different = crossValidated(3);
        assertThat(alike.chosen()).as("tasks that are alike share").isLessThan(different.chosen());
        assertThat(alike.best()).isGreaterThan(different.best() * 4);
        assertThat(different.bestLoss()).isLessThan(different.loss()[0]);
        assertThat(alike.bestLoss()).isLessThan(alike.loss()[7]);
        assertThat(alike.standardError()).hasSize(8).doesNotContain(Double.NaN);
    }

    private static Selection<Double> crossValidated(double delta) {
        TaskSet data = new SharedCoefficients(5, 40, 4, 2, delta, 0, 0.5, 0, 0.3).draw(RandomStream.of(10));
        List<DataSplit> folds = DataSplit.all(data).folds(4, 4, RandomStream.of(8)).stream().map(fold -> new DataSplit(data,
                fold.map(task -> new TaskSplit(task.task(), task.trainAndValidation(), task.test(), new int[0])))).toList();
        PenaltyWeight.Path path = new PenaltyWeight.Path(8, 0.001);
        DualEncoder linear = LINEAR.penalties(new Penalties(1, 0, 0)).weight(path);
        try (Engine engine = Engine.open()) {
            double[][] losses = folds.stream().map(fold -> linear.path(context(engine, fold, 11)).loss()).toArray(double[][]::new);
            return Selection.of(path.ratios(), losses, Selection.Rule.SMALLEST);
        }
    }

    @Test
    void moreStartsAreNeverWorseOnValidationRows() {
        TaskSet data = new SharedCoefficients(3, 40, 4, 2, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(12));
        DataSplit split = DataSplit.random(data, 0.2, 0, RandomStream.of(13));
        DualEncoder estimator = SMALL.weight(new PenaltyWeight.Path(2, 0.1));
        try (Engine engine = Engine.open()) {
            Selection<PathPoint> one = estimator.path(context(engine, split, 14));
            Selection<PathPoint> three = estimator.alternation(estimator.alternation().starts(3)).path(context(engine, split, 14));
            assertThat(three.bestLoss()).isLessThanOrEqualTo(one.bestLoss());
        }
    }

    @Test
    void aHopelessRateDiverges() {
        TaskSet data = new SharedCoefficients(2, 30, 4, 2, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(12));
        assertThat(SMALL.warmUp(Training.PUBLISHED.learningRate(1e200)).fit(data, 1)).isInstanceOf(Outcome.Diverged.class);
    }

    @Test
    void aLimitThatIsReachedIsSaid() {
        TaskSet data = new SharedCoefficients(3, 40, 4, 2, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(12));
        assertThat(SMALL.alternation(new Alternation(5, 1, 0, 3, 1)).fit(data, 1)).isInstanceOfSatisfying(Outcome.Stopped.class,
                stopped -> assertThat(stopped.why()).isEqualTo("alternating reached its limit of 1 alternations"));
        assertThat(LINEAR.fit(data, 1)).isInstanceOf(Outcome.Converged.class);
        Thread.currentThread().interrupt();
        try {
            assertThat(SMALL.weight(new PenaltyWeight.Path(8, 0.01)).fit(data, 1)).isInstanceOfSatisfying(Outcome.Stopped.class,
                    stopped -> assertThat(stopped.why()).isEqualTo("alternating was interrupted after 1 alternations"));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aSolverThatIsCutShortIsSaid() {
        TaskSet data = new SharedCoefficients(2, 40, 4, 2, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(12));
        DataSplit split = DataSplit.random(data, 0.2, 0, RandomStream.of(13));
        FeatureEncoding encoding = FeatureEncoding.of(split, FeatureEncoding.Scaling.STANDARDIZED);
        List<TaskRows> rows = split.map(task -> TaskRows.of(DualFit.features(task.task(), data.anchors(), encoding), task));
        // Any progress is little enough to end with.
        DualNetwork network = DualNetwork.of(LINEAR.alternation(new Alternation(5, 6, 1, 3, 1)),
                ObservedTasks.of(rows.stream().map(TaskRows::features).toList()));
        for (int most : new int[] {3, 100_000}) {
            try (Engine engine = Engine.open()) {
                DualAlternation.Problem problem = (encoded, weight) ->
                        new CoefficientProblem(encoded, new Group(), weight, 0.1, new SolverOptions(1e-9, most));
                Outcome<DualAlternation.State> ended = DualFit
                        .begin(engine, network, rows, problem, false, RandomStream.of(1), Progress.NONE)
                        .orThrow().run(0.1, Progress.NONE);
                if (most == 3) {
                    assertThat(ended).isInstanceOfSatisfying(Outcome.Stopped.class,
                            stopped -> assertThat(stopped.why())
                                    .isEqualTo("the solver of the coefficients reached its limit of iterations"));
                } else {
                    assertThat(ended).isInstanceOf(Outcome.Converged.class);
                }
            }
        }
    }

    @Test
    void aTaskWithoutRowsToStopByIsRefused() {
        TaskSet data = new SharedCoefficients(2, 2, 4, 2, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(12));
        assertThatThrownBy(() -> SMALL.fit(data, 1)).isInstanceOf(DataException.class)
                .hasMessage("task 'task 1' has 2 rows, none of which is left for early stopping; give at least 3 rows, "
                + "or leave the task out");
    }

    @Test
    void thereIsOneSetOfDefaults() {
        DualEncoder options = DualEncoder.options();
        assertThat(options.similarity()).isEqualTo(new Group());
        assertThat(options.weight()).isEqualTo(new PenaltyWeight.Path(8, 0.01));
        assertThat(options.encoders()).isEqualTo(new Encoders(32, 2, 8, 4));
        assertThat(options.penalties()).isEqualTo(new Penalties(0.1, 0.01, 0.001));
        assertThat(options.alternation()).isEqualTo(new Alternation(30, 20, 1e-3, 3, 2));
        assertThatThrownBy(() -> new Penalties(-1, 0, 0)).hasMessage("ridge -1.0: must be finite and not negative");
        assertThatThrownBy(() -> new Encoders(8, -1, 4, 3)).hasMessage("depth -1: must be at least 0");
        assertThatThrownBy(() -> new Alternation(0, 1, 0, 1, 1)).hasMessage("steps 0: must be at least 1");
    }
}
