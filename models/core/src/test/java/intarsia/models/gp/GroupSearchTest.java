package intarsia.models.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.gp.MultitaskGp.Sharing;
import intarsia.models.reduction.ApartModel;
import intarsia.models.response.ResponseFamily;
import intarsia.models.sharing.GroupedTasks;
import intarsia.models.simulation.SharedCoefficients;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Groups of tasks are those drawn, and what is made of them is what it says. */
class GroupSearchTest {
    private static final MultitaskGp ALL = MultitaskGp.options().search(new MultitaskGp.Search(1, 40, 400, 1_000));
    private static final MultitaskGp GROUPS = ALL.sharing(Sharing.GROUPS);
    private static final SharedCoefficients ALIKE = new SharedCoefficients(4, 40, 5, 3, 0, 0, 0.2, 0, 0.2);
    private static final Pool POOL = new Pool(1);

    private static MultitaskGpModel fit(MultitaskGp options, TaskSet data) {
        try (Engine engine = Engine.open()) {
            return options.fit(new FitContext(engine, DataSplit.all(data), RandomStream.of(1), Progress.NONE)).orThrow();
        }
    }

    @Test
    void theOutlierIsAloneAndClustersAreFound() {
        assertThat(fit(GROUPS, ALIKE.outliers(0.25).draw(RandomStream.of(3))).settings().groups()).containsExactly(0, 0, 0, 1);
        assertThat(fit(GROUPS, ALIKE.clusters(2).draw(RandomStream.of(4))).settings().groups()).containsExactly(0, 1, 0, 1);
    }

    @Test
    void whatIsAlikeIsFittedAsWithoutGroupsToTheBit() {
        TaskSet data = ALIKE.draw(RandomStream.of(5));
        assertThat(fit(GROUPS, data).weights()).isEqualTo(fit(ALL, data).weights());
    }

