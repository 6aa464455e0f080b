package intarsia.models.reduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.AcceptsTasks;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.ImputesBlocks;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Weights;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.dual.DualEncoder;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Metric;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Levels by binary questions, against the shares that they must come to, and against an independent formula. */
class BinaryReductionTest {
    private static final Source BLOCK = Source.of("block", "x");
    private static final Classes CLASSES = new Classes(List.of("a", "b", "c"));
    private static final Ordered ORDERED = new Ordered(List.of("low", "mid", "high", "top"));

    /** Predicts a task's mean, of numbers and binary responses only, and tells what it was given. */
    private record Means(List<DataSplit> given, List<Outcome<Model>> endings) implements Estimator {
        Means() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public String key() {
            return "means";
        }

        @Override
        public String name() {
            return "means";
        }

        @Override
        public Outcome<? extends Model> fit(FitContext context) {
            given.add(context.split());
            Outcome<? extends Model> means = new MeanPredictor().fit(context);
            return endings.size() < given.size() || endings.get(given.size() - 1) == null ? means
                    : switch (endings.get(given.size() - 1)) {
                        case Outcome.Stopped<Model>(Model none, String why) -> new Outcome.Stopped<>(means.orThrow(), why);
                        case Outcome<Model> other -> other;
                    };
        }

        @Override
        public boolean made(Model model) {
            return model instanceof MeanPredictor.Means;
        }
    }

    private static Task task(String name, ResponseFamily family, double... response) {
        return Task.of(name, family).block(BLOCK, new double[response.length / family.columns()][1]).response(response);
    }

    private static DataSplit all(Task... tasks) {
        TaskSet.Builder all = TaskSet.builder();
        Arrays.stream(tasks).forEach(all::task);
        return DataSplit.all(all.build());
    }

    private static Outcome<? extends Model> outcome(Estimator estimator, DataSplit split) {
        try (Engine engine = Engine.open()) {
            return estimator.fit(new FitContext(engine, split, RandomStream.of(1), Progress.NONE));
        }
    }

    private static Model fit(Estimator estimator, DataSplit split) {
        return outcome(estimator, split).orThrow();
    }

    private static double[] predict(Model model, String task) {
        return model.predict(task, new Observations(List.of("r"), Map.of(BLOCK, new double[1][1])));
    }

    /** The share of rows that answer yes is the probability of a model without predictors, so levels get the shares they have. */
    @Test
    void sharesOfAnswersGiveSharesOfLevels() {
        DataSplit split = all(task("classes", CLASSES, 0, 1, 1, 2, 2, 2, 2, 1), task("other", CLASSES, 2, 2, 1, 0));
        assertThat(predict(fit(new BinaryReduction(new Means()), split), "classes")).containsExactly(new double[] {1 / 8.0, 3 / 8.0, 0.5},
                within(1e-15));
        DataSplit ordered = all(task("grades", ORDERED, 0, 3, 1, 1, 2, 3, 3, 1, 1, 0));
        assertThat(predict(fit(new BinaryReduction(new Means()), ordered), "grades"))
                .containsExactly(new double[] {0.2, 0.4, 0.1, 0.3}, within(1e-15));
    }

    @Test
    void everyQuestionHasTheSameRowsInTheSameParts() {
        double[] levels = IntStream.range(0, 40).mapToDouble(i -> i * 7 % 4).toArray();
        TaskSet data = TaskSet.builder().task(task("grades", ORDERED, levels)).build();
        DataSplit split = DataSplit.random(data, 0.2, 0.2, RandomStream.of(3));
        Means means = new Means();
        fit(new BinaryReduction(means), split);
        assertThat(means.given).hasSize(3);
        for (int question = 0; question < 3; question++) {
            TaskSplit of = means.given.get(question).tasks().getFirst();
            assertThat(List.of(of.train(), of.validation(), of.test())).usingRecursiveComparison()
                    .isEqualTo(List.of(split.tasks().getFirst().train(), split.tasks().getFirst().validation(),
                            split.tasks().getFirst().test()));
            int threshold = question;
            assertThat(of.task().family()).isEqualTo(ResponseFamily.BINARY);
            assertThat(of.task().response()).isEqualTo(Arrays.stream(levels).map(y -> y > threshold ? 1 : 0).toArray());
        }
    }

