package intarsia.models.stacking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.gp.MultitaskGpModel;
import intarsia.models.hmb.MtlHmb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackingTest {
    private static final Source EXAM = Source.of("exam", "a", "b");

    private static TaskSet data(int rows, double slope) {
        RandomStream random = RandomStream.of(9);
        TaskSet.Builder data = TaskSet.builder();
        for (String name : List.of("oslo", "mainz")) {
            double[][] exam = new double[rows][2];
            double[] y = new double[rows];
            for (int i = 0; i < rows; i++) {
                exam[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
                y[i] = slope * exam[i][0] + random.nextGaussian();
            }
            data.task(Task.continuous(name).block(EXAM, exam).response(y));
        }
        return data.build();
    }

    private static Outcome<StackedModel> fit(Stacking stacking, TaskSet data) {
        try (Engine engine = Engine.open()) {
            RandomStream random = RandomStream.of(2);
            return stacking.fit(new FitContext(engine, DataSplit.random(data, 0.2, 0.2, random), random, Progress.NONE));
        }
    }

    /** Notes the rows it is fitted on, and delegates. */
    private record Watching(Estimator estimator, List<DataSplit> seen) implements Estimator {
        @Override
        public String key() {
            return estimator.key();
        }

        @Override
        public String name() {
            return estimator.name();
        }

        @Override
        public Outcome<? extends Model> fit(FitContext context) {
            seen.add(context.split());
            return estimator.fit(context);
        }
    }

    @Test
    void everyRowIsPredictedOnceByAFitThatHasNotSeenIt() {
        List<DataSplit> seen = Collections.synchronizedList(new ArrayList<>());
        TaskSet data = data(53, 1);
        StackedModel model = fit(new Stacking(List.of(new Watching(Regression.DEFAULT, seen)), 5), data).orThrow();
        assertThat(seen).hasSize(6);
        DataSplit whole = seen.get(1);
        List<DataSplit> folds = new ArrayList<>(seen);
        folds.remove(whole);
        for (TaskSplit task : whole.tasks()) {
            Set<Integer> predicted = new HashSet<>();
            for (DataSplit fold : folds) {
                TaskSplit own = fold.task(task.task().name());
                assertThat(own.validation()).as("rows to stop by").isNotEmpty();
                Arrays.stream(own.test()).forEach(row -> assertThat(predicted.add(row)).isTrue());
                assertThat(own.trainAndValidation().length + own.test().length).isEqualTo(task.trainAndValidation().length);
            }
            assertThat(predicted).containsExactlyInAnyOrderElementsOf(Arrays.stream(task.trainAndValidation()).boxed().toList());
        }
        assertThat(model.settings().rows()).isEqualTo(2 * whole.tasks().getFirst().trainAndValidation().length);
    }

    /** Ten rows are the fewest that five folds are made of; eight are left, and some of them to stop by. */
    @Test
    void smallTasksHaveRowsToStopBy() {
        List<DataSplit> seen = Collections.synchronizedList(new ArrayList<>());
        fit(new Stacking(List.of(new Watching(Regression.DEFAULT, seen)), 5), data(12, 1)).orThrow();
        assertThat(seen).hasSize(6).allSatisfy(split -> assertThat(split.hasValidation()).isTrue());
    }

    @Test
    void whatPredictsBetterGetsTheWeight() {
        StackedModel linear = fit(new Stacking(List.of(new MeanPredictor(), Regression.DEFAULT), 5), data(200, 2)).orThrow();
        assertThat(linear.settings().mixed()).containsExactly("regression");
        StackedModel noise = fit(new Stacking(List.of(new MeanPredictor(), new Regression(1e-3)), 5), data(25, 0)).orThrow();
        assertThat(noise.settings().members().stream().filter(member -> member.name().equals("mean")).mapToDouble(
                StackedModel.Member::weight).sum()).isGreaterThan(0.5);
    }

    /** With a thousand rows the mean has nothing to add to a regression; with sixty nobody knows. */
    @ParameterizedTest
    @ValueSource(ints = {60, 1500})
    void whatTheFirstFoldRulesOutIsFittedOnce(int rows) {
        List<DataSplit> mean = Collections.synchronizedList(new ArrayList<>());
        List<DataSplit> regression = Collections.synchronizedList(new ArrayList<>());
        StackedModel model = fit(new Stacking(List.of(new Watching(new MeanPredictor(), mean),
                new Watching(Regression.DEFAULT, regression)), 5), data(rows, 2)).orThrow();
        assertThat(regression).hasSize(6);
        assertThat(mean).hasSize(rows == 60 ? 6 : 1);
        CandidateScore score = model.settings().scores().getFirst();
        if (rows == 60) {
            assertThat(score.problem()).isEmpty();
        } else {
            assertThat(score.deviance()).isNull();
            assertThat(score.problem()).matches("no weight would help: deviance [0-9.]+ in the first fold, the mixture's [0-9.]+");
        }
        assertThat(model.settings().mixed()).containsExactly("regression");
    }

    /** The process has nothing to add to a regression of linear effects, but imputes and takes tasks. */
    @Test
    void theBestThatImputesIsNotRuledOut() {
        StackedModel model = fit(new Stacking(List.of(Regression.DEFAULT, MultitaskGp.options()
                .missing(MultitaskGp.MissingBlocks.IMPUTED)), 5), data(1200, 2)).orThrow();
        assertThat(model.settings().imputer()).isEqualTo("gp");
        assertThat(model.settings().accepting()).isEqualTo("gp");
        assertThat(model.settings().scores()).allSatisfy(score -> assertThat(score.problem()).isEmpty());
    }

    @Test
    void aCandidateThatCannotBeFittedIsLeftOutAndTheReasonIsSaid() {
        Estimator broken = new Estimator() {
            @Override
            public String key() {
                return "broken";
            }

            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Outcome<? extends Model> fit(FitContext context) {
                throw new DataException("needs more tasks");
            }
        };
        TaskSet data = data(60, 1);
        StackedModel model = fit(new Stacking(List.of(broken, Regression.DEFAULT), 3), data).orThrow();
        assertThat(model.settings().scores().getFirst()).isEqualTo(new CandidateScore("broken", null, 0, "needs more tasks"));
        assertThat(model.predict("oslo", Observations.of(data.task("oslo")))).hasSize(60);
        assertThatThrownBy(() -> fit(new Stacking(List.of(broken), 3), data)).isInstanceOf(DataException.class)
                .hasMessage("needs more tasks");
    }

    @Test
    void fewRowsTakeTheFirst() {
        StackedModel model = fit(new Stacking(List.of(Regression.DEFAULT, MultitaskGp.options()), 5), data(2, 1)).orThrow();
        assertThat(model.settings().mixed()).containsExactly("regression");
        assertThat(model.settings().rows()).isZero();
    }

    /** Tasks of so many rows each, with effects of a size; a fifth of each is held out by the split. */
    private static TaskSet many(int tasks, int rows, double slope, TaskSet.Builder data) {
        for (int t = 0; t < tasks; t++) {
            RandomStream random = RandomStream.of(100 + t);
            double[][] exam = new double[rows][2];
            double[] y = new double[rows];
            for (int i = 0; i < rows; i++) {
                exam[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
                y[i] = slope * exam[i][0] + 0.3 * random.nextGaussian();
            }
            data.task(Task.continuous("person " + t).block(EXAM, exam).response(y));
        }
        return data.build();
    }

    /** Many persons with a few rows each: none has ten, and the mean is far from the best. */
    @ParameterizedTest
    @ValueSource(ints = {4, 6, 11})
    void whereAllTasksAreSmallTheyJudge(int rows) {
        TaskSet data = many(20, rows, 2, TaskSet.builder());
        StackedModel model = fit(new Stacking(List.of(new MeanPredictor(), new Regression(1, true)), 5), data).orThrow();
        assertThat(model.settings().rows()).isEqualTo(DataSplit.random(data, 0.2, 0.2, RandomStream.of(2)).tasks().stream()
                .mapToInt(task -> task.trainAndValidation().length).sum());
        assertThat(model.settings().mixed()).containsExactly("pooled-regression");
    }

    /** A large task of two would otherwise choose for twenty small ones. */
    @Test
    void aLargeTaskDoesNotChooseForManySmallOnes() {
        TaskSet.Builder data = TaskSet.builder();
        RandomStream random = RandomStream.of(4);
        double[][] exam = new double[30][2];
        double[] y = new double[30];
        for (int i = 0; i < 30; i++) {
            exam[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
            y[i] = random.nextGaussian();
        }
        StackedModel model = fit(new Stacking(List.of(new MeanPredictor(), new Regression(1)), 5), many(20, 9, 2, data.task(
                Task.continuous("large").block(EXAM, exam).response(y)))).orThrow();
        assertThat(model.settings().rows()).isGreaterThan(100);
        assertThat(model.settings().mixed()).contains("regression");
    }

    @Test
    void theBestThatImputesImputesWhetherItIsMixedOrNot() {
        TaskSet data = data(6, 1);
        StackedModel model = fit(new Stacking(List.of(Regression.DEFAULT, MultitaskGp.options().missing(
                MultitaskGp.MissingBlocks.IMPUTED)), 5), data).orThrow();
        assertThat(model.settings().imputer()).isEqualTo("gp");
        try (Engine engine = Engine.open()) {
            Observations rows = Observations.of(data.task("oslo"));
            assertThat(model.impute(engine, "oslo", rows).get(EXAM)).isDeepEqualTo(rows.blocks().get(EXAM));
            StackedModel none = fit(new Stacking(List.of(Regression.DEFAULT), 5), data).orThrow();
            assertThatThrownBy(() -> none.impute(engine, "oslo", rows)).isInstanceOf(DataException.class)
                    .hasMessageContaining("--model gp or mtl-hmb");
        }
    }

    /** One task is added to a mixture of which one model takes tasks, then another; whether that model is mixed or only kept. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25})
    void aNewTaskIsPredictedByTheModelThatTakesTasks(double weight) {
        TaskSet data = data(40, 1);
        Task berlin = renamed(data.task("oslo"), "berlin");
        Task rome = renamed(data.task("mainz"), "rome");
        RandomStream random = RandomStream.of(2);
        try (Engine engine = Engine.open()) {
            FitContext context = new FitContext(engine, DataSplit.random(data, 0.2, 0.2, random), random, Progress.NONE);
            MultitaskGpModel gp = MultitaskGp.options().fit(context).orThrow();
            List<StackedModel.Member> members = new ArrayList<>(List.of(new StackedModel.Member("regression", 1 - weight)));
            if (weight > 0) {
                members.add(new StackedModel.Member("gp", weight));
            }
            StackedModel before = new StackedModel(new StackedModel.Settings(members, List.of(), 0, 0, 0, null, null, "gp",
                    Recalibration.NONE),
                    Map.of("regression", Regression.DEFAULT.fit(context).orThrow(), "gp", gp));
            StackedModel after = before.add(engine, whole(berlin), random).orThrow().add(engine, whole(rome), random).orThrow();
            assertThat(after.tasks()).containsExactly("berlin", "mainz", "oslo", "rome");
            Observations rows = Observations.of(data.task("oslo"));
            assertThat(after.predict("oslo", rows)).containsExactly(before.predict("oslo", rows));
            Model alone = gp.add(engine, whole(berlin), random).orThrow().add(engine, whole(rome), random).orThrow();
            for (String task : List.of("berlin", "rome")) {
                assertThat(after.predict(task, rows)).containsExactly(alone.predict(task, rows));
            }
            assertThatThrownBy(() -> after.add(engine, whole(rome), random)).isInstanceOf(DataException.class)
                    .hasMessageContaining("'rome' is one of the model's already");
        }
    }

    private static Task renamed(Task task, String name) {
        return Task.continuous(name).block(EXAM, task.blocks().get(EXAM)).response(task.response());
    }

    private static TaskSplit whole(Task task) {
        return DataSplit.random(TaskSet.builder().minimumShare(0).task(task).build(), 0, 0, RandomStream.of(1)).tasks().getFirst();
    }

    @Test
    void theBestThatTakesTasksIsKept() {
        TaskSet data = data(6, 1);
        assertThat(fit(new Stacking(List.of(Regression.DEFAULT, MultitaskGp.options()), 5), data).orThrow().settings().accepting())
                .isEqualTo("gp");
        StackedModel none = fit(new Stacking(List.of(Regression.DEFAULT), 5), data).orThrow();
        assertThat(none.acceptsTasks()).isFalse();
        try (Engine engine = Engine.open()) {
            assertThatThrownBy(() -> none.add(engine, whole(renamed(data.task("oslo"), "rome")), RandomStream.of(1)))
                    .isInstanceOf(DataException.class).hasMessageContaining("fit with --model gp");
        }
    }

    /** Numbers of a network in F32 beside those of a regression in F64. */
    @Test
    void aMixtureLearnedInF32PredictsTheSameBitsHoweverItIsAsked() {
        TaskSet data = data(40, 1);
        RandomStream random = RandomStream.of(2);
        try (Engine engine = Engine.options().precision(Precision.F32).open()) {
            FitContext context = new FitContext(engine, DataSplit.random(data, 0.2, 0.2, random), random, Progress.NONE);
            Map<String, Model> members = Map.of("mtl-hmb", MtlHmb.options().width(4).depth(1).epochs(3).fit(context).orThrow(),
                    "regression", Regression.DEFAULT.fit(context).orThrow());
            StackedModel model = new StackedModel(new StackedModel.Settings(List.of(new StackedModel.Member("mtl-hmb", 0.5),
                    new StackedModel.Member("regression", 0.5)), List.of(), 0, 0, 0, null, null, null, Recalibration.NONE), members);
            assertThat(model.state().precision()).isEqualTo(Precision.F32);
            Observations rows = Observations.of(data.task("oslo"));
            try (BoundModel bound = model.bind(engine)) {
                assertThat(model.predict("oslo", rows)).containsExactly(bound.predict("oslo", rows));
            }
        }
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> new Stacking(List.of(), 5)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new Stacking(List.of(Regression.DEFAULT, Regression.DEFAULT), 5)).hasMessageContaining("none twice");
        assertThatThrownBy(() -> new Stacking(List.of(Regression.DEFAULT), 1)).hasMessageContaining("at least 2");
    }
}
