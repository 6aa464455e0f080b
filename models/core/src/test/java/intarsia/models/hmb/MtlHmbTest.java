package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Weights;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.Training;
import intarsia.models.response.Metric;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole method on a study with everything in it: both variants learn; how a fit ends; what it depends on. */
class MtlHmbTest {
    static final TaskSet DATA = MixedStudy.draw(80);
    static final DataSplit SPLIT = DataSplit.random(DATA, 0.2, 0.2, RandomStream.of(1));
    private static final Training TRAINING = Training.DEFAULT.learningRate(0.01).epochs(30);
    static final MtlHmb OPTIONS = MtlHmb.options().width(8).training(TRAINING).imputer(new MtlHmb.Imputer(8, 1, 0, TRAINING.epochs(60)));
    private static final MtlHmb BRIEF = OPTIONS.epochs(3);

    static Outcome<MtlHmbModel> fit(MtlHmb options, DataSplit split, Precision precision, long seed) {
        try (Engine engine = Engine.options().kernels("scalar").precision(precision).open()) {
            return options.fit(new FitContext(engine, split, RandomStream.of(seed), Progress.NONE));
        }
    }

    static MtlHmbModel fit(MtlHmb options, Precision precision) {
        return fit(options, SPLIT, precision, 2).orThrow();
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void learns(Variant variant) {
        MtlHmbModel model = fit(variant == Variant.PAPER ? OPTIONS
                : OPTIONS.variant(variant).imputer(new MtlHmb.Imputer(8, 1, 0, TRAINING.epochs(150))), Precision.F64);
        for (TaskSplit split : SPLIT.tasks()) {
            String task = split.task().name();
            double[] truth = split.responses(split.test());
            double[] predicted = model.predict(task, split.observations(split.test()));
            if (split.task().family().equals(ResponseFamily.BINARY)) {
                assertThat(Metric.AUC.of(truth, predicted)).as(task).isGreaterThan(0.85);
                assertThat(Arrays.stream(predicted).min().orElseThrow()).isBetween(0.0, 1.0);
            } else {
                double spread = Metric.RMSE.of(truth, Arrays.stream(truth).map(y -> Arrays.stream(truth).average().orElseThrow())
                        .toArray());
                assertThat(Metric.RMSE.of(truth, predicted)).as(task).isLessThan(0.6 * spread);
            }
        }
    }

    @Test
    void theSeedDecidesEveryBit() {
        for (Precision precision : Precision.values()) {
            Weights weights = fit(BRIEF, precision).weights();
            assertThat(fit(BRIEF, precision).weights()).isEqualTo(weights);
            assertThat(weights.tensors().values()).allSatisfy(tensor -> assertThat(tensor.precision()).isEqualTo(precision));
        }
        assertThat(fit(BRIEF, SPLIT, Precision.F64, 3).orThrow().weights()).isNotEqualTo(fit(BRIEF, Precision.F64).weights());
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void testRowsAreNeverLookedAt(Variant variant) {
        Weights weights = fit(BRIEF.variant(variant), Precision.F64).weights();
        TaskSet.Builder changed = TaskSet.builder();
        SPLIT.tasks().forEach(split -> changed.task(withTestRowsChanged(split)));
        DataSplit same = DataSplit.of(changed.build(), task -> {
            TaskSplit split = SPLIT.task(task.name());
            return new TaskSplit(task, split.train(), split.validation(), split.test());
        });
        assertThat(fit(BRIEF.variant(variant), same, Precision.F64, 2).orThrow().weights()).isEqualTo(weights);
    }

    /** Rows keep their names, and so their places. */
    private static Task withTestRowsChanged(TaskSplit split) {
        Map<Source, double[][]> blocks = new LinkedHashMap<>();
        split.task().cells().forEach((source, block) -> blocks.put(source, Arrays.stream(block).map(double[]::clone)
                .toArray(double[][]::new)));
        double[] response = split.task().response().clone();
        for (int row : split.test()) {
            response[row] = 1 - response[row];
            blocks.get(MixedStudy.EXAM)[row] = new double[] {-50, 99, 1};
        }
        Task.Builder builder = Task.of(split.task().name(), split.task().family()).rows(split.task().rows());
        blocks.forEach(builder::block);
        return builder.response(response);
    }

    @Test
    void outcomesSayHowItEnded() {
        assertThat(fit(OPTIONS.epochs(2), SPLIT, Precision.F64, 2))
                .isInstanceOfSatisfying(Outcome.Stopped.class, stopped -> assertThat(stopped.why())
                .isEqualTo("learning tasks reached its limit of 2 epochs"));
        Training patient = TRAINING.patience(1).epochs(2000);
        assertThat(fit(OPTIONS.training(patient).imputer(new MtlHmb.Imputer(8, 1, 0, TRAINING.epochs(1))), SPLIT, Precision.F64, 2))
                .as("a limit of step 1")
                .isInstanceOfSatisfying(Outcome.Stopped.class, stopped -> assertThat(stopped.why())
                .isEqualTo("imputing scan reached its limit of 1 epochs"));
        assertThat(fit(OPTIONS.training(patient).imputer(new MtlHmb.Imputer(8, 1, 0, patient)), SPLIT, Precision.F64, 2))
                .isInstanceOfSatisfying(Outcome.Converged.class, converged -> assertThat(converged.epochs()).isPositive());
    }

    /** A million is no number's limit, but no loss survives it: its growth is told, not a model that predicts nothing. */
    @ParameterizedTest
    @ValueSource(doubles = {1e6, 1e200})
    void aLearningRateFarTooLargeDiverges(double rate) {
        Outcome<MtlHmbModel> outcome = fit(OPTIONS.epochs(2).training(TRAINING.learningRate(rate)), SPLIT, Precision.F64, 2);
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Diverged.class, diverged -> assertThat(diverged.where())
                .isEqualTo("learning tasks"));
        assertThatThrownBy(outcome::orThrow).isInstanceOf(IllegalStateException.class)
                .hasMessage("learning tasks diverged in epoch 1: its loss is not "
                + "finite, or a thousand times what it was before training; a smaller learning rate may help");
        Outcome<MtlHmbModel> first = fit(OPTIONS.imputer(new MtlHmb.Imputer(8, 1, 0, TRAINING.learningRate(rate))), SPLIT, Precision.F64,
                2);
        assertThat(first).isInstanceOfSatisfying(Outcome.Diverged.class, diverged -> assertThat(diverged.where())
                .isEqualTo("imputing lab"));
    }

    @Test
    void progressNamesEveryStage() {
        TreeSet<String> stages = new TreeSet<>();
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            OPTIONS.epochs(1).fit(new FitContext(engine, SPLIT, RandomStream.of(2), (stage, done, total) -> stages.add(stage)));
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
        MtlHmbModel model = (MtlHmbModel) OPTIONS.epochs(1).fit(data, 1).orThrow();
        try (Engine engine = Engine.open()) {
            assertThat(model.impute(engine, "a", Observations.of(data.task("a"))).get(deep)).hasDimensions(6, 1);
            assertThat(model.impute(engine, "b", Observations.of(data.task("b"))).get(lab)).hasDimensions(6, 1);
        }
    }

    @Test
    void aSourceNobodyCanLearnFrom() {
        double[][] rare = new double[DATA.task("north").size()][];
        Arrays.setAll(rare, i -> new double[] {Double.NaN});
        rare[SPLIT.task("north").test()[0]][0] = 1;
        TaskSet data = TaskSet.builder().minimumShare(0)
                .task(Task.binary("north").block(MixedStudy.EXAM, DATA.task("north").blocks().get(MixedStudy.EXAM))
                .block(Source.of("rare", "r"), rare)
                        .response(DATA.task("north").response()))
                .task(DATA.task("south")).task(DATA.task("west")).build();
        DataSplit split = DataSplit.of(data, task -> {
            TaskSplit of = SPLIT.task(task.name());
            return new TaskSplit(task, of.train(), of.validation(), of.test());
        });
        assertThatThrownBy(() -> fit(OPTIONS.epochs(1), split, Precision.F64, 1)).isInstanceOf(DataException.class)
                .hasMessage("source 'rare': none of the rows to learn from has it, so it cannot be imputed");
    }

    @Test
    void optionsAreCheckedWhenMade() {
        assertThatThrownBy(() -> MtlHmb.options().width(0)).hasMessage("encoder width 0: must be at least 1");
        assertThatThrownBy(() -> MtlHmb.options().path(new MtlHmb.Path(1, 0))).hasMessage("path depth 0: must be at least 1");
        assertThatThrownBy(() -> MtlHmb.options().penalties(-0.1, 0, 0))
                .hasMessage("orthogonality penalty -0.1: must be finite and not negative");
        assertThatThrownBy(() -> MtlHmb.options().penalties(0, Double.NaN, 0))
                .hasMessage("imputation penalty NaN: must be finite and not negative");
        assertThatThrownBy(() -> new MtlHmb.Imputer(4, 0, 0, TRAINING)).hasMessage("imputer depth 0: must be at least 1");
        assertThatThrownBy(() -> new MtlHmb.Imputer(4, 1, 0, null)).hasMessage("imputer: its training is missing");
        assertThatThrownBy(() -> MtlHmb.options().variant(null))
                .hasMessage("mtl-hmb: needs variant, encoder, path, penalties, imputer, training, scaling and additions");
        assertThatThrownBy(() -> Training.DEFAULT.batch(0)).hasMessage("batch 0: must be at least 1");
        assertThatThrownBy(() -> Training.DEFAULT.learningRate(-1)).hasMessage("learning rate -1.0: must be positive and finite");
        MtlHmb changed = MtlHmb.options().scaling(FeatureEncoding.Scaling.RAW).variant(Variant.RELEASED)
                .imputer(new MtlHmb.Imputer(4, 2, 1, TRAINING))
                .orthogonality(3).depth(4);
        assertThat(changed.imputer().orthogonality()).isEqualTo(1);
        assertThat(changed.encoder()).isEqualTo(new MtlHmb.Encoder(32, 4, 4));
        assertThat(changed.path()).isEqualTo(new MtlHmb.Path(32, 4));
        assertThat(changed.penalties()).isEqualTo(new MtlHmb.Penalties(3, 0.01, 0.01));
        assertThat(changed.epochs(7).imputer().training().epochs()).isEqualTo(7);
        assertThat(changed.epochs(7).training().epochs()).isEqualTo(7);
        assertThat(MtlHmb.options().key()).isEqualTo("mtl-hmb");
    }
}
