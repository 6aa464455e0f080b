package intarsia.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.AcceptsTasks;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.baseline.Regression;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.gp.MultitaskGp;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeaveOneTaskOutTest {
    private static final Source EXAM = Source.of("exam", "a", "b");
    private static final Source LABS = Source.of("labs", "c");
    private static final MultitaskGp GP = MultitaskGp.options().search(new MultitaskGp.Search(1, 10, 400, 1_000));

    /** Only the last task lacks labs; responses of the test rows of the first task may be shifted. */
    private static TaskSet data(double shift, int... shifted) {
        RandomStream random = RandomStream.of(4);
        TaskSet.Builder data = TaskSet.builder();
        for (String name : List.of("mainz", "oslo", "porto")) {
            double[][] exam = new double[24][2];
            double[][] labs = new double[24][1];
            double[] y = new double[24];
            for (int i = 0; i < 24; i++) {
                exam[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
                labs[i][0] = random.nextGaussian();
                y[i] = exam[i][0] - exam[i][1] + 0.3 * random.nextGaussian();
            }
            if (name.equals("mainz")) {
                Arrays.stream(shifted).forEach(row -> y[row] += shift);
            }
            Task.Builder task = Task.continuous(name).rows(IntStream.range(0, 24).mapToObj(i -> name + i).toList())
                    .block(EXAM, exam);
            data.task((name.equals("porto") ? task : task.block(LABS, labs)).response(y));
        }
        return data.build();
    }

    private static double[] predicted(Estimator estimator, TaskSet data, String task) {
        DataSplit split = DataSplit.random(data, 0.2, 0.2, RandomStream.of(7));
        try (Engine engine = Engine.open()) {
            Model model = estimator.fit(new FitContext(engine, split, RandomStream.of(8), Progress.NONE)).orThrow();
            try (var bound = model.bind(engine)) {
                return bound.predict(task, split.task(task).observations(split.task(task).test()));
            }
        }
    }

    @Test
    void aTaskIsPredictedByTheOthersAndItsOwnTrainingRows() {
        TaskSet data = data(0);
        TaskSplit own = DataSplit.random(data, 0.2, 0.2, RandomStream.of(7)).task("mainz");
        double[] found = predicted(new LeaveOneTaskOut(GP), data, "mainz");
        assertThat(predicted(new LeaveOneTaskOut(GP), data(50, own.test()), "mainz")).as("test rows are not seen").isEqualTo(found);
        assertThat(predicted(new LeaveOneTaskOut(GP), data(50, own.train()), "mainz")).as("its training rows are").isNotEqualTo(found);

        // By hand: the same model of the other two tasks, with the task added.
        DataSplit all = DataSplit.random(data, 0.2, 0.2, RandomStream.of(7));
        TaskSet others = TaskSet.builder().minimumShare(0).task(data.task("oslo")).task(data.task("porto")).build();
        DataSplit split = DataSplit.of(others, task -> new TaskSplit(task, all.task(task.name()).train(),
                all.task(task.name()).validation(), all.task(task.name()).test()));
        try (Engine engine = Engine.open()) {
            RandomStream random = RandomStream.of(8).child("without/mainz");
            Model base = GP.fit(new FitContext(engine, split, random, Progress.NONE)).orThrow();
            Model added = ((AcceptsTasks) base).add(engine, own, random.child("adding")).orThrow();
            assertThat(added.predict("mainz", own.observations(own.test()))).isEqualTo(found);
        }
    }

    /** Both others have labs; a model that needed them could not take the third task. */
    @Test
    void aSourceThatOnlyTheNewTaskLacksIsNotLearned() {
        TaskSet data = data(0);
        TaskSet others = data.without(data.task("porto"));
        assertThat(others.anchors()).containsExactly(EXAM);
        assertThat(others.others()).isEmpty();
        assertThat(data.without(data.task("mainz")).others()).containsExactly(LABS);
        assertThat(predicted(new LeaveOneTaskOut(GP), data, "porto")).hasSize(5).doesNotContain(Double.NaN);
    }

    /** Labs are known from two of the others: the model has them, and the new task does not. */
    @Test
    void aTaskMayLackASourceOfTheOthers() {
        TaskSet three = data(0);
        Task without = Task.continuous("bergen").block(EXAM, three.task("porto").blocks().get(EXAM))
                .response(three.task("porto").response());
        TaskSet data = TaskSet.builder().task(three.task("mainz")).task(three.task("oslo")).task(three.task("porto")).task(without).build();
        assertThat(data.without(without).others()).containsExactly(LABS);
        assertThat(predicted(new LeaveOneTaskOut(GP), data, "bergen")).hasSize(5).doesNotContain(Double.NaN);
    }

    @Test
    void whatCannotBeLeftOut() {
        assertThatThrownBy(() -> predicted(new LeaveOneTaskOut(Regression.DEFAULT), data(0), "oslo")).isInstanceOf(DataException.class)
                .hasMessageEndingWith(" takes no new task, so none can be left out; auto, dual-encoder, gp and tenmtl take one");
        TaskSet one = TaskSet.builder().task(data(0).task("oslo")).build();
        assertThatThrownBy(() -> predicted(new LeaveOneTaskOut(GP), one, "oslo")).isInstanceOf(DataException.class)
                .hasMessage("to leave one task out takes two tasks at least");
        LeaveOneTaskOut named = new LeaveOneTaskOut(GP);
        assertThat(named.key()).isEqualTo("gp-new-task");
        assertThat(named.name()).endsWith(", each task as a new one");
    }
}
