package intarsia.models.explanation;

import intarsia.linalg.RandomStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Shapley values of a game (Shapley 1953): how much each player adds to what a coalition C reaches, over all orders in which players come.
 *
 * <pre>
 * phi_i = 1/k! sum over orders of v(C before i, and i) - v(C before i),     sum_i phi_i = v(all) - v(none)
 * </pre>
 *
 * <p>A worth is several numbers, each a game of its own: rows of a table, several linear predictors. Each coalition is asked for once.
 *
 * @param values for each player its values, one for each game
 * @param errors their standard errors; 0 where all orders were counted, or one tells all
 * @param none   v(none)
 */
public record Shapley(double[][] values, double[][] errors, double[] none) {
    /** With up to so many players all orders are counted: 64 coalitions. */
    public static final int EXACT = 6;

    /** All orders counted where there are at most {@value #EXACT} players, else drawn. */
    public static Shapley of(int players, int pairs, RandomStream random, Function<BitSet, double[]> worth) {
        return players <= EXACT ? exact(players, worth) : sampled(players, pairs, random, worth);
    }

    /**
     * Of a game in which what a player adds does not depend on who came before: one order tells all. k + 1 worths. Differences of one
     * order sum to v(all) - v(none) whether the game is what it should be or not.
     */
    public static Shapley additive(int players, Function<BitSet, double[]> worth) {
        double[] none = worth.apply(new BitSet());
        double[][] values = new double[players][none.length];
        BitSet coalition = new BitSet();
        double[] before = none;
        for (int i = 0; i < players; i++) {
            coalition.set(i);
            double[] with = worth.apply((BitSet) coalition.clone());
            for (int g = 0; g < none.length; g++) {
                values[i][g] = with[g] - before[g];
            }
            before = with;
        }
        return new Shapley(values, new double[players][none.length], none);
    }

    /**
     * All orders counted: {@code phi_i = sum_C |C|! (k - |C| - 1)! / k! (v(C and i) - v(C))}. 2^k worths.
     *
     * @param worth v, of the players of a coalition
     */
    public static Shapley exact(int players, Function<BitSet, double[]> worth) {
        double[][] worths = new double[1 << players][];
        for (int c = 0; c < worths.length; c++) {
            worths[c] = worth.apply(BitSet.valueOf(new long[] {c}));
        }
        int games = worths[0].length;
        double[][] values = new double[players][games];
        for (int i = 0; i < players; i++) {
            for (int c = 0; c < worths.length; c++) {
                if ((c >> i & 1) == 0) {
                    double weight = weight(players, Integer.bitCount(c));
                    for (int g = 0; g < games; g++) {
                        values[i][g] += weight * (worths[c | 1 << i][g] - worths[c][g]);
                    }
                }
            }
        }
        return new Shapley(values, new double[players][games], worths[0]);
    }

    /** {@code c! (k - c - 1)! / k! = 1 / (k binomial(k - 1, c))}. */
    private static double weight(int players, int before) {
        double binomial = 1;
        for (int j = 1; j <= before; j++) {
            binomial = binomial * (players - j) / j;
        }
        return 1 / (players * binomial);
    }

    /**
     * Orders drawn, each with its reverse (antithetic: Mitchell et al. 2022). Each order's values sum to v(all) - v(none), so the means do.
     * {@code 2 pairs (k - 1) + 2} worths at most.
     *
     * <p>Players take turns in coming first and last, which is ours: a block that is missing but for one cell is often told quite
     * otherwise than one that is missing, so what the first adds may be unlike what it adds later. Each player comes first once at
     * least, and last. Errors are those of pairs drawn without turns, so rather too large.
     *
     * @param pairs how many orders with their reverses; at least 2, from which errors are estimated; half as many as players if that is
     *              more
     */
    public static Shapley sampled(int players, int pairs, RandomStream random, Function<BitSet, double[]> worth) {
        if (pairs < 2) {
            throw new IllegalArgumentException(pairs + " pairs of orders; at least 2, or there is no standard error");
        }
        int drawn = Math.max(pairs, (players + 1) / 2);
        Map<BitSet, double[]> asked = new HashMap<>();
        double[] none = asked.computeIfAbsent(new BitSet(), worth);
        double[][] values = new double[players][none.length];
        double[][] squares = new double[players][none.length];
        int[] turns = random.permutation(players);
        for (int p = 0; p < drawn; p++) {
            int[] order = random.permutation(players);
            swap(order, 0, turns[2 * p % players]);
            swap(order, players - 1, turns[(2 * p + 1) % players]);
            double[][] pair = new double[players][none.length];
            walk(order, asked, worth, pair);
            walk(reversed(order), asked, worth, pair);
            for (int i = 0; i < players; i++) {
                for (int g = 0; g < none.length; g++) {
                    double before = values[i][g];
                    values[i][g] += (pair[i][g] - before) / (p + 1);
                    squares[i][g] += (pair[i][g] - before) * (pair[i][g] - values[i][g]);
                }
            }
        }
        for (double[] of : squares) {
            Arrays.setAll(of, g -> Math.sqrt(of[g] / (drawn - 1) / drawn));
        }
        return new Shapley(values, squares, none);
    }

    /** Has a player change places with whoever comes at a place. */
    private static void swap(int[] order, int place, int player) {
        int at = IntStream.range(0, order.length).filter(i -> order[i] == player).findFirst().orElseThrow();
        order[at] = order[place];
        order[place] = player;
    }

    /** Adds half of what each player adds in one order. Worths of few players are kept: they come again. */
    private static void walk(int[] order, Map<BitSet, double[]> asked, Function<BitSet, double[]> worth, double[][] to) {
        BitSet coalition = new BitSet();
        double[] before = asked.get(coalition);
        for (int at = 0; at < order.length; at++) {
            coalition.set(order[at]);
            BitSet now = (BitSet) coalition.clone();
            boolean kept = at == 0 || at >= order.length - 2;
            double[] with = kept ? asked.computeIfAbsent(now, worth) : worth.apply(now);
            for (int g = 0; g < with.length; g++) {
                to[order[at]][g] += 0.5 * (with[g] - before[g]);
            }
            before = with;
        }
    }

    private static int[] reversed(int[] order) {
        int[] reversed = new int[order.length];
        Arrays.setAll(reversed, i -> order[order.length - 1 - i]);
        return reversed;
    }
}
