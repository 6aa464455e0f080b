package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static final Source EXAM = Source.of("exam", "age");

    private static TaskSet data(int rows, int positives) {
        double[][] x = new double[rows][1];
        double[] binary = new double[rows];
        double[] continuous = new double[rows];
        for (int i = 0; i < rows; i++) {
            x[i][0] = i;
            continuous[i] = i;
            binary[i] = i < positives ? 1 : 0;
        }
        return TaskSet.builder().task(Task.binary("binary").block(EXAM, x).response(binary))
                .task(Task.continuous("continuous").block(EXAM, x).response(continuous)).build();
    }

    @Test
    void everyRowIsInExactlyOnePart() {
        for (Split split : Split.random(data(101, 17), 0.2, 0.2, RandomStream.of(1))) {
            int[] all = together(split.train(), split.validation(), split.test());
            assertThat(all).isEqualTo(IntStream.range(0, 101).toArray());
            assertThat(split.known()).isEqualTo(together(split.train(), split.validation()));
            assertThat(split.train()).isSorted();
        }
    }

    private static int[] together(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).sorted().toArray();
    }

    @Test
    void classesKeepTheirShares() {
        Split split = Split.random(data(100, 20), 0.2, 0.2, RandomStream.of(1)).getFirst();
        assertThat(positives(split.test(), 20)).isEqualTo(4);
        assertThat(positives(split.validation(), 20)).isEqualTo(4);
        assertThat(positives(split.train(), 20)).isEqualTo(12);
        assertThat(split.test()).hasSize(20);
        assertThat(split.validation()).hasSize(20);
    }

    @Test
    void aRareClassIsInEveryPart() {
        Split split = Split.random(data(60, 3), 0.1, 0.1, RandomStream.of(1)).getFirst();
        assertThat(List.of(positives(split.train(), 3), positives(split.validation(), 3), positives(split.test(), 3))).containsOnly(1L);
    }

    @Test
    void theSeedDecides() {
        Split one = Split.random(data(50, 10), 0.2, 0.2, RandomStream.of(1)).getFirst();
        Split same = Split.random(data(50, 10), 0.2, 0.2, RandomStream.of(1)).getFirst();
        Split other = Split.random(data(50, 10), 0.2, 0.2, RandomStream.of(2)).getFirst();
        assertThat(same.test()).isEqualTo(one.test());
        assertThat(other.test()).isNotEqualTo(one.test());
    }

    @Test
    void aTasksSplitDoesNotDependOnOtherTasks() {
        TaskSet both = data(50, 10);
        TaskSet alone = TaskSet.builder().task(both.tasks().get(1)).build();
        assertThat(Split.random(alone, 0.2, 0.2, RandomStream.of(1)).getFirst().test())
                .isEqualTo(Split.random(both, 0.2, 0.2, RandomStream.of(1)).get(1).test());
    }

    @Test
    void sharesThatLeaveNothing() {
        assertThatThrownBy(() -> Split.random(data(50, 10), 0.5, 0.5, RandomStream.of(1))).isInstanceOf(DataException.class)
                .hasMessage("shares of validation 0.5 and test 0.5 must leave rows to learn from");
        assertThatThrownBy(() -> Split.random(data(50, 10), -0.1, 0.5, RandomStream.of(1))).isInstanceOf(DataException.class);
    }

    private static long positives(int[] rows, int of) {
        return Arrays.stream(rows).filter(row -> row < of).count();
    }
}
