package intarsia.models.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.models.Model;
import intarsia.models.baseline.Regression;
import intarsia.models.data.Observations;
import intarsia.models.data.TaskSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartialDependenceTest {
    private static final TaskSet DATA = Exams.data(80, false);
    private static final Model MODEL = Regression.DEFAULT.fit(DATA, 1).orThrow();
    private static final Observations ROWS = Observations.of(DATA.task("with"), IntStream.range(0, 25).toArray());

    /** All curves of a linear model are parallel lines, their mean too; where the grid is at the row's own value it is the prediction. */
    @Test
    void aLinearModelGoesInStraightLines() {
        PartialDependence along = PartialDependence.of(MODEL, MODEL.response("with"), "with", ROWS, Exams.EXAM, 0);
        double[] grid = along.grid();
        assertThat(grid).hasSize(PartialDependence.VALUES).isSorted();
        double slope = (along.mean()[1] - along.mean()[0]) / (grid[1] - grid[0]);
        double[] predicted = MODEL.predict("with", ROWS);
        for (int i = 0; i < ROWS.size(); i++) {
            for (int g = 0; g < grid.length; g++) {
                assertThat(along.rows()[i][g]).isCloseTo(predicted[i] + slope * (grid[g] - ROWS.blocks().get(Exams.EXAM)[i][0]),
                        within(1e-9));
            }
        }
        assertThat(along.range(0)).isCloseTo(Math.abs(slope) * (grid[grid.length - 1] - grid[0]), within(1e-9));
    }

    @Test
    void codesAreAskedOneByOne() {
        PartialDependence along = PartialDependence.of(MODEL, MODEL.response("with"), "with", ROWS, Exams.EXAM, 2);
        assertThat(along.grid()).containsExactly(0, 1);
    }
}
