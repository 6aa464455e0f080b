package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.Weights;
import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fitted model: what it predicts and imputes, what it does not depend on, and how it is read back. */
class MtlHmbModelTest {
    private static final TaskSet DATA = MtlHmbTest.DATA;
    private static final MtlHmbModel MODEL = MtlHmbTest.fit(MtlHmbTest.OPTIONS, Precision.F64);
    private static final Engine ENGINE = Engine.options().kernels("scalar").open();

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static Map<Source, double[][]> impute(String task, Observations rows) {
        return MODEL.impute(ENGINE, task, rows);
    }

    @Test
    void imputesWhatIsMissingAndKeepsWhatIsThere() {
        Task west = DATA.task("west");
        Map<Source, double[][]> completed = impute("west", Observations.of(west));
        assertThat(completed.keySet()).containsExactlyInAnyOrder(MixedStudy.EXAM, MixedStudy.VISIT, MixedStudy.LAB, MixedStudy.SCAN);
        for (Source source : List.of(MixedStudy.EXAM, MixedStudy.VISIT, MixedStudy.SCAN)) {
            assertThat(completed.get(source)).isDeepEqualTo(west.cells().get(source));
        }
        double[][] lab = completed.get(MixedStudy.LAB);
        assertThat(lab).hasDimensions(west.size(), 2);
        for (double[] row : lab) {
            assertThat(row[0]).isFinite();
            assertThat(row[1]).isIn(0.0, 1.0, 2.0);
        }
        // sugar and age follow the same hidden number: 10 + 2 z each
        double[] age = Arrays.stream(west.cells().get(MixedStudy.EXAM)).mapToDouble(row -> row[0]).toArray();
        double[] sugar = Arrays.stream(lab).mapToDouble(row -> row[0]).toArray();
        assertThat(correlation(age, sugar)).isGreaterThan(0.9);
    }

    /** A completed table can be read as a study's: flags are 0 or 1, and follow what they follow where they are measured. */
    @Test
    void imputedCellsAreValid() {
        double[][] scan = impute("north", Observations.of(DATA.task("north"))).get(MixedStudy.SCAN);
        double[] shadow = Arrays.stream(scan).mapToDouble(row -> row[0]).toArray();
        assertThat(shadow).containsOnly(0, 1);
        double[] age = Arrays.stream(DATA.task("north").cells().get(MixedStudy.EXAM)).mapToDouble(row -> row[0]).toArray();
        assertThat(correlation(age, shadow)).isGreaterThan(0.6);
        Task.Builder again = Task.binary("north");
        impute("north", Observations.of(DATA.task("north"))).forEach(again::block);
        assertThat(again.response(DATA.task("north").response()).blocks()).hasSize(4);
    }

