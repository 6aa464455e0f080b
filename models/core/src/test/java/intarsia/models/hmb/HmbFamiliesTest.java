package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.autodiff.check.GradientCheck;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.net.Activation;
import intarsia.models.net.TaskTable;
import intarsia.models.net.TaskTraining;
import intarsia.models.net.Training;
import intarsia.models.response.Alike;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseBaseline;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Step 2's objective of tasks whose responses are of many kinds: shapes, derivatives, and the redundancy of heads of several columns. */
class HmbFamiliesTest {
    private static final int WIDTH = 4;
    private static final int ROWS = 5;
    private static final ResponseFamily GRADES = new Classes(List.of("A", "B", "C"));
    private static final List<ResponseFamily> FAMILIES = List.of(GRADES, new Count(true), new Ordered(List.of("low", "middle", "high")),
            GRADES, new Survival(List.of(1.0, 2.0)), new Classes(List.of("x", "y")));
    private static final MtlHmb OPTIONS = MtlHmb.published().encoder(new MtlHmb.Encoder(3, 2, 2)).path(new MtlHmb.Path(3, 2))
            .training(Training.DEFAULT.batch(ROWS));

    private static List<HmbReader> readers() {
        return IntStream.range(0, FAMILIES.size()).mapToObj(t -> new HmbReader("task" + t, "", FAMILIES.get(t),
                new HmbReader.Range(0, WIDTH),
                List.of(), new boolean[] {true, true, true, true})).toList();
    }

