package intarsia.models.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The axioms that determine Shapley values, games whose values are known, and draws against all orders. */
class ShapleyTest {
    private static double[] values(Shapley of) {
        return Arrays.stream(of.values()).mapToDouble(values -> values[0]).toArray();
    }

    /** A worth drawn for each coalition; player 1 adds nothing, players 2 and 3 add the same. */
    private static Function<BitSet, double[]> game(long seed) {
        return coalition -> {
            BitSet same = (BitSet) coalition.clone();
            same.clear(1);
            int alike = (same.get(2) ? 1 : 0) + (same.get(3) ? 1 : 0);
            same.clear(2);
            same.clear(3);
            RandomStream random = RandomStream.of(seed, same + "/" + alike);
            return new double[] {random.nextGaussian(), 3 * random.nextGaussian()};
        };
    }

    private static BitSet all(int players) {
        BitSet all = new BitSet();
        all.set(0, players);
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 8, 11})
    void theAxiomsHold(int players) {
        Function<BitSet, double[]> game = game(players);
        Shapley exact = Shapley.exact(players, game);
        Shapley drawn = Shapley.sampled(players, 20, RandomStream.of(1), game);
        for (Shapley of : new Shapley[] {exact, drawn}) {
            for (int g = 0; g < 2; g++) {
                int number = g;
                assertThat(Arrays.stream(of.values()).mapToDouble(values -> values[number]).sum()).as("they sum to what all reach")
                        .isCloseTo(game.apply(all(players))[g] - game.apply(new BitSet())[g], within(1e-9));
            }
            assertThat(of.values()[1]).as("who adds nothing has nothing").containsExactly(0, 0);
            assertThat(of.none()).isEqualTo(game.apply(new BitSet()));
        }
        assertThat(exact.values()[2]).as("who add the same have the same").containsExactly(exact.values()[3], within(1e-12));
        for (int i = 0; i < players; i++) {
            for (int g = 0; g < 2; g++) {
                assertThat(drawn.values()[i][g]).as("within errors")
                        .isCloseTo(exact.values()[i][g], within(6 * drawn.errors()[i][g] + 1e-9));
            }
        }
    }

    /** Of three players the first has a left glove, the others right ones; a pair is worth 1. */
    @Test
    void glovesAreWorthWhatIsKnown() {
        Shapley gloves = Shapley.exact(3, of -> new double[] {of.get(0) && (of.get(1) || of.get(2)) ? 1 : 0});
        assertThat(values(gloves)).containsExactly(new double[] {2.0 / 3, 1.0 / 6, 1.0 / 6}, within(1e-15));
    }

    /** An order and its reverse divide what two players do together equally: no error is left. */
    @Test
    void aGameOfPairsIsDrawnWithoutError() {
        int players = 9;
        Function<BitSet, double[]> pairs = of -> {
            double worth = 0;
            for (int i = 0; i < players; i++) {
                for (int j = 0; j <= i; j++) {
                    worth += of.get(i) && of.get(j) ? i + 10.0 * j : 0;
                }
            }
            return new double[] {worth};
        };
        double[] right = new double[players];
        for (int i = 0; i < players; i++) {
            right[i] = 11.0 * i;
            for (int j = 0; j < players; j++) {
                right[i] += i == j ? 0 : 0.5 * (Math.max(i, j) + 10.0 * Math.min(i, j));
            }
        }
        Shapley drawn = Shapley.sampled(players, 2, RandomStream.of(3), pairs);
        assertThat(values(drawn)).containsExactly(right, within(1e-10));
        assertThat(values(Shapley.exact(players, pairs))).containsExactly(right, within(1e-10));
        assertThat(Arrays.stream(drawn.errors()).mapToDouble(of -> of[0]).max().orElseThrow()).isLessThan(1e-9);
    }

    /** What the first adds alone, and the last, is found without error however many players there are: all take turns. */
    @ParameterizedTest
    @ValueSource(ints = {8, 40})
    void everyPlayerComesFirstAndLast(int players) {
        Shapley drawn = Shapley.sampled(players, 2, RandomStream.of(4), of -> new double[] {
            of.isEmpty() ? 0 : 7, of.cardinality() == players ? 3 : 0, of.nextSetBit(0) < 0 ? 0 : of.stream().sum()});
        for (int i = 0; i < players; i++) {
            assertThat(drawn.values()[i]).containsExactly(new double[] {7.0 / players, 3.0 / players, i}, within(1e-12));
        }
    }

    @Test
    void oneOrderTellsAllOfAnAdditiveGame() {
        Function<BitSet, double[]> game = of -> new double[] {5 + of.stream().mapToDouble(i -> i * i - 3).sum()};
        Shapley told = Shapley.additive(9, game);
        for (int i = 0; i < 9; i++) {
            assertThat(told.values()[i]).containsExactly(new double[] {i * i - 3}, within(1e-12));
            assertThat(told.errors()[i]).containsExactly(0);
        }
        assertThat(told.none()).containsExactly(5);
        assertThat(Shapley.additive(0, game).values()).isEmpty();
    }

    @Test
    void fewPlayersNeedNoDraws() {
        assertThat(Shapley.exact(0, of -> new double[] {7}).none()).containsExactly(7);
        assertThat(Shapley.of(0, 2, RandomStream.of(1), of -> new double[] {7}).values()).isEmpty();
        assertThat(values(Shapley.of(1, 2, RandomStream.of(1), of -> new double[] {of.get(0) ? 5 : 2}))).containsExactly(3);
        assertThat(Shapley.of(6, 2, RandomStream.of(1), game(1)).errors()[0]).as("counted").containsExactly(0, 0);
        assertThat(Arrays.stream(Shapley.of(7, 2, RandomStream.of(1), game(1)).errors()).mapToDouble(of -> of[0]).max().orElseThrow())
                .as("drawn").isPositive();
        assertThatThrownBy(() -> Shapley.sampled(3, 1, RandomStream.of(1), game(1))).hasMessageContaining("at least 2");
    }
}