    /** A task takes part in as many fits as it has questions, one that is learned as it is in all. */
    @Test
    void tasksOfAllKindsAreLearnedTogether() {
        DataSplit split = all(task("classes", CLASSES, 0, 1, 2, 2), task("grades", new Ordered(List.of("no", "yes")), 0, 1, 1, 1),
                task("numbers", ResponseFamily.CONTINUOUS, 1, 2, 6));
        Means means = new Means();
        Model model = fit(new BinaryReduction(means), split);
        assertThat(means.given.stream().map(of -> of.taskList().stream().map(Task::name).toList()).toList()).containsExactly(
                List.of("classes", "grades", "numbers"), List.of("classes", "numbers"), List.of("classes", "numbers"));
        assertThat(model.responses().values()).containsExactly(CLASSES, new Ordered(List.of("no", "yes")), ResponseFamily.CONTINUOUS);
        assertThat(predict(model, "numbers")).containsExactly(3);
        assertThat(predict(model, "grades")).containsExactly(new double[] {0.25, 0.75}, within(1e-15));
        assertThat(model.findings(split.data())).extracting("text").containsExactly("one model for each class against the others; "
                + "probabilities are divided by their sum; one model for each threshold between levels; probabilities to be above them "
                + "are made to fall.\n");
        assertThatThrownBy(() -> predict(model, "none")).isInstanceOf(DataException.class);
    }

    @Test
    void levelsWithoutRowsAreLearned() {
        DataSplit split = all(task("one", CLASSES, 1, 1, 1), task("two", CLASSES, 0, 1, 1));
        Model model = fit(new BinaryReduction(new Means()), split);
        assertThat(Arrays.stream(predict(model, "one"))).allMatch(p -> p > 0 && p < 1);
        assertThat(predict(model, "one")[1]).isGreaterThan(0.7);
        double[] grades = predict(fit(new BinaryReduction(new Means()), all(task("g", ORDERED, 2, 2, 2, 0, 0))), "g");
        assertThat(Arrays.stream(grades)).allMatch(p -> p > 0 && p < 1);
        assertThat(Arrays.stream(grades).sum()).isCloseTo(1, within(1e-15));
    }

    /** Nearest numbers that do not rise, by the formula of minima and maxima of means (Robertson, Wright &amp; Dykstra 1988). */
    @Test
    void thresholdsFall() {
        RandomStream random = RandomStream.of(4);
        for (int size = 1; size < 9; size++) {
            for (int trial = 0; trial < 50; trial++) {
                double[] yes = new double[size];
                Arrays.setAll(yes, k -> random.nextDouble());
                double[] levels = new double[size + 3];
                LevelQuestions.ABOVE.levels(yes, levels, 2);
                double above = 1;
                for (int k = 0; k < size; k++) {
                    above -= levels[2 + k];
                    int at = k;
                    double expected = IntStream.rangeClosed(0, k).mapToDouble(i -> IntStream.range(at, yes.length).mapToDouble(j ->
                            Arrays.stream(yes, i, j + 1).average().orElseThrow()).max().orElseThrow()).min().orElseThrow();
                    assertThat(above).isCloseTo(expected, within(1e-14));
                }
                assertThat(levels[size + 2]).isCloseTo(above, within(1e-14));
                double[] turned = new double[size + 1];
                LevelQuestions.ABOVE.levels(IntStream.range(0, size).mapToDouble(k -> 1 - yes[yes.length - 1 - k]).toArray(), turned, 0);
                for (int k = 0; k <= size; k++) {
                    assertThat(turned[size - k]).as("levels in the other order").isCloseTo(levels[2 + k], within(1e-14));
                }
            }
        }
    }

    @Test
    void classesThatAllModelsDenyAreAlike() {
        double[] levels = new double[5];
        LevelQuestions.ONE_AGAINST_OTHERS.levels(new double[4], levels, 1);
        assertThat(levels).containsExactly(0, 0.25, 0.25, 0.25, 0.25);
        LevelQuestions.ONE_AGAINST_OTHERS.levels(new double[] {0.2, 0.3, 0, 0.3}, levels, 0);
        assertThat(levels).containsExactly(new double[] {0.25, 0.375, 0, 0.375, 0.25}, within(1e-15));
    }

