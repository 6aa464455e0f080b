package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskSplitTest {
    private static final Source EXAM = Source.of("exam", "age");

    /** The first rows are positive; row i has age i. */
    private static Task binary(int rows, int positives) {
        return Task.binary("binary").block(EXAM, ages(rows))
                .response(IntStream.range(0, rows).mapToDouble(i -> i < positives ? 1 : 0).toArray());
    }

    /** As data hold it: with its observed blocks only. */
    private static Task held(Task task) {
        return TaskSet.builder().task(task).build().task(task.name());
    }

    private static double[][] ages(int rows) {
        return IntStream.range(0, rows).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
    }

    private static int[] together(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).sorted().toArray();
    }

    private static Set<Double> agesOf(TaskSplit split, int[] rows) {
        return IntStream.of(rows).mapToObj(row -> split.task().cells().get(EXAM)[row][0]).collect(Collectors.toSet());
    }

    @Test
    void everyRowIsInExactlyOnePart() {
        for (Task task : List.of(binary(101, 17), Task.continuous("continuous").block(EXAM, ages(101)).response(IntStream.range(0, 101)
                .asDoubleStream().toArray()))) {
            TaskSplit split = TaskSplit.random(task, 0.2, 0.2, RandomStream.of(1));
            assertThat(together(split.train(), split.validation(), split.test())).isEqualTo(IntStream.range(0, 101).toArray());
            assertThat(together(split.trainAndValidation())).isEqualTo(together(split.train(), split.validation()));
            assertThat(split.withoutValidation().train()).isEqualTo(split.trainAndValidation());
            assertThat(split.withoutValidation().validation()).isEmpty();
            assertThat(split.withoutValidation().stopping()).isEqualTo(split.trainAndValidation());
            assertThat(split.stopping()).isEqualTo(split.validation());
        }
    }

    @Test
    void partsStandInTheTasksCanonicalOrder() {
        TaskSplit split = TaskSplit.random(binary(101, 17), 0.2, 0.2, RandomStream.of(1));
        int[] rank = split.task().canonicalRank();
        for (int[] part : List.of(split.train(), split.validation(), split.test(), split.trainAndValidation())) {
            assertThat(Arrays.stream(part).map(row -> rank[row]).toArray()).isSorted();
        }
        assertThat(IntStream.of(rank).sorted().toArray()).isEqualTo(IntStream.range(0, 101).toArray());
    }

    @Test
    void theOrderOfRowsChangesNothing() {
        Task forward = binary(60, 20);
        int[] order = RandomStream.of(9).permutation(60);
        Task shuffled = Task.binary("binary")
                .block(EXAM, IntStream.of(order).mapToObj(i -> new double[] {i}).toArray(double[][]::new))
                .response(IntStream.of(order).mapToDouble(i -> forward.response()[i]).toArray());
        TaskSplit one = TaskSplit.random(forward, 0.2, 0.2, RandomStream.of(1));
        TaskSplit other = TaskSplit.random(held(shuffled), 0.2, 0.2, RandomStream.of(1));
        assertThat(IntStream.of(other.train()).map(row -> order[row]).toArray()).as("the same rows in the same order")
                .isEqualTo(one.train());
        assertThat(IntStream.of(other.validation()).map(row -> order[row]).toArray()).isEqualTo(one.validation());
        assertThat(IntStream.of(other.test()).map(row -> order[row]).toArray()).isEqualTo(one.test());
    }

    @Test
    void aRowsNameDecidesItsPlaceWhereThereIsOne() {
        List<String> names = IntStream.range(0, 60).mapToObj(i -> "p" + i).toList();
        Task named = Task.binary("binary").rows(names).block(EXAM, ages(60)).response(binary(60, 20).response());
        Task corrected = Task.binary("binary").rows(names).block(EXAM, IntStream.range(0, 60).mapToObj(i -> new double[] {i + 0.5})
                .toArray(double[][]::new))
                .response(binary(60, 20).response());
        assertThat(TaskSplit.random(held(corrected), 0.2, 0.2, RandomStream.of(1)).test())
                .as("corrected cells move no row").isEqualTo(TaskSplit.random(named, 0.2, 0.2, RandomStream.of(1)).test());
    }

    @Test
    void classesKeepTheirShares() {
        TaskSplit split = TaskSplit.random(binary(100, 20), 0.2, 0.2, RandomStream.of(1));
        assertThat(positives(split.test(), 20)).isEqualTo(4);
        assertThat(positives(split.validation(), 20)).isEqualTo(4);
        assertThat(positives(split.train(), 20)).isEqualTo(12);
        assertThat(split.test()).hasSize(20);
        assertThat(split.validation()).hasSize(20);
    }

    @Test
    void aRareClassIsInEveryPart() {
        TaskSplit split = TaskSplit.random(binary(60, 3), 0.1, 0.1, RandomStream.of(1));
        assertThat(List.of(positives(split.train(), 3), positives(split.validation(), 3), positives(split.test(), 3))).containsOnly(1L);
        TaskSplit half = TaskSplit.random(binary(60, 3), 0, 0.1, RandomStream.of(1));
        assertThat(half.validation()).isEmpty();
        assertThat(half.test()).isNotEmpty();
        TaskSplit none = TaskSplit.random(binary(60, 3), 0.1, 0, RandomStream.of(1));
        assertThat(none.validation()).isNotEmpty();
        assertThat(none.test()).isEmpty();
    }

    @Test
    void theSeedDecides() {
        TaskSplit one = TaskSplit.random(binary(50, 10), 0.2, 0.2, RandomStream.of(1));
        TaskSplit same = TaskSplit.random(binary(50, 10), 0.2, 0.2, RandomStream.of(1));
        TaskSplit other = TaskSplit.random(binary(50, 10), 0.2, 0.2, RandomStream.of(2));
        assertThat(same.test()).isEqualTo(one.test());
        assertThat(other.test()).isNotEqualTo(one.test());
    }

    @Test
    void foldsHoldEveryRowOutOnce() {
        TaskSplit split = TaskSplit.random(binary(53, 20), 0.2, 0.2, RandomStream.of(1));
        List<TaskSplit> folds = split.folds(5, RandomStream.of(2));
        assertThat(together(folds.stream().map(TaskSplit::validation).toArray(int[][]::new)))
                .isEqualTo(together(split.trainAndValidation()));
        for (TaskSplit fold : folds) {
            assertThat(together(fold.train(), fold.validation())).isEqualTo(together(split.trainAndValidation()));
            assertThat(fold.test()).isEqualTo(split.test());
            int each = split.trainAndValidation().length / 5;
            assertThat(fold.validation().length).isBetween(each, each + 1);
            assertThat(positives(fold.validation(), 20)).as("classes are dealt evenly").isBetween(2L, 5L);
        }
        assertThat(split.folds(2, RandomStream.of(2))).hasSize(2);
        assertThat(split.folds(42, RandomStream.of(2))).allSatisfy(fold -> assertThat(fold.validation()).hasSize(1));
        assertThatThrownBy(() -> split.folds(1, RandomStream.of(2))).isInstanceOf(DataException.class)
                .hasMessage("task 'binary': 1 folds of 42 rows; give at least 2 folds and no more than rows");
        assertThatThrownBy(() -> split.folds(43, RandomStream.of(2))).isInstanceOf(DataException.class);
    }

    /** Of the rows to learn from about as many as asked for, classes keeping their shares, the same whatever the order of rows. */
    @Test
    void atMostSoManyToLearnFrom() {
        Task task = binary(1_000, 300);
        TaskSplit split = TaskSplit.random(task, 0.1, 0.2, RandomStream.of(1));
        TaskSplit some = split.atMost(100, RandomStream.of(2));
        assertThat(some.train()).hasSizeBetween(99, 101);
        assertThat(positives(some.train(), 300)).isBetween(29L, 31L);
        assertThat(agesOf(split, split.train())).containsAll(agesOf(some, some.train()));
        assertThat(some.validation()).isEqualTo(split.validation());
        assertThat(some.test()).isEqualTo(split.test());
        assertThat(split.atMost(700, RandomStream.of(2))).isSameAs(split);
        assertThat(split.atMost(100, RandomStream.of(3)).train()).isNotEqualTo(some.train());
    }

    @Test
    void sharesThatLeaveNothing() {
        assertThatThrownBy(() -> TaskSplit.random(binary(50, 10), 0.5, 0.5, RandomStream.of(1))).isInstanceOf(DataException.class)
                .hasMessage("shares of validation 0.5 and test 0.5 must leave rows to learn from");
        assertThatThrownBy(() -> TaskSplit.random(binary(50, 10), -0.1, 0.5, RandomStream.of(1))).isInstanceOf(DataException.class);
    }

    @Test
    void partsThatDoNotFit() {
        Task task = binary(5, 2);
        assertThatThrownBy(() -> new TaskSplit(task, new int[] {0, 1}, new int[] {1}, new int[0])).isInstanceOf(DataException.class)
                .hasMessage("task 'binary': row 1 is in two parts of a split");
        assertThatThrownBy(() -> new TaskSplit(task, new int[] {0, 5}, new int[0], new int[0])).isInstanceOf(DataException.class)
                .hasMessage("task 'binary': row 5 is none of its 5 rows");
        assertThatThrownBy(() -> new TaskSplit(task, new int[] {0, 1}, new int[] {0}, new int[0]))
                .hasMessageContaining("row 0 is in two parts");
        assertThatThrownBy(() -> new TaskSplit(task, new int[0], new int[] {1}, new int[0])).isInstanceOf(DataException.class)
                .hasMessage("task 'binary': 5 rows are too few to split");
        assertThat(agesOf(TaskSplit.all(task), TaskSplit.all(task).train())).containsExactlyInAnyOrder(0.0, 1.0, 2.0, 3.0, 4.0);
    }

    private static long positives(int[] rows, int of) {
        return Arrays.stream(rows).filter(row -> row < of).count();
    }
}
