package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
        assertThat(task("x".repeat(100), 1).size()).isEqualTo(3);
        assertThatThrownBy(() -> task("x".repeat(101), 1)).isInstanceOf(DataException.class).hasMessageContaining("longer than 100");
    }

    @Test
    void namesThatDifferInCapitalsOnlyAreTheSame() {
        assertThatThrownBy(() -> TaskSet.builder().task(task("north", 1)).task(task("North", 1)).build())
                .isInstanceOf(DataException.class)
                .hasMessage("task 'North' is there twice: names that differ in capital letters only count as the same");
    }

    /** Squares of these numbers overflow or vanish; their features are the same as those of 1, -1 and 2. */
    @ParameterizedTest
    @ValueSource(ints = {-300, -200, 0, 200, 300})
    void aUnitChangesNothing(int exponent) {
        double scale = Double.parseDouble("1e" + exponent);
        TaskSet data = TaskSet.builder().task(task("a", scale)).build();
        FeatureEncoding encoding = FeatureEncoding.of(DataSplit.all(data), FeatureEncoding.Scaling.STANDARDIZED);
        double[] dense = encoding.encode("a", SOURCE, data.task("a").cells().get(SOURCE));
        double deviation = Math.sqrt(14.0 / 9);
        assertThat(dense).containsExactly(new double[] {1 / 3.0 / deviation, -5 / 3.0 / deviation, 4 / 3.0 / deviation}, within(1e-15));
    }

    private static Task task(String name, double scale) {
        return Task.continuous(name).block(SOURCE, new double[][] {{scale}, {-scale}, {2 * scale}}).response(1, 2, 3);
    }
}
