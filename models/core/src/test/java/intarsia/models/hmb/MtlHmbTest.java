package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.Encoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Metric;
import intarsia.models.net.Training;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole method on a study with everything in it: both readings learn, predict and impute; what is asked wrongly is said. */
class MtlHmbTest {
    private static final TaskSet DATA = MixedStudy.draw(80);
    private static final List<Split> SPLITS = Split.random(DATA, 0.2, 0.2, RandomStream.of(1));
    private static final Training TRAINING = Training.DEFAULT.learningRate(0.01).epochs(30);
    private static final MtlHmbOptions OPTIONS = MtlHmb.options().width(8).imputer(8, 1, 0).training(TRAINING).imputerTraining(TRAINING.epochs(60));

    private static final MtlHmbModel MODEL = fit(OPTIONS, Precision.F64);

    private static MtlHmbModel fit(MtlHmbOptions options, Precision precision) {
        try (Engine engine = Engine.options().kernels("scalar").precision(precision).open()) {
            return MtlHmb.fit(engine, DATA, SPLITS, options, RandomStream.of(2), Progress.NONE).orThrow();
        }
    }

    @ParameterizedTest
    @EnumSource(Reading.class)
    void learns(Reading reading) {
        MtlHmbModel model = reading == Reading.PAPER ? MODEL : fit(OPTIONS.reading(reading).imputerTraining(TRAINING.epochs(150)), Precision.F64);
        for (int t = 0; t < 3; t++) {
            Task task = DATA.tasks().get(t);
            int[] test = SPLITS.get(t).test();
            double[] truth = Arrays.stream(test).mapToDouble(i -> task.response()[i]).toArray();
            double[] predicted = model.predict(task.name(), Observations.of(task, test));
            if (task.responseKind() == Task.ResponseKind.BINARY) {
                assertThat(Metric.AUC.of(truth, predicted)).as(task.name()).isGreaterThan(0.85);
                assertThat(Arrays.stream(predicted).min().orElseThrow()).isBetween(0.0, 1.0);
            } else {
                double spread = Metric.RMSE.of(truth, Arrays.stream(truth).map(y -> Arrays.stream(truth).average().orElseThrow()).toArray());
                assertThat(Metric.RMSE.of(truth, predicted)).as(task.name()).isLessThan(0.6 * spread);
            }
        }
    }

    @Test
    void imputesWhatIsMissingAndKeepsWhatIsThere() {
        MtlHmbModel model = MODEL;
        Task west = DATA.task("west");
        Map<Source, double[][]> completed = model.impute("west", Observations.of(west));
        assertThat(completed.keySet()).containsExactlyInAnyOrder(MixedStudy.EXAM, MixedStudy.VISIT, MixedStudy.LAB, MixedStudy.SCAN);
        assertThat(completed.get(MixedStudy.SCAN)).isDeepEqualTo(west.blocks().get(MixedStudy.SCAN));
        double[][] lab = completed.get(MixedStudy.LAB);
        assertThat(lab).hasDimensions(west.size(), 2);
        for (double[] row : lab) {
            assertThat(row[0]).isFinite();
            assertThat(row[1]).isIn(0.0, 1.0, 2.0);
        }
        // sugar and age follow the same hidden number: 10 + 2 z each
        double[] age = Arrays.stream(west.blocks().get(MixedStudy.EXAM)).mapToDouble(row -> row[0]).toArray();
        double[] sugar = Arrays.stream(lab).mapToDouble(row -> row[0]).toArray();
        assertThat(correlation(age, sugar)).isGreaterThan(0.9);
        for (double[] row : model.impute("north", Observations.of(DATA.task("north"))).get(MixedStudy.SCAN)) {
            assertThat(row[0]).as("a binary column is imputed as a probability").isBetween(0.0, 1.0);
        }
    }

    private static double correlation(double[] a, double[] b) {
        double ma = Arrays.stream(a).average().orElseThrow();
        double mb = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - ma) * (b[i] - mb);
            aa += (a[i] - ma) * (a[i] - ma);
            bb += (b[i] - mb) * (b[i] - mb);
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void aRowIsPredictedAloneAsAmongOthers() {
        MtlHmbModel model = MODEL;
        Task task = DATA.task("south");
        double[] all = model.predict("south", Observations.of(task));
        assertThat(model.predict("south", Observations.of(task, new int[] {5}))).containsExactly(new double[] {all[5]}, within(1e-12));
        assertThat(model.predict("south", Observations.of(task, new int[0]))).isEmpty();
        MtlHmbModel.Representations representations = model.represent("south", Observations.of(task));
        assertThat(representations.shared().shape()).hasToString("[83x8]");
        assertThat(representations.own().shape()).hasToString("[83x8]");
    }

