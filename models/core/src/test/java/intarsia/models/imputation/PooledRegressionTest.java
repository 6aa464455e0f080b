package intarsia.models.imputation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What has no honest coefficient is refused, and the reason said. */
class PooledRegressionTest {
    private static final Source EXAM = new Source("exam", List.of(Column.continuous("age"), Column.continuous("same")));
    private static final double[][] ROWS = {{50, 7}, {61, 7}, {40, 7}, {72, 7}, {55, 7}, {66, 7}};

    private static TaskSet data(double[] weights, double... bergen) {
        TaskSet.Builder tasks = TaskSet.builder();
        tasks.task(Task.binary("oslo").block(EXAM, ROWS).weights(weights).response(0, 1, 0, 1, 1, 0));
        return tasks.task(Task.binary("bergen").block(EXAM, ROWS).response(bergen)).build();
    }

    private static final double[] ALIKE = {1, 1, 1, 1, 1, 1};

    @Test
    void aColumnThatIsAskedForAndDoesNotVary() {
        new PooledRegression(data(ALIKE, 0, 1, 1, 0, 1, 0), List.of());
        assertThatThrownBy(() -> new PooledRegression(data(ALIKE, 0, 1, 1, 0, 1, 0), List.of("age", "same")))
                .isInstanceOf(DataException.class).hasMessageContaining("column 'same' does not vary");
    }

    @Test
    void rowsWithWeights() {
        assertThatThrownBy(() -> new PooledRegression(data(new double[] {1, 2, 1, 1, 1, 1}, 0, 1, 1, 0, 1, 0), List.of("age")))
                .isInstanceOf(DataException.class).hasMessageContaining("rows have weights");
    }

    @Test
    void aTaskWhoseResponsesAreAlike() {
        assertThatThrownBy(() -> new PooledRegression(data(ALIKE, 0, 0, 0, 0, 0, 0), List.of("age")))
                .isInstanceOf(DataException.class).hasMessageContaining("task 'bergen'");
    }
}
