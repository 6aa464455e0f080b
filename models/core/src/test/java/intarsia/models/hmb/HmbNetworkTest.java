package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.check.GradientCheck;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Weights;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Feature;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.net.Activation;
import intarsia.models.net.RowProgram;
import intarsia.models.net.TaskNetwork;
import intarsia.models.net.TaskTable;
import intarsia.models.net.TaskTraining;
import intarsia.models.net.Training;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Step 2's whole objective, in both variants: its value against loops over the weights, its derivatives against differences. */
class HmbNetworkTest {
    private static final int BATCH = 4;
    private static final TaskSet DATA = MixedStudy.draw(10);
    private static final FeatureEncoding ENCODING = FeatureEncoding.of(DataSplit.all(DATA), FeatureEncoding.Scaling.STANDARDIZED);
    private static final Layout LAYOUT = Layout.of(DATA, ENCODING);
    private static final MtlHmb OPTIONS = MtlHmb.published().encoder(new MtlHmb.Encoder(4, 2, 3)).path(new MtlHmb.Path(5, 3))
            .training(Training.DEFAULT.batch(BATCH));

    private final Engine engine = Engine.options().kernels("scalar").open();

    @AfterEach
    void close() {
        engine.close();
    }

    /** An objective recorded, with weights away from every kink and a mini-batch chosen. */
    private final class Work {
        private final List<TaskTable> tables = new ArrayList<>();
        private final FeatureEncoding encoding;
        private final TaskTraining.Objective objective;
        private final Parameters parameters;

        Work(MtlHmb options) {
            this(options, ENCODING);
        }

        Work(MtlHmb options, FeatureEncoding encoding) {
            this.encoding = encoding;
            for (int t = 0; t < DATA.tasks().size(); t++) {
                Task task = DATA.tasks().get(t);
                RandomStream random = RandomStream.of(11).child("x", t);
                double[] x = new double[task.size() * LAYOUT.width()];
                for (int i = 0; i < x.length; i++) {
                    x[i] = random.nextDouble(-1, 1);
                }
                tables.add(new TaskTable(task.name(), task.family(), x, task.response(), x, task.response()));
            }
            objective = options.training(tables).objective(HmbNetwork.of(options, LAYOUT, encoding), tables);
            parameters = Parameters.of(engine, objective.value().graph(), RandomStream.of(5));
            awayFromKinks(parameters);
        }

        void feed(Plan plan) {
            objective.feed().accept(plan);
            objective.batches().forEach(rows -> plan.set(rows, new int[] {1, 3, 0, 5}, 0));
        }

        double value() {
            Plan plan = Plan.compile(parameters, objective.value());
            feed(plan);
            plan.run();
            return plan.scalar(objective.value());
        }

        double[] x(int task, int row) {
            double[] x = new double[LAYOUT.width()];
            System.arraycopy(tables.get(task).x().numbers(), row * x.length, x, 0, x.length);
            return x;
        }
    }

    /** What a task's encoder reads: features that do not vary in the task are 0, but for those of sources that it lacks. */
    private static double[] read(FeatureEncoding encoding, Task task, double[] x) {
        double[] read = x.clone();
        int at = 0;
        for (Source source : List.of(MixedStudy.EXAM, MixedStudy.VISIT, MixedStudy.LAB, MixedStudy.SCAN)) {
            for (Feature feature : encoding.features().get(source.name())) {
                read[at] = task.blocks().containsKey(source) && feature.constant().contains(task.name()) ? 0 : x[at];
                at++;
            }
        }
        return read;
    }