    @Test
    void newRowsMayLackBlocksOrHaveMore() {
        MtlHmbModel model = MODEL;
        Observations north = Observations.of(DATA.task("north"));
        Map<Source, double[][]> without = new HashMap<>(north.blocks());
        without.remove(MixedStudy.LAB);
        double[] fewer = model.predict("north", new Observations(north.rows(), without));
        assertThat(Arrays.stream(fewer).allMatch(Double::isFinite)).isTrue();
        assertThat(fewer).isNotEqualTo(model.predict("north", north));
        Map<Source, double[][]> more = new HashMap<>(north.blocks());
        more.put(MixedStudy.SCAN, model.impute("north", north).get(MixedStudy.SCAN).clone());
        Arrays.setAll(more.get(MixedStudy.SCAN), i -> new double[] {1, 20});
        assertThat(model.predict("north", new Observations(north.rows(), more))).isNotEqualTo(model.predict("north", north));
        without.remove(MixedStudy.EXAM);
        assertThatThrownBy(() -> model.predict("north", new Observations(north.rows(), without))).isInstanceOf(DataException.class)
                .hasMessage("source 'exam' is needed for every row: all else is imputed from it");
        assertThatThrownBy(() -> model.predict("east", north)).hasMessage("no task 'east'; there are [north, south, west]");
    }