    @Test
    void onlyWhatNeedsItIsReduced() {
        Means means = new Means();
        DataSplit binary = all(task("b", ResponseFamily.BINARY, 0, 1));
        assertThat(fit(new BinaryReduction(means), binary)).isInstanceOf(MeanPredictor.Means.class);
        assertThat(BinaryReduction.learning(means, List.of(ResponseFamily.BINARY))).contains(means);
        assertThat(BinaryReduction.learning(means, List.of(ResponseFamily.BINARY, CLASSES))).contains(new BinaryReduction(means));
        assertThat(BinaryReduction.learning(means, List.of(CLASSES, new Count(false)))).isEmpty();
        assertThat(BinaryReduction.learning(new MeanPredictor(), List.of(CLASSES))).contains(new MeanPredictor());
        BinaryReduction reduction = new BinaryReduction(means);
        assertThat(List.of(reduction.key(), reduction.name())).containsExactly("means", "means");
        assertThatThrownBy(() -> fit(reduction, all(task("n", new Count(false), 1, 2)))).isInstanceOf(DataException.class)
                .hasMessage("means does not learn the response of task 'n', which is of kind count");
    }

    @Test
    void howAFitEndedIsSaid() {
        DataSplit split = all(task("c", CLASSES, 0, 1, 2));
        List<Outcome<Model>> endings = Arrays.asList(null, new Outcome.Stopped<>(null, "time is up"), null);
        assertThat(outcome(new BinaryReduction(new Means(new ArrayList<>(), endings)), split)).isInstanceOfSatisfying(Outcome.Stopped.class,
                stopped -> assertThat(stopped.why()).isEqualTo("b against the others: time is up"));
        List<Outcome<Model>> diverged = Arrays.asList(null, null, new Outcome.Diverged<>(7, "loss"));
        assertThat(outcome(new BinaryReduction(new Means(new ArrayList<>(), diverged)), split))
                .isEqualTo(new Outcome.Diverged<>(7, "c against the others, loss"));
    }

    @Test
    void aFitMayBeginWhereItsQuestionsEnded() {
        DataSplit split = all(task("c", CLASSES, 0, 1, 2));
        BinaryReduction reduction = new BinaryReduction(new Means());
        Model model = fit(reduction, split);
        assertThat(reduction.made(model)).isTrue();
        assertThat(new BinaryReduction(DualEncoder.options()).made(model)).isFalse();
        Estimator warm = reduction.startingFrom(model);
        assertThat(((BinaryReduction) warm).start()).isEqualTo(model);
        assertThat(predict(fit(warm, split), "c")).isEqualTo(predict(model, "c"));
        assertThat(warm.atMost(3)).isEqualTo(warm);
    }

    private static TaskSet graded(ResponseFamily family, String... names) {
        TaskSet.Builder all = TaskSet.builder();
        for (String name : names) {
            RandomStream random = RandomStream.of(8, name);
            double[][] cells = IntStream.range(0, 18).mapToObj(i -> new double[] {random.nextGaussian()}).toArray(double[][]::new);
            double[] levels = Arrays.stream(cells).mapToDouble(x -> Math.clamp(Math.round(x[0] + random.nextGaussian() / 4) + 1, 0, 2))
                    .toArray();
            all.task(Task.of(name, family).block(BLOCK, cells).response(levels));
        }
        return all.build();
    }

