package intarsia.models.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseFamilyTest {
    static final List<String> LEVELS = List.of("low", "middle", "high", "highest");
    static final Survival SURVIVAL = new Survival(List.of(1.0, 2.5, 4.0));
    static final Survival INTERVALS = new Survival(List.of(1.0, 2.5, 4.0), true);

    static List<ResponseFamily> families() {
        return List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY, new Gaussian(true), new Binomial(true), new Count(false),
                new Count(true), new Classes(LEVELS), new Ordered(LEVELS), SURVIVAL, INTERVALS);
    }

    /** Responses of some rows: every level, events and censored rows, late entries. */
    static double[] responses(ResponseFamily family, int rows) {
        RandomStream random = RandomStream.of(11, family.key());
        double[] y = new double[rows * family.columns()];
        for (int i = 0; i < rows; i++) {
            int at = i * family.columns();
            switch (family) {
                case Gaussian g -> {
                    y[at] = random.nextGaussian();
                    y[at + g.columns() - 1] += g.hasOffset() ? random.nextGaussian() : 0;
                }
                case Binomial b -> {
                    y[at] = random.nextInt(2);
                    y[at + b.columns() - 1] += b.hasOffset() ? random.nextGaussian() : 0;
                }
                case Count c -> {
                    y[at] = random.nextInt(5);
                    if (c.exposure()) {
                        y[at + 1] = 0.25 + random.nextDouble();
                    }
                }
                case Classes c -> y[at] = random.nextInt(4);
                case Ordered o -> y[at] = random.nextInt(4);
                case Survival s -> {
                    y[at] = 0.5 * (1 + random.nextInt(10));
                    y[at + 1] = random.nextInt(3) > 0 ? 1 : 0;
                    y[at + 2] = i % 4 == 0 ? 0.25 * random.nextDouble() : 0;
                }
                default -> throw new IllegalArgumentException(family.key());
            }
        }
        return y;
    }

    /**
     * The constant that the likelihood leaves out: of a row, minus the logarithm of its probability where eta is 0 in excess of its loss.
     */
    @ParameterizedTest
    @MethodSource("families")
    void theLikelihoodIsThatOfThePredictions(ResponseFamily family) {
        if (family.predictors() > 1 || family.equals(SURVIVAL)) {
            // classes: see LikelihoodTest; survival in continuous time predicts at some times only, see SurvivalTest
            return;
        }
        double[] y = responses(family, 40);
        // the deviance of counts is that of their means, which is Poisson's
        ResponseBaseline found = Alike.baseline(family, y);
        ResponseBaseline baseline = family instanceof Count ? Count.baseline(found.values().getFirst(), 0) : found;
        double[] learned = new double[family.learned()];
        double[] predicted = new double[family.width()];
        for (int i = 0; i < 40; i++) {
            family.encode(y, i * family.columns(), baseline, learned, 0);
            double before = Double.NaN;
            for (double eta : new double[] {-3, -0.5, 0, 2}) {
                family.respond(new double[] {eta}, 0, baseline, predicted, 0);
                double rest = family.deviance(y, i * family.columns(), predicted, 0) / 2 - family.likelihood().loss(learned, 0, eta);
                if (!Double.isNaN(before)) {
                    assertThat(rest).as("%s row %d eta %s", family.key(), i, eta).isCloseTo(before, within(1e-11));
                }
                before = rest;
            }
        }
    }

    /** From linear predictors to a prediction and back is the same but for a constant, which is the task's. */
    @ParameterizedTest
    @MethodSource("families")
    void linearPredictorsComeBack(ResponseFamily family) {
        ResponseBaseline baseline = Alike.baseline(family, responses(family, 40));
        RandomStream random = RandomStream.of(5);
        int predictors = family.predictors();
        double constant = Double.NaN;
        for (int i = 0; i < 20; i++) {
            double[] eta = new double[predictors];
            for (int k = 0; k < predictors; k++) {
                eta[k] = random.nextGaussian();
            }
            double[] predicted = new double[family.width() + 1];
            family.respond(eta, 0, baseline, predicted, 1);
            double[] back = new double[predictors + 2];
            family.linear(predicted, 1, back, 1);
            double mean = predictors == 1 ? 0 : Arrays.stream(eta).average().orElseThrow();
            for (int k = 0; k < predictors; k++) {
                constant = Double.isNaN(constant) ? back[1 + k] - (eta[k] - mean) : constant;
                assertThat(back[1 + k] - (eta[k] - mean)).isCloseTo(constant, within(1e-9));
            }
            assertThat(new double[] {back[0], back[predictors + 1]}).as("nothing else is written").containsExactly(0, 0);
        }
        double[] certain = new double[family.width()];
        certain[0] = family instanceof Gaussian ? 3 : family instanceof Count ? 0 : 1;
        assertThat(Arrays.stream(family.linear(certain)).allMatch(Double::isFinite)).as("certainties have a place").isTrue();
        assertThat(family.linearScale()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("families")
    void theDeviancesDerivativesAreItsDifferences(ResponseFamily family) {
        double[] y = responses(family, 40);
        double[] eta = new double[family.predictors()];
        RandomStream random = RandomStream.of(3);
        double[] predicted = new double[family.width() + 1];
        double[] slopes = new double[family.width() + 2];
        for (int i = 0; i < 40; i++) {
            for (int k = 0; k < eta.length; k++) {
                eta[k] = random.nextGaussian();
            }
            int at = i * family.columns();
            family.respond(eta, 0, Alike.baseline(family, y), predicted, 1);
            family.devianceSlopes(y, at, predicted, 1, slopes, 2);
            for (int k = 0; k < family.width(); k++) {
                double step = 1e-6;
                double[] moved = predicted.clone();
                moved[1 + k] += step;
                double above = family.deviance(y, at, moved, 1);
                moved[1 + k] -= 2 * step;
                double slope = (above - family.deviance(y, at, moved, 1)) / (2 * step);
                assertThat(slopes[2 + k]).as("%s %d", family.key(), k).isCloseTo(slope, within(1e-5 * (1 + Math.abs(slope))));
            }
            assertThat(slopes[1]).as("nothing else is written").isZero();
        }
    }

    /** What is predicted where nothing is known has the smallest deviance of all predictions that are the same for all rows. */
    @ParameterizedTest
    @MethodSource("families")
    void whatIsExpectedIsTheBestForAllRows(ResponseFamily family) {
        double[] y = responses(family, 60);
        for (int i = 0; i < y.length && family instanceof Survival; i += 3) {
            y[i + 2] = 0;
        }
        double[] expected = Alike.expected(family, y);
        assertThat(expected).hasSize(family.width());
        double least = sum(family, y, expected);
        for (int k = 0; k < family.width(); k++) {
            for (double step : new double[] {-0.02, 0.02}) {
                double[] other = expected.clone();
                other[k] += step;
                double total = 0;
                for (double of : other) {
                    total += of;
                }
                for (int j = 0; j < other.length && (family instanceof Classes || family instanceof Ordered); j++) {
                    other[j] /= total;
                }
                // The Nelson-Aalen estimate is nearly, not exactly, the best.
                double slack = family instanceof Survival ? 0.5 : 0;
                assertThat(sum(family, y, other) + slack).as("%s %d", family.key(), k).isGreaterThan(least);
            }
        }
    }

    private static double sum(ResponseFamily family, double[] y, double[] predicted) {
        double sum = 0;
        for (int at = 0; at < y.length; at += family.columns()) {
            sum += family.deviance(y, at, predicted, 0);
        }
        return sum;
    }

    @Test
    void probabilitiesStayOffTheirLimits() {
        ResponseFamily binary = ResponseFamily.BINARY;
        double[] slopes = new double[1];
        assertThat(binary.deviance(new double[] {1}, 0, new double[] {0}, 0)).isCloseTo(-2 * Math.log(1e-15), within(1e-12));
        assertThat(binary.deviance(new double[] {0}, 0, new double[] {1}, 0)).isCloseTo(-2 * Math.log(1e-15), within(1e-12));
        assertThat(binary.deviance(new double[] {1}, 0, new double[] {1}, 0)).isPositive();
        binary.devianceSlopes(new double[] {1}, 0, new double[] {1e-15}, 0, slopes, 0);
        assertThat(slopes[0]).as("at the limit").isEqualTo(-2 / 1e-15);
        assertLevel(binary, new double[] {1}, new double[] {0}, new double[] {5e-16});
        assertLevel(binary, new double[] {0}, new double[] {1}, new double[] {1 - 0x1p-52});
        assertLevel(binary, new double[] {1}, new double[] {1}, new double[] {1 - 0x1p-52});
        assertLevel(new Classes(LEVELS), new double[] {2}, new double[] {0.5, 0.5, 0, 0}, new double[] {0.5, 0.25, 5e-16, 0.25});
        assertLevel(new Count(true), new double[] {2, 0.5}, new double[] {0}, new double[] {1e-300});
        assertLevel(SURVIVAL, new double[] {2, 1, 0}, new double[] {0.75, 0.75, 0.5}, new double[] {0.75, 0.75 - 0x1p-52, 0.25});
        assertLevel(SURVIVAL, new double[] {5, 0, 2}, new double[] {0, 0, 0}, new double[] {1e-16, 1e-16, 1e-16});
        ResponseFamily.CONTINUOUS.devianceSlopes(new double[] {3}, 0, new double[] {5}, 0, slopes, 0);
        assertThat(slopes[0]).as("of (3 - m)^2 at 5").isEqualTo(4);
    }

    /** Beyond a limit a deviance stays the same, and its derivatives say so. */
    private static void assertLevel(ResponseFamily family, double[] y, double[] predicted, double[] beside) {
        double[] slopes = new double[family.width()];
        for (double[] of : List.of(predicted, beside)) {
            assertThat(family.deviance(y, 0, of, 0)).isEqualTo(family.deviance(y, 0, predicted, 0));
            family.devianceSlopes(y, 0, of, 0, slopes, 0);
            assertThat(slopes).as(family.key()).containsOnly(0);
        }
    }

    @Test
    void whatToExpectOfResponsesSeen() {
        assertThat(Alike.expected(ResponseFamily.CONTINUOUS, 1, 2, 6)[0]).isCloseTo(3, within(1e-15));
        assertThat(Alike.expected(ResponseFamily.BINARY, 1, 0, 0, 0)).containsExactly(0.25);
        // half a row of each class where one was not seen
        assertThat(Alike.expected(ResponseFamily.BINARY, 0, 0, 0)).containsExactly(0.125);
        assertThat(Alike.expected(ResponseFamily.BINARY, 1, 1, 1)).containsExactly(0.875);
        assertThat(Alike.expected(ResponseFamily.BINARY, new double[0])).containsExactly(0.5);
        assertThat(Alike.expected(new Classes(LEVELS), 0, 1, 1, 2, 3)).containsExactly(0.2, 0.4, 0.2, 0.2);
        assertThat(Alike.expected(new Classes(LEVELS), 0, 0)).containsExactly(2.5 / 4, 0.125, 0.125, 0.125);
        assertThat(Alike.expected(new Count(true), 2, 4, 1, 2)).containsExactly(0.5);
        assertThat(Alike.expected(new Count(false), 0, 0, 0, 0, 0)).as("half an event").containsExactly(0.1);
    }

    @Test
    void strataAreClassesAndEvents() {
        assertThat(ResponseFamily.BINARY.stratum(new double[] {0, 1}, 0)).isZero();
        assertThat(ResponseFamily.BINARY.stratum(new double[] {0, 1}, 1)).isEqualTo(1);
        assertThat(ResponseFamily.CONTINUOUS.stratum(new double[] {1, -7}, 1)).isZero();
        assertThat(new Ordered(LEVELS).stratum(new double[] {3}, 0)).isEqualTo(3);
        assertThat(SURVIVAL.stratum(new double[] {0, 0, 0, 4, 1, 0}, 3)).isEqualTo(1);
        assertThat(families()).allSatisfy(family -> assertThat(family.metrics()).contains(family.chosenBy()));
        assertThat(families()).allSatisfy(family -> assertThat(family.predicted()).hasSize(family.width()));
    }

    /** An offset is added to the linear predictor, whatever the family; one that no number can hold leaves a probability of 0 or 1. */
    @ParameterizedTest
    @MethodSource("families")
    void anOffsetIsAddedToTheLinearPredictor(ResponseFamily family) {
        double[] y = responses(family, 40);
        ResponseBaseline baseline = Alike.baseline(family, y);
        double[] eta = new double[family.predictors()];
        Arrays.fill(eta, 0.3);
        double[] predicted = new double[family.width()];
        family.respond(eta, 0, baseline, predicted, 0);
        for (int i = 0; i < 40; i++) {
            int at = i * family.columns();
            double[] wanted = new double[family.width()];
            family.respond(Arrays.stream(eta).map(of -> of + family.offset(y, at)).toArray(), 0, baseline, wanted, 0);
            Observed row = Observed.of(family, Arrays.copyOfRange(y, at, at + family.columns()), predicted);
            assertThat(row.predicted()).containsExactly(wanted, within(1e-13));
            assertThat(row.family().hasOffset()).isFalse();
            assertThat(row.family().deviance(row.truth(), 0, row.predicted(), 0)).isCloseTo(family.deviance(y, at, predicted, 0),
                    within(1e-12));
        }
    }

    @Test
    void offsetsFarAwayLeaveCertainties() {
        double[] p = {0.5, 0.5, 0};
        Binomial family = new Binomial(true);
        family.addOffset(new double[] {1, 1e6}, 0, p, 0);
        family.addOffset(new double[] {1, -1e6}, 0, p, 1);
        family.addOffset(new double[] {1, 1e6}, 0, p, 2);
        assertThat(p).containsExactly(1, 0, 0);
    }

    @Test
    void numbersThatCannotBeResponses() {
        for (ResponseFamily family : families()) {
            double[] y = responses(family, 30);
            for (int i = 0; i < 30; i++) {
                assertThat(family.problem(y, i * family.columns())).as(family.key()).isNull();
            }
            double[] none = new double[family.columns()];
            none[0] = Double.NaN;
            assertThat(family.problem(none, 0)).isEqualTo("missing");
        }
        assertThat(ResponseFamily.BINARY.problem(new double[] {0.5}, 0)).isEqualTo("0.5, a binary one must be 0 or 1");
        assertThat(ResponseFamily.CONTINUOUS.problem(new double[] {Double.NEGATIVE_INFINITY}, 0)).isEqualTo("-Infinity");
        assertThat(new Count(false).problem(new double[] {-1}, 0)).isEqualTo("-1.0, a count must be 0, 1, 2, ...");
        assertThat(new Count(false).problem(new double[] {1.5}, 0)).isEqualTo("1.5, a count must be 0, 1, 2, ...");
        assertThat(new Count(true).problem(new double[] {1, 0}, 0)).isEqualTo("counted in an exposure of 0.0, which must be above 0");
        assertThat(new Gaussian(true).problem(new double[] {1, Double.NaN}, 0)).isEqualTo(
                "given with an offset of NaN, which must be a number");
        assertThat(new Binomial(true).problem(new double[] {1, Double.POSITIVE_INFINITY}, 0)).isEqualTo(
                "given with an offset of Infinity, which must be a number");
        assertThat(new Classes(LEVELS).problem(new double[] {4}, 0)).startsWith("4.0, which is not the code of one of the levels [low,");
        assertThat(SURVIVAL.problem(new double[] {0, 1, 0}, 0)).isEqualTo("at time 0.0, which must be above 0");
        assertThat(SURVIVAL.problem(new double[] {3, 2, 0}, 0)).isEqualTo("event 2.0, which must be 0 (not seen) or 1 (seen)");
        assertThat(SURVIVAL.problem(new double[] {3, 1, 3}, 0)).startsWith("seen from 3.0 to 3.0; the time of entry");
    }

    @Test
    void baselinesAreChecked() {
        for (ResponseFamily family : families()) {
            ResponseBaseline own = Alike.baseline(family, responses(family, 50));
            family.check(own);
            ResponseBaseline other = own.values().isEmpty() ? new ResponseBaseline(List.of(), List.of(1.0)) : ResponseBaseline.NONE;
            assertThatThrownBy(() -> family.check(other)).as(family.key()).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Ordered(LEVELS).check(new ResponseBaseline(List.of(), List.of(1.0, 0.0, 2.0))))
                .hasMessageContaining("must increase");
        assertThatThrownBy(() -> new ResponseBaseline(List.of(1.0, 2.0), List.of(1.0))).hasMessageContaining("a value for each place");
        assertThatThrownBy(() -> new Classes(List.of("a", "a"))).hasMessageContaining("none twice");
        assertThatThrownBy(() -> new Survival(List.of(0.0))).hasMessageContaining("above 0");
    }
}