    @Test
    void theSeedDecidesEveryBit() {
        MtlHmbOptions brief = OPTIONS.training(TRAINING.epochs(3)).imputerTraining(TRAINING.epochs(3));
        for (Precision precision : Precision.values()) {
            Map<String, Tensor> weights = fit(brief, precision).weights();
            assertThat(fit(brief, precision).weights()).isEqualTo(weights);
            assertThat(weights.values()).allSatisfy(tensor -> assertThat(tensor.precision()).isEqualTo(precision));
        }
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            assertThat(MtlHmb.fit(engine, DATA, SPLITS, brief, RandomStream.of(3), Progress.NONE).orThrow().weights())
                    .isNotEqualTo(fit(brief, Precision.F64).weights());
        }
    }

    @Test
    void testRowsAreNeverLookedAt() {
        MtlHmbOptions brief = OPTIONS.training(TRAINING.epochs(3)).imputerTraining(TRAINING.epochs(3));
        for (Reading reading : Reading.values()) {
            Map<String, Tensor> weights = fit(brief.reading(reading), Precision.F64).weights();
            TaskSet.Builder changed = TaskSet.builder();
            for (int t = 0; t < 3; t++) {
                changed.task(withTestRowsChanged(DATA.tasks().get(t), SPLITS.get(t).test()));
            }
            try (Engine engine = Engine.options().kernels("scalar").open()) {
                assertThat(MtlHmb.fit(engine, changed.build(), SPLITS, brief.reading(reading), RandomStream.of(2), Progress.NONE).orThrow().weights())
                        .as("%s", reading).isEqualTo(weights);
            }
        }
    }

    private static Task withTestRowsChanged(Task task, int[] test) {
        Task.Builder builder = task.responseKind() == Task.ResponseKind.BINARY ? Task.binary(task.name()) : Task.continuous(task.name());
        Map<Source, double[][]> blocks = new LinkedHashMap<>();
        task.blocks().forEach((source, block) -> blocks.put(source, Arrays.stream(block).map(double[]::clone).toArray(double[][]::new)));
        double[] response = task.response().clone();
        for (int row : test) {
            response[row] = 1 - response[row];
            blocks.get(MixedStudy.EXAM)[row] = new double[] {-50, 99, 1};
        }
        blocks.forEach(builder::block);
        return builder.response(response);
    }

    @Test
    void outcomesSayHowItEnded() {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            MtlHmbOptions brief = OPTIONS.training(TRAINING.epochs(2)).imputerTraining(TRAINING.epochs(2));
            assertThat(MtlHmb.fit(engine, DATA, SPLITS, brief, RandomStream.of(2), Progress.NONE))
                    .isInstanceOfSatisfying(Outcome.Stopped.class, stopped -> assertThat(stopped.why()).isEqualTo("learning tasks reached its limit of 2 epochs"));
            MtlHmbOptions wild = brief.training(TRAINING.learningRate(1e200));
            Outcome<MtlHmbModel> outcome = MtlHmb.fit(engine, DATA, SPLITS, wild, RandomStream.of(2), Progress.NONE);
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Diverged.class, diverged -> assertThat(diverged.where()).isEqualTo("learning tasks"));
            assertThatThrownBy(outcome::orThrow).isInstanceOf(IllegalStateException.class)
                    .hasMessage("learning tasks diverged in epoch 1: its loss is no longer finite; a smaller learning rate or clipping may help");
        }
    }

    @Test
    void progressNamesEveryStage() {
        TreeSet<String> stages = new TreeSet<>();
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            MtlHmb.fit(engine, DATA, SPLITS, OPTIONS.training(TRAINING.epochs(1)).imputerTraining(TRAINING.epochs(1)), RandomStream.of(2),
                    (stage, done, total) -> stages.add(stage));
        }
        assertThat(stages).containsExactly("imputing lab", "imputing scan", "learning tasks");
    }

    @Test
    void namesWithinNamesAreKeptApart() {
        Source lab = Source.of("lab", "sugar");
        Source deep = Source.of("lab/encoder", "salt");
        double[][] x = {{1, 2, 0}, {3, 4, 1}, {5, 6, 0}, {6, 1, 1}, {2, 2, 0}, {0, 1, 1}};
        double[][] one = {{1}, {2}, {3}, {4}, {5}, {6}};
        TaskSet data = TaskSet.builder()
                .task(Task.continuous("a").block(MixedStudy.EXAM, x).block(lab, one).response(1, 2, 3, 4, 5, 6))
                .task(Task.continuous("b").block(MixedStudy.EXAM, x).block(deep, one).response(1, 2, 3, 4, 5, 6)).build();
        MtlHmbModel model = MtlHmb.fit(data, OPTIONS.training(TRAINING.epochs(1)).imputerTraining(TRAINING.epochs(1))).orThrow();
        model.check();
        assertThat(model.impute("a", Observations.of(data.task("a"))).get(deep)).hasDimensions(6, 1);
        assertThat(model.impute("b", Observations.of(data.task("b"))).get(lab)).hasDimensions(6, 1);
    }

    @Test
    void aSourceNobodyCanLearnFrom() {
        double[][] rare = new double[DATA.task("north").size()][];
        Arrays.setAll(rare, i -> new double[] {Double.NaN});
        rare[SPLITS.getFirst().test()[0]][0] = 1;
        TaskSet data = TaskSet.builder().minimumShare(0)
                .task(Task.binary("north").block(MixedStudy.EXAM, DATA.task("north").blocks().get(MixedStudy.EXAM)).block(Source.of("rare", "r"), rare)
                        .response(DATA.task("north").response()))
                .task(DATA.task("south")).task(DATA.task("west")).build();
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            assertThatThrownBy(() -> MtlHmb.fit(engine, data, SPLITS, OPTIONS, RandomStream.of(1), Progress.NONE)).isInstanceOf(DataException.class)
                    .hasMessage("source 'rare': none of the rows to learn from has it, so it cannot be imputed");
        }
    }

    @Test
    void optionsAreCheckedWhenMade() {
        assertThatThrownBy(() -> MtlHmb.options().width(0)).hasMessage("width 0: must be at least 1");
        assertThatThrownBy(() -> MtlHmb.options().depths(1, 0)).hasMessage("pathDepth 0: must be at least 1");
        assertThatThrownBy(() -> MtlHmb.options().weights(-0.1, 0, 0)).hasMessage("orthogonality -0.1: must not be negative");
        assertThatThrownBy(() -> Training.DEFAULT.batch(0)).hasMessage("batch 0: must be at least 1");
        assertThatThrownBy(() -> Training.DEFAULT.learningRate(-1)).hasMessage("learning rate -1.0: must be positive and finite");
        assertThat(MtlHmb.options().scaling(Encoding.Scaling.RAW).seed(9).reading(Reading.RELEASED).imputer(4, 2, 1))
                .returns(9L, MtlHmbOptions::seed).returns(1.0, MtlHmbOptions::imputerOrthogonality).returns(64, MtlHmbOptions::width);
    }
}
