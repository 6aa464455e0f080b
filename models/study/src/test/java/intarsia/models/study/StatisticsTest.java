package intarsia.models.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.models.evaluation.StudentT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
    @ParameterizedTest
    @CsvSource({"12.706, 1, 0.05", "4.303, 2, 0.05", "3.182, 3, 0.05", "2.228, 10, 0.05", "3.169, 10, 0.01", "2.045, 29, 0.05",
            "3.659, 29, 0.001"})
    void studentTailsOfTheTables(double t, int df, double p) {
        assertThat(StudentT.twoSided(t, df)).isCloseTo(p, within(2e-4 * p / 0.05 + 1e-5));
        assertThat(StudentT.twoSided(-t, df)).isEqualTo(StudentT.twoSided(t, df));
    }

    @Test
    void signedRanksByCounting() {
        assertThat(PairedTest.signedRank(new double[] {1, 2, 3, 4, 5})).isEqualTo(2.0 / 32);
        // Rank sum 1 or less of 15: signs -, and 1 negative: 2 of 32 on each side.
        assertThat(PairedTest.signedRank(new double[] {-1, 2, 3, 4, 5, 0})).isEqualTo(4.0 / 32);
        // All tied: the number of negative signs decides; 1 of 4 or fewer: (1 + 4) / 16 on each side.
        assertThat(PairedTest.signedRank(new double[] {-1, 1, 1, 1})).isEqualTo(10.0 / 16);
        assertThat(PairedTest.signedRank(new double[] {0, 0})).isEqualTo(1);
    }

    @Test
    void pairedDifferences() {
        PairedTest test = PairedTest.of(new double[] {1, 2, 3, 4}, new double[] {2, 2.5, 4, 6});
        assertThat(test.difference()).isEqualTo(-1.125);
        // Deviations -1, -0.5, -1, -2: variance 1.1875 / 3.
        assertThat(test.t()).isCloseTo(-1.125 / Math.sqrt(1.1875 / 3 / 4), within(1e-12));
        assertThat(test.signedRank()).isEqualTo(2.0 / 16);
    }

    @Test
    void ranksShareTheMiddleOfTies() {
        assertThat(RankStatistics.doubled(new double[] {5, 1, 5, -2})).containsExactly(7, 4, 7, 2);
        assertThat(RankStatistics.correlation(new double[] {1, 2, 3}, new double[] {10, 30, 20})).isCloseTo(0.5, within(1e-15));
        assertThat(RankStatistics.correlation(new double[] {1, 2}, new double[] {1, 1})).isNaN();
        // By Pearson's formula on the ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4.
        assertThat(RankStatistics.correlation(new double[] {1, 2, 2, 9}, new double[] {1, 2, 3, 4}))
                .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-15));
    }

    @Test
    void holmStepsDown() {
        assertThat(PairedTest.holm(new double[] {0.04, 0.01, 0.03})).containsExactly(new double[] {0.06, 0.03, 0.06}, within(1e-15));
        assertThat(PairedTest.holm(new double[] {0.9, 0.8})).containsExactly(1, 1);
        assertThat(PairedTest.holm(new double[0])).isEmpty();
    }

    @Test
    void probabilitiesAreReadable() {
        assertThat(PairedTest.text(0.0314)).isEqualTo("0.031");
        assertThat(PairedTest.text(1.9e-9)).isEqualTo("2e-9");
        assertThat(PairedTest.text(3e-12)).isEqualTo("3e-12");
        assertThat(PairedTest.text(Double.NaN)).isEmpty();
    }

    @Test
    void distancesInStandardErrors() {
        Sample sample = new Sample(new double[] {1, 2, 3});
        assertThat(sample.deviation()).isEqualTo(1);
        assertThat(sample.distance(1, 2, 12)).isCloseTo(1 / Math.sqrt(1.0 / 3 + 4.0 / 12), within(1e-12));
        assertThat(sample.text()).isEqualTo("2.000 (1.000)");
        assertThat(new Sample(new double[] {4, 1, 2}).quantile(0.25)).isEqualTo(1.5);
        assertThat(new Sample(new double[0]).quantile(0.5)).isNaN();
    }
}
