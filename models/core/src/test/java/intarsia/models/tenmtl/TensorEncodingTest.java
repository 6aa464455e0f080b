package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.models.Finding;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.data.Axis;
import intarsia.models.data.CellNodes;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** Two regions by three bands; names in another order than places, columns of different spread, one that is constant. */
    private static TaskSet scans(int exponent) {
        Source scan = new Source("scan", Stream.of("f", "b", "d", "a", "e", "c").map(Column::continuous).toList(),
                List.of(new Axis("region", 2), new Axis("band", 3)));
        RandomStream random = RandomStream.of(4, "scans");
        TaskSet.Builder builder = TaskSet.builder();
        for (int t = 0; t < 3; t++) {
            double[][] x = new double[30][6];
            double[][] age = new double[30][1];
            double[] y = new double[30];
            for (int i = 0; i < 30; i++) {
                for (int j = 0; j < 6; j++) {
                    x[i][j] = Math.scalb(j == 4 ? 7 : 5 + (1 + j) * random.nextGaussian(), exponent);
                }
                age[i][0] = random.nextDouble(20, 80);
                y[i] = random.nextGaussian();
            }
            List<String> names = IntStream.range(0, 30).mapToObj(i -> "row " + i).toList();
            builder.task(Task.continuous("p" + t).rows(names).block(scan, x).block(Source.of("age", "years"), age).response(y));
        }
        return builder.build();
    }

    /** Differences of rows are those of the cells, place by place, all divided by one number. */
    @Test
    void aTensorKeepsItsPlacesAndItsUnit() {
        TaskSet data = scans(0);
        DataSplit all = DataSplit.all(data);
        TensorEncoding encoding = TensorEncoding.of(all, TensorForm.AS_GIVEN);
        assertThat(encoding.row()).isEqualTo(Shape.of(2, 3));
        assertThat(encoding.unused()).containsExactly("age");
        assertThat(List.of(encoding.name(0), encoding.name(1))).containsExactly("region", "band");
        assertThat(encoding.names(1)).containsExactly("band 1", "band 2", "band 3");
        Task task = data.task("p1");
        double[][] cells = task.cells().get(encoding.sources().getFirst());
        Tensor x = encoding.predictors("p1", Observations.of(task));
        double scale = (cells[1][0] - cells[0][0]) / (x.get(1, 0, 0) - x.get(0, 0, 0));
        double variance = 0;
        for (int i = 1; i < 30; i++) {
            for (int j = 0; j < 6; j++) {
                assertThat(x.get(i, j / 3, j % 3) - x.get(0, j / 3, j % 3)).isCloseTo((cells[i][j] - cells[0][j]) / scale, within(1e-12));
            }
        }
        for (Individual individual : encoding.individuals(all)) {
            for (double value : individual.predictors().doubles()) {
                variance += value * value / 3 / 30 / 6;
            }
        }
        assertThat(variance).as("of an average place").isCloseTo(1, within(1e-12));
        // in another unit the same, to the last bit
        TaskSet other = scans(-40);
        assertThat(TensorEncoding.of(DataSplit.all(other), TensorForm.AS_GIVEN).predictors("p1", Observations.of(other.task("p1"))))
                .isEqualTo(x);
    }

    @Test
    void theEffectsOfATensorMayVaryWithColumns() {
        TaskSet data = scans(0);
        DataSplit all = DataSplit.all(data);
        TensorForm form = new TensorForm(List.of(List.of("scan"), List.of("age")), Map.of("years", List.of(50.0)));
        TensorEncoding encoding = TensorEncoding.of(all, form);
        assertThat(encoding.row()).isEqualTo(Shape.of(2, 3, 3));
        assertThat(encoding.names(2)).containsExactly("1", "years", "(years - 50)+");
        Observations rows = Observations.of(data.task("p0"));
        Tensor alone = TensorEncoding.of(all, TensorForm.AS_GIVEN).predictors("p0", rows);
        Tensor x = encoding.predictors("p0", rows);
        double years = encoding.encoding().features().get("age").getFirst().moments()
                .encode(data.task("p0").cells().get(Source.of("age", "years"))[7][0]);
        for (int j = 0; j < 6; j++) {
            assertThat(x.get(7, j / 3, j % 3, 0)).isEqualTo(alone.get(7, j / 3, j % 3));
            assertThat(x.get(7, j / 3, j % 3, 1)).isCloseTo(alone.get(7, j / 3, j % 3) * years, within(1e-12));
        }
        TenMtlModel model = TenMtlModel.of(encoding, TenMtl.options().form(form).ranks(1, 2, 2, 2)
                .solve(encoding.individuals(all), ResponseFamily.CONTINUOUS, RandomStream.of(1)).orThrow());
        assertThat(model.findings(data)).extracting(Finding::name).contains("loadings-region", "loadings-band", "loadings-age");
        rows.blocks().get(encoding.parts().getFirst().sources().getFirst())[4][2] = Double.NaN;
        double[] predicted = model.predict("p0", rows);
        assertThat(predicted).hasSize(30).doesNotContain(Double.NaN);
        assertThat(recorded(model, "p0", rows)).containsExactly(predicted, within(1e-12));
    }

    /** What a plan of the model's graph gives. */
    static double[] recorded(TenMtlModel model, String task, Observations rows) {
        Graph graph = new Graph();
        Map<Source, CellNodes> cells = new LinkedHashMap<>();
        for (Source source : model.sources()) {
            int width = source.columns().size();
            cells.put(source, new CellNodes(graph.input("values/" + source.name(), rows.size(), width),
                    graph.input("known/" + source.name(), rows.size(), width)));
        }
        Node predicted = model.record(graph, task, cells);
        try (Engine engine = Engine.open()) {
            Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1, "none")), predicted);
            cells.forEach((source, of) -> {
                double[] all = Arrays.stream(rows.blocks().get(source)).flatMapToDouble(Arrays::stream).toArray();
                plan.set(of.known(), Arrays.stream(all).map(cell -> Double.isNaN(cell) ? 0 : 1).toArray());
                plan.set(of.values(), Arrays.stream(all).map(cell -> Double.isNaN(cell) ? 0 : cell).toArray());
            });
            plan.run();
            double[] result = new double[rows.size()];
            plan.download(predicted, result);
            return result;
        }
    }

    @Test
    void aTensorThatCannotBeIsRefused() {
        TaskSet data = scans(0);
        assertThatThrownBy(() -> TensorEncoding.of(DataSplit.all(data), new TensorForm(List.of(List.of("scan", "age")), Map.of())))
                .hasMessage("predictors: a source that is a tensor cannot share a mode, as in [scan, age]");
        assertThatThrownBy(() -> TensorEncoding.of(DataSplit.all(data), new TensorForm(List.of(), Map.of("a", List.of(1.0)))))
                .hasMessage("predictors: knots are given for 'a', which is no continuous column of the sources used, or the place of a "
                        + "tensor");
        List<Axis> axes = List.of(new Axis("i", 2), new Axis("j", 2));
        assertThatThrownBy(() -> new Source("s", List.of(Column.continuous("a")), axes))
                .hasMessage("source 's': 1 columns for the 4 places of a tensor of shape [2, 2]");
        assertThatThrownBy(() -> new Source("s", List.of(Column.binary("a")), List.of(new Axis("i", 1), new Axis("j", 1))))
                .hasMessageContaining("must be continuous");
        assertThatThrownBy(() -> new Source("s", List.of(Column.continuous("a")), List.of(new Axis("i", 1))))
                .hasMessageContaining("at least two");
        Source one = new Source("one", Stream.of("a", "b", "c", "d").map(Column::continuous).toList(), axes);
        Source two = new Source("two", Stream.of("e", "f", "g", "h").map(Column::continuous).toList(), axes);
        double[][] x = {{1, 2, 3, 4}, {2, 1, 0, 1}};
        TaskSet both = TaskSet.builder().task(Task.continuous("p").block(one, x).block(two, x).response(1, 2)).build();
        assertThatThrownBy(() -> TensorEncoding.of(DataSplit.all(both), TensorForm.AS_GIVEN))
                .hasMessage("predictors: sources [one, two] are tensors; name those to use among the modes, or couple them");
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
                .hasMessage("predictors: knots are given for 'vowel', which is no continuous column of the sources used, or the place "
                        + "of a tensor");
        TensorEncoding encoding = TensorEncoding.of(DataSplit.all(data), FORM);
        assertThatThrownBy(() -> encoding.predictors("p0", new Observations(List.of("a"), Map.of(TIME, new double[][] {{1}}))))
                .hasMessageContaining("lack source 'voice'");
        assertThatThrownBy(() -> PersonalBaselines.of("svm", FORM)).hasMessageContaining("no baseline 'svm'");
    }
}
