package intarsia.models.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Finding;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.gp.MultitaskGp.MissingBlocks;
import intarsia.models.response.Alike;
import intarsia.models.response.Metric;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultitaskGpTest {
    private static final Source EXAM = new Source("exam", List.of(Column.continuous("a"), Column.continuous("b"), Column.binary("c")));
    private static final Source LABS = new Source("labs", List.of(Column.continuous("d"), Column.binary("e"),
            Column.categorical("f", "x", "y", "z")));
    private static final MultitaskGp SHORT = MultitaskGp.options().search(new MultitaskGp.Search(1, 40, 400, 1_000));

    private static double[][] exam(RandomStream random, int rows) {
        double[][] block = new double[rows][];
        for (int i = 0; i < rows; i++) {
            block[i] = new double[] {random.nextGaussian(), random.nextGaussian(), random.nextInt(2)};
        }
        return block;
    }

    private static double[][] labs(RandomStream random, double[][] exam) {
        double[][] block = new double[exam.length][];
        for (int i = 0; i < exam.length; i++) {
            double d = 0.8 * exam[i][0] + 0.3 * random.nextGaussian();
            block[i] = new double[] {d, exam[i][1] + 0.5 * random.nextGaussian() > 0 ? 1 : 0, random.nextInt(3)};
        }
        return block;
    }

    /** {@code y = weight (a + a^2 / 2 + d) + own b + noise}; the last argument says whether labs are there. */
    private static Task task(String name, int rows, double weight, double own, boolean binary, boolean withLabs) {
        RandomStream random = RandomStream.of(4, name);
        double[][] exam = exam(random, rows);
        double[][] labs = labs(random, exam);
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            double f = weight * (exam[i][0] + 0.5 * exam[i][0] * exam[i][0] + labs[i][0]) + own * exam[i][1];
            y[i] = binary ? random.nextDouble() < 1 / (1 + Math.exp(-2 * f)) ? 1 : 0 : 50 + 10 * (f + 0.2 * random.nextGaussian());
        }
        Task.Builder builder = binary ? Task.binary(name) : Task.continuous(name);
        builder.block(EXAM, exam);
        if (withLabs) {
            builder.block(LABS, labs);
        }
        return builder.response(y);
    }

    private static TaskSet three(boolean binary) {
        return TaskSet.builder().task(task("A", 60, 1, 0, binary, true)).task(task("B", 50, 1, 0.5, binary, true)).task(task("C", 40, 1, 0,
                binary, false))
                .build();
    }

    @Test
    void hyperparametersMayComeFromSomeRowsWhilePredictionsLearnFromAll() {
        TaskSet data = three(false);
        MultitaskGpModel some = fit(SHORT.search(new MultitaskGp.Search(1, 40, 30, 60)), data);
        MultitaskGpModel all = fit(SHORT, data);
        assertThat(some.hyperparameters().get("inference")).isEqualTo("exact, 150 rows; hyperparameters by 60 of them");
        assertThat(all.hyperparameters().get("inference")).isEqualTo("exact, 150 rows");
        assertThat(some.weights().get("tasks/responses").shape()).isEqualTo(all.weights().get("tasks/responses").shape());
        assertThat(some.weights().get("hyperparameters").doubles()).isNotEqualTo(all.weights().get("hyperparameters").doubles());
        Task task = data.task("A");
        double[] predicted = some.predict("A", Observations.of(task));
        double squares = 0;
        for (int i = 0; i < predicted.length; i++) {
            squares += Math.pow(predicted[i] - task.response()[i], 2) / predicted.length;
        }
        assertThat(Math.sqrt(squares)).as("the noise is 2").isLessThan(3);
    }

    @Test
    void inducingRowsStandForAll() {
        for (boolean binary : new boolean[] {false, true}) {
            TaskSet data = three(binary);
            MultitaskGpModel exact = fit(SHORT, data);
            MultitaskGpModel model = fit(SHORT.inducing(new MultitaskGp.Inducing(80, 149)), data);
            assertThat(model.hyperparameters().get("inference")).isEqualTo("80 inducing rows of 150");
            assertThat(model.settings().rows()).containsExactly(60, 50, 40);
            assertThat(model.settings().inducing().stream().mapToInt(Integer::intValue).sum()).isEqualTo(80);
            assertThat(model.weights().get("tasks/responses").size()).isEqualTo(80);
            MultitaskGpModel read = new MultitaskGpModel(model.settings(), model.weights());
            for (String name : List.of("A", "B", "C")) {
                Observations rows = Observations.of(task(name, 300, 1, name.equals("B") ? 0.5 : 0, binary, !name.equals("C")));
                PredictiveDistribution expected = exact.predictive(name, rows);
                PredictiveDistribution predicted = model.predictive(name, rows);
                double unit = exact.settings().encoding().response().get(name).moments().scale();
                double square = 0;
                for (int i = 0; i < 300; i++) {
                    square += Math.pow((predicted.linear()[i] - expected.linear()[i]) / unit, 2) / 300;
                    assertThat(predicted.deviation()[i]).isPositive();
                }
                assertThat(Math.sqrt(square)).as("difference of linear predictors of %s, binary %s", name, binary).isLessThan(0.3);
                assertThat(read.predict(name, rows)).isEqualTo(predicted.mean());
            }
            Finding.Table tasks = (Finding.Table) model.findings(data).get(2);
            assertThat(tasks.header()).startsWith("task", "rows", "inducing rows");
            Finding.Matrix variance = (Finding.Matrix) model.findings(data).get(1);
            for (double[] row : variance.values()) {
                assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-12));
            }
        }
    }

    @Test
    void aTaskIsAddedToInducingRowsAndRowsThatAreNotKeptAreMissed() {
        MultitaskGp options = SHORT.missing(MissingBlocks.IMPUTED).rank(1).inducing(new MultitaskGp.Inducing(60, 0));
        TaskSet data = three(false);
        MultitaskGpModel model = fit(options, data);
        Task fresh = task("Fresh", 12, 1, -0.5, false, true);
        try (Engine engine = Engine.open()) {
            MultitaskGpModel more = model.add(engine, TaskSplit.all(fresh), RandomStream.of(1)).orThrow();
            Observations rows = Observations.of(task("A", 30, 1, 0, false, true));
            assertThat(more.predict("A", rows)).isEqualTo(model.predict("A", rows));
            Task other = task("Fresh", 300, 1, -0.5, false, true);
            double mean = Arrays.stream(fresh.response()).average().orElseThrow();
            double spread = Metric.RMSE.of(other.response(), Arrays.stream(other.response()).map(y -> mean).toArray());
            assertThat(Metric.RMSE.of(other.response(), more.predict("Fresh", Observations.of(other)))).isLessThan(0.6 * spread);
            assertThat(more.impute(engine, "C", Observations.of(data.task("C"))).get(LABS)).hasDimensions(40, 3);
            try (BoundGp bound = model.bind(engine)) {
                assertThatThrownBy(bound::leaveOneOut).isInstanceOf(DataException.class).hasMessage("leave-one-out predictions need all "
                        + "rows; the Gaussian process keeps 60 inducing rows; fit it exactly, with 'exact_rows' no fewer than its rows");
            }
        }
    }

    @Test
    void inducingRowsThatAreNotTheWeightsAreRefused() {
        MultitaskGpModel model = fit(SHORT.inducing(new MultitaskGp.Inducing(20, 0)), three(false));
        MultitaskGpModel.Settings settings = model.settings();
        for (List<Integer> inducing : List.of(List.<Integer>of(), List.of(20), List.of(10, 10, 1), List.of(-1, 11, 10), List.of(0, 0, 0),
                List.of(61, 0, 0))) {
            assertThatThrownBy(() -> new MultitaskGpModel(new MultitaskGpModel.Settings(settings.options(), settings.layout(),
                    settings.encoding(), settings.scale(), settings.rows(), inducing, settings.groups(), List.of(), 0, List.of()),
                    model.weights()))
                    .as("inducing %s", inducing).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new MultitaskGp.Inducing(0, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 inducing");
        assertThatThrownBy(() -> new MultitaskGp.Inducing(1, 20_001)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20001");
    }

    private static MultitaskGpModel fit(MultitaskGp options, TaskSet data) {
        try (Engine engine = Engine.open()) {
            return options.fit(new FitContext(engine, DataSplit.all(data), RandomStream.of(1), Progress.NONE)).orThrow();
        }
    }

    @Test
    void leaveOneOutIsThePredictionWithoutTheRow() {
        TaskSet data = three(false);
        MultitaskGpModel model = fit(SHORT.missing(MissingBlocks.IMPUTED), data);
        Map<String, PredictiveDistribution> held;
        try (Engine engine = Engine.open(); BoundGp bound = model.bind(engine)) {
            held = bound.leaveOneOut();
            GpStorage storage = model.storage();
            TrainingRows training = storage.training(storage.completer());
            for (int row : new int[] {0, 17, 75, 149}) {
                int[] others = java.util.stream.IntStream.range(0, training.size()).filter(i -> i != row).toArray();
                KernelRows rest = training.rows().select(others);
                double[] y = Arrays.stream(others).mapToDouble(i -> training.responses().values()[i]).toArray();
                Covariance covariance = new Covariance(SHORT.kernels(), rest, training.divisors(), 3);
                Laplace.Mode mode = new MarginalLikelihood(covariance, new Responses(rest.tasks(), y,
                        Alike.ones(rest.tasks().length), training.responses().families()),
                        engine.pool())
                        .mode(storage.hyperparameters());
                GpPosterior.Latent latent = new GpPosterior(new CrossCovariance(SHORT.kernels(), rest, training.divisors(), 3),
                        storage.hyperparameters(), mode.a(), GpPosterior.reducer(mode, engine.pool()))
                        .at(training.rows().select(new int[] {row}));
                String task = row < 60 ? "A" : row < 110 ? "B" : "C";
                int at = row < 60 ? row : row < 110 ? row - 60 : row - 110;
                double unit = model.settings().encoding().response().get(task).moments().scale();
                assertThat(held.get(task).mean()[at])
                        .isCloseTo(model.settings().encoding().response().get(task).moments().decode(latent.mean()[0]),
                                within(1e-6 * unit));
                assertThat(held.get(task).linearDeviation()[at]).isCloseTo(unit * Math.sqrt(latent.variance()[0]), within(1e-6 * unit));
            }
        }
    }

    @Test
    void anAddedTaskIsConditionedOnAllRowsAndChangesNoOther() {
        TaskSet data = three(false);
        MultitaskGpModel model = fit(SHORT.missing(MissingBlocks.IMPUTED), data);
        Task fresh = task("Fresh", 12, 1, -0.5, false, true);
        try (Engine engine = Engine.open()) {
            MultitaskGpModel more = model.add(engine, TaskSplit.all(fresh), RandomStream.of(1)).orThrow();
            assertThat(more.tasks()).containsExactly("A", "B", "C", "Fresh");
            Observations rows = Observations.of(task("Fresh", 5, 1, -0.5, false, true));
            for (String old : List.of("A", "B", "C")) {
                assertThat(more.predict(old, rows)).isEqualTo(model.predict(old, rows));
            }
            MultitaskGpModel read = new MultitaskGpModel(more.settings(), more.weights());
            assertThat(read.predict("Fresh", rows)).isEqualTo(more.predict("Fresh", rows));
            assertThatThrownBy(() -> more.add(engine, TaskSplit.all(fresh), RandomStream.of(1))).isInstanceOf(DataException.class)
                    .hasMessageContaining("'Fresh'");

            // by the definition: all rows of four tasks at once
            GpStorage storage = more.storage();
            RowCompleter completer = storage.completer();
            MultitaskGpModel.Addition addition = more.settings().added().getFirst();
            TrainingRows first = storage.training(completer);
            Hyperparameters h = storage.hyperparameters(addition);
            List<KernelFeatures.OfTask> all = new java.util.ArrayList<>(DataSplit.all(data)
                    .map(split -> new KernelFeatures.OfTask(split.task().name(), split.observations(split.train()))));
            TaskSplit split = TaskSplit.all(fresh);
            all.add(new KernelFeatures.OfTask("Fresh", split.observations(split.train())));
            KernelRows joint = completer.complete(completer.features().rows(all));
            double[] y = Arrays.copyOf(first.responses().values(), joint.size());
            double[] own = split.responses(split.train());
            for (int i = 0; i < own.length; i++) {
                y[first.size() + i] = more.settings().encoding().response().get("Fresh").moments().encode(own[i]);
            }
            List<intarsia.models.response.ResponseFamily> families = new java.util.ArrayList<>(first.responses().families());
            families.add(fresh.family());
            Divisors[] divisors = completer.features().divisors(List.of("A", "B", "C", "Fresh"));
            Covariance covariance = new Covariance(SHORT.kernels(), joint, divisors, 4);
            Laplace.Mode mode = new MarginalLikelihood(covariance, new Responses(joint.tasks(), y,
                    Alike.ones(joint.tasks().length), families), engine.pool()).mode(h);
            GpPosterior.Latent latent = new GpPosterior(new CrossCovariance(SHORT.kernels(), joint, divisors, 4), h, mode.a(),
                    GpPosterior.reducer(mode, engine.pool())).at(completer.rows("Fresh", 3, rows));
            PredictiveDistribution predicted = more.predictive("Fresh", rows);
            double unit = more.settings().encoding().response().get("Fresh").moments().scale();
            for (int i = 0; i < 5; i++) {
                assertThat(predicted.linear()[i])
                        .isCloseTo(more.settings().encoding().response().get("Fresh").moments().decode(latent.mean()[i]),
                                within(1e-7 * unit));
                assertThat(predicted.linearDeviation()[i]).isCloseTo(unit * Math.sqrt(latent.variance()[i]), within(1e-6 * unit));
            }
            double[] truth = task("Fresh", 5, 1, -0.5, false, true).response();
            assertThat(Metric.RMSE.of(truth, predicted.mean())).isLessThan(10);
        }
    }

    @Test
    void opposedTasksGetOpposedLoadingsAndAnOutlierNone() {
        TaskSet data = TaskSet.builder().task(task("A", 60, 1, 0, false, true)).task(task("B", 60, 1, 0, false, true)).task(task("C", 60,
                -1, 0, false, true))
                .task(task("D", 60, 0, 1, false, true)).build();
        MultitaskGpModel model = fit(SHORT.rank(1), data);
        Hyperparameters h = model.storage().hyperparameters();
        double[] loadings = new double[4];
        for (int t = 0; t < 4; t++) {
            loadings[t] = h.values()[h.index().loading(t, 0)];
        }
        assertThat(loadings[1] / loadings[0]).isBetween(0.6, 1.5);
        assertThat(loadings[2] / loadings[0]).isBetween(-1.5, -0.6);
        assertThat(Math.abs(loadings[3] / loadings[0])).isLessThan(0.3);
        Finding.Table tasks = (Finding.Table) model.findings(data).get(2);
        assertThat(tasks.header()).contains("loading 1");
        try (Engine engine = Engine.open()) {
            // a new task like C is recognized from a few rows
            Task fresh = task("E", 15, -1, 0, false, true);
            MultitaskGpModel more = model.add(engine, TaskSplit.all(fresh), RandomStream.of(1)).orThrow();
            Hyperparameters extended = more.storage().hyperparameters(more.settings().added().getFirst());
            assertThat(extended.values()[extended.index().loading(4, 0)] / loadings[0]).isNegative();
        }
    }

    @Test
    void uncertaintyIsThatOfErrors() {
        MultitaskGpModel model = fit(SHORT, three(false));
        Task fresh = task("A", 400, 1, 0, false, true);
        PredictiveDistribution predicted = model.predictive("A", Observations.of(task("A", 400, 1, 0, false, true)));
        int within = 0;
        for (int i = 0; i < 400; i++) {
            within += Math.abs(fresh.response()[i] - predicted.mean()[i]) < predicted.deviation()[i] ? 1 : 0;
            assertThat(predicted.deviation()[i]).isGreaterThan(predicted.linearDeviation()[i]);
        }
        assertThat(within / 400.0).isBetween(0.6, 0.78);
    }

    @Test
    void probabilitiesAreNotOverconfident() {
        MultitaskGpModel model = fit(SHORT, three(true));
        Task fresh = task("A", 2000, 1, 0, true, true);
        PredictiveDistribution predicted = model.predictive("A", Observations.of(fresh));
        // what it says it loses is what it loses
        double expected = Arrays.stream(predicted.mean()).map(p -> -p * Math.log(p) - (1 - p) * Math.log(1 - p)).average().orElseThrow();
        double loss = Metric.LOG_LOSS.of(fresh.response(), predicted.mean());
        assertThat(loss).isBetween(0.8 * expected, 1.1 * expected);
        for (int i = 0; i < 2000; i++) {
            // averaged over the posterior, so nearer to one half than at its mean
            double atMean = 1 / (1 + Math.exp(-predicted.linear()[i]));
            assertThat(Math.abs(predicted.mean()[i] - 0.5)).isLessThanOrEqualTo(Math.abs(atMean - 0.5) + 1e-9);
        }
    }

    @Test
    void sharesOfVarianceSumToOneAndFindTheSharedPart() {
        TaskSet data = three(false);
        MultitaskGpModel model = fit(SHORT, data);
        List<Finding> findings = model.findings(data);
        Finding.Matrix variance = (Finding.Matrix) findings.get(1);
        assertThat(variance.rows()).containsExactly("A", "B", "C");
        assertThat(variance.columns()).containsExactly("shared exam", "shared labs", "task-specific exam", "task-specific labs", "noise");
        for (double[] row : variance.values()) {
            assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-12));
            assertThat(row[0] + row[1]).isGreaterThan(0.6);
        }
        Finding.Table byKernel = (Finding.Table) findings.get(0);
        assertThat(byKernel.rows()).hasSize(2 * 2 * 4 + 1);
        assertThat(byKernel.rows().stream().mapToDouble(row -> Double.parseDouble(row.get(3))).sum()).isCloseTo(1, within(0.02));
    }

    @Test
    void missingBlocksAreImputedFromTheAnchorAndMeasuredCellsKept() {
        TaskSet data = three(false);
        Task whole = task("C", 40, 1, 0, false, true);
        Observations anchorOnly = Observations.of(task("C", 40, 1, 0, false, false));
        try (Engine engine = Engine.open()) {
            Map<Source, double[][]> imputed = fit(SHORT.missing(MissingBlocks.IMPUTED), data).impute(engine, "C", anchorOnly);
            double[][] truth = whole.cells().get(LABS);
            double square = 0;
            for (int i = 0; i < 40; i++) {
                square += Math.pow(imputed.get(LABS)[i][0] - truth[i][0], 2) / 40;
                assertThat(imputed.get(LABS)[i][1]).isIn(0.0, 1.0);
                assertThat(imputed.get(LABS)[i][2]).isIn(0.0, 1.0, 2.0);
            }
            assertThat(Math.sqrt(square)).isLessThan(0.45);
            assertThat(imputed.get(EXAM)).isDeepEqualTo(anchorOnly.blocks().get(EXAM));
            Map<Source, double[][]> given = new LinkedHashMap<>(anchorOnly.blocks());
            double[][] some = Arrays.stream(truth).map(double[]::clone).toArray(double[][]::new);
            Arrays.fill(some[3], Double.NaN);
            some[5][0] = Double.NaN;
            given.put(LABS, some);
            double[][] kept = fit(SHORT, data).impute(engine, "A", new Observations(anchorOnly.rows(), given)).get(LABS);
            assertThat(kept[5]).containsExactly(some[5]);
            assertThat(kept[3]).doesNotContain(Double.NaN);
        }
    }

    @Test
    void aTaskWithoutASourceLearnsFromThoseThatHaveItOnceItIsImputed() {
        // labs decide, and the anchor says what they are; task C has few rows and no labs
        TaskSet data = TaskSet.builder().task(task("A", 120, 1, 0, false, true)).task(task("B", 120, 1, 0, false, true)).task(task("C", 6,
                1, 0, false, false))
                .build();
        double[] truth = task("C", 300, 1, 0, false, false).response();
        Observations rows = Observations.of(task("C", 300, 1, 0, false, false));
        double absent = Metric.RMSE.of(truth, fit(SHORT.missing(MissingBlocks.ABSENT), data).predict("C", rows));
        double imputed = Metric.RMSE.of(truth, fit(SHORT.missing(MissingBlocks.IMPUTED), data).predict("C", rows));
        assertThat(imputed).isLessThan(absent);
    }

    @Test
    void aJointBlockIsLearnedFromTheRowsThatHaveItAndSaysWhatIsMissing() {
        // labs decide, and the anchor says what they are; task C has few rows and no labs
        TaskSet data = TaskSet.builder().task(task("A", 60, 1, 0, false, true)).task(task("B", 60, 1, 0, false, true)).task(task("C", 6,
                1, 0, false, false))
                .build();
        MultitaskGpModel joint = fit(SHORT.missing(MissingBlocks.JOINT), data);
        MultitaskGpModel absent = fit(SHORT.missing(MissingBlocks.ABSENT), data);
        for (boolean measured : new boolean[] {false, true}) {
            Task fresh = task("C", 300, 1, 0, false, measured);
            PredictiveDistribution predicted = joint.predictive("C", Observations.of(fresh));
            assertThat(Metric.RMSE.of(fresh.response(), predicted.mean()))
                    .isLessThan(Metric.RMSE.of(fresh.response(), absent.predict("C", Observations.of(fresh))));
            assertThat(joint.predict("C", Observations.of(fresh))).isEqualTo(predicted.mean());
        }
        assertThat(joint.settings().outputs()).containsExactly(0, 3);
        Finding.Table outputs = (Finding.Table) joint.findings(data).getLast();
        assertThat(outputs.rows()).hasSize(3);
        assertThat(outputs.rows().getFirst()).startsWith("labs", "1", "120");
        Finding.Matrix shares = (Finding.Matrix) joint.findings(data).get(1);
        assertThat(shares.columns()).endsWith("joint labs", "noise");
        for (double[] task : shares.values()) {
            assertThat(Arrays.stream(task).sum()).isCloseTo(1, within(1e-12));
            assertThat(task[task.length - 2]).as("what labs add, measured or not").isBetween(0.1, 0.9);
        }
        try (Engine engine = Engine.open(); BoundGp bound = joint.bind(engine)) {
            double[][] truth = task("C", 40, 1, 0, false, true).cells().get(LABS);
            double[][] imputed = joint.impute(engine, "C", Observations.of(task("C", 40, 1, 0, false, false))).get(LABS);
            double square = 0;
            for (int i = 0; i < 40; i++) {
                square += Math.pow(imputed[i][0] - truth[i][0], 2) / 40;
                assertThat(imputed[i][1]).isIn(0.0, 1.0);
            }
            assertThat(Math.sqrt(square)).as("of a standard deviation of 0.85").isLessThan(0.7);
            assertThat(bound.leaveOneOut().get("A").mean()).hasSize(60);
            assertThat(bound.tellsShared("A")).isFalse();
            assertThatThrownBy(() -> joint.add(engine, TaskSplit.all(task("D", 9, 1, 0, false, true)), RandomStream.of(1)))
                    .isInstanceOf(DataException.class).hasMessageContaining("task 'D': a Gaussian process with joint blocks takes no new");
        }
        assertThat(joint.acceptsTasks()).isFalse();
        assertThat(joint.recordsPredictions()).isFalse();
    }

    @Test
    void whereNoBlockIsMissingAndNoneIsThereJointIsAbsent() {
        TaskSet data = TaskSet.builder().task(task("A", 30, 1, 0, false, false)).task(task("B", 30, 1, 0, false, false)).build();
        Observations rows = Observations.of(task("A", 20, 1, 0, false, false));
        MultitaskGpModel joint = fit(SHORT.missing(MissingBlocks.JOINT), data);
        assertThat(joint.predictive("A", rows).mean())
                .containsExactly(fit(SHORT, data).predictive("A", rows).mean(), within(1e-9));
        assertThat(joint.findings(data)).extracting(Finding::name).doesNotContain("outputs");
    }

    @Test
    void aJointFitNeedsAnExactSolution() {
        assertThatThrownBy(() -> fit(SHORT.missing(MissingBlocks.JOINT).inducing(new MultitaskGp.Inducing(20, 149)), three(false)))
                .isInstanceOf(DataException.class).hasMessage("gp: joint blocks need an exact solution: at most 149 rows "
                        + "('exact_rows') and 30 outputs of blocks; there are 150 and 3; use missing_blocks = \"imputed\"");
        assertThatThrownBy(() -> SHORT.rank(1).missing(MissingBlocks.JOINT)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("joint blocks need one function");
    }

    @Test
    void whatCannotBeIsRefused() {
        MultitaskGp.KernelSet matern = new MultitaskGp.KernelSet(List.of(KernelKind.values()), SmoothKernel.MATERN_52);
        assertThatThrownBy(() -> MultitaskGp.options().kernels(matern).missing(MissingBlocks.IMPUTED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("squared exponential");
        assertThatThrownBy(() -> MultitaskGp.options().rank(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MultitaskGp.KernelSet(List.of(), SmoothKernel.MATERN_52)).isInstanceOf(IllegalArgumentException.class);
        MultitaskGpModel model = fit(SHORT, three(false));
        assertThatThrownBy(() -> new MultitaskGpModel(model.settings(), model.weights().and("spare", intarsia.linalg.Tensor.vector(1))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'spare'");
        assertThatThrownBy(() -> new MultitaskGpModel(model.settings(),
                model.weights().and("tasks/coefficients", intarsia.linalg.Tensor.vector(1))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'tasks/coefficients'");
        assertThatThrownBy(() -> new MultitaskGpModel(model.settings(), model.weights().and("tasks/source/exam/rows",
                intarsia.linalg.Tensor.vector(new double[150])))).isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("ascending");
    }
}
