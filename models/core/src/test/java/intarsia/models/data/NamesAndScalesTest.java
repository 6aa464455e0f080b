package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task may be called, and how large its numbers may be. */
class NamesAndScalesTest {
    private static final Source SOURCE = Source.of("exam", "age");

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "../x", "/etc/x", "a\\b", "a\u0000b", "a\nb"})
    void aNameThatCannotBeAFilesIsRefused(String name) {
        assertThatThrownBy(() -> task(name, 1)).isInstanceOf(DataException.class).hasMessageContaining("its name becomes a file's");
    }

    @Test
    void aVeryLongNameIsRefused() {
        assertThatThrownBy(() -> task("x".repeat(101), 1)).isInstanceOf(DataException.class).hasMessageContaining("longer than 100");
    }

    @Test
    void namesThatDifferInCapitalsOnlyAreTheSame() {
        assertThatThrownBy(() -> TaskSet.builder().task(task("north", 1)).task(task("North", 1)).build())
                .isInstanceOf(DataException.class).hasMessageStartingWith("task 'North' is there twice");
    }

    @Test
    void numbersWhoseSquaresOverflowAreRefused() {
        TaskSet data = TaskSet.builder().task(task("a", 1e200)).build();
        assertThatThrownBy(() -> Encoding.of(data, List.of(new int[] {0, 1, 2}), Encoding.Scaling.STANDARDIZED))
                .isInstanceOf(DataException.class).hasMessageStartingWith("column 'age': its numbers are too large to be standardized");
    }

    private static Task task(String name, double scale) {
        return Task.continuous(name).block(SOURCE, new double[][] {{scale}, {-scale}, {2 * scale}}).response(1, 2, 3);
    }
}
