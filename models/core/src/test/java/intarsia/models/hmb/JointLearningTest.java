package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.autodiff.Rows;
import intarsia.autodiff.check.GradientCheck;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Weights;
import intarsia.models.data.Column;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding.Scaling;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.net.TaskTable;
import intarsia.models.net.TaskTraining;
import intarsia.models.net.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The one-step objective against loops, its derivatives against differences, its draws against a closed form; and that it learns. */
class JointLearningTest {
    private static final Source EXAM = Source.of("exam", Column.continuous("age"), Column.binary("smoker"));
    private static final Source LAB = Source.of("lab", Column.continuous("sugar"), Column.binary("shadow"), Column.continuous("iron"));
    private static final Source SCAN = Source.of("scan", Column.continuous("volume"));
    private static final MtlHmb OPTIONS = with(MtlHmb.published().encoder(new MtlHmb.Encoder(4, 2, 3)).path(new MtlHmb.Path(5, 2))
            .training(Training.DEFAULT.batch(4)).imputer(new MtlHmb.Imputer(4, 2, 0, Training.DEFAULT)), Steps.ONE);

    private final Engine engine = Engine.options().kernels("scalar").open();

    @AfterEach
    void close() {
        engine.close();
    }

    private static MtlHmb with(MtlHmb options, Steps steps) {
        return options.additions(options.additions().steps(steps).balance(0.3));
    }

    /** The north has exam and lab, which one row lacks; the south exam and scan. */
    private static TaskSet study(int rows, boolean binary) {
        RandomStream random = RandomStream.of(7);
        List<Task> tasks = new ArrayList<>();
        for (boolean north : new boolean[] {true, false}) {
            double[][] exam = new double[rows][];
            double[][] other = new double[rows][];
            double[] y = new double[rows];
            for (int i = 0; i < rows; i++) {
                double u = random.nextGaussian();
                double smoker = random.nextInt(2);
                double sugar = u + smoker + 0.5 * random.nextGaussian();
                exam[i] = new double[] {u, smoker};
                other[i] = north ? new double[] {sugar, sugar > 0.5 ? 1 : 0, sugar - u} : new double[] {u - smoker};
                double z = sugar + u + 0.1 * random.nextGaussian();
                y[i] = binary && !north ? (i < 2 ? i : z > 0 ? 1 : 0) : z;
            }
            if (north) {
                Arrays.fill(other[2], Double.NaN);
            }
            tasks.add((binary && !north ? Task.binary("south") : Task.continuous(north ? "north" : "south"))
                    .block(EXAM, exam).block(north ? LAB : SCAN, other).response(y));
        }
        return TaskSet.builder().task(tasks.get(0)).task(tasks.get(1)).build();
    }

    private final class Work {
        private final MtlHmb options;
        private final DataSplit split;
        private final BlockImputation bare;
        private final JointLearning.Recorded recorded;
        private final Parameters parameters;
        private final Map<String, int[]> batches = new HashMap<>();

        Work(MtlHmb options, TaskSet data) {
            this.options = options;
            split = DataSplit.all(data);
            bare = BlockImputation.columnMeans(split, Scaling.STANDARDIZED);
            recorded = new JointLearning(options, engine, split, bare).objective();
            parameters = Parameters.of(engine, recorded.objective().value().graph(), RandomStream.of(5));
            HmbNetworkTest.awayFromKinks(parameters);
            int lacking = Arrays.stream(split.tasks().getFirst().train()).boxed().toList().indexOf(2);
            recorded.objective().batches().forEach(rows -> batches.put(rows.name(), new int[] {1, lacking, 0, 5}));
            recorded.donors().values().forEach(donors -> batches.put(donors.batch().name(), new int[] {3, 6, 1, 4}));
        }

        void feed(Plan plan) {
            recorded.objective().feed().accept(plan);
            List<Rows> all = new ArrayList<>(recorded.objective().batches());
            recorded.donors().values().forEach(donors -> all.add(donors.batch()));
            all.forEach(rows -> plan.set(rows, batches.get(rows.name()), 0));
        }

        double value() {
            Plan plan = Plan.compile(parameters, recorded.objective().value());
            feed(plan);
            plan.run();
            return plan.scalar(recorded.objective().value());
        }

        /** Whether a row to learn from has a source. */
        boolean has(int task, Source source, int row) {
            return source == SCAN ? task == 1 : task == 0 && split.tasks().getFirst().train()[row] != 2;
        }

        double[] mean(Literal net, Source source, double[] x0) {
            double[] z = net.mlp("imputer/" + source.name(), 2, false, net.mlp("shared/encoder", 2, false, x0));
            boolean[] binary = bare.encoding().binary(source);
            for (int j = 0; j < z.length; j++) {
                z[j] = binary[j] ? 1 / (1 + Math.exp(-z[j])) : z[j];
            }
            return z;
        }