    /**
     * Labs measured in a few rows of a task count as missing there; the measured cells come back bit by bit, and the model was learned
     * without them.
     */
    @Test
    void measuredCellsOfABlockThatCountsAsMissingAreKept() {
        Task west = DATA.task("west");
        double[][] few = new double[west.size()][];
        Arrays.setAll(few, i -> i % 5 == 0 ? new double[] {5.18 + i, i % 10 == 0 ? Double.NaN : 2} : new double[] {Double.NaN, Double.NaN});
        Task.Builder builder = Task.binary("west");
        west.blocks().forEach(builder::block);
        TaskSet data = TaskSet.builder().task(DATA.task("north")).task(DATA.task("south"))
                .task(builder.block(MixedStudy.LAB, few).response(west.response())).build();
        assertThat(data.task("west").blocks()).doesNotContainKey(MixedStudy.LAB);
        MtlHmbModel model = MtlHmbTest.fit(MtlHmbTest.OPTIONS.epochs(2), DataSplit.random(data, 0.2, 0.2, RandomStream.of(1)),
                Precision.F64, 2).orThrow();
        Task given = data.given().stream().filter(task -> task.name().equals("west")).findFirst().orElseThrow();
        double[][] lab = model.impute(ENGINE, "west", Observations.of(given)).get(MixedStudy.LAB);
        for (int i = 0; i < lab.length; i++) {
            if (i % 5 == 0) {
                assertThat(lab[i]).containsExactly(few[i]);
            } else {
                assertThat(lab[i][0]).isFinite();
                assertThat(lab[i][1]).isIn(0.0, 1.0, 2.0);
            }
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

    /** Also where some of the rows lack a block that others have. */
    @Test
    void aRowIsPredictedAloneAsAmongOthers() {
        Task task = DATA.task("south");
        double[] all = MODEL.predict("south", Observations.of(task));
        Observations mixed = withoutLab(Observations.of(task), i -> i % 3 == 0);
        double[] some = MODEL.predict("south", mixed);
        for (int i = 0; i < task.size(); i++) {
            double alone = MODEL.predict("south", Observations.of(task, new int[] {i}))[0];
            assertThat(alone).isEqualTo(all[i]);
            if (i % 3 == 0) {
                assertThat(some[i]).isNotEqualTo(all[i])
                        .isEqualTo(MODEL.predict("south", withoutLab(Observations.of(task, new int[] {i}), k -> true))[0]);
            } else {
                assertThat(some[i]).isEqualTo(all[i]);
            }
        }
        assertThat(MODEL.predict("south", Observations.of(task, new int[0]))).isEmpty();
        MtlHmbModel.Representations representations = MODEL.represent(ENGINE, "south", Observations.of(task));
        assertThat(representations.shared().shape()).hasToString("[83x8]");
        assertThat(representations.taskSpecific().shape()).hasToString("[83x8]");
        assertThat(representations.shared()).isNotEqualTo(representations.taskSpecific());
    }

    private static Observations withoutLab(Observations rows, java.util.function.IntPredicate lacking) {
        Map<Source, double[][]> blocks = new HashMap<>(rows.blocks());
        double[][] lab = blocks.get(MixedStudy.LAB).clone();
        for (int i = 0; i < lab.length; i++) {
            lab[i] = lacking.test(i) ? new double[] {Double.NaN, Double.NaN} : lab[i];
        }
        blocks.put(MixedStudy.LAB, lab);
        return new Observations(rows.rows(), blocks);
    }

    @Test
    void newRowsMayLackBlocksOrHaveMore() {
        Observations north = Observations.of(DATA.task("north"));
        Map<Source, double[][]> without = new HashMap<>(north.blocks());
        without.remove(MixedStudy.LAB);
        double[] fewer = MODEL.predict("north", new Observations(north.rows(), without));
        assertThat(Arrays.stream(fewer).allMatch(Double::isFinite)).isTrue();
        assertThat(fewer).isNotEqualTo(MODEL.predict("north", north)).isEqualTo(MODEL.predict("north", withoutLab(north, i -> true)));
        Map<Source, double[][]> more = new HashMap<>(north.blocks());
        double[][] scan = new double[north.size()][];
        Arrays.setAll(scan, i -> new double[] {1, 20});
        more.put(MixedStudy.SCAN, scan);
        assertThat(MODEL.predict("north", new Observations(north.rows(), more))).isNotEqualTo(MODEL.predict("north", north));
        without.remove(MixedStudy.EXAM);
        Observations lacking = new Observations(north.rows(), without);
        assertThat(MODEL.requiredSources()).containsExactly(MixedStudy.EXAM, MixedStudy.VISIT);
        assertThatThrownBy(() -> MODEL.predict("north", lacking)).isInstanceOf(DataException.class)
                .hasMessage("the rows lack source 'exam' with columns [age, pressure, smoker], which the model needs for every row");
        assertThatThrownBy(() -> impute("north", lacking)).isInstanceOf(DataException.class)
                .hasMessageStartingWith("the rows lack source 'exam'");
        for (Runnable asked : List.<Runnable>of(() -> MODEL.predict("east", north), () -> impute("east", north),
                () -> MODEL.represent(ENGINE, "east", north), () -> MODEL.response("east"))) {
            assertThatThrownBy(asked::run).isInstanceOf(DataException.class).hasMessage("no task 'east'; the model has north, south, west");
        }
    }

    @Test
    void severalThreadsMayAskABoundModel() throws Exception {
        try (BoundModel bound = MODEL.bind(ENGINE); ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<double[]>> answers = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                String task = DATA.tasks().get(i % 3).name();
                int from = i / 3;
                answers.add(threads.submit(() -> bound.predict(task,
                        Observations.of(DATA.task(task), IntStream.range(from, 60).toArray()))));
            }
            for (int i = 0; i < answers.size(); i++) {
                String task = DATA.tasks().get(i % 3).name();
                assertThat(answers.get(i).get()).isEqualTo(MODEL.predict(task,
                        Observations.of(DATA.task(task), IntStream.range(i / 3, 60).toArray())));
            }
        }
    }

    /** Tasks, rows, sources and columns in another order: the same model, bit by bit. */
    @Test
    void noOrderChangesAnything() {
        Source exam = turned(MixedStudy.EXAM);
        Source lab = turned(MixedStudy.LAB);
        TaskSet.Builder turned = TaskSet.builder();
        for (String name : List.of("west", "south", "north")) {
            Task task = DATA.task(name);
            Task.Builder builder = Task.of(name, task.family()).rows(task.rows().reversed());
            List<Source> sources = new ArrayList<>(task.blocks().keySet());
            for (int s = sources.size() - 1; s >= 0; s--) {
                double[][] block = task.cells().get(sources.get(s));
                Source source = sources.get(s);
                boolean turn = source.equals(MixedStudy.EXAM) || source.equals(MixedStudy.LAB);
                builder.block(source.equals(MixedStudy.EXAM) ? exam : turn ? lab : source, IntStream.range(0, task.size())
                        .mapToObj(i -> turn ? turned(block[task.size() - 1 - i]) : block[task.size() - 1 - i]).toArray(double[][]::new));
            }
            turned.task(builder.response(IntStream.range(0, task.size()).mapToDouble(i -> task.response()[task.size() - 1 - i]).toArray()));
        }
        for (Variant variant : Variant.values()) {
            MtlHmb options = MtlHmbTest.OPTIONS.epochs(2).variant(variant);
            MtlHmbModel one = MtlHmbTest.fit(options, Precision.F64);
            MtlHmbModel other = MtlHmbTest.fit(options, DataSplit.random(turned.build(), 0.2, 0.2, RandomStream.of(1)), Precision.F64, 2)
                    .orThrow();
            assertThat(other.weights()).isEqualTo(one.weights());
            assertThat(other.encoding()).isEqualTo(one.encoding());
            assertThat(other.tasks()).isEqualTo(one.tasks());
        }
    }

    private static Source turned(Source source) {
        List<Column> columns = new ArrayList<>(source.columns());
        java.util.Collections.reverse(columns);
        return new Source(source.name(), columns);
    }

    private static double[] turned(double[] row) {
        return IntStream.range(0, row.length).mapToDouble(j -> row[row.length - 1 - j]).toArray();
    }

    /**
     * A column and a response in another unit: by powers of two the same bits, by powers of ten the same to what training makes of
     * rounding.
     */
    @ParameterizedTest
    @ValueSource(strings = {"0x1p500", "0x1p-500", "1e150", "1e-150"})
    void noUnitChangesAnything(String text) {
        double unit = Double.parseDouble(text);
        MtlHmb options = MtlHmbTest.OPTIONS.epochs(3);
        DataSplit scaled = DataSplit.of(scaled(unit), task -> {
            TaskSplit split = MtlHmbTest.SPLIT.task(task.name());
            return new TaskSplit(task, split.train(), split.validation(), split.test());
        });
        MtlHmbModel plain = MtlHmbTest.fit(options, Precision.F64);
        MtlHmbModel other = MtlHmbTest.fit(options, scaled, Precision.F64, 2).orThrow();
        boolean exact = text.startsWith("0x");
        for (Task task : scaled.data().tasks()) {
            double response = task.name().equals("south") ? unit : 1;
            double[] expected = Arrays.stream(plain.predict(task.name(), Observations.of(DATA.task(task.name())))).map(y -> y * response)
                    .toArray();
            double[] actual = other.predict(task.name(), Observations.of(task));
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).isCloseTo(expected[i], within(exact ? 0 : 1e-9 * response));
            }
        }
        if (exact) {
            assertThat(other.weights()).isEqualTo(plain.weights());
        }
    }

    /** Rows keep their names, and so their places. Ages, sugars and the southern response are scaled. */
    private static TaskSet scaled(double unit) {
        TaskSet.Builder scaled = TaskSet.builder();
        for (Task task : DATA.tasks()) {
            Task.Builder builder = Task.of(task.name(), task.family()).rows(task.rows());
            task.cells().forEach((source, block) -> builder.block(source, Arrays.stream(block).map(row -> {
                double[] changed = row.clone();
                changed[0] *= source.equals(MixedStudy.EXAM) || source.equals(MixedStudy.LAB) ? unit : 1;
                return changed;
            }).toArray(double[][]::new)));
            scaled.task(builder.response(Arrays.stream(task.response()).map(y -> task.name().equals("south") ? y * unit : y).toArray()));
        }
        return scaled.build();
    }

    /** A flag that is 1 in every training row, in the anchor and in a block that only some tasks observe; and a level nobody has. */
    @Test
    void whatDoesNotVaryInTrainingMovesNothing() {
        Source exam = Source.of("exam", Column.continuous("age"), Column.binary("alive"), Column.categorical("ward", "A", "B", "C"));
        Source lab = Source.of("lab", Column.continuous("sugar"), Column.continuous("batch"));
        RandomStream random = RandomStream.of(5);
        TaskSet.Builder builder = TaskSet.builder();
        for (String name : List.of("a", "b")) {
            double[][] x = new double[30][];
            double[][] z = new double[30][];
            double[] y = new double[30];
            for (int i = 0; i < 30; i++) {
                x[i] = new double[] {random.nextGaussian(), 1, i % 2};
                z[i] = new double[] {random.nextGaussian(), 7};
                y[i] = x[i][0] + z[i][0] + x[i][2];
            }
            Task.Builder task = Task.continuous(name).block(exam, x);
            builder.task((name.equals("a") ? task.block(lab, z) : task).response(y));
        }
        TaskSet data = builder.build();
        MtlHmbModel model = MtlHmbTest.fit(MtlHmbTest.OPTIONS.epochs(5), DataSplit.random(data, 0.2, 0, RandomStream.of(1)), Precision.F64,
                2).orThrow();
        for (String task : List.of("a", "b")) {
            double[] seen = model.predict(task, row(exam, lab, new double[] {0.3, 1, 1}, new double[] {0.2, 7}));
            assertThat(model.predict(task, row(exam, lab, new double[] {0.3, 0, 1}, new double[] {0.2, -1e6}))).isEqualTo(seen);
            assertThat(model.predict(task, row(exam, lab, new double[] {0.3, Double.NaN, 1}, new double[] {0.2, Double.NaN})))
                    .isEqualTo(seen);
            assertThat(model.predict(task, row(exam, lab, new double[] {0.3, 1, 2}, new double[] {0.2, 7})))
                    .isEqualTo(model.predict(task, row(exam, lab, new double[] {0.3, 1, Double.NaN}, new double[] {0.2, 7})));
            assertThat(model.predict(task, row(exam, lab, new double[] {0.4, 1, 1}, new double[] {0.2, 7}))).isNotEqualTo(seen);
        }
        assertThat(model.encoding().constantColumns()).containsExactly("alive", "batch");
        double[][] imputed = model.impute(ENGINE, "b", Observations.of(data.task("b"))).get(lab);
        assertThat(Arrays.stream(imputed).mapToDouble(cells -> cells[1]).toArray()).containsOnly(7);
    }

    private static Observations row(Source exam, Source lab, double[] x, double[] z) {
        return new Observations(List.of("new"), Map.of(exam, new double[][] {x}, lab, new double[][] {z}));
    }

    @Test
    void isReadBackFromItsState() {
        ModelState state = MODEL.state();
        assertThat(state.kind()).isEqualTo("mtl-hmb");
        MtlHmbModel.Settings settings = (MtlHmbModel.Settings) state.settings();
        Model read = new MtlHmbModel(settings.options(), settings.layout(), settings.encoding(), new Weights(state.weights().tensors()));
        assertThat(read).isEqualTo(MODEL);
        assertThat(read.responses()).containsExactly(Map.entry("north", ResponseFamily.BINARY),
                Map.entry("south", ResponseFamily.CONTINUOUS),
                Map.entry("west", ResponseFamily.BINARY));
        assertThat(read.hyperparameters()).containsEntry("encoder width", "8").containsEntry("orthogonality penalty", "0.01")
                .containsEntry("imputer depth", "1");
        try (BoundModel bound = read.bind(ENGINE)) {
            for (Task task : DATA.tasks()) {
                assertThat(bound.predict(task.name(), Observations.of(task))).isEqualTo(MODEL.predict(task.name(), Observations.of(task)));
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Layout layout = MODEL.layout();
        refused(MODEL.options().width(9), layout, MODEL.encoding(), MODEL.weights(),
                "weights 'network/shared/encoder/0/bias' should be [9] and are [8]");
        refused(MODEL.options().depth(1_000_000_000), layout, MODEL.encoding(), MODEL.weights(),
                "depth 1000000000 needs more than the " + MODEL.weights().tensors().size() + " weights there are");
        refused(MODEL.options(), layout, MODEL.encoding(), MODEL.weights().and("more", Tensor.vector(1)),
                "weights 'more' belong to nothing in the model");
        refused(MODEL.options(), layout, MODEL.encoding(), MODEL.weights().and("network/shared/head/bias", Tensor.vector(Double.NaN)),
                "weights 'network/shared/head/bias' hold NaN, which is not finite");
        refused(MODEL.options(), new Layout(layout.anchors(), layout.others(), List.of(3, 2, 4, 3), layout.tasks()), MODEL.encoding(),
                MODEL.weights(),
                "layout: widths [3, 2, 4, 3], but the encoding gives [3, 2, 4, 2]");
        refused(MODEL.options(), layout, null, MODEL.weights(), "the encoding is missing");
        refused(null, layout, MODEL.encoding(), MODEL.weights(), "mtl-hmb: needs options, layout, encoding and weights");
        FeatureEncoding narrow = new FeatureEncoding(MODEL.encoding().scaling(), MODEL.encoding().features(), Map.of());
        refused(MODEL.options(), layout, narrow, MODEL.weights(), "the encoding lacks the scale of task 'north'");
        Layout.TaskInfo north = layout.tasks().getFirst();
        assertThatThrownBy(() -> new Layout(layout.anchors(), layout.others(), layout.widths(), List.of(north, north)))
                .hasMessage("layout: task 'north' is there twice");
        assertThatThrownBy(() -> new Layout(layout.anchors(), layout.anchors(), layout.widths(), layout.tasks()))
                .hasMessage("layout: source 'exam' is there twice");
        assertThatThrownBy(() -> new Layout(layout.anchors(), List.of(), List.of(3, 2), List.of(north)))
                .hasMessage("layout: task 'north' observes 'lab', which is not among the sources []");
        assertThatThrownBy(() -> new Layout(layout.anchors(), layout.others(), List.of(3, 2), layout.tasks()))
                .hasMessage("layout: widths [3, 2] for 4 sources; each needs one, at least 1");
    }

    private static void refused(MtlHmb options, Layout layout, FeatureEncoding encoding, Weights weights, String message) {
        assertThatThrownBy(() -> new MtlHmbModel(options, layout, encoding, weights)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