    private static List<TaskTable> tables() {
        List<TaskTable> tables = new ArrayList<>();
        for (int t = 0; t < FAMILIES.size(); t++) {
            ResponseFamily family = FAMILIES.get(t);
            RandomStream random = RandomStream.of(7).child("x", t);
            double[] x = new double[ROWS * WIDTH];
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextDouble(-1, 1);
            }
            // A count without exposure, a class that nobody has, levels at both ends, a row censored before the first event.
            double[] responses = switch (family) {
                case Count _ -> new double[] {2, 1, 0, 0.5, 1, 2, 7, 3, 0, 1e-9};
                case Survival _ -> new double[] {1, 1, 0, 2, 0, 0.5, 0.1, 0, 0, 3, 1, 1, 3, 1, 0};
                case Ordered _ -> new double[] {0, 1, 2, 2, 0};
                default -> new double[] {0, 1, 0, 1, 1};
            };
            ResponseBaseline baseline = Alike.baseline(family, responses);
            double[] y = new double[ROWS * family.learned()];
            for (int i = 0; i < ROWS; i++) {
                family.encode(responses, i * family.columns(), baseline, y, i * family.learned());
            }
            tables.add(new TaskTable("task" + t, family, x, y, x, y));
        }
        return tables;
    }

    private static HmbNetwork network(MtlHmb options) {
        return new HmbNetwork(options, 2, readers());
    }

    @Test
    void headsAreAsWideAsResponsesHaveLinearPredictors() {
        MtlHmb options = OPTIONS.additions(new Additions(Activation.SOFTPLUS, Additions.Linear.BESIDE, 0.1, 0, 0));
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            TaskTraining.Objective objective = options.training(tables()).objective(network(options), tables());
            Map<String, Tensor> weights = Parameters.of(engine, objective.value().graph(), RandomStream.of(1)).toMap();
            for (int t = 0; t < FAMILIES.size(); t++) {
                int k = FAMILIES.get(t).predictors();
                String shared = List.of("shared/classes/0", "shared", "shared", "shared/classes/0", "shared", "shared/classes/1").get(t);
                assertThat(weights.get("task/task" + t + "/head/weight").shape()).isEqualTo(Shape.of(6, k));
                assertThat(weights.get(shared + "/head/weight").shape()).isEqualTo(Shape.of(3, k));
                assertThat(weights.get(shared + "/head/bias").shape()).isEqualTo(Shape.of(k));
                assertThat(weights.get(shared + "/linear/weight").shape()).isEqualTo(Shape.of(WIDTH, k));
            }
            assertThat(weights.keySet()).filteredOn(name -> name.startsWith("shared/") && name.endsWith("head/weight")).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void derivativesAreRight(Variant variant) {
        MtlHmb options = OPTIONS.variant(variant).penalties(0.1, 1, 0.5)
                .additions(new Additions(Activation.SOFTPLUS, Additions.Linear.BESIDE, 0.7, 0.3, 0));
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            TaskTraining.Objective objective = options.training(tables()).objective(network(options), tables());
            Parameters parameters = Parameters.of(engine, objective.value().graph(), RandomStream.of(5));
            assertThat(GradientCheck.firstOrder(parameters, objective.value(), plan -> feed(objective, plan), RandomStream.of(1)))
                    .isLessThan(1e-7);
            assertThat(GradientCheck.secondOrder(parameters, objective.value(), plan -> feed(objective, plan), RandomStream.of(2)))
                    .isLessThan(1e-6);
        }
    }

    private static void feed(TaskTraining.Objective objective, Plan plan) {
        objective.feed().accept(plan);
        objective.batches().forEach(rows -> plan.set(rows, new int[] {1, 3, 0, 4, 2}, 0));
    }

    /** What {@code kappa} adds to the objective, by loops over the weights. */
    @ParameterizedTest
    @EnumSource(Variant.class)
    void redundancyIsThatOfAllColumns(Variant variant) {
        MtlHmb options = OPTIONS.variant(variant);
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            double with = value(engine, options.penalties(0, 0, 0.7));
            double without = value(engine, options.penalties(0, 0, 0));
            TaskTraining.Objective objective = options.training(tables()).objective(network(options), tables());
            Map<String, Tensor> weights = Parameters.of(engine, objective.value().graph(), RandomStream.of(5)).toMap();
            double sum = 0;
            for (int l = variant == Variant.PAPER ? 0 : 1; l < (variant == Variant.PAPER ? 2 : 3); l++) {
                sum += variant == Variant.PAPER ? squaresOfEach(weights, l) : squaresOfSums(weights, l);
            }
            assertThat(with - without).isCloseTo(0.7 * sum, within(1e-10));
            assertThat(sum).isGreaterThan(1e-3);
        }
    }

    private static double value(Engine engine, MtlHmb options) {
        TaskTraining.Objective objective = options.training(tables()).objective(network(options), tables());
        Plan plan = Plan.compile(Parameters.of(engine, objective.value().graph(), RandomStream.of(5)), objective.value());
        feed(objective, plan);
        plan.run();
        return plan.scalar(objective.value());
    }

    private static String shared(int task, int layer) {
        ResponseFamily family = FAMILIES.get(task);
        return layer < 2 ? "shared/path/" + layer
                : family.predictors() == 1 ? "shared/head" : family.equals(GRADES) ? "shared/classes/0/head" : "shared/classes/1/head";
    }

    private static double[][] overlap(Map<String, Tensor> weights, int task, int layer) {
        Tensor shared = weights.get(shared(task, layer) + "/weight");
        Tensor own = weights.get("task/task" + task + (layer < 2 ? "/path/" + layer : "/head") + "/weight");
        double[][] overlap = new double[shared.shape().size(1)][own.shape().size(1)];
        for (int i = 0; i < overlap.length; i++) {
            for (int j = 0; j < overlap[i].length; j++) {
                for (int r = 0; r < shared.shape().size(0); r++) {
                    overlap[i][j] += shared.get(r, i) * own.get(r, j);
                }
            }
        }
        return overlap;
    }

    private static double squaresOfEach(Map<String, Tensor> weights, int layer) {
        return IntStream.range(0, FAMILIES.size()).mapToDouble(t -> squares(overlap(weights, t, layer))).sum();
    }

    /** Of tasks that share what is in this layer. */
    private static double squaresOfSums(Map<String, Tensor> weights, int layer) {
        double all = 0;
        for (String path : IntStream.range(0, FAMILIES.size()).mapToObj(t -> shared(t, layer)).distinct().toList()) {
            double[][] sum = null;
            for (int t = 0; t < FAMILIES.size(); t++) {
                if (shared(t, layer).equals(path)) {
                    double[][] more = overlap(weights, t, layer);
                    for (int i = 0; sum != null && i < more.length; i++) {
                        for (int j = 0; j < more[i].length; j++) {
                            more[i][j] += sum[i][j];
                        }
                    }
                    sum = more;
                }
            }
            all += squares(sum);
        }
        return all;
    }

    private static double squares(double[][] matrix) {
        double sum = 0;
        for (double[] row : matrix) {
            for (double number : row) {
                sum += number * number;
            }
        }
        return sum;
    }
}