    /** A new task is added to the model of each question; what was there stays, to the bit. Blocks are imputed by the first. */
    @Test
    void aTaskIsAddedToEveryQuestion() {
        MultitaskGp gp = MultitaskGp.options().search(new MultitaskGp.Search(1, 20, 400, 1_000)).missing(MultitaskGp.MissingBlocks.IMPUTED);
        for (ResponseFamily family : List.of(CLASSES, new Ordered(CLASSES.levels()))) {
            TaskSet three = graded(family, "a", "b", "c");
            DataSplit two = DataSplit.all(three.with(three.tasks().subList(0, 2)));
            Model model = fit(new BinaryReduction(new OfBinary(gp)), two);
            assertThat(((AcceptsTasks) model).acceptsTasks()).isTrue();
            assertThat(((ImputesBlocks) model).imputes()).isTrue();
            try (Engine engine = Engine.open()) {
                Model more = ((AcceptsTasks) model).add(engine, TaskSplit.all(three.task("c")), RandomStream.of(9)).orThrow();
                Observations rows = Observations.of(three.task("a"));
                assertThat(more.tasks()).containsExactly("a", "b", "c");
                assertThat(more.predict("a", rows)).isEqualTo(model.predict("a", rows));
                double[] added = more.predict("c", Observations.of(three.task("c")));
                assertThat(Metric.ACCURACY.of(family, three.task("c").response(), added)).isGreaterThan(0.6);
                assertThat(((ImputesBlocks) model).impute(engine, "a", rows).get(BLOCK)).isDeepEqualTo(three.task("a").cells().get(BLOCK));
                assertThatThrownBy(() -> ((AcceptsTasks) model).add(engine, TaskSplit.all(task("d", ResponseFamily.BINARY, 0, 1)),
                        RandomStream.of(9))).isInstanceOf(DataException.class)
                                .hasMessageContaining("task 'd' has a response of kind binary");
            }
        }
        Model means = fit(new BinaryReduction(new Means()), all(task("c", CLASSES, 0, 1, 2)));
        assertThat(((AcceptsTasks) means).acceptsTasks()).isFalse();
        assertThatThrownBy(() -> ((ImputesBlocks) means).impute(null, "c", null)).isInstanceOf(DataException.class);
    }

    /** The order in which classes are named changes nothing but the order of their probabilities. */
    @Test
    void theOrderOfClassesDoesNotMatter() {
        MultitaskGp gp = MultitaskGp.options().search(new MultitaskGp.Search(1, 20, 400, 1_000));
        TaskSet data = graded(CLASSES, "a", "b");
        TaskSet turned = data.with(data.tasks().stream().map(task -> task.with(new Classes(CLASSES.levels().reversed()),
                Arrays.stream(task.response()).map(level -> 2 - level).toArray())).toList());
        Observations rows = Observations.of(data.task("a"));
        double[] once = fit(new BinaryReduction(new OfBinary(gp)), DataSplit.all(data)).predict("a", rows);
        double[] other = fit(new BinaryReduction(new OfBinary(gp)), DataSplit.all(turned)).predict("a", rows);
        for (int i = 0; i < once.length; i++) {
            assertThat(other[i / 3 * 3 + 2 - i % 3]).isCloseTo(once[i], within(1e-14));
        }
    }

    /** As if it learned binary responses only. */
    private record OfBinary(Estimator estimator) implements Estimator {
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
            return estimator.fit(context);
        }
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        ReducedModel model = (ReducedModel) fit(new BinaryReduction(new Means()), all(task("g", ORDERED, 0, 1, 2, 3)));
        Map<String, Model> two = new LinkedHashMap<>(model.members());
        two.remove("3");
        refused(model.settings(), model.additions(), two, "3 questions");
        Map<String, Model> others = new LinkedHashMap<>(model.members());
        others.put("2", fit(new Means(), all(task("g", ResponseFamily.CONTINUOUS, 1, 2))));
        refused(model.settings(), model.additions(), others, "member '2' was not fitted to a question of task 'g'");
        refused(model.settings(), Weights.NONE, model.members(), "weights 'g'");
        for (double[] wrong : new double[][] {{0.1, 0.1, 0, 0.1}, {0.5, 0.25, 0.25, 0.125}}) {
            refused(model.settings(), Weights.NONE.and("g", Tensor.vector(wrong)), model.members(), "must be above 0");
        }
        assertThatThrownBy(() -> new ReducedModel.Settings(Map.of("g", ORDERED), 4)).hasMessageContaining("4 questions");
        assertThatThrownBy(() -> new ReducedModel.Settings(Map.of("g", ORDERED), 0)).hasMessageContaining("0 questions");
    }

    private static void refused(ReducedModel.Settings settings, Weights additions, Map<String, Model> members, String why) {
        assertThatThrownBy(() -> new ReducedModel(settings, additions, members)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
