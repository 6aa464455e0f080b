package intarsia.models.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final List<String> CANDIDATES = List.of("simple", "middle", "rich");

    @Test
    void theSmallestMeanLossIsChosen() {
        Selection<String> selection = Selection.of(CANDIDATES, new double[][] {{3, 1, 2}, {3, 2, 1.5}}, Selection.Rule.SMALLEST);
        assertThat(selection.best()).isEqualTo("middle");
        assertThat(selection.bestLoss()).isEqualTo(1.5);
        assertThat(selection.loss()).containsExactly(3, 1.5, 1.75);
        assertThat(selection.standardError()).containsExactly(new double[] {0, 0.5, 0.25}, within(1e-15));
        double[][] three = {{3, 1, 2}, {3, 2, 1.5}, {3, 6, 4}};
        assertThat(Selection.of(CANDIDATES, three, Selection.Rule.SMALLEST).standardError())
                .containsExactly(new double[] {0, Math.sqrt(14.0 / 2 / 3), Math.sqrt(3.5 / 2 / 3)}, within(1e-15));
        assertThat(Selection.of(CANDIDATES, new double[] {2, 1, 1}).best()).as("the first of equals").isEqualTo("middle");
    }

    @Test
    void withinAStandardErrorTheSimplestIsChosen() {
        double[][] losses = {{2.2, 1, 2}, {1.6, 2, 1.5}};
        assertThat(Selection.of(CANDIDATES, losses, Selection.Rule.ONE_STANDARD_ERROR).best()).isEqualTo("simple");
        assertThat(Selection.of(CANDIDATES, losses, Selection.Rule.SMALLEST).best()).isEqualTo("middle");
        assertThat(Selection.of(CANDIDATES, new double[][] {{2.2, 1, 2}}, Selection.Rule.ONE_STANDARD_ERROR).best())
                .as("one fold has no error").isEqualTo("middle");
        // the smallest mean is 1.5 with an error of 0.5: exactly within it
        assertThat(Selection.of(CANDIDATES, new double[][] {{2, 1, 2}, {2, 2, 1.5}}, Selection.Rule.ONE_STANDARD_ERROR).best())
                .isEqualTo("simple");
        assertThat(Selection.of(CANDIDATES, new double[][] {{2.01, 1, 2}, {2.01, 2, 1.5}}, Selection.Rule.ONE_STANDARD_ERROR).best())
                .isEqualTo("middle");
    }

    @Test
    void whatCouldNotBeFittedLoses() {
        double none = Double.NaN;
        assertThat(Selection.of(CANDIDATES, new double[][] {{none, 5, 6}, {0, 5, 6}}, Selection.Rule.SMALLEST).best()).isEqualTo("middle");
        assertThat(Selection.of(CANDIDATES, new double[] {none, Double.POSITIVE_INFINITY, none}).failed()).isTrue();
        assertThat(Selection.of(CANDIDATES, new double[] {none, 1, none}).failed()).isFalse();
        assertThatThrownBy(() -> Selection.of(List.of(), new double[0]))
                .hasMessage("selection: 0 candidates by 1 folds; needs at least one of each");
    }
}
