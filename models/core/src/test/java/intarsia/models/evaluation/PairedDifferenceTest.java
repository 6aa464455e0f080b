package intarsia.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.models.response.Metric;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
    private static List<Comparison.Score> scores(double[][] a, double[][] b) {
        List<Comparison.Score> scores = new ArrayList<>();
        for (int split = 0; split < a.length; split++) {
            for (int task = 0; task < a[split].length; task++) {
                scores.add(new Comparison.Score(split, "a", "t" + task, Metric.RMSE, a[split][task]));
                scores.add(new Comparison.Score(split, "b", "t" + task, Metric.RMSE, b[split][task]));
                scores.add(new Comparison.Score(split, "c", "t" + task, Metric.RMSE, 100));
            }
        }
        return scores;
    }

    /**
     * By hand: d = -1, -2, -3, mean -2, variance 1, t = -2 / sqrt(1/3 + 1/4) = -2.6186; two degrees of freedom: p = 1 - t / sqrt(2 + t^2).
     */
    @Test
    void theCorrectedTestByHand() {
        PairedDifference found = PairedDifference.of(scores(new double[][] {{1, 3}, {2, 2}, {0, 4}},
                new double[][] {{2, 4}, {4, 4}, {3, 7}}),
                "a", "b", Metric.RMSE, 0.25);
        assertThat(found.first()).isEqualTo(2);
        assertThat(found.second()).isEqualTo(4);
        double t = 2 / Math.sqrt(1.0 / 3 + 0.25);
        assertThat(found.p()).isCloseTo(1 - t / Math.sqrt(2 + t * t), within(1e-12));
        assertThat(found.splits()).isEqualTo(3);
    }

    @Test
    void undefinedFiguresLeaveTheirTaskOut() {
        PairedDifference found = PairedDifference.of(scores(new double[][] {{1, Double.NaN}, {1, 5}}, new double[][] {{2, 9}, {2, 5}}), "a",
                "b", Metric.RMSE, 0.25);
        assertThat(found.first()).isEqualTo(2);
        assertThat(found.second()).isEqualTo(2.75);
        PairedDifference one = PairedDifference.of(scores(new double[][] {{Double.NaN}, {1}}, new double[][] {{9}, {2}}), "a", "b",
                Metric.RMSE, 0.25);
        assertThat(one.first()).isEqualTo(1);
        assertThat(one.splits()).as("splits in which a task defines it").isEqualTo(1);
    }

    @Test
    void aTaskInAnotherUnitCountsAlikeAndOneWithoutAUnitNotAtAll() {
        double[][] a = {{1, 3000, 5}, {2, 2000, 5}};
        double[][] b = {{2, 4000, 9}, {4, 4000, 9}};
        PairedDifference found = PairedDifference.of(scores(a, b), "a", "b", Metric.RMSE, 0.25,
                task -> task.equals("t0") ? 2 : task.equals("t1") ? 2000 : 0);
        assertThat(found.first()).isEqualTo((0.5 + 1.5 + 1 + 1) / 4);
        assertThat(found.second()).isEqualTo((1 + 2 + 2 + 2) / 4.0);
        assertThat(found.splits()).isEqualTo(2);
    }

    @Test
    void theSameDifferenceInEverySplitIsNoChance() {
        assertThat(PairedDifference.of(scores(new double[][] {{1}, {2}, {4}}, new double[][] {{2}, {3}, {5}}), "a", "b", Metric.RMSE,
                0.25).p()).isZero();
    }

    @Test
    void oneSplitTellsNoChance() {
        assertThat(PairedDifference.of(scores(new double[][] {{1}}, new double[][] {{2}}), "a", "b", Metric.RMSE, 0.25).p()).isNaN();
        assertThat(PairedDifference.of(List.of(), "a", "b", Metric.RMSE, 0.25).first()).isNaN();
        assertThat(PairedDifference.of(scores(new double[][] {{1}, {2}}, new double[][] {{1}, {2}}), "a", "b", Metric.RMSE, 0.25).p())
                .isEqualTo(1);
    }
}
