package intarsia.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import org.junit.jupiter.api.Test;

class MeanDiscrepancyTest {
    private static double[][] gaussian(int rows, double shift, RandomStream random) {
        double[][] x = new double[rows][3];
        for (double[] row : x) {
            for (int j = 0; j < row.length; j++) {
                row[j] = shift + random.nextGaussian();
            }
        }
        return x;
    }

    @Test
    void byHand() {
        // Distances 1, 1, 2 (the median is 1): k = exp(-1/2) twice and exp(-2).
        double near = Math.exp(-0.5);
        double far = Math.exp(-2);
        MeanDiscrepancy test = MeanDiscrepancy.test(new double[][] {{0}, {1}}, new double[][] {{2}}, 5, RandomStream.of(1));
        assertThat(test.bandwidth()).isEqualTo(1);
        double expected = (2 + 2 * near) / 4 + 1 - 2 * (near + far) / 2;
        assertThat(test.squared()).isCloseTo(expected, within(1e-12));
        // in another unit
        MeanDiscrepancy wide = MeanDiscrepancy.test(new double[][] {{0}, {3}}, new double[][] {{6}}, 5, RandomStream.of(1));
        assertThat(wide.bandwidth()).isEqualTo(3);
        assertThat(wide.squared()).isCloseTo(expected, within(1e-12));
    }

    /** Every permutation is as extreme as what was found. */
    @Test
    void rowsThatAreAllTheSameDoNotDiffer() {
        for (int permutations : new int[] {1, 20}) {
            MeanDiscrepancy none = MeanDiscrepancy.test(new double[][] {{7}, {7}}, new double[][] {{7}, {7}, {7}}, permutations,
                    RandomStream.of(1));
            assertThat(none.squared()).isCloseTo(0, within(1e-15));
            assertThat(none.probability()).isEqualTo(1);
            assertThat(none.bandwidth()).isEqualTo(1);
        }
    }

    @Test
    void findsAShiftAndKeepsItsLevelWithoutOne() {
        RandomStream random = RandomStream.of(3);
        assertThat(MeanDiscrepancy.test(gaussian(40, 0, random), gaussian(30, 1, random), 199, random.child("shift")).probability())
                .isEqualTo(1.0 / 200);
        int rejected = 0;
        for (int i = 0; i < 100; i++) {
            rejected += MeanDiscrepancy.test(gaussian(12, 0, random), gaussian(10, 0, random), 39,
                    random.child("same", i)).probability() <= 0.05 ? 1 : 0;
        }
        // 5 expected; a binomial with 100 trials exceeds 13 with probability 0.0005.
        assertThat(rejected).isBetween(0, 13);
    }

    @Test
    void refusesWhatItCannotCompare() {
        assertThatThrownBy(() -> MeanDiscrepancy.test(new double[0][], new double[][] {{1}}, 10, RandomStream.of(1)))
                .hasMessageContaining("0 and 1 rows");
        assertThatThrownBy(() -> MeanDiscrepancy.test(new double[][] {{1, 2}}, new double[][] {{1}}, 10, RandomStream.of(1)))
                .hasMessageContaining("rows of 1 and 2 numbers");
    }
}
