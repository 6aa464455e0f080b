package intarsia.models.explanation;

import intarsia.linalg.RandomStream;
import intarsia.models.AdditivePredictor;
import intarsia.models.Model;
import intarsia.models.Predictor;
import intarsia.models.SharedPredictor;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Predictions of a task's rows as sums of parts, on the linear predictors' scale ({@link ResponseFamily#linear}):
 *
 * <pre>
 * eta(x) = baseline + sum_i part_i(x),     part_i = shared_i + own_i,     baseline = eta of a row of which nothing was measured
 * </pre>
 *
 * <p>A part is that of a source, or of a column: its Shapley value in the game v(C) = eta of the row with only the cells of the players C
 * measured, and the others missing: imputed by the model from what is there, or filled with the task's means, or left out, as the model
 * does. The choice of the game is ours; it needs no data but the row. What a model that imputes a block from the anchors learns from them
 * is the anchors'. Of a linear model that has the means of columns for missing cells, a column's part is {@code beta_j (x_j - mean_j)}, and
 * a source's the sum of its columns'.
 *
 * <p>The game is split in two, and so are the parts: eta with the task's own part left out ({@link SharedPredictor#predictBoth}), and the
 * rest. Of what is additive ({@link AdditivePredictor}) one order tells all; of up to {@value Shapley#EXACT} players all orders are
 * counted; of more, orders are drawn and {@code error} says how sure that is. In every case parts add up to eta, to rounding. Where a
 * probability is so near 0 or 1 that it is kept off, eta goes no farther, and what comes last in an order has less of it.
 *
 * @param family     of the task's response
 * @param by         what has parts
 * @param players    those that have, by name
 * @param prediction eta of each row: {@link ResponseFamily#predictors} numbers
 * @param baseline   eta of a row without any number
 * @param shared     for each player what of its part is shared; null where the model does not tell
 * @param own        for each player what of its part is the task's own; all of it where the model does not tell
 * @param error      for each player the standard error of its part; 0 where it is exact
 */
public record Explanation(ResponseFamily family, By by, List<Player> players, double[] prediction, double[] baseline, double[][] shared,
        double[][] own, double[][] error) {
    /** Pairs of orders that are drawn where there are too many to count. */
    public static final int PAIRS = 8;

    /** What has parts: whole sources, or single columns. */
    public enum By {
        SOURCE, COLUMN;

        /** In words. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What has a part.
     *
     * @param source a source
     * @param column one of its columns; empty for all of them
     */
    public record Player(Source source, String column) {
        /** The source, or the source and the column. */
        public String name() {
            return column.isEmpty() ? source.name() : source.name() + ": " + column;
        }

        private static Stream<Player> of(By by, Source source) {
            return by == By.SOURCE ? Stream.of(new Player(source, ""))
                    : source.columnsByName().stream().map(column -> new Player(source, column.name()));
        }
    }

    /**
     * Of rows.
     *
     * @param model  says what it reads
     * @param bound  it on an engine
     * @param by     what is to have parts
     * @param random what orders are drawn from, where they are
     * @throws intarsia.models.data.DataException if there is no such task, or the rows lack a source that the model needs
     */
    public static Explanation of(Model model, Predictor bound, String task, Observations rows, By by, RandomStream random) {
        ResponseFamily family = model.response(task);
        List<Player> players = model.sources().stream().filter(rows.blocks()::containsKey).sorted(Comparator.comparing(Source::name))
                .flatMap(source -> Player.of(by, source)).toList();
        SharedPredictor sharing = bound instanceof SharedPredictor tells && tells.tellsShared(task) ? tells : null;
        int games = rows.size() * family.predictors();
        CellGame game = new CellGame(family, bound, sharing, task, rows, players);
        Shapley shapley = AdditivePredictor.is(bound, task) ? Shapley.additive(players.size(), game::worth)
                : Shapley.of(players.size(), PAIRS, random, game::worth);
        double[][] shared = sharing == null ? null : Arrays.stream(shapley.values()).map(of -> Arrays.copyOfRange(of, games, 2 * games))
                .toArray(double[][]::new);
        double[][] own = Arrays.stream(shapley.values()).map(of -> Arrays.copyOf(of, games)).toArray(double[][]::new);
        for (int i = 0; i < own.length && shared != null; i++) {
            for (int g = 0; g < games; g++) {
                own[i][g] -= shared[i][g];
            }
        }
        return new Explanation(family, by, players, family.linear(bound.predict(task, rows)), Arrays.copyOf(shapley.none(), games), shared,
                own, Arrays.stream(shapley.errors()).map(of -> Arrays.copyOf(of, games)).toArray(double[][]::new));
    }

    /** Whether the model tells what is shared. */
    public boolean tellsShared() {
        return shared != null;
    }

    /** The players' names. */
    public List<String> names() {
        return players.stream().map(Player::name).toList();
    }

    /** The sources that have parts, or whose columns have. */
    public List<Source> sources() {
        return players.stream().map(Player::source).distinct().toList();
    }

    /** A player's part of a number of the predictions. */
    public double part(int player, int at) {
        return own[player][at] + (shared == null ? 0 : shared[player][at]);
    }

    /** The largest standard error of the parts of a number of the predictions. */
    public double error(int at) {
        return Arrays.stream(error).mapToDouble(of -> of[at]).max().orElse(0);
    }

    /** The largest standard error there is; 0 where parts are exact. */
    public double largestError() {
        return IntStream.range(0, prediction.length).mapToDouble(this::error).max().orElse(0);
    }

    /** What is shared of a number of the predictions, all players together; NaN where the model does not tell. */
    public double shared(int at) {
        return shared == null ? Double.NaN : Arrays.stream(shared).mapToDouble(of -> of[at]).sum();
    }

    /** What is the task's own of a number of the predictions, all players together. */
    public double own(int at) {
        return Arrays.stream(own).mapToDouble(of -> of[at]).sum();
    }
}
