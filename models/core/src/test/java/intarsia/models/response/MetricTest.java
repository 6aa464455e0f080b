package intarsia.models.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.optim.solve.NegativeBinomial;
import java.util.List;
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

    /** A task of which no row was held out has no error of 0. */
    @Test
    void withoutARowThereIsNoNumber() {
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY, new Gaussian(true), new Count(false),
                new Count(true), new Classes(List.of("a", "b", "c")), new Ordered(List.of("a", "b", "c")),
                new Survival(List.of(1.0, 2.0)))) {
            for (Metric metric : family.metrics()) {
                assertThat(metric.of(family, new double[0], new double[0])).as(family.key() + " " + metric.key()).isNaN();
            }
        }
        assertThat(Metric.MAE.of(ResponseFamily.CONTINUOUS, new double[] {1}, new double[] {0}, new double[] {2})).isNaN();
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

    /** Three classes; rows are of classes 0, 0, 1, 2, and the third row is taken for a 2. */
    private static final Classes CLASSES = new Classes(List.of("a", "b", "c"));
    private static final double[] OF = {0, 0, 1, 2};
    private static final double[] SHARES = {.7, .2, .1, .5, .25, .25, .1, .3, .6, .2, .2, .6};

    @Test
    void classes() {
        assertThat(Metric.LOG_LOSS.of(CLASSES, OF, SHARES)).isCloseTo(-(Math.log(.7) + Math.log(.5) + Math.log(.3) + Math.log(.6)) / 4,
                within(1e-14));
        assertThat(Metric.ACCURACY.of(CLASSES, OF, SHARES)).isEqualTo(0.75);
        // F1 of a: 1, of b: 0, of c: 2 / 3
        assertThat(Metric.MACRO_F1.of(CLASSES, OF, SHARES)).isCloseTo((1 + 0 + 2.0 / 3) / 3, within(1e-15));
        // a: 4 of 4 pairs; b: 3 of 3; c: 2.5 of 3
        assertThat(Metric.AUC.of(CLASSES, OF, SHARES)).isCloseTo((1 + 1 + 2.5 / 3) / 3, within(1e-15));
        assertThat(Metric.AUC.of(CLASSES, new double[] {1, 1, 1, 1}, SHARES)).as("one class only").isNaN();
        assertThat(Metric.MACRO_F1.of(CLASSES, new double[] {0, 0, 2, 2}, SHARES)).as("b is neither there nor predicted").isEqualTo(1);
    }

    @Test
    void levels() {
        Ordered family = new Ordered(CLASSES.levels());
        // medians 0, 0, 2, 2
        assertThat(Metric.LEVEL_ERROR.of(family, OF, SHARES)).isEqualTo(0.25);
        // squared distances 1; of unrelated ones: pairs of (0, 0, 1, 2) and (0, 0, 2, 2)
        double unrelated = 0;
        for (double y : OF) {
            for (double median : new double[] {0, 0, 2, 2}) {
                unrelated += (y - median) * (y - median) / 4;
            }
        }
        assertThat(Metric.KAPPA.of(family, OF, SHARES)).isCloseTo(1 - 1 / unrelated, within(1e-15));
        assertThat(Metric.KAPPA.of(family, new double[] {0, 0}, new double[] {1, 0, 0, 1, 0, 0})).isNaN();
    }

    @Test
    void counts() {
        Count family = new Count(true);
        double[] truth = {3, 2, 0, 4};
        double[] rates = {1, 0.5};
        double expected = (2 * (3 * Math.log(3.0 / 2) - 3 + 2) + 2 * 2) / 2;
        assertThat(Metric.DEVIANCE.of(family, truth, rates)).isCloseTo(expected, within(1e-14));
        assertThat(Metric.MAE.of(family, truth, rates)).isCloseTo(1.5, within(1e-15));
        assertThat(Metric.DEVIANCE.of(new Count(false), new double[] {2}, new double[] {2})).isZero();
        // not overdispersed: Poisson's, of means 2 and 2
        assertThat(Metric.LOG_SCORE.of(family, truth, rates)).isCloseTo((2 - 3 * Math.log(2) + Math.log(6) + 2) / 2, within(1e-14));
    }

    /** The likelihood of the dispersion that is most probable for the rows, which no other exceeds; weights are rows repeated. */
    @Test
    void theLogScoreKnowsOverdispersion() {
        double[] truth = {0, 0, 9, 30, 1, 0, 0, 44};
        double[] means = {5, 6, 8, 12, 9, 4, 5, 13};
        double dispersion = NegativeBinomial.dispersion(truth, means, new double[] {1, 1, 1, 1, 1, 1, 1, 1});
        double score = Metric.LOG_SCORE.of(new Count(false), truth, means);
        double[] sums = new double[3];
        for (int i = 0; i < truth.length; i++) {
            for (int k = 0; k < 3; k++) {
                sums[k] -= NegativeBinomial.logProbability(truth[i], means[i], dispersion * (0.9 + 0.1 * k)) / truth.length;
            }
        }
        assertThat(score).isCloseTo(sums[1], within(1e-12)).isLessThan(sums[0]).isLessThan(sums[2])
                .isLessThan(Metric.DEVIANCE.of(new Count(false), truth, means));
        double[] twice = {0, 0, 9, 30, 1, 0, 0, 44, 44};
        double[] its = {5, 6, 8, 12, 9, 4, 5, 13, 13};
        assertThat(Metric.LOG_SCORE.of(new Count(false), truth, new double[] {1, 1, 1, 1, 1, 1, 1, 2}, means))
                .isCloseTo(Metric.LOG_SCORE.of(new Count(false), twice, its), within(1e-12));
    }
}
