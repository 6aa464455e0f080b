package intarsia.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.models.response.Metric;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static List<Comparison.Score> scores(double... values) {
        List<Comparison.Score> scores = new ArrayList<>();
        for (int split = 0; split < values.length; split++) {
            scores.add(new Comparison.Score(split, "a", "t", Metric.RMSE, values[split]));
            scores.add(new Comparison.Score(split, "b", "t", Metric.RMSE, 100));
            scores.add(new Comparison.Score(split, "a", "u", Metric.RMSE, 200));
            scores.add(new Comparison.Score(split, "a", "t", Metric.AUC, 300));
        }
        return scores;
    }

    @Test
    void quantilesLieBetweenOrderStatistics() {
        // positions 0.025 * 4 = 0.1 and 3.9 among 0, 10, 20, 30, 60
        Summary five = Summary.of(scores(20, 0, Double.NaN, 60, 10, 30), "a", "t", Metric.RMSE);
        assertThat(five.mean()).isEqualTo(24);
        assertThat(five.low()).isCloseTo(1, within(1e-12));
        assertThat(five.high()).isCloseTo(57, within(1e-12));
        assertThat(five.splits()).isEqualTo(5);
        assertThat(five.defined()).isTrue();
        assertThat(Summary.of(scores(7), "a", "t", Metric.RMSE)).isEqualTo(new Summary(7, 7, 7, 1));
    }

    @Test
    void withoutAFigureThereIsNone() {
        Summary none = Summary.of(scores(Double.NaN), "a", "t", Metric.RMSE);
        assertThat(none.defined()).isFalse();
        assertThat(none.mean()).isNaN();
        assertThat(none.low()).isNaN();
        assertThat(none.high()).isNaN();
    }
}
