package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FitMemoryTest {
    private static TaskSet tasks(int rows, int columns) {
        Source genes = new Source("genes", IntStream.range(0, columns).mapToObj(j -> Column.continuous("g" + j)).toList());
        TaskSet.Builder data = TaskSet.builder();
        for (String name : new String[] {"a", "b"}) {
            data.task(Task.continuous(name).block(genes, new double[rows][columns])
                    .response(IntStream.range(0, rows).asDoubleStream().toArray()));
        }
        return data.build();
    }

    /** 2 tasks x 10 rows x 3 columns are 480 bytes; of features thrice as many, and 3 x 32 x (2 tasks + 1 source) weights six times. */
    @Test
    void counted() {
        FitMemory memory = FitMemory.of(tasks(10, 3), 1_000_000);
        assertThat(memory.tables()).isEqualTo(480);
        assertThat(memory.fit()).isEqualTo(3 * 480 + 6 * 8 * 3 * 32 * 3);
        assertThat(memory.line()).isEmpty();
    }

    @Test
    void largeOnesAreSaid() {
        FitMemory memory = FitMemory.of(tasks(250, 20_000), 4L << 30);
        assertThat(memory.line()).isEqualTo("the tables take 76 MB, a fit about 316 MB besides, of 4,096 MB");
        assertThat(new FitMemory(1L << 30, 4L << 30, 4L << 30).line()).endsWith("that may be too little, raise it: "
                + "INTARSIA_JAVA_OPTS=-Xmx8g");
    }

    /** As many side by side as there is room for, and as there are; never none. */
    @Test
    void sideBySide() {
        assertThat(new FitMemory(1_000, 500, 2_600).sideBySide(8)).isEqualTo(3);
        assertThat(new FitMemory(1_000, 500, 2_600).sideBySide(2)).isEqualTo(2);
        assertThat(new FitMemory(1_000, 500, 900).sideBySide(8)).isEqualTo(1);
    }
}
