package intarsia.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.models.AdditivePredictor;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Predictor;
import intarsia.models.Progress;
import intarsia.models.RecordsPredictions;
import intarsia.models.data.CellNodes;
import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.evaluation.ChangedRows;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Comparison.Score;
import intarsia.models.evaluation.Evaluation;
import intarsia.models.explanation.Explanation;
import intarsia.models.files.model.RunFolder;
import intarsia.models.onnx.OnnxExport;
import intarsia.models.reduction.BinaryReduction;
import intarsia.models.response.Binomial;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Gaussian;
import intarsia.models.response.Metric;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model promises, whatever it is: the models' counterpart of the op cases. */
class EstimatorCasesTest {
    private static final int NEW = 11;
    private static final List<String> TASKS = List.of("mainz", "oslo", "bergen");

    static Stream<Arguments> cases() {
        return EstimatorCases.all().stream().flatMap(of -> of.families().stream().map(family ->
                Arguments.of(of, Named.of(family.key(), family))));
    }

    static Stream<EstimatorCase> estimators() {
        return EstimatorCases.all().stream();
    }

    private static Model fit(Estimator estimator, TaskSet data, int threads) {
        RandomStream random = RandomStream.of(3, "case");
        try (Engine engine = Engine.options().threads(threads).open()) {
            return estimator.fit(new FitContext(engine, DataSplit.random(data, 0.2, 0.2, random), random, Progress.NONE)).orThrow();
        }
    }

    private static Model fit(EstimatorCase of, EstimatorData data) {
        return fit(of.estimator(), data.taskSet(), 1);
    }