        /** A row of donors: what it has minus what is expected; adds its loss to the sum. */
        double[] residual(Literal net, Source source, int row, double[] sum) {
            BlockImputer.Table table = Hbi.having(split, bare, source);
            int width = bare.layout().width(source);
            double[] x0 = Arrays.copyOfRange(table.anchor().numbers(), 2 * row, 2 * row + 2);
            double[] x = Arrays.copyOfRange(table.source().numbers(), width * row, width * (row + 1));
            double[] z = net.mlp("imputer/" + source.name(), 2, false, net.mlp("shared/encoder", 2, false, x0));
            double[] mean = mean(net, source, x0);
            boolean[] binary = bare.encoding().binary(source);
            double[] residual = new double[width];
            for (int j = 0; j < width; j++) {
                sum[0] += (binary[j] ? Literal.crossEntropy(z[j], x[j]) : Literal.squaredError(z[j], x[j])) / width;
                residual[j] = x[j] - mean[j];
            }
            return residual;
        }

        /** The formula by loops: rows are completed here, and step 2's objective, which has a test of its own, reads them. */
        double literal() {
            Literal net = new Literal(parameters.toMap());
            double[] imputing = new double[1];
            Map<Source, double[][]> residuals = new HashMap<>();
            for (Source source : bare.layout().others()) {
                residuals.put(source, Arrays.stream(batches.get("batch/imputer/" + source.name()))
                        .mapToObj(row -> residual(net, source, row, imputing)).toArray(double[][]::new));
            }
            List<TaskTable> completed = new ArrayList<>();
            double back = 0;
            List<TaskTable> tables = bare.tables(engine, split);
            for (int t = 0; t < tables.size(); t++) {
                TaskTable table = tables.get(t);
                double[] x = table.x().numbers().clone();
                int[] batch = batches.get("batch/" + table.name());
                for (int r = 0; r < batch.length; r++) {
                    int at = batch[r] * table.width();
                    double[] x0 = Arrays.copyOfRange(x, at, at + 2);
                    for (Source source : bare.layout().others()) {
                        boolean has = has(t, source, batch[r]);
                        double[] mean = mean(net, source, x0);
                        for (int j = 0; j < mean.length && !has; j++) {
                            x[at + bare.layout().from(source) + j] = mean[j]
                                    + (options.additions().steps() == Steps.ONE_DRAWS ? residuals.get(source)[r][j] : 0);
                        }
                    }
                    double[] h = net.mlp("shared/encoder", 2, false, x0);
                    double[] k = net.mlp("task/" + table.name() + "/encoder", 2, false, Arrays.copyOfRange(x, at, at + table.width()));
                    double[] decoded = net.mlp("decoder", 2, false, Literal.joined(h, k));
                    back += (Literal.squaredError(decoded[0], x0[0]) + Literal.crossEntropy(decoded[1], x0[1])) / 2;
                }
                completed.add(new TaskTable(table.name(), table.family(), x, table.y(), x, table.y()));
            }
            TaskTraining.Objective rest = options.training(completed).objective(HmbNetwork.of(options, bare.layout(), bare.encoding()),
                    completed);
            Parameters weights = Weights.of(parameters).load(engine, rest.value().graph());
            Plan plan = Plan.compile(weights, rest.value());
            rest.feed().accept(plan);
            rest.batches().forEach(rows -> plan.set(rows, batches.get(rows.name()), 0));
            plan.run();
            return plan.scalar(rest.value()) + options.additions().balance() * (imputing[0] + back);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE", "ONE_DRAWS"})
    void valueIsThatOfTheFormulas(Steps steps) {
        Work work = new Work(with(OPTIONS, steps), study(9, true));
        double expected = work.literal();
        assertThat(work.value()).isCloseTo(expected, within(1e-11 * expected));
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE", "ONE_DRAWS"})
    void derivativesAreRight(Steps steps) {
        Work work = new Work(with(OPTIONS, steps), study(9, true));
        assertThat(GradientCheck.firstOrder(work.parameters, work.recorded.objective().value(), work::feed, RandomStream.of(1)))
                .isLessThan(1e-7);
    }

    /** Where z is linear in the block, with weights w: over all draws, the loss at the mean residual, plus w' Cov(r) w a row. */
    @Test
    void drawsPenalizeByTheVarianceOfWhatIsPredicted() {
        MtlHmb linear = OPTIONS.penalties(0, 0, 0).additions(OPTIONS.additions().linear(Additions.Linear.BESIDE));
        linear = linear.additions(new Additions(linear.additions().activation(), Additions.Linear.BESIDE, 0, 0, 0,
                Separation.ORTHOGONALITY, Steps.ONE_DRAWS, 1));
        Work work = new Work(linear, study(9, false));
        double[] w = {0.3, -0.2, 0.7, -0.4, 0.9, 0.25};
        Map<String, Tensor> weights = new HashMap<>(work.parameters.toMap());
        weights.replaceAll((name, value) -> name.contains("head/") || name.startsWith("decoder/")
                ? Tensor.zeros(value.shape().sizes())
                : name.endsWith("shared/linear/weight") ? Tensor.of(Shape.of(w.length, 1), w) : value);
        weights.forEach(work.parameters::set);
        Literal net = new Literal(work.parameters.toMap());
        Source source = LAB;
        int donors = Hbi.having(work.split, work.bare, source).rows();
        assertThat(donors).isEqualTo(8);
        work.batches.put("batch/imputer/scan", new int[] {0, 0, 0, 0});
        double averaged = 0;
        double[] imputing = new double[1];
        double[] sum = new double[3];
        double[][] residuals = new double[donors][];
        for (int j = 0; j < donors; j++) {
            work.batches.put("batch/imputer/lab", new int[] {j, j, j, j});
            double[] once = new double[1];
            residuals[j] = work.residual(net, source, j, once);
            imputing[0] += 4 * once[0] / donors;
            averaged += work.value() / donors;
            for (int c = 0; c < 3; c++) {
                sum[c] += residuals[j][c] / donors;
            }
        }
        int from = work.bare.layout().from(source);
        double variance = Arrays.stream(residuals).mapToDouble(r -> Math.pow(IntStream.range(0, 3)
                .mapToDouble(c -> w[from + c] * (r[c] - sum[c])).sum(), 2)).average().orElseThrow();
        assertThat(variance).isGreaterThan(0.01);
        int lack = 4 + (int) Arrays.stream(work.batches.get("batch/north")).filter(row -> !work.has(0, LAB, row)).count();
        assertThat(lack).isEqualTo(5);
        double atMean = atResidual(work, net, sum, w);
        assertThat(averaged - imputing[0]).isCloseTo(atMean + lack * variance, within(1e-10 * averaged));
    }

    /** The objective without lab's imputation loss, where lab is drawn as its expectation and one residual. */
    private double atResidual(Work work, Literal net, double[] residual, double[] w) {
        double value = 0;
        double[] scan = new double[1];
        double[] ofScan = work.residual(net, SCAN, 0, scan);
        value += 4 * scan[0];
        List<TaskTable> tables = work.bare.tables(engine, work.split);
        for (int t = 0; t < 2; t++) {
            TaskTable table = tables.get(t);
            for (int row : work.batches.get("batch/" + table.name())) {
                double[] x = Arrays.copyOfRange(table.x().numbers(), row * table.width(), (row + 1) * table.width());
                double[] x0 = Arrays.copyOf(x, 2);
                for (Source source : work.bare.layout().others()) {
                    double[] mean = work.mean(net, source, x0);
                    boolean has = work.has(t, source, row);
                    for (int j = 0; j < mean.length && !has; j++) {
                        x[work.bare.layout().from(source) + j] = mean[j] + (source == LAB ? residual : ofScan)[j];
                    }
                }
                double z = IntStream.range(0, x.length).mapToDouble(f -> x[f] * w[f]).sum();
                value += Literal.squaredError(z, table.y()[row]);
                value += (Literal.squaredError(0, x0[0]) + Literal.crossEntropy(0, x0[1])) / 2;
            }
        }
        return value;
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE", "ONE_DRAWS"})
    void learnsToImputeAndToPredict(Steps steps) {
        DataSplit split = DataSplit.random(study(300, false), 0.2, 0.2, RandomStream.of(1));
        Training training = Training.DEFAULT.learningRate(0.01).epochs(60);
        MtlHmb options = with(MtlHmb.published(), steps).width(16).training(training).penalties(0, 0, 0);
        Outcome<MtlHmbModel> outcome = options.fit(new FitContext(engine, split, RandomStream.of(1), Progress.NONE));
        MtlHmbModel model = outcome.orThrow();
        Task south = split.data().task("south");
        double[][] exam = south.cells().get(EXAM);
        Observations rows = Observations.of(south).only(Set.of(EXAM));
        double[][] lab = model.impute(engine, "south", rows).get(LAB);
        double error = 0;
        double spread = 0;
        for (int i = 0; i < exam.length; i++) {
            error += Math.pow(lab[i][0] - exam[i][0] - exam[i][1], 2) / exam.length;
            spread += Math.pow(exam[i][0] + exam[i][1] - 0.5, 2) / exam.length;
        }
        assertThat(error).isLessThan(0.1 * spread);
        double[] predicted = model.predict("south", rows);
        double unexplained = 0;
        double total = 0;
        for (int i = 0; i < exam.length; i++) {
            unexplained += Math.pow(south.response()[i] - predicted[i], 2);
            total += Math.pow(south.response()[i] - 0.5, 2);
        }
        assertThat(unexplained).isLessThan(0.2 * total);
    }

    @Test
    void theReleasedVariantHasTwoSteps() {
        assertThatThrownBy(() -> OPTIONS.variant(Variant.RELEASED)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one step needs variant \"paper\"");
    }
}
