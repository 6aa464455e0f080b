package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.RandomStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataSplitTest {
    private static final Source EXAM = Source.of("exam", "age");
    private static final Task SOUTH = task("south", 50);
    private static final Task NORTH = task("north", 40);

    private static Task task(String name, int rows) {
        return Task.continuous(name).block(EXAM, IntStream.range(0, rows).mapToObj(i -> new double[] {i}).toArray(double[][]::new))
                .response(IntStream.range(0, rows).asDoubleStream().toArray());
    }

    private static TaskSet data(Task... tasks) {
        TaskSet.Builder data = TaskSet.builder();
        List.of(tasks).forEach(data::task);
        return data.build();
    }

    @Test
    void tasksStandInTheOrderOfTheirNames() {
        DataSplit split = DataSplit.random(data(SOUTH, NORTH), 0.2, 0.2, RandomStream.of(1));
        assertThat(split.taskList()).extracting(Task::name).containsExactly("north", "south");
        assertThat(split.map(TaskSplit::task)).isEqualTo(split.taskList());
        assertThat(split.task("south").task().size()).isEqualTo(50);
        assertThat(split.hasValidation()).isTrue();
        assertThat(split.withoutValidation().hasValidation()).isFalse();
        assertThat(DataSplit.all(data(SOUTH, NORTH)).task("north").train()).hasSize(40);
        for (TaskSplit task : split.trainingOnly().tasks()) {
            assertThat(task.train()).isEqualTo(split.task(task.task().name()).train());
            assertThat(task.validation()).isEmpty();
            assertThat(task.test()).isEmpty();
        }
        assertThatThrownBy(() -> split.task("west")).isInstanceOf(DataException.class)
                .hasMessage("no task 'west'; there are [south, north]");
    }

    @Test
    void aTasksSplitDoesNotDependOnOtherTasks() {
        DataSplit both = DataSplit.random(data(SOUTH, NORTH), 0.2, 0.2, RandomStream.of(1));
        DataSplit alone = DataSplit.random(data(SOUTH), 0.2, 0.2, RandomStream.of(1));
        assertThat(alone.task("south").test()).isEqualTo(both.task("south").test());
        List<DataSplit> folds = both.folds(3, 3, RandomStream.of(2));
        assertThat(folds).hasSize(3);
        for (int k = 0; k < 3; k++) {
            assertThat(alone.folds(3, 3, RandomStream.of(2)).get(k).task("south").test())
                    .isEqualTo(folds.get(k).task("south").test());
        }
    }

    @Test
    void aSplitBelongsToItsData() {
        TaskSet data = data(SOUTH, NORTH);
        DataSplit split = DataSplit.random(data, 0.2, 0.2, RandomStream.of(1));
        assertThatThrownBy(() -> new DataSplit(data, split.tasks().subList(0, 1))).isInstanceOf(DataException.class)
                .hasMessage("splits of tasks [north] for data of tasks [south, north]: a split belongs to the data it was made of");
        assertThatThrownBy(() -> new DataSplit(data(SOUTH, task("north", 40)), split.tasks())).isInstanceOf(DataException.class);
    }
}
