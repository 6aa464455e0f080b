package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Individual;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.Tuned;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TensorEncodingTest {
    private static final Source TIME = Source.of("time", "day");
    private static final Source VOICE = Source.of("voice", Column.continuous("pitch"), Column.categorical("vowel", "a", "o"));
    private static final TensorForm FORM = new TensorForm(List.of(List.of("time"), List.of("voice")), Map.of("day", List.of(2.0, 3.5)));

    /** {@code y = slope day + bend max(0, day - 3.5) + pitch}, each individual with its own slope and bend. */
    static TaskSet data() {
        RandomStream random = RandomStream.of(1, "tensor encoding");
        TaskSet.Builder builder = TaskSet.builder();
        for (int t = 0; t < 5; t++) {
            double[][] time = new double[40][1];
            double[][] voice = new double[40][2];
            double[] y = new double[40];
            double slope = random.nextGaussian();
            double bend = random.nextGaussian();
            for (int i = 0; i < y.length; i++) {
                time[i][0] = random.nextDouble(0, 6);
                voice[i][0] = random.nextGaussian();
                voice[i][1] = random.nextInt(2);
                y[i] = 10 + slope * time[i][0] + bend * Math.max(0, time[i][0] - 3.5) + voice[i][0];
            }
            builder.task(Task.continuous("p" + t).block(TIME, time).block(VOICE, voice).response(y));
        }
        return builder.build();
    }

    @Test
    void aRowIsTheOuterProductOfItsModes() {
        TaskSet data = data();
        TensorEncoding encoding = TensorEncoding.of(DataSplit.all(data), FORM);
        assertThat(encoding.row()).isEqualTo(Shape.of(4, 4));
        assertThat(encoding.names(0)).containsExactly("1", "day", "(day - 2)+", "(day - 3.5)+");
        assertThat(encoding.names(1)).containsExactly("1", "pitch", "vowel = a", "vowel = o");
        Tensor x = encoding.predictors("p0", new Observations(List.of("early", "late"),
                Map.of(TIME, new double[][] {{1}, {5}}, VOICE, new double[][] {{0.5, 0}, {0.5, 1}})));
        assertThat(x.shape()).isEqualTo(Shape.of(2, 4, 4));
        double scale = encoding.encoding().features().get("time").getFirst().moments().scale();
        double pitch = x.get(0, 0, 1);
        assertThat(x.get(0, 0, 0)).isEqualTo(1);
        assertThat(x.get(0, 2, 0)).isZero();
        assertThat(x.get(1, 2, 0)).isCloseTo(3 / scale, within(1e-12));
        assertThat(x.get(1, 3, 1)).isCloseTo(1.5 / scale * pitch, within(1e-12));
        assertThat(x.get(1, 3, 2)).isZero();
        assertThat(x.get(1, 3, 3)).isCloseTo(1.5 / scale, within(1e-12));
    }

    @Test
    void withoutModesColumnsAreOneVector() {
        TaskSet data = data();
        TensorEncoding encoding = TensorEncoding.of(DataSplit.all(data), TensorForm.AS_GIVEN);
        assertThat(encoding.row()).isEqualTo(Shape.of(4));
        assertThat(encoding.names(0)).containsExactly("day", "pitch", "vowel = a", "vowel = o");
        // responses have variance 1 within individuals, on average
        double variance = 0;
        for (Individual individual : encoding.individuals(DataSplit.all(data))) {
            double mean = Arrays.stream(individual.response()).average().orElseThrow();
            variance += Arrays.stream(individual.response()).map(y -> (y - mean) * (y - mean)).average().orElseThrow() / 5;
        }
        assertThat(variance).isCloseTo(1, within(1e-12));
    }

    @Test
    void tuningChoosesByValidationAndPredictsInTheResponsesUnit() {
        TaskSet data = data();
        DataSplit split = DataSplit.random(data, 0.2, 0.2, RandomStream.of(2));
        Tuned tuned = TenMtl.tuned(FORM, List.of(TuckerRanks.of(0, 1, 1), TuckerRanks.of(2, 3, 2)), List.of(0.0), 0);
        try (Engine engine = Engine.open()) {
            TenMtlModel model = (TenMtlModel) tuned.fit(new FitContext(engine, split, RandomStream.of(3), Progress.NONE)).orThrow();
            assertThat(model.options()).isEqualTo(TenMtl.options().form(FORM).ranks(2, 3, 2));
            for (TaskSplit task : split.tasks()) {
                double[] predicted = model.predict(task.task().name(), task.observations(task.test()));
                for (int i = 0; i < task.test().length; i++) {
                    assertThat(predicted[i]).isCloseTo(task.responses(task.test())[i], within(1e-2));
                }
            }
            assertThatThrownBy(() -> model.predict("p9", Observations.of(data.tasks().getFirst()))).isInstanceOf(DataException.class)
                    .hasMessage("no task 'p9'; the model has p0, p1, p2, p3, p4");
        }
    }

    @Test
    void everyBaselineFits() {
        TaskSet data = data();
        DataSplit split = DataSplit.random(data, 0.2, 0.2, RandomStream.of(3));
        try (Engine engine = Engine.open()) {
            for (Tuned baseline : PersonalBaselines.all(FORM)) {
                Model model = baseline.fit(new FitContext(engine, split, RandomStream.of(3), Progress.NONE)).orThrow();
                assertThat(model.predict("p1", Observations.of(data.task("p1")))).as(baseline.key()).hasSize(40).doesNotContain(Double.NaN);
                assertThat(model.hyperparameters()).as(baseline.key()).isNotEmpty();
            }
        }
    }

    @Test
    void whatAModelSaysIsOrthonormalAndAddsUp() {
        TaskSet data = data();
        TensorEncoding encoding = TensorEncoding.of(DataSplit.all(data), FORM);
        TenMtlFit fit = TenMtl.options().form(FORM).ranks(2, 3, 2)
                .solve(encoding.individuals(DataSplit.all(data)), ResponseFamily.CONTINUOUS, RandomStream.of(1)).orThrow();
        TenMtlModel model = TenMtlModel.of(encoding, fit);
        Observations rows = Observations.of(data.task("p3"));
        double[] expected = new PersonalPrediction(encoding, fit.coefficients()).predict("p3", rows);
        assertThat(model.predict("p3", rows)).containsExactly(expected, within(1e-9));
        Interpretation says = Interpretation.of(model);
        for (int k = 0; k < 2; k++) {
            Tensor gram = Matrices.gram(says.loadings().get(k));
            for (int r = 0; r < gram.shape().rows(); r++) {
                for (int s = 0; s < gram.shape().rows(); s++) {
                    assertThat(gram.get(r, s)).isCloseTo(r == s ? 1 : 0, within(1e-10));
                }
            }
            // without the undetermined coefficient of the constants B is no longer quite of its ranks
            assertThat(Arrays.stream(says.shares().get(k)).sum()).isBetween(0.95, 1 + 1e-9);
        }
        assertThat(Arrays.stream(says.scoreShares()).sum()).isBetween(0.95, 1 + 1e-9);
        assertThat(says.commonShare()).isBetween(0.0, 1.0);
        assertThat(says.similarity().get(2, 2)).isCloseTo(1, within(1e-9));
        assertThat(says.nearest(2)).isNotEqualTo(2).isNotNegative();
    }

    /** What differs by rounding only is the same: no direction, no similarity of rounding errors. */
    @Test
    void individualsWithTheSameRowsDoNotDiffer() {
        Task first = data().task("p0");
        TaskSet.Builder builder = TaskSet.builder();
        for (int t = 0; t < 6; t++) {
            builder.task(Task.continuous("p" + t).block(TIME, first.blocks().get(TIME)).block(VOICE, first.blocks().get(VOICE))
                    .response(first.response()));
        }
        DataSplit all = DataSplit.all(builder.build());
        TensorEncoding encoding = TensorEncoding.of(all, FORM);
        TenMtlModel model = TenMtlModel.of(encoding, TenMtl.options().form(FORM).ranks(1, 2, 2)
                .solve(encoding.individuals(all), ResponseFamily.CONTINUOUS, RandomStream.of(1)).orThrow());
        Interpretation says = Interpretation.of(model);
        assertThat(says.commonShare()).isEqualTo(1);
        assertThat(says.scoreShares()).containsOnly(0);
        assertThat(says.similarity().doubles()).containsOnly(0);
        assertThat(says.nearest(0)).isEqualTo(-1);
    }

    @Test
    void errorsSpeak() {
        TaskSet data = data();
        TensorForm unknown = new TensorForm(List.of(List.of("time"), List.of("gait")), Map.of());
        assertThatThrownBy(() -> TensorEncoding.of(DataSplit.all(data), unknown))
                .hasMessage("predictors: there is no source 'gait' among [time, voice]");
        assertThatThrownBy(() -> new TensorForm(List.of(List.of("time"), List.of("time")), Map.of())).hasMessageContaining("named twice");
        assertThatThrownBy(() -> TensorEncoding.of(DataSplit.all(data), new TensorForm(List.of(), Map.of("vowel", List.of(1.0)))))
                .hasMessage("predictors: knots are given for 'vowel', which is no continuous column of the sources used");
        TensorEncoding encoding = TensorEncoding.of(DataSplit.all(data), FORM);
        assertThatThrownBy(() -> encoding.predictors("p0", new Observations(List.of("a"), Map.of(TIME, new double[][] {{1}}))))
                .hasMessageContaining("lack source 'voice'");
        assertThatThrownBy(() -> PersonalBaselines.of("svm", FORM)).hasMessageContaining("no baseline 'svm'");
    }
}
