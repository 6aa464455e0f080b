package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.Finding;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.Metric;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.HeldOutLoss;
import intarsia.models.selection.Tuned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TenMTL from tables: what is saved, what is told, and data of every size. */
class TenMtlModelTest {
    private static final Engine ENGINE = Engine.open();

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static FitContext context(DataSplit split) {
        return new FitContext(ENGINE, split, RandomStream.of(1, "fit"), Progress.NONE);
    }

    private static Model fit(Estimator estimator, DataSplit split) {
        return estimator.fit(context(split)).orThrow();
    }

    /** Tasks of these numbers of rows on columns x0, x1, .. in source "x" and z0 in source "z"; a unit for each. */
    private static TaskSet data(ResponseFamily family, int columns, double unit, double responseUnit, int... rows) {
        return data(family, columns, unit, responseUnit, false, rows);
    }

    private static TaskSet data(ResponseFamily family, int columns, double unit, double responseUnit, boolean reversed, int... rows) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, columns).boxed().toList());
        Source z = Source.of("z", "z0");
        if (reversed) {
            Collections.reverse(order);
        }
        Source x = new Source("x", order.stream().map(j -> Column.continuous("x" + j)).toList());
        List<Task> tasks = new ArrayList<>();
        for (int t = 0; t < rows.length; t++) {
            RandomStream random = RandomStream.of(7, "data/" + t);
            List<String> names = new ArrayList<>();
            List<double[]> xs = new ArrayList<>();
            List<double[]> zs = new ArrayList<>();
            List<Double> ys = new ArrayList<>();
            for (int i = 0; i < rows[t]; i++) {
                double[] numbers = IntStream.range(0, columns).mapToDouble(j -> random.nextGaussian()).toArray();
                double eta = (1 + 0.3 * t) * numbers[0] - 0.5 * t + random.nextGaussian();
                names.add("r" + i);
                xs.add(order.stream().mapToDouble(j -> numbers[j] * unit).toArray());
                zs.add(new double[] {random.nextGaussian()});
                ys.add(family.standardized() ? (10 + eta) * responseUnit : eta > 0 ? 1.0 : 0.0);
            }
            if (reversed) {
                List.of(names, xs, zs, ys).forEach(Collections::reverse);
            }
            Task.Builder task = Task.of("t" + t, family).rows(names);
            double[][] xBlock = xs.toArray(double[][]::new);
            double[][] zBlock = zs.toArray(double[][]::new);
            task = reversed ? task.block(z, zBlock).block(x, xBlock) : task.block(x, xBlock).block(z, zBlock);
            tasks.add(task.response(ys.stream().mapToDouble(Double::doubleValue).toArray()));
        }
        if (reversed) {
            Collections.reverse(tasks);
        }
        TaskSet.Builder builder = TaskSet.builder();
        tasks.forEach(builder::task);
        return builder.build();
    }

    private static List<Estimator> methods(TensorForm form) {
        List<Estimator> methods = new ArrayList<>(PersonalBaselines.all(form));
        methods.add(TenMtl.tuned(form, List.of(TuckerRanks.upTo(1), TuckerRanks.upTo(2), TuckerRanks.upTo(4)), List.of(0.0, 0.01, 0.1), 1));
        return methods;
    }

    /** Two tasks, one column, modes of one column, tasks of two rows and of one, with rows to validate by and without. */
    @Test
    void defaultsSuitDataOfAnySize() {
        TensorForm modes = new TensorForm(List.of(List.of("x"), List.of("z")), Map.of());
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
            for (int[] rows : new int[][] {{30, 30}, {30}, {2, 2, 2}, {1, 1}, {40, 2, 2, 1}, {12, 12, 12, 12, 12, 12}}) {
                for (int columns : new int[] {1, 3}) {
                    TaskSet data = data(family, columns, 1, 1, rows);
                    for (DataSplit split : List.of(DataSplit.all(data), DataSplit.random(data, 0.2, 0.2, RandomStream.of(2)))) {
                        for (TensorForm form : List.of(TensorForm.AS_GIVEN, modes)) {
                            for (Estimator method : methods(form)) {
                                Model model = fit(method, split);
                                for (Task task : data.tasks()) {
                                    assertThat(Arrays.stream(model.predict(task.name(), Observations.of(task))).allMatch(Double::isFinite))
                                            .as("%s %s rows %s", method.key(), family.key(), Arrays.toString(rows)).isTrue();
                                }
                                assertThat(model.findings(data)).isNotNull();
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void columnsAndResponsesThatDoNotVaryAreServed() {
        Source source = Source.of("x", "same", "varies", "double");
        TaskSet.Builder builder = TaskSet.builder();
        for (int t = 0; t < 3; t++) {
            RandomStream random = RandomStream.of(t, "constant");
            double[][] x = new double[8][];
            for (int i = 0; i < 8; i++) {
                double v = random.nextGaussian();
                x[i] = new double[] {0.1, v, 2 * v};
            }
            double[] y = new double[8];
            Arrays.fill(y, t == 0 ? 1e150 : 0.1);
            builder.task(Task.continuous("t" + t).block(source, x).response(y));
        }
        TaskSet data = builder.build();
        for (Estimator method : methods(TensorForm.AS_GIVEN)) {
            Model model = fit(method, DataSplit.all(data));
            assertThat(model.predict("t0", Observations.of(data.task("t0")))).as(method.key())
                    .containsOnly(new double[] {1e150}, within(1e138));
            Observations moved = new Observations(List.of("a", "b"), Map.of(source, new double[][] {{0.1, 1, 2}, {77, 1, 2}}));
            double[] predicted = model.predict("t1", moved);
            assertThat(predicted[1]).as(method.key()).isEqualTo(predicted[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-150, -3, 150})
    void unitsDoNotMatter(int exponent) {
        double unit = Double.parseDouble("1e" + exponent);
        TaskSet plain = data(ResponseFamily.CONTINUOUS, 3, 1, 1, 30, 20, 25);
        TaskSet scaled = data(ResponseFamily.CONTINUOUS, 3, unit, unit, 30, 20, 25);
        for (Estimator method : methods(TensorForm.AS_GIVEN)) {
            Model one = fit(method, DataSplit.random(plain, 0.2, 0.2, RandomStream.of(2)));
            Model other = fit(method, DataSplit.random(scaled, 0.2, 0.2, RandomStream.of(2)));
            for (Task task : plain.tasks()) {
                double[] expected = one.predict(task.name(), Observations.of(task));
                double[] predicted = other.predict(task.name(), Observations.of(scaled.task(task.name())));
                assertThat(Arrays.stream(predicted).map(y -> y / unit).toArray()).as(method.key()).containsExactly(expected, within(1e-6));
            }
        }
    }

    @Test
    void orderDoesNotMatter() {
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
            TaskSet data = data(family, 3, 1, 1, 30, 20, 25);
            TaskSet reversed = data(family, 3, 1, 1, true, 30, 20, 25);
            for (Estimator method : methods(TensorForm.AS_GIVEN)) {
                Model one = fit(method, DataSplit.random(data, 0.2, 0.2, RandomStream.of(2)));
                Model other = fit(method, DataSplit.random(reversed, 0.2, 0.2, RandomStream.of(2)));
                Observations rows = Observations.of(data.task("t1"));
                Observations same = Observations.of(reversed.task("t1"));
                double[] expected = one.predict("t1", rows);
                double[] predicted = other.predict("t1", same);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(predicted[same.rows().indexOf(rows.rows().get(i))]).as(method.key()).isEqualTo(expected[i]);
                }
            }
        }
    }

    /** The model that is saved is the one that a comparison judges, value by value. */
    @Test
    void aModelComesBackFromItsState() {
        TaskSet data = data(ResponseFamily.CONTINUOUS, 4, 1, 1, 40, 40, 40, 40, 40);
        DataSplit split = DataSplit.random(data, 0.2, 0.2, RandomStream.of(2));
        Tuned tuned = TenMtl.tuned(TensorForm.AS_GIVEN, List.of(TuckerRanks.of(1, 1), TuckerRanks.of(2, 2)), List.of(0.0, 0.1), 2);
        TenMtlModel model = (TenMtlModel) fit(tuned, split);
        TenMtlModel.Settings settings = (TenMtlModel.Settings) model.state().settings();
        TenMtlModel back = new TenMtlModel(settings, model.state().weights());
        Observations rows = Observations.of(data.task("t2"));
        assertThat(back.predict("t2", rows)).isEqualTo(model.predict("t2", rows));
        assertThat(fit(tuned, split).predict("t2", rows)).isEqualTo(model.predict("t2", rows));
        try (BoundModel bound = model.bind(ENGINE)) {
            assertThat(bound.predict("t2", rows)).isEqualTo(model.predict("t2", rows));
        }
        assertThat(model.tasks()).containsExactly("t0", "t1", "t2", "t3", "t4");
        // the choice is that of the held-out loss, and the chosen one is fitted again to training and validation rows
        List<TenMtl> candidates = tuned.candidates().stream().map(TenMtl.class::cast).toList();
        double[] losses = candidates.stream().mapToDouble(candidate -> HeldOutLoss.validation(fit(candidate, split), split)).toArray();
        int best = IntStream.range(0, losses.length).reduce(0, (a, b) -> losses[b] < losses[a] ? b : a);
        assertThat(model.options()).isEqualTo(candidates.get(best));
        assertThat(fit(candidates.get(best), split.withoutValidation()).predict("t2", rows)).isEqualTo(model.predict("t2", rows));
        assertThat(model.hyperparameters()).containsKeys("individual rank", "predictor ranks", "lasso", "best start",
                "worst start above the best", "stationary to");
        PersonalModel local = (PersonalModel) fit(PersonalBaselines.of("local-ridge", TensorForm.AS_GIVEN), split);
        PersonalModel again = new PersonalModel((PersonalModel.Settings) local.state().settings(), local.state().weights());
        assertThat(again.predict("t2", rows)).isEqualTo(local.predict("t2", rows));
        assertThat(again.hyperparameters()).containsKey("ridge");
        assertThatThrownBy(() -> new TenMtlModel(settings, model.state().weights().and("factor/1", Tensor.zeros(2, 2))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("weights 'factor/1' should be [5x");
        assertThatThrownBy(() -> new TenMtlModel(new TenMtlModel.Settings(settings.options(), settings.encoding(), List.of("a", "a"), 1,
                settings.starts()), model.state().weights())).hasMessageContaining("all different");
    }

    @Test
    void sourcesThatAreNotUsedAreTold() {
        Source anchor = Source.of("anchor", "a");
        Source some = Source.of("some", "s");
        TaskSet.Builder builder = TaskSet.builder();
        for (int t = 0; t < 3; t++) {
            RandomStream random = RandomStream.of(t, "unused");
            double[][] a = new double[10][];
            double[] y = new double[10];
            for (int i = 0; i < 10; i++) {
                a[i] = new double[] {random.nextGaussian()};
                y[i] = a[i][0] + random.nextGaussian();
            }
            Task.Builder task = Task.continuous("t" + t).block(anchor, a);
            builder.task((t == 0 ? task.block(some, a) : task).response(y));
        }
        TaskSet data = builder.build();
        for (Estimator method : methods(TensorForm.AS_GIVEN)) {
            Model model = fit(method, DataSplit.all(data));
            assertThat(model.hyperparameters()).as(method.key()).containsEntry("sources not used", "some");
            assertThat(model.requiredSources()).containsExactly(anchor);
            assertThatThrownBy(() -> model.predict("t0", new Observations(List.of("r"), Map.of(some, new double[][] {{1}}))))
                    .isInstanceOf(DataException.class).hasMessageContaining("lack source 'anchor'");
        }
        TenMtlModel model = (TenMtlModel) fit(TenMtl.options(), DataSplit.all(data));
        assertThat(((Finding.Text) model.findings(data).getFirst()).text()).contains("Sources not used: some.");
    }

    @Test
    void findingsAreTablesAndMatricesOfTheModel() {
        TaskSet data = TensorEncodingTest.data();
        TensorForm form = new TensorForm(List.of(List.of("time"), List.of("voice")), Map.of("day", List.of(3.5)));
        Model model = fit(TenMtl.options().form(form).ranks(2, 3, 2), DataSplit.all(data));
        List<Finding> findings = model.findings(data);
        assertThat(findings).extracting(Finding::name)
                .containsExactly("summary", "individuals", "similarity", "loadings-time", "loadings-voice", "variance");
        Finding.Table individuals = (Finding.Table) findings.get(1);
        assertThat(individuals.header())
                .containsExactly("individual", "direction 1", "direction 2", "intercept", "most similar to", "similarity");
        assertThat(individuals.rows()).hasSize(5);
        double intercept = Double.parseDouble(individuals.rows().get(3).get(3));
        double encoded = ((TenMtlModel) model).coefficients().intercepts()[3] * ((TenMtlModel) model).encoding().responseScale();
        assertThat(intercept).isCloseTo(encoded, within(1e-3));
        Finding.Matrix loadings = (Finding.Matrix) findings.get(3);
        assertThat(loadings.rows()).containsExactly("1", "day", "(day - 3.5)+");
        assertThat(loadings.values()).hasDimensions(3, 3);
        assertThat(((Finding.Matrix) findings.get(2)).values()).hasDimensions(5, 5);
        assertThat(((Finding.Text) findings.getFirst()).text()).contains("in common").contains("time: rank 3").contains("direction 1");
    }

    /**
     * Columns that separate labels have no finite solution without the prior; held-out rows must not pay for it, even where labels are
     * noise.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void separableLabelsStayCautious(boolean noise) {
        Source source = Source.of("x", IntStream.range(0, 20).mapToObj(j -> "x" + j).toArray(String[]::new));
        TaskSet.Builder builder = TaskSet.builder();
        for (int t = 0; t < 8; t++) {
            RandomStream random = RandomStream.of(t, "separable");
            double[][] x = new double[60][20];
            double[] y = new double[60];
            for (int i = 0; i < 60; i++) {
                x[i] = IntStream.range(0, 20).mapToDouble(j -> random.nextGaussian()).toArray();
                y[i] = (noise ? random.nextGaussian() : x[i][0] + 0.5 * x[i][1]) > 0 ? 1 : 0;
            }
            builder.task(Task.binary("t" + t).block(source, x).response(y));
        }
        TaskSet data = builder.build();
        DataSplit split = DataSplit.of(data, task -> TaskSplit.random(task, 0, 0.7, RandomStream.of(3, task.name())));
        for (int rank : new int[] {1, 2, 4}) {
            Model model = fit(TenMtl.options().ranks(TuckerRanks.upTo(rank)), split);
            double loss = 0;
            double mean = 0;
            for (TaskSplit task : split.tasks()) {
                double[] truth = task.responses(task.test());
                double share = (Arrays.stream(task.responses(task.train())).sum() + 0.5) / (task.train().length + 1);
                loss += Metric.LOG_LOSS.of(truth, model.predict(task.task().name(), task.observations(task.test()))) / 8;
                mean += Metric.LOG_LOSS.of(truth, Arrays.stream(truth).map(y -> share).toArray()) / 8;
            }
            assertThat(loss).as("rank %d against the mean's %s", rank, mean).isLessThan(noise ? mean + 0.15 : 0.7 * mean);
        }
        Outcome<? extends Model> local = new Local(0, 0).fit(context(split));
        assertThat(local).isInstanceOf(Outcome.Stopped.class);
        assertThat(((Outcome.Stopped<?>) local).why())
                .isEqualTo("local models: 8 of 8 regressions have no finite solution, because labels can be separated");
    }

    @Test
    void aTaskIsAdded() {
        TaskSet data = data(ResponseFamily.CONTINUOUS, 3, 1, 1, 40, 40, 40, 40, 40, 40);
        TaskSet.Builder five = TaskSet.builder();
        data.tasks().subList(0, 5).forEach(five::task);
        TenMtlModel model = (TenMtlModel) fit(TenMtl.options(), DataSplit.all(five.build()));
        Task last = data.task("t5");
        TaskSplit known = new TaskSplit(last, new int[] {0, 1, 2}, new int[] {3}, new int[0]);
        assertThat(model.needsVariedResponse()).isFalse();
        TenMtlModel more = model.add(ENGINE, known, RandomStream.of(1)).orThrow();
        assertThat(more.tasks()).containsExactly("t0", "t1", "t2", "t3", "t4", "t5");
        for (int t = 0; t < 5; t++) {
            Observations rows = Observations.of(data.task("t" + t));
            assertThat(more.predict("t" + t, rows)).isEqualTo(model.predict("t" + t, rows));
        }
        double[] truth = last.response();
        assertThat(Metric.RMSE.of(truth, more.predict("t5", Observations.of(last)))).isLessThan(2);
        TaskSplit one = new TaskSplit(last, new int[] {0}, new int[0], new int[0]);
        assertThat(model.add(ENGINE, one, RandomStream.of(1)).orThrow().predict("t5", Observations.of(last))).doesNotContain(Double.NaN);
        assertThatThrownBy(() -> more.add(ENGINE, known, RandomStream.of(1))).isInstanceOf(DataException.class)
                .hasMessageContaining("of this name already");
        Task lacks = Task.continuous("new").block(Source.of("z", "z0"), new double[][] {{1}}).response(1);
        assertThatThrownBy(() -> model.add(ENGINE, TaskSplit.all(lacks), RandomStream.of(1))).isInstanceOf(DataException.class)
                .hasMessageContaining("lack source 'x'");
        Task binary = data(ResponseFamily.BINARY, 3, 1, 1, 9).task("t0");
        Task other = Task.binary("new").block(binary.blocks().keySet().iterator().next(), binary.blocks().values().iterator().next())
                .response(binary.response());
        assertThatThrownBy(() -> model.add(ENGINE, TaskSplit.all(other), RandomStream.of(1)))
                .hasMessageContaining("its response is binary");
    }

    /** To populations of one task and of two, from one row and from several. */
    @Test
    void aTaskIsAddedToFew() {
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
            for (int tasks : new int[] {1, 2}) {
                TaskSet data = data(family, 2, 1, 1, 12, 12, 12);
                TaskSet.Builder some = TaskSet.builder();
                data.tasks().subList(0, tasks).forEach(some::task);
                TenMtlModel model = (TenMtlModel) fit(TenMtl.options(), DataSplit.all(some.build()));
                Task last = data.task("t2");
                for (int rows : new int[] {1, 6}) {
                    TaskSplit known = new TaskSplit(last, IntStream.range(0, rows).toArray(), new int[0], new int[0]);
                    double[] predicted = model.add(ENGINE, known, RandomStream.of(1)).orThrow().predict("t2", Observations.of(last));
                    assertThat(Arrays.stream(predicted).allMatch(Double::isFinite)).isTrue();
                }
            }
        }
    }

    @Test
    void tasksOfDifferentKindsAreRefused() {
        Source source = Source.of("x", "x");
        TaskSet data = TaskSet.builder().task(Task.continuous("a").block(source, new double[][] {{1}, {2}}).response(1, 2))
                .task(Task.binary("b").block(source, new double[][] {{1}, {2}}).response(0, 1)).build();
        assertThatThrownBy(() -> fit(TenMtl.options(), DataSplit.all(data))).isInstanceOf(DataException.class)
                .hasMessage("task 'b': its response is binary, that of 'a' continuous; personal models need the same in all tasks");
    }
}
