package intarsia.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.RandomStream;
import org.junit.jupiter.api.Test;

/** The test is of about the right size, also where features are apart and noise differs, and it finds what differs. */
class ResponseDisagreementTest {
    private static ResponseDisagreement drawn(int replicate, double apart, double shift, int permutations) {
        return drawn(replicate, apart, shift, permutations, 0);
    }

    private static ResponseDisagreement drawn(int replicate, double apart, double shift, int permutations, int unit) {
        RandomStream random = RandomStream.of(7, "disagreement").child("replicate", replicate);
        double[][][] x = new double[2][40][3];
        double[][] y = new double[2][40];
        for (int t = 0; t < 2; t++) {
            for (int i = 0; i < 40; i++) {
                for (int d = 0; d < 3; d++) {
                    x[t][i][d] = random.nextGaussian() + t * shift;
                }
                y[t][i] = Math.scalb(3 + 5 * t + x[t][i][0] + StrictMath.sin(2 * x[t][i][1]) + t * apart * x[t][i][2]
                        + (0.3 + 0.4 * t) * random.nextGaussian(), unit);
            }
        }
        return ResponseDisagreement.test(x, y, permutations, random);
    }

    private static int rejected(double apart, double shift) {
        int count = 0;
        for (int replicate = 0; replicate < 60; replicate++) {
            count += drawn(replicate, apart, shift, 39).probability() <= 0.05 ? 1 : 0;
        }
        return count;
    }

    @Test
    void whatIsAlikeIsRejectedAboutAsOftenAsItShould() {
        // binomial, 60 of 0.05: at most 8 with probability 0.997
        assertThat(rejected(0, 0)).as("alike").isLessThanOrEqualTo(8);
        assertThat(rejected(0, 1)).as("apart").isLessThanOrEqualTo(8);
    }

    @Test
    void whatDiffersIsFound() {
        assertThat(rejected(1.5, 0)).isGreaterThan(54);
        assertThat(rejected(1.5, 1)).isGreaterThan(48);
        assertThat(drawn(1, 3, 0, 19).gain()).isPositive();
        assertThat(drawn(1, 0, 0, 19).gain()).isNegative();
    }

    /** Squares of the largest and the smallest quantities are no doubles. */
    @Test
    void theUnitOfResponsesDoesNotMatter() {
        for (int unit : new int[] {-900, 1020}) {
            assertThat(drawn(1, 3, 0, 19, unit)).isEqualTo(drawn(1, 3, 0, 19));
        }
    }

    @Test
    void degenerateResponsesAndTooFewRows() {
        double[][][] x = {{{1}, {2}, {3}}, {{1}, {2}, {3}}};
        ResponseDisagreement constant = ResponseDisagreement.test(x, new double[][] {{1, 1, 1}, {2, 2, 2}}, 19, RandomStream.of(1));
        assertThat(constant.probability()).isEqualTo(1);
        assertThat(constant.gain()).isZero();
        assertThatThrownBy(() -> ResponseDisagreement.test(new double[][][] {{{1}}, {{1}}}, new double[][] {{1}, {1}}, 19,
                RandomStream.of(1))).hasMessageContaining("three rows each");
    }
}