    /** The covariance of rows in groups has the evidence of the groups together, and predictions do not read other groups' rows. */
    @Test
    void groupsAreIndependent() {
        KernelRows rows = GpRows.rows(60, false);
        Responses y = GpRows.responses(rows, List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY, ResponseFamily.CONTINUOUS));
        HyperparameterIndex one = new HyperparameterIndex(2, y.noisy(), 0);
        Hyperparameters h = new Hyperparameters(one.grouped(new int[] {0, 1, 0}), GpRows.values(one));
        double together = evidence(rows, y, h, IntStream.range(0, 60).toArray());
        int[] first = IntStream.range(0, 60).filter(i -> rows.tasks()[i] != 1).toArray();
        int[] second = IntStream.range(0, 60).filter(i -> rows.tasks()[i] == 1).toArray();
        Hyperparameters shared = new Hyperparameters(one, h.values());
        assertThat(together).isCloseTo(evidence(rows, y, shared, first) + evidence(rows, y, shared, second), within(1e-9));
        assertThat(evidence(rows, y, shared, IntStream.range(0, 60).toArray())).isNotCloseTo(together, within(1e-3));
    }

    private static double evidence(KernelRows rows, Responses y, Hyperparameters h, int[] which) {
        Covariance covariance = new Covariance(ALL.kernels(), rows.select(which), GpRows.divisors(), GpRows.TASKS);
        return new MarginalLikelihood(covariance, y.select(which), POOL).mode(h).logEvidence();
    }

    @Test
    void derivativesAreThoseOfDifferencesInGroups() {
        KernelRows rows = GpRows.rows(45, false);
        Responses y = GpRows.responses(rows, List.of(ResponseFamily.CONTINUOUS, ResponseFamily.CONTINUOUS, ResponseFamily.CONTINUOUS));
        HyperparameterIndex index = new HyperparameterIndex(2, y.noisy(), 0).grouped(new int[] {0, 1, 0});
        double[] at = GpRows.values(index);
        int[] all = IntStream.range(0, 45).toArray();
        double[] gradient = new double[index.size()];
        new MarginalLikelihood(new Covariance(ALL.kernels(), rows, GpRows.divisors(), GpRows.TASKS), y, POOL)
                .value(new Hyperparameters(index, at), gradient);
        for (int k = 0; k < at.length; k++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[k] += 1e-4;
            down[k] -= 1e-4;
            double difference = evidence(rows, y, new Hyperparameters(index, up), all)
                    - evidence(rows, y, new Hyperparameters(index, down), all);
            assertThat(gradient[k]).as("hyperparameter %d", k).isCloseTo(difference / 2e-4, within(2e-5 * (1 + Math.abs(gradient[k]))));
        }
    }

    /** By all 15 partitions of four tasks, at the hyperparameters that were found. */
    @Test
    void noPartitionIsMoreProbable() {
        for (TaskSet data : List.of(ALIKE.outliers(0.25).draw(RandomStream.of(3)), ALIKE.delta(1).draw(RandomStream.of(6)))) {
            MultitaskGpModel model = fit(GROUPS, data);
            TrainingRows rows = model.storage().training(model.storage().completer());
            Hyperparameters h = model.storage().hyperparameters();
            double found = probability(rows, h, h.index().groups());
            for (int code = 0; code < 256; code++) {
                int[] groups = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6};
                assertThat(probability(rows, h, groups)).as(Arrays.toString(groups)).isLessThanOrEqualTo(found + 1e-6);
            }
        }
    }

    /** By the covariance of all rows. */
    private static double probability(TrainingRows rows, Hyperparameters h, int[] groups) {
        return new MarginalLikelihood(rows.covariance(ALL.kernels()), rows.responses(), POOL)
                .mode(new Hyperparameters(h.index().grouped(groups), h.values())).logEvidence();
    }

    @Test
    void aNewTaskJoinsItsGroupOrNone() {
        TaskSet five = new SharedCoefficients(6, 40, 5, 3, 0, 1.0 / 6, 0.2, 0, 0.2, 2).draw(RandomStream.of(4));
        Task alike = five.tasks().get(4);
        Task outlier = five.tasks().get(5);
        MultitaskGpModel model = fit(GROUPS, five.without(outlier).without(alike));
        assertThat(model.settings().groups()).containsExactly(0, 1, 0, 1);
        assertThat(group(model, alike)).isZero();
        assertThat(group(model, outlier)).isEqualTo(2);
    }

    private static int group(MultitaskGpModel model, Task task) {
        try (Engine engine = Engine.open()) {
            MultitaskGpModel more = model.add(engine, TaskSplit.all(task), RandomStream.of(1)).orThrow();
            return more.storage().hyperparameters(more.settings().added().getFirst()).index().groups()[4];
        }
    }

    @Test
    void anyEstimatorIsFittedToGroups() {
        TaskSet data = ALIKE.clusters(2).draw(RandomStream.of(4));
        try (Engine engine = Engine.open()) {
            FitContext context = new FitContext(engine, DataSplit.all(data), RandomStream.of(1), Progress.NONE);
            Model model = new GroupedTasks(ALL, GROUPS).fit(context).orThrow();
            assertThat(((ApartModel) model).members().values()).extracting(member -> List.copyOf(member.responses().keySet()))
                    .containsExactly(List.of("task 1", "task 3"), List.of("task 2", "task 4"));
            assertThat(((ApartModel) GroupedTasks.alone(ALL).fit(context).orThrow()).members()).hasSize(4);
        }
    }

    @Test
    void oneTaskIsOneGroupAndRanksAreRefused() {
        Task one = Task.continuous("only").block(Source.of("s", "a"),
                new double[][] {{1}, {2}, {3}, {5}}).response(new double[] {1, 2, 3, 4});
        assertThat(fit(GROUPS, TaskSet.builder().task(one).build()).settings().groups()).containsExactly(0);
        assertThatThrownBy(() -> GROUPS.rank(1)).hasMessageContaining("groups share one function each");
    }
}
