package intarsia.models.explanation;

import intarsia.linalg.RandomStream;
import intarsia.models.Model;
import intarsia.models.Predictor;
import intarsia.models.SharedPredictor;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Predictions of a task's rows as sums of parts, on the linear predictors' scale ({@link ResponseFamily#linear}):
 *
 * <pre>
 * eta(x) = baseline + sum_s part_s(x),     part_s = shared_s + own_s,     baseline = eta of a row of which nothing was measured
 * </pre>
 *
 * <p>A source's part is its Shapley value in the game v(C) = eta of the row with only the blocks of the sources C measured, and the others
 * missing: imputed by the model from what is there, or filled with the task's means, or left out, as the model does. The choice of the game
 * is ours; it needs no data but the row. What a model that imputes a block from the anchors learns from them is the anchors'. Of a linear
 * model that has the means of columns for missing blocks, part_s is {@code sum_j beta_j (x_j - mean_j)}.
 *
 * <p>The game is split in two, and so are the parts: eta with the task's own part left out ({@link SharedPredictor}), and the rest.
 * Up to {@value Shapley#EXACT} sources all orders are counted; of more, orders are drawn and {@code error} says how sure that is.
 *
 * @param family     of the task's response
 * @param sources    the sources, by name
 * @param prediction eta of each row: {@link ResponseFamily#predictors} numbers
 * @param baseline   eta of a row without any number
 * @param shared     for each source what of its part is shared; null where the model does not tell
 * @param own        for each source what of its part is the task's own; all of it where the model does not tell
 * @param error      for each source the standard error of its part; 0 where it is exact
 */
public record Explanation(ResponseFamily family, List<Source> sources, double[] prediction, double[] baseline, double[][] shared,
        double[][] own, double[][] error) {
    /** Pairs of orders that are drawn where there are too many to count. */
    public static final int PAIRS = 8;

    /**
     * Of rows.
     *
     * @param model  says what it reads
     * @param bound  it on an engine
     * @param random what orders are drawn from, where they are
     * @throws intarsia.models.data.DataException if there is no such task, or the rows lack a source that the model needs
     */
    public static Explanation of(Model model, Predictor bound, String task, Observations rows, RandomStream random) {
        ResponseFamily family = model.response(task);
        List<Source> sources = model.sources().stream().filter(rows.blocks()::containsKey).sorted(Comparator.comparing(Source::name))
                .toList();
        SharedPredictor sharing = bound instanceof SharedPredictor tells && tells.tellsShared(task) ? tells : null;
        int games = rows.size() * family.predictors();
        Shapley shapley = Shapley.of(sources.size(), PAIRS, random, measured -> {
            Observations some = with(rows, sources, measured);
            double[] all = family.linear(bound.predict(task, some));
            double[] both = Arrays.copyOf(all, sharing == null ? games : 2 * games);
            if (sharing != null) {
                System.arraycopy(family.linear(sharing.predictShared(task, some)), 0, both, games, games);
            }
            return both;
        });
        double[][] shared = sharing == null ? null : Arrays.stream(shapley.values()).map(of -> Arrays.copyOfRange(of, games, 2 * games))
                .toArray(double[][]::new);
        double[][] own = Arrays.stream(shapley.values()).map(of -> Arrays.copyOf(of, games)).toArray(double[][]::new);
        for (int s = 0; s < own.length && shared != null; s++) {
            for (int i = 0; i < games; i++) {
                own[s][i] -= shared[s][i];
            }
        }
        return new Explanation(family, sources, family.linear(bound.predict(task, rows)), Arrays.copyOf(shapley.none(), games), shared, own,
                Arrays.stream(shapley.errors()).map(of -> Arrays.copyOf(of, games)).toArray(double[][]::new));
    }

    /** The rows with only some of their blocks, the others missing. */
    private static Observations with(Observations rows, List<Source> sources, BitSet measured) {
        Map<Source, double[][]> blocks = new LinkedHashMap<>(rows.blocks());
        IntStream.range(0, sources.size()).filter(s -> !measured.get(s)).forEach(s -> {
            double[] missing = new double[sources.get(s).columns().size()];
            Arrays.fill(missing, Double.NaN);
            double[][] block = new double[rows.size()][];
            Arrays.fill(block, missing);
            blocks.put(sources.get(s), block);
        });
        return new Observations(rows.rows(), blocks);
    }

    /** Whether the model tells what is shared. */
    public boolean tellsShared() {
        return shared != null;
    }

    /** A source's part of a number of the predictions. */
    public double part(int source, int at) {
        return own[source][at] + (shared == null ? 0 : shared[source][at]);
    }

    /** What is shared of a number of the predictions, all sources together; NaN where the model does not tell. */
    public double shared(int at) {
        return shared == null ? Double.NaN : Arrays.stream(shared).mapToDouble(of -> of[at]).sum();
    }

    /** What is the task's own of a number of the predictions, all sources together. */
    public double own(int at) {
        return Arrays.stream(own).mapToDouble(of -> of[at]).sum();
    }
}
