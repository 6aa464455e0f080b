package intarsia.models.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.simulation.SharedCoefficients;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskDifferenceTest {
    private static final SharedCoefficients ALIKE = new SharedCoefficients(3, 60, 4, 3, 0, 0, 0.0, 0, 0.2);

    private static DataSplit drawn(SharedCoefficients of) {
        return DataSplit.all(of.draw(RandomStream.of(7)));
    }

    @Test
    void featuresAndResponsesDifferEachByTheirOwnMeasure() {
        List<TaskDifference> alike = TaskDifference.ofFeatures(drawn(ALIKE), 99);
        assertThat(alike).extracting(TaskDifference::names).containsExactly("task 1, task 2", "task 1, task 3", "task 2, task 3");
        assertThat(alike).allSatisfy(pair -> assertThat(pair.probability()).isGreaterThan(0.01));
        assertThat(TaskDifference.ofFeatures(drawn(ALIKE.shift(2)), 99)).allSatisfy(pair ->
                assertThat(pair.probability()).isEqualTo(0.01));
        List<Source> anchors = drawn(ALIKE).data().anchors();
        assertThat(TaskDifference.ofResponses(drawn(ALIKE), anchors, 99)).allSatisfy(pair -> {
            assertThat(pair.probability()).isGreaterThan(0.01);
            assertThat(pair.value()).as("together is better").isPositive();
        });
        List<TaskDifference> unlike = TaskDifference.ofResponses(drawn(ALIKE.delta(4)), anchors, 99);
        assertThat(unlike).allSatisfy(pair -> assertThat(pair.probability()).isLessThanOrEqualTo(0.02));
        assertThat(unlike).as("alone is better").anyMatch(pair -> pair.value() < -1);
    }

    /** Test rows have no part in it, the order of rows neither, and two rows are too few. */
    @Test
    void onlyKnownRowsCount() {
        DataSplit all = drawn(ALIKE);
        DataSplit some = DataSplit.of(all.data(), task -> new TaskSplit(task, IntStream.range(0, 30).toArray(),
                IntStream.range(30, 40).toArray(), IntStream.range(40, 60).toArray()));
        TaskSet.Builder known = TaskSet.builder();
        all.taskList().forEach(task -> known.task(reversed(task, 40)));
        List<Source> anchors = all.data().anchors();
        TaskDifference here = TaskDifference.ofResponses(some, anchors, 19).getFirst();
        TaskDifference there = TaskDifference.ofResponses(DataSplit.all(known.build()), anchors, 19).getFirst();
        assertThat(here.rowsOfFirst()).isEqualTo(40);
        assertThat(there.value()).isCloseTo(here.value(), within(1e-12));
        assertThat(there.probability()).isEqualTo(here.probability());
        assertThat(TaskDifference.ofFeatures(DataSplit.all(known.build()), 19).getFirst().value())
                .isCloseTo(TaskDifference.ofFeatures(some, 19).getFirst().value(), within(1e-12));
        DataSplit few = DataSplit.of(all.data(), task -> new TaskSplit(task, new int[] {0, 1}, new int[0], new int[0]));
        assertThat(TaskDifference.ofResponses(few, anchors, 19)).noneMatch(TaskDifference::known);
        assertThat(TaskDifference.ofFeatures(few, 19)).allMatch(TaskDifference::known);
    }

    private static Task reversed(Task task, int rows) {
        Task.Builder builder = Task.continuous(task.name());
        int[] order = IntStream.range(0, rows).map(i -> rows - 1 - i).toArray();
        task.cells().forEach((source, block) -> builder.block(source, IntStream.of(order).mapToObj(i -> block[i])
                .toArray(double[][]::new)));
        return builder.response(IntStream.of(order).mapToDouble(i -> task.response()[i]).toArray());
    }
}
