package intarsia.models.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import org.junit.jupiter.api.Test;

/** Metrics by hand. */
class MetricTest {
    @Test
    void aucCountsPairs() {
        // pairs (1, 0): 0.9 beats both, 0.4 beats 0.1 and loses to 0.5
        assertThat(Metric.AUC.of(new double[] {1, 0, 1, 0}, new double[] {0.9, 0.5, 0.4, 0.1})).isEqualTo(0.75);
        assertThat(Metric.AUC.of(new double[] {0, 1}, new double[] {0.9, 0.5})).isZero();
    }

    @Test
    void tiesCountHalf() {
        assertThat(Metric.AUC.of(new double[] {1, 0, 1, 0}, new double[] {0.5, 0.5, 0.5, 0.5})).isEqualTo(0.5);
        // 0.5 ties with one 0 and beats the other; 0.2 loses to one and ties with none
        assertThat(Metric.AUC.of(new double[] {1, 0, 0, 1}, new double[] {0.5, 0.5, 0.3, 0.2})).isEqualTo(1.5 / 4);
        assertThat(Metric.AUC.of(new double[] {1, 0}, new double[] {-0.0, 0.0})).isEqualTo(0.5);
    }

    @Test
    void aucIsTheShareOfPairsWhateverTheOrder() {
        RandomStream random = RandomStream.of(1);
        double[] truth = new double[60];
        double[] predicted = new double[60];
        for (int i = 0; i < 60; i++) {
            truth[i] = random.nextInt(2);
            predicted[i] = random.nextInt(8) / 8.0;
        }
        double right = 0;
        double pairs = 0;
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 60; j++) {
                if (truth[i] == 1 && truth[j] == 0) {
                    pairs++;
                    right += predicted[i] > predicted[j] ? 1 : predicted[i] == predicted[j] ? 0.5 : 0;
                }
            }
        }
        assertThat(Metric.AUC.of(truth, predicted)).isCloseTo(right / pairs, within(1e-14));
    }

    @Test
    void aucWithoutAClassOrANumberIsNotANumber() {
        assertThat(Metric.AUC.of(new double[] {1, 1}, new double[] {0.1, 0.2})).isNaN();
        assertThat(Metric.AUC.of(new double[] {1, 0}, new double[] {0.1, Double.NaN})).isNaN();
        assertThat(Metric.LOG_LOSS.of(new double[] {1, 0}, new double[] {0.1, Double.NaN})).isNaN();
    }

    @Test
    void logLoss() {
        assertThat(Metric.LOG_LOSS.of(new double[] {1, 0}, new double[] {0.8, 0.4}))
                .isCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, within(1e-15));
        assertThat(Metric.LOG_LOSS.of(new double[] {1}, new double[] {0})).isCloseTo(-Math.log(1e-15), within(1e-12));
    }

    @Test
    void accuracyTakesAHalfAsOne() {
        assertThat(Metric.ACCURACY.of(new double[] {1, 0}, new double[] {0.5, 0.5})).isEqualTo(0.5);
        assertThat(Metric.ACCURACY.of(new double[] {1}, new double[] {0.5})).isEqualTo(1);
        assertThat(Metric.ACCURACY.of(new double[] {1, 0, 1, 0}, new double[] {0.9, 0.1, 0.6, 0.7})).isEqualTo(0.75);
    }

    @Test
    void rmse() {
        assertThat(Metric.RMSE.of(new double[] {1, 2, 3}, new double[] {1, 4, 0})).isCloseTo(Math.sqrt(13.0 / 3), within(1e-15));
        assertThat(Metric.RMSE.of(new double[] {1, -2}, new double[] {-1, 2})).isCloseTo(Math.sqrt(10), within(1e-15));
    }

    @Test
    void rmseFollowsTheUnit() {
        double expected = Metric.RMSE.of(new double[] {1, 2, 3}, new double[] {1, 4, 0});
        for (int power : new int[] {-900, -40, 40, 900}) {
            double unit = Math.scalb(1.0, power);
            assertThat(Metric.RMSE.of(new double[] {unit, 2 * unit, 3 * unit}, new double[] {unit, 4 * unit, 0}))
                    .isEqualTo(expected * unit);
        }
        assertThat(Metric.RMSE.of(new double[] {1, 2}, new double[] {1, 2})).isZero();
        assertThat(Metric.RMSE.of(new double[] {1}, new double[] {Double.POSITIVE_INFINITY})).isInfinite();
        assertThat(Metric.RMSE.of(new double[] {1, 2}, new double[] {Double.NaN, 2})).isNaN();
    }

    @Test
    void eachFamilyHasItsMetrics() {
        assertThat(ResponseFamily.BINARY.metrics()).containsExactly(Metric.AUC, Metric.LOG_LOSS, Metric.BRIER, Metric.ACCURACY);
        assertThat(ResponseFamily.CONTINUOUS.metrics()).containsExactly(Metric.RMSE, Metric.MAE, Metric.R2);
        assertThat(Metric.values()).extracting(Metric::key).doesNotHaveDuplicates().contains("auc", "logLoss", "accuracy", "rmse");
        assertThat(Metric.values()).extracting(Metric::label).doesNotHaveDuplicates().contains("AUC", "log loss", "accuracy", "RMSE");
        assertThat(Metric.AUC.higherIsBetter()).isTrue();
        assertThat(Metric.RMSE.higherIsBetter()).isFalse();
    }

    @Test
    void brierMeanAbsoluteErrorAndExplainedVarianceByHand() {
        assertThat(Metric.BRIER.of(new double[] {1, 0}, new double[] {0.8, 0.4})).isCloseTo((0.04 + 0.16) / 2, within(1e-15));
        assertThat(Metric.MAE.of(new double[] {1, 2, 3}, new double[] {1, 4, 0})).isCloseTo(5.0 / 3, within(1e-15));
        // squared errors 0, 4, 9; those of the mean 2: 1, 0, 1
        assertThat(Metric.R2.of(new double[] {1, 2, 3}, new double[] {1, 4, 0})).isCloseTo(1 - 13.0 / 2, within(1e-14));
        assertThat(Metric.R2.of(new double[] {1, 2, 3}, new double[] {1, 2, 3})).isEqualTo(1);
        assertThat(Metric.R2.of(new double[] {1, 2, 3}, new double[] {2, 2, 2})).isZero();
    }

    @Test
    void theyDoNotDependOnUnitsAndAreNotANumberWhereNothingIsDefined() {
        for (double unit : new double[] {1e-150, 1e150, 1e307}) {
            double[] truth = {unit, 2 * unit, 3 * unit};
            double[] predicted = {unit, 4 * unit, 0};
            assertThat(Metric.R2.of(truth, predicted)).isCloseTo(-5.5, within(1e-12));
            assertThat(Metric.MAE.of(truth, predicted) / unit).isCloseTo(5.0 / 3, within(1e-12));
        }
        assertThat(Metric.R2.of(new double[] {5, 5}, new double[] {5, 5})).isNaN();
        assertThat(Metric.R2.of(new double[] {5}, new double[] {4})).isNaN();
        assertThat(Metric.MAE.of(new double[] {1, 2}, new double[] {Double.NaN, 2})).isNaN();
        assertThat(Metric.BRIER.of(new double[] {1, 0}, new double[] {Double.NaN, 0})).isNaN();
    }
}
