package intarsia.models.conformal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A set holds just the responses whose scores are within. */
class NonconformityTest {
    static final List<ResponseFamily> FAMILIES = List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY, new Count(false),
            new Classes(List.of("a", "b", "c", "d")), new Ordered(List.of("0", "1", "2", "3", "4")),
            new Survival(List.of(1.0, 2.0, 4.0, 8.0)));

    static List<ResponseFamily> families() {
        return FAMILIES;
    }

    /** Some prediction of a family. */
    static double[] predicted(ResponseFamily family, RandomStream random) {
        if (family instanceof Survival) {
            double[] survival = new double[family.width()];
            double left = 1;
            for (int k = 0; k < survival.length; k++) {
                left *= random.nextDouble();
                survival[k] = left;
            }
            return survival;
        }
        if (family.levels().isEmpty()) {
            return new double[] {family instanceof Count ? Math.exp(2 * random.nextGaussian()) : random.nextDouble()};
        }
        double[] p = new double[family.width()];
        for (int k = 0; k < p.length; k++) {
            p[k] = random.nextDouble();
        }
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(of -> of / sum).toArray();
    }

    private static double[] response(ResponseFamily family, int i) {
        return switch (family) {
            case Survival survival -> new double[] {(i + 1) * 0.0803, 1, 0};
            case Count count -> new double[] {i};
            default -> new double[] {family.levels().isEmpty() && !family.equals(ResponseFamily.BINARY) ? (i - 50) * 0.0371 : i};
        };
    }

    private static boolean holds(PredictionSet set, double y) {
        return switch (set) {
            case PredictionSet.Interval(double low, double high) -> y >= low && y <= high;
            case PredictionSet.LevelRange(int low, int high) -> y >= low && y <= high;
            case PredictionSet.LevelSet(List<Integer> codes) -> codes.contains((int) y);
        };
    }

    @ParameterizedTest
    @MethodSource("families")
    void aSetHoldsWhatScoresWithinItsRange(ResponseFamily family) {
        Nonconformity score = Nonconformity.of(family);
        RandomStream random = RandomStream.of(3, family.key());
        int levels = family.equals(ResponseFamily.BINARY) ? 2 : family.levels().isEmpty() ? 99 : family.levels().size();
        for (int trial = 0; trial < 200; trial++) {
            double[] predicted = predicted(family, random);
            double low = score.twoSided() ? random.nextDouble() / 2 : 0;
            ScoreRange range = new ScoreRange(low, low + (trial == 0 ? 0 : 2 * random.nextDouble()));
            PredictionSet set = score.set(predicted, 0, 1.5, range);
            for (int i = 0; i < levels; i++) {
                double[] y = response(family, i);
                RowScore of = score.score(y, 0, predicted, 0, 1.5);
                boolean in = of.value() >= Math.min(range.low(), of.limit()) && (of.value() <= range.high() || of.limit() <= range.high());
                assertThat(holds(set, y[0])).as("%s of %s in %s", Arrays.toString(y), Arrays.toString(predicted), range).isEqualTo(in);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void aSetIsNeverEmptyAndWithoutALimitHoldsEverything(ResponseFamily family) {
        Nonconformity score = Nonconformity.of(family);
        double[] predicted = predicted(family, RandomStream.of(4));
        assertThat(score.set(predicted, 0, 1, ScoreRange.ALL).size()).isEqualTo(family.equals(ResponseFamily.BINARY) ? 2
                : family.levels().isEmpty() ? Double.POSITIVE_INFINITY : family.levels().size());
        assertThat(score.set(predicted, 0, 1, new ScoreRange(0, 0)).size()).isEqualTo(family.levels().isEmpty()
                && !family.equals(ResponseFamily.BINARY) ? 0 : 1);
    }

    @Test
    void countsOfAnExposureAreComparedWithWhatIsExpectedInIt() {
        Nonconformity perUnit = Nonconformity.of(new Count(true));
        Nonconformity plain = Nonconformity.of(new Count(false));
        assertThat(perUnit.score(new double[] {7, 2.5}, 0, new double[] {2}, 0, 1))
                .isEqualTo(plain.score(new double[] {7}, 0, new double[] {5}, 0, 1));
    }

    @Test
    void theScoreOfACensoredTimeIsABoundAndThatOfALateOneHasAnEntry() {
        Nonconformity score = Nonconformity.of(new Survival(List.of(1.0, 3.0)));
        double[] survival = {Math.exp(-0.5), Math.exp(-2)};
        RowScore censored = score.score(new double[] {2, 0, 0.5}, 0, survival, 0, 1);
        assertThat(censored.seen()).isFalse();
        assertThat(censored.value()).isCloseTo(1.25, within(1e-12));
        assertThat(censored.entry()).isCloseTo(0.25, within(1e-12));
        assertThat(score.score(new double[] {9, 1, 0}, 0, survival, 0, 1).seen()).as("after the last predicted time").isFalse();
    }
}