    /** Small weights and large biases of both signs: every relu is far from its kink, on or off. */
    static void awayFromKinks(Parameters parameters) {
        for (Map.Entry<String, Tensor> entry : parameters.toMap().entrySet()) {
            double[] numbers = entry.getValue().toDoubles();
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = entry.getKey().endsWith("bias") ? (i % 3 == 1 ? -2 : 2) + 0.1 * i : 0.4 * numbers[i];
            }
            parameters.set(entry.getKey(), Tensor.of(entry.getValue().shape(), numbers));
        }
    }

    private record Terms(double loss, double orthogonality, double imputation, double redundancy, double margin) {}

    /** The formulas of the paper, section 3.2, and where the released code differs, by loops. */
    private static Terms literal(Work work, Variant variant) {
        Literal net = new Literal(work.parameters.toMap());
        boolean released = variant == Variant.RELEASED;
        double loss = 0;
        double orthogonality = 0;
        double imputation = 0;
        double redundancy = 0;
        int p0 = 3 + 2;
        for (int t = 0; t < 3; t++) {
            String own = "task/" + DATA.tasks().get(t).name();
            double[][] h = new double[BATCH][];
            double[][] k = new double[BATCH][];
            double sum = 0;
            int[] batch = {1, 3, 0, 5};
            for (int r = 0; r < BATCH; r++) {
                double[] x = work.x(t, batch[r]);
                h[r] = net.mlp("shared/encoder", 2, released, Arrays.copyOf(x, p0));
                k[r] = net.mlp(own + "/encoder", 2, released, read(work.encoding, DATA.tasks().get(t), x));
                double[] shared = Literal.joined(h[r], k[r]);
                double[] both = shared;
                for (int l = 0; l < 3; l++) {
                    double[] next = net.relu(net.linear("shared/path/" + l, shared));
                    both = Literal.joined(next, net.relu(net.linear(own + "/path/" + l, both)));
                    shared = next;
                }
                double z = net.linear(own + "/head", both)[0] + net.linear("shared/head", shared)[0];
                double y = work.tables.get(t).y()[batch[r]];
                sum += work.tables.get(t).family() == ResponseFamily.BINARY ? Literal.crossEntropy(z, y) : Literal.squaredError(z, y);
            }
            loss += released ? sum / BATCH : sum;
            orthogonality += Literal.squaredNormOfProduct(h, k);
            for (Source source : List.of(MixedStudy.LAB, MixedStudy.SCAN)) {
                if (!DATA.tasks().get(t).blocks().containsKey(source)) {
                    // Features: exam 3, visit 2, lab 1 + 3, scan 2.
                    int from = source == MixedStudy.LAB ? 5 : 9;
                    for (double[] row : Literal.rows(net.weight(own + "/encoder/0"), from, from + (source == MixedStudy.LAB ? 4 : 2))) {
                        for (double w : row) {
                            imputation += w * w;
                        }
                    }
                }
            }
        }
        if (released) {
            for (int l = 1; l <= 3; l++) {
                redundancy += squaredNorm(released(net, l));
            }
        } else {
            for (int l = 0; l < 3; l++) {
                for (int t = 0; t < 3; t++) {
                    Tensor shared = net.weight("shared/path/" + l);
                    int reads = shared.shape().size(0);
                    redundancy += Literal.squaredNormOfProduct(Literal.rows(shared, 0, reads),
                            Literal.rows(net.weight("task/" + DATA.tasks().get(t).name() + "/path/" + l), 0, reads));
                }
            }
        }
        return new Terms(loss, orthogonality, imputation, redundancy, net.margin());
    }

    /** The released code's sum over tasks of products of weights in one layer; the layer after the last is the heads. */
    private static double[][] released(Literal net, int layer) {
        String of = layer == 3 ? "/head" : "/path/" + layer;
        Tensor shared = net.weight("shared" + of);
        double[][] sum = new double[shared.shape().size(1)][shared.shape().size(1)];
        for (Task task : DATA.tasks()) {
            Tensor own = net.weight("task/" + task.name() + of);
            for (int i = 0; i < sum.length; i++) {
                for (int j = 0; j < sum.length; j++) {
                    for (int r = 0; r < 5; r++) {
                        sum[i][j] += shared.get(r, i) * own.get(r, j);
                    }
                }
            }
        }
        return sum;
    }

    private static double squaredNorm(double[][] matrix) {
        double sum = 0;
        for (double[] row : matrix) {
            for (double v : row) {
                sum += v * v;
            }
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void valueIsThatOfTheFormulas(Variant variant) {
        MtlHmb options = OPTIONS.variant(variant);
        Terms terms = literal(new Work(options.penalties(0, 0, 0)), variant);
        assertThat(new Work(options.penalties(0, 0, 0)).value()).as("losses").isCloseTo(terms.loss, within(1e-11 * terms.loss));
        requireTerm(options.penalties(0.7, 0, 0), terms.loss, 0.7 * terms.orthogonality, "R_orth");
        requireTerm(options.penalties(0, 0.7, 0), terms.loss, 0.7 * terms.imputation, "R_imp");
        requireTerm(options.penalties(0, 0, 0.7), terms.loss, 0.7 * terms.redundancy, "R_dr");
        requireTerm(options.penalties(0.5, 2, 3), terms.loss, 0.5 * terms.orthogonality + 2 * terms.imputation + 3 * terms.redundancy,
                "all");
    }

    private void requireTerm(MtlHmb options, double loss, double term, String name) {
        assertThat(term).as(name).isGreaterThan(1e-3);
        double value = new Work(options).value();
        assertThat(value - loss).as(name).isCloseTo(term, within(1e-11 * value));
    }

    @ParameterizedTest
    @CsvSource({"PAPER, 0, 0, 0", "PAPER, 0.1, 1, 0.5", "RELEASED, 0, 0, 0", "RELEASED, 0.1, 1, 0.5"})
    void derivativesAreRight(Variant variant, double gamma, double delta, double kappa) {
        Work work = new Work(OPTIONS.variant(variant).penalties(gamma, delta, kappa));
        assertThat(literal(work, variant).margin).as("distance from kinks").isGreaterThan(0.1);
        assertThat(GradientCheck.firstOrder(work.parameters, work.objective.value(), work::feed, RandomStream.of(1))).isLessThan(1e-7);
        assertThat(GradientCheck.secondOrder(work.parameters, work.objective.value(), work::feed, RandomStream.of(2))).isLessThan(1e-6);
    }

    /** What all tasks' rows give at once, of as many as there happen to be, is what each task's give alone. */
    @Test
    void tasksTogetherAreTasksApart() {
        MtlHmb options = OPTIONS.additions(new Additions(Activation.SOFTPLUS, Additions.Linear.BESIDE, 0, 0, 0));
        Work work = new Work(options);
        HmbNetwork network = HmbNetwork.of(options, LAYOUT, ENCODING);
        Graph graph = new Graph();
        List<Node> xs = List.of(graph.input("north", 3, LAYOUT.width()), graph.input("south", 1, LAYOUT.width()),
                graph.input("west", 7, LAYOUT.width()));
        List<TaskNetwork.Result> together = network.apply(graph, xs);
        List<Node> outputs = new ArrayList<>();
        for (int t = 0; t < xs.size(); t++) {
            TaskNetwork.Result apart = network.apply(graph, t, xs.get(t));
            assertThat(together.get(t).z()).isNotSameAs(apart.z());
            outputs.addAll(List.of(together.get(t).z(), apart.z()));
            for (int i = 0; i < 2; i++) {
                outputs.addAll(List.of(together.get(t).representations().get(i), apart.representations().get(i)));
            }
        }
        Plan plan = Plan.compile(work.parameters, outputs);
        xs.forEach(x -> plan.set(x, new Init.Normal(1).draw(x.shape(), RandomStream.of(8))));
        plan.run();
        for (int i = 0; i < outputs.size(); i += 2) {
            assertThat(plan.get(outputs.get(i)).toDoubles()).as("%s", outputs.get(i)).isEqualTo(plan.get(outputs.get(i + 1)).toDoubles());
        }
    }

    /** The linear path adds {@code x (w_c + w_t)} to what the network gives, and its squares and those of the layers' weights count. */
    @Test
    void additionsAreTheirFormulas() {
        MtlHmb without = OPTIONS.penalties(0, 0, 0);
        MtlHmb with = without.additions(new Additions(Activation.RELU, Additions.Linear.BESIDE, 0, 0, 0));
        Work work = new Work(with);
        Map<String, Tensor> weights = work.parameters.toMap();
        double linear = 0;
        double layers = 0;
        RandomStream random = RandomStream.of(3);
        for (Map.Entry<String, Tensor> entry : weights.entrySet()) {
            double[] numbers = entry.getValue().toDoubles();
            if (entry.getKey().endsWith("linear/weight")) {
                Arrays.setAll(numbers, i -> random.nextGaussian());
                linear += squares(numbers);
                work.parameters.set(entry.getKey(), Tensor.of(entry.getValue().shape(), numbers));
            } else if (entry.getKey().endsWith("weight")) {
                layers += squares(numbers);
            }
        }
        Weights all = Weights.of(work.parameters);
        for (int t = 0; t < 3; t++) {
            int task = t;
            double[] x = work.x(t, 2);
            double[] read = read(ENCODING, DATA.tasks().get(t), x);
            double expected = 0;
            for (int f = 0; f < read.length; f++) {
                expected += read[f] * (all.get("shared/linear/weight").toDoubles()[f]
                        + all.get("task/" + DATA.tasks().get(t).name() + "/linear/weight").toDoubles()[f]);
            }
            assertThat(z(with, all, task, x) - z(without, all, task, x)).isCloseTo(expected, within(1e-12));
        }
        double ridge = value(work, with.additions(new Additions(Activation.RELU, Additions.Linear.BESIDE, 0.7, 0, 0)));
        double decay = value(work, with.additions(new Additions(Activation.RELU, Additions.Linear.BESIDE, 0, 0.3, 0)));
        double none = value(work, with);
        assertThat(ridge - none).isCloseTo(0.7 * linear, within(1e-11 * ridge));
        assertThat(decay - none).isCloseTo(0.3 * layers, within(1e-11 * decay));
    }

    private double z(MtlHmb options, Weights weights, int task, double[] x) {
        HmbNetwork network = HmbNetwork.of(options, LAYOUT, ENCODING);
        try (RowProgram program = new RowProgram(engine, weights, LAYOUT.width(), (graph, rows) ->
                List.of(network.apply(graph, task, rows).z()))) {
            return program.run(x)[0][0];
        }
    }

    private double value(Work weights, MtlHmb options) {
        Work other = new Work(options);
        other.parameters.setAll(weights.parameters.toMap());
        return other.value();
    }

    private static double squares(double[] numbers) {
        return Arrays.stream(numbers).map(number -> number * number).sum();
    }

    @Test
    void derivativesOfTheAdditionsAreRight() {
        Work work = new Work(OPTIONS.penalties(0.1, 1, 0.5).additions(new Additions(Activation.SOFTPLUS, Additions.Linear.BESIDE, 0.7, 0.3,
                0)));
        assertThat(GradientCheck.firstOrder(work.parameters, work.objective.value(), work::feed, RandomStream.of(1))).isLessThan(1e-7);
        assertThat(GradientCheck.secondOrder(work.parameters, work.objective.value(), work::feed, RandomStream.of(2))).isLessThan(1e-6);
    }

    /** Age is made constant in the north: its encoder does not read it, the shared one does. */
    @Test
    void aFeatureThatDoesNotVaryInATaskIsReadByTheSharedEncoderOnly() {
        Map<String, List<Feature>> features = new LinkedHashMap<>(ENCODING.features());
        List<Feature> exam = new ArrayList<>(features.get("exam"));
        Feature age = exam.getFirst();
        assertThat(age.constant()).isEmpty();
        exam.set(0, new Feature(age.column(), age.level(), age.binary(), age.moments(), age.fill(), List.of("north"), age.limits()));
        features.put("exam", exam);
        FeatureEncoding changed = new FeatureEncoding(ENCODING.scaling(), features, ENCODING.response());
        Work work = new Work(OPTIONS.penalties(0.5, 2, 3), changed);
        Terms terms = literal(work, Variant.PAPER);
        double expected = terms.loss + 0.5 * terms.orthogonality + 2 * terms.imputation + 3 * terms.redundancy;
        assertThat(work.value()).isCloseTo(expected, within(1e-11 * expected));
        assertThat(literal(new Work(OPTIONS), Variant.PAPER).loss).isNotEqualTo(terms.loss);
        Weights weights = Weights.of(work.parameters);
        HmbNetwork network = HmbNetwork.of(OPTIONS, LAYOUT, changed);
        for (int t = 0; t < 3; t++) {
            int task = t;
            try (RowProgram program = new RowProgram(engine, weights, LAYOUT.width(), (graph, x) -> network.apply(graph, task, x)
                    .representations())) {
                double[] x = work.x(t, 0);
                double[][] before = program.run(x);
                x[0] += 1;
                double[][] after = program.run(x);
                assertThat(after[0]).as("h of task %d", t).isNotEqualTo(before[0]);
                assertThat(Arrays.equals(after[1], before[1])).as("k of task %d", t).isEqualTo(t == 0);
            }
        }
    }

    @Test
    void weightsOfObservedSourcesAreNotPenalized() {
        Work work = new Work(OPTIONS.penalties(0, 1, 0));
        double before = work.value() - new Work(OPTIONS.penalties(0, 0, 0)).value();
        // north observes lab: features 5 to 9 of its encoder.
        Tensor weights = work.parameters.get("task/north/encoder/0/weight");
        weights.set(100, 9, 0);
        work.parameters.set("task/north/encoder/0/weight", weights);
        Work changed = new Work(OPTIONS.penalties(0, 0, 0));
        changed.parameters.set("task/north/encoder/0/weight", weights);
        assertThat(work.value() - changed.value()).isGreaterThan(before + 9_000);
        weights.set(0, 9, 0);
        weights.set(100, 6, 0);
        work.parameters.set("task/north/encoder/0/weight", weights);
        changed.parameters.set("task/north/encoder/0/weight", weights);
        assertThat(work.value() - changed.value()).isLessThan(before + 1);
    }
}