    /** Predictions of new rows of every task. */
    private static double[] predictions(Model model, EstimatorData form) {
        return TASKS.stream().flatMapToDouble(task -> Arrays.stream(model.predict(task, form.newRows(task, NEW)))).toArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("estimators")
    void whatIsNotLearnedIsRefusedInOneLine(EstimatorCase of) {
        List<ResponseFamily> learned = EstimatorCase.ALL.stream().filter(of.estimator()::learns).toList();
        if (of.estimator() instanceof BinaryReduction) {
            assertThat(learned).as("some are cases of what is reduced").containsAll(of.families());
        } else {
            assertThat(learned).containsExactlyInAnyOrderElementsOf(of.families());
        }
        EstimatorCase.ALL.stream().filter(family -> !learned.contains(family)).forEach(family ->
                assertThatThrownBy(() -> fit(of, data(family))).as(family.key()).isInstanceOf(DataException.class)
                        .hasMessageContaining("does not learn").hasMessageContaining("of kind " + family.key())
                        .message().doesNotContain("\n").hasSizeLessThan(300));
    }

    private static EstimatorData data(ResponseFamily family) {
        return new EstimatorData(family);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void sameSeedAndAnyNumberOfThreadsSameBits(EstimatorCase of, ResponseFamily family) {
        double[] once = predictions(fit(of, data(family)), data(family));
        assertThat(once).hasSize(3 * NEW * family.width());
        possible(once, family);
        assertThat(predictions(fit(of, data(family)), data(family))).as("again").isEqualTo(once);
        assertThat(predictions(fit(of.estimator(), data(family).taskSet(), 2), data(family))).as("2 threads").isEqualTo(once);
    }

    /** Predictions that a family may have. */
    private static void possible(double[] predicted, ResponseFamily family) {
        assertThat(Arrays.stream(predicted).allMatch(Double::isFinite)).as("finite").isTrue();
        for (int from = 0; from < predicted.length; from += family.width()) {
            double[] of = Arrays.copyOfRange(predicted, from, from + family.width());
            switch (family) {
                case Gaussian _ -> { }
                case Count _ -> assertThat(of[0]).isPositive();
                case Survival _ -> {
                    assertThat(of[0]).isLessThanOrEqualTo(1);
                    assertThat(of[of.length - 1]).isGreaterThanOrEqualTo(0);
                    assertThat(IntStream.range(1, of.length).allMatch(k -> of[k] <= of[k - 1])).as("survival falls").isTrue();
                }
                default -> {
                    assertThat(Arrays.stream(of).allMatch(p -> p >= 0 && p <= 1)).as("probabilities %s", Arrays.toString(of)).isTrue();
                    if (of.length > 1) {
                        assertThat(Arrays.stream(of).sum()).isCloseTo(1, within(1e-12));
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void noOrderMatters(EstimatorCase of, ResponseFamily family) {
        double[] once = predictions(fit(of, data(family)), data(family));
        assertThat(predictions(fit(of, data(family).reversed()), data(family))).as("rows reversed").isEqualTo(once);
        assertThat(predictions(fit(of, data(family).tasks("oslo", "bergen", "mainz")), data(family))).as("tasks").isEqualTo(once);
        assertThat(predictions(fit(of, data(family).otherColumnOrder()), data(family).otherColumnOrder())).as("columns").isEqualTo(once);
        double[] unnamed = predictions(fit(of, data(family).unnamed()), data(family));
        assertThat(predictions(fit(of, data(family).unnamed().reversed()), data(family))).as("rows without names reversed")
                .isEqualTo(unnamed);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void whatIsRecordedPredictsTheSame(EstimatorCase of, ResponseFamily family) {
        Model model = fit(of, data(family));
        assumeThat(RecordsPredictions.records(model)).isTrue();
        RecordsPredictions records = RecordsPredictions.of(model);
        for (String task : TASKS) {
            Observations rows = withHoles(data(family).newRows(task, NEW));
            assertThat(recorded(records, task, rows)).as(task)
                    .containsExactly(model.predict(task, rows), within(1e-12 * (family instanceof Gaussian ? 20 : 1)));
        }
        if (!model.sources().isEmpty()) {
            try (OnnxRuntime runtime = OnnxRuntime.of(OnnxExport.DEFAULT.bytes(model))) {
                for (String task : TASKS) {
                    Observations rows = withHoles(data(family).newRows(task, NEW));
                    assertThat(runtime.predict(model, task, rows)).as("ONNX, %s", task)
                            .containsExactly(model.predict(task, rows), within(1e-12 * (family instanceof Gaussian ? 20 : 1)));
                }
            }
        }
    }

    /** Every third row without its first cell, every fourth without all but the anchor, every fifth without any cell. */
    private static Observations withHoles(Observations rows) {
        Map<Source, double[][]> blocks = new LinkedHashMap<>();
        rows.blocks().forEach((source, block) -> {
            double[][] cells = Arrays.stream(block).map(double[]::clone).toArray(double[][]::new);
            for (int i = 0; i < cells.length; i++) {
                cells[i][0] = i % 3 == 0 ? Double.NaN : cells[i][0];
                if (i % 4 == 0 && source.name().equals("labs") || i % 5 == 0) {
                    Arrays.fill(cells[i], Double.NaN);
                }
            }
            blocks.put(source, cells);
        });
        return new Observations(rows.rows(), blocks);
    }

    /** What a plan of a model's graph gives. */
    private static double[] recorded(RecordsPredictions model, String task, Observations rows) {
        Graph graph = new Graph();
        Map<Source, CellNodes> cells = new LinkedHashMap<>();
        for (Source source : model.sources()) {
            int width = source.columns().size();
            cells.put(source, new CellNodes(graph.input("values/" + source.name(), rows.size(), width),
                    graph.input("known/" + source.name(), rows.size(), width)));
        }
        int width = model.response(task).width();
        Node predicted = model.record(graph, task, cells).broadcastTo(Shape.of(rows.size(), width));
        try (Engine engine = Engine.open()) {
            Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1, "none")), predicted);
            cells.forEach((source, of) -> {
                double[][] block = rows.blocks().get(source);
                double[] all = block == null ? new double[rows.size() * source.columns().size()]
                        : Arrays.stream(block).flatMapToDouble(Arrays::stream).toArray();
                double[] known = Arrays.stream(all).map(cell -> block == null || Double.isNaN(cell) ? 0 : 1).toArray();
                set(plan, of.known(), known);
                set(plan, of.values(), Arrays.stream(all).map(cell -> Double.isNaN(cell) ? 0 : cell).toArray());
            });
            plan.run();
            double[] result = new double[rows.size() * width];
            plan.download(predicted, result);
            return result;
        }
    }

    private static void set(Plan plan, Node input, double[] values) {
        if (plan.reads(input)) {
            plan.set(input, values);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void aRowsPredictionIsItsOwn(EstimatorCase of, ResponseFamily family) throws Exception {
        Model model = fit(of, data(family));
        double[] together = predictions(model, data(family));
        try (Engine engine = Engine.open(); BoundModel bound = model.bind(engine);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int t = 0; t < TASKS.size(); t++) {
                Observations rows = data(family).newRows(TASKS.get(t), NEW);
                for (int i = 0; i < NEW; i++) {
                    assertThat(bound.predict(TASKS.get(t), row(rows, i))).isEqualTo(Arrays.copyOfRange(together,
                            (t * NEW + i) * family.width(), (t * NEW + i + 1) * family.width()));
                }
            }
            List<Callable<double[]>> calls = new ArrayList<>();
            for (int k = 0; k < 24; k++) {
                String task = TASKS.get(k % 3);
                calls.add(() -> bound.predict(task, data(family).newRows(task, NEW)));
            }
            List<Future<double[]>> answers = threads.invokeAll(calls);
            for (int k = 0; k < answers.size(); k++) {
                assertThat(answers.get(k).get()).as("from several threads")
                        .isEqualTo(Arrays.copyOfRange(together, k % 3 * NEW * family.width(), (k % 3 + 1) * NEW * family.width()));
            }
        }
    }

    /** Every source withheld, permuted, asked of another task: a prediction comes of it. Parts add up, and what is shared is a part. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void partsOfPredictionsAddUp(EstimatorCase of, ResponseFamily family) {
        Model model = fit(of, data(family));
        try (Engine engine = Engine.open(); BoundModel bound = model.bind(engine)) {
            for (String task : TASKS) {
                Observations rows = data(family).newRows(task, NEW);
                double[] predicted = bound.predict(task, rows);
                double[] eta = family.linear(predicted);
                for (Explanation.By by : Explanation.By.values()) {
                    Explanation parts = Explanation.of(model, bound, task, rows, by, RandomStream.of(1));
                    assertThat(parts.prediction()).isEqualTo(eta);
                    for (int at = 0; at < eta.length; at++) {
                        int number = at;
                        assertThat(parts.baseline()[at] + IntStream.range(0, parts.players().size()).mapToDouble(i ->
                                parts.part(i, number)).sum()).as("by " + by).isCloseTo(eta[at], within(1e-9));
                        if (parts.tellsShared()) {
                            assertThat(parts.baseline()[at] + parts.shared(at) + parts.own(at)).isCloseTo(eta[at], within(1e-9));
                        }
                    }
                    if (AdditivePredictor.is(bound, task)) {
                        Predictor plain = bound::predict;
                        Explanation counted = Explanation.of(model, plain, task, rows, by, RandomStream.of(1));
                        assertThat(parts.largestError()).isZero();
                        for (int at = 0; at < eta.length; at++) {
                            int number = at;
                            double way = IntStream.range(0, parts.players().size()).mapToDouble(i -> Math.abs(parts.part(i, number))).sum();
                            int row = at * NEW / eta.length;
                            boolean level = saturates(family, predicted[(row + 1) * family.width() - 1], parts.baseline()[at], way);
                            for (int i = 0; i < parts.players().size() && !level; i++) {
                                assertThat(parts.part(i, at)).as("additive, as it says").isCloseTo(counted.part(i, at), within(1e-4));
                            }
                        }
                    }
                }
                ChangedRows.of(model, bound, task, rows, TASKS, RandomStream.of(2)).forEach(changed ->
                        possible(changed.predicted(), family));
            }
        }
    }

    /** Whether probabilities may be kept off 0 and 1 on the way from the baseline: there linear predictors of parts do not add up. */
    private static boolean saturates(ResponseFamily family, double last, double baseline, double way) {
        return family instanceof Survival ? -Math.log(last) * Math.exp(way) > 30 : Math.abs(baseline) + way > 25;
    }

    private static Observations row(Observations rows, int i) {
        Map<Source, double[][]> one = new LinkedHashMap<>();
        rows.blocks().forEach((source, block) -> one.put(source, new double[][] {block[i]}));
        return new Observations(List.of(rows.rows().get(i)), one);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void whatIsAskedWronglyIsRefused(EstimatorCase of, ResponseFamily family) {
        Model model = fit(of, data(family));
        assertThat(model.tasks()).containsExactly("bergen", "mainz", "oslo");
        assertThat(model.response("oslo")).isEqualTo(family);
        Observations rows = data(family).newRows("oslo", 2);
        assertThatThrownBy(() -> model.predict("paris", rows)).isInstanceOf(DataException.class).hasMessageContaining("'paris'")
                .hasMessageContaining("bergen, mainz, oslo");
        for (Source required : model.requiredSources()) {
            Map<Source, double[][]> without = new LinkedHashMap<>(rows.blocks());
            without.remove(required);
            assertThatThrownBy(() -> model.predict("oslo", new Observations(rows.rows(), without))).isInstanceOf(DataException.class)
                    .hasMessageContaining("'" + required.name() + "'");
        }
        Map<Source, double[][]> more = new LinkedHashMap<>(rows.blocks());
        more.put(Source.of("other", "spare"), new double[][] {{1}, {2}});
        assertThat(model.predict("oslo", new Observations(rows.rows(), more))).as("a source it does not know")
                .isEqualTo(model.predict("oslo", rows));
        assertThat(model.predict("oslo", new Observations(List.of(),
                Map.of(data(family).examSource(), new double[0][], data(family).labSource(),
                new double[0][])))).as("no rows").isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void savedAndReadBackItIsTheSame(EstimatorCase of, ResponseFamily family, @TempDir Path folder) {
        Model model = fit(of, data(family));
        RunFolder.save(model, folder.resolve("saved"));
        Model read = RunFolder.read(folder.resolve("saved")).model();
        assertThat(predictions(read, data(family))).isEqualTo(predictions(model, data(family)));
        assertThat(read.responses()).isEqualTo(model.responses());
        assertThat(read.requiredSources()).isEqualTo(model.requiredSources());
        assertThat(read.hyperparameters()).isEqualTo(model.hyperparameters());
        assertThat(read.findings(data(family).taskSet())).hasSameSizeAs(model.findings(data(family).taskSet()));
    }

    /** The saved model is fitted by the call that the comparison judges: same candidates, same rule, same values chosen. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void whatTheComparisonJudgesIsWhatIsFitted(EstimatorCase of, ResponseFamily family) {
        TaskSet data = data(family).taskSet();
        RandomStream random = RandomStream.of(5, "judged");
        try (Engine engine = Engine.options().threads(1).open()) {
            Evaluation judged = new Comparison(List.of(of.estimator()), 1, Engine.options().threads(1))
                    .run(data, engine.pool(), random, Progress.NONE).evaluations().getFirst();
            DataSplit split = data.resampling().split(data, 0, random);
            RandomStream own = random.child("repeat", 0).child(of.estimator().key());
            Model model = of.estimator().fit(new FitContext(engine, split, own, Progress.NONE)).orThrow();
            assertThat(judged.chosen()).isEqualTo(model.hyperparameters());
            for (TaskSplit task : split.tasks()) {
                double[] predicted = model.predict(task.task().name(), task.observations(task.test()));
                for (Metric metric : family.metrics()) {
                    assertThat(judged.scores()).contains(new Score(0, of.estimator().key(), task.task().name(), metric,
                            metric.of(family, task.responses(task.test()), predicted)));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void whatDidNotVaryMovesNothing(EstimatorCase of, ResponseFamily family) {
        Column[] columns = {Column.continuous("age"), Column.continuous("constant"), Column.binary("sex"),
                Column.categorical("stage", "I", "II", "III")};
        EstimatorData form = data(family).exam(columns).changed("sex", x -> 0).changed("stage", x -> 1);
        Model model = fit(of, form);
        double[] asTrained = predictions(model, form);
        EstimatorData other = data(family).exam(columns).changed("constant", x -> 8).changed("sex", x -> 1).changed("stage", x -> 2);
        assertThat(predictions(model, other)).isEqualTo(asTrained);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void unitsDoNotMatter(EstimatorCase of, ResponseFamily family) {
        double[] once = predictions(fit(of, data(family)), data(family));
        for (int power : new int[] {-150, -13, 12, 150}) {
            double unit = Double.parseDouble("1e" + power);
            EstimatorData scaled = data(family).changed("age", x -> x * unit).changed("crp", x -> x * unit);
            assertThat(predictions(fit(of, scaled), scaled)).as("columns times 1e%d", power)
                    .containsExactly(once, within(1e-6 * size(once)));
            if (family instanceof Gaussian) {
                double[] back = Arrays.stream(predictions(fit(of, data(family).unit(unit)), data(family))).map(y -> y / unit).toArray();
                assertThat(back).as("response times 1e%d", power).containsExactly(once, within(1e-6 * size(once)));
            }
        }
        if (family instanceof Survival || family instanceof Count) {
            Model model = fit(of, data(family).unit(1024));
            assertThat(model.response("oslo")).isEqualTo(data(family).unit(1024).family());
            double rate = family instanceof Count ? 1024 : 1;
            assertThat(Arrays.stream(predictions(model, data(family))).map(y -> y * rate).toArray()).as("times or exposures times 1024")
                    .isEqualTo(once);
        }
    }

    /** No model lets rows count alike that do not; the order of rows does not matter to weights either. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void rowsCountByTheirWeights(EstimatorCase of, ResponseFamily family) {
        double[] weighted = predictions(fit(of, data(family).weights(row -> row % 2 == 0 ? 1.9 : 0.1)), data(family));
        possible(weighted, family);
        assertThat(weighted).isNotEqualTo(predictions(fit(of, data(family)), data(family)));
        assertThat(predictions(fit(of, data(family).weights(row -> row % 2 == 0 ? 1.9 : 0.1).reversed()), data(family)))
                .as("rows reversed").isEqualTo(weighted);
    }

    private static double size(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(1);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void aTaskWhoseResponseNeverVariesIsLearnedWithTheOthers(EstimatorCase of, ResponseFamily family) {
        EstimatorData form = data(family).constantIn("oslo");
        Model model = fit(of, form);
        possible(predictions(model, form), family);
        if (family instanceof Binomial || family instanceof Classes || family instanceof Ordered) {
            assertThat(Arrays.stream(model.predict("oslo", form.newRows("oslo", NEW))).allMatch(p -> p > 0 && p < 1))
                    .as("sixty rows do not make a certainty").isTrue();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void awkwardDataAreLearnedOrRefusedInOneLine(EstimatorCase of, ResponseFamily family) {
        Map<String, TaskSet> awkward = new LinkedHashMap<>();
        awkward.put("two tasks", data(family).tasks("oslo", "mainz").taskSet());
        awkward.put("one task", data(family).tasks("oslo").taskSet());
        awkward.put("one column", data(family).exam(Column.continuous("age")).taskSet());
        awkward.put("a column twice", data(family).exam(Column.continuous("age"), Column.continuous("age2")).taskSet());
        awkward.put("two rows a task", data(family).rows(2).taskSet());
        awkward.put("one row a task", data(family).rows(1).taskSet());
        awkward.put("a response that never varies", data(family).constantIn("oslo", "mainz", "bergen").taskSet());
        awkward.forEach((name, tasks) -> {
            Model model;
            try {
                model = fit(of.estimator(), tasks, 1);
            } catch (DataException e) {
                assertThat(e.getMessage()).as(name).doesNotContain("\n").hasSizeLessThan(300);
                return;
            }
            Observations rows = Observations.of(tasks.tasks().getFirst());
            possible(model.predict(tasks.tasks().getFirst().name(), rows), family);
        });
    }
}
