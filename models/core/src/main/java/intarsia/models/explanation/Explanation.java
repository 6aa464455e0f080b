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
import java.util.HashMap;
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
 * <p>The game is split in two, and so are the parts: eta with the task's own part left out ({@link SharedPredictor#predictBoth}), and
 * the rest.
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
        Game game = new Game(family, bound, sharing, task, rows, sources, new HashMap<>());
        Shapley shapley = Shapley.of(sources.size(), PAIRS, random, game::worth);
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

    /**
     * What the model says of rows with only some of their blocks: of the whole, then of the shared part alone. A row that lacks a source is
     * asked about without it once.
     *
     * @param known worths of coalitions, where all are asked for
     */
    private record Game(ResponseFamily family, Predictor bound, SharedPredictor sharing, String task, Observations rows,
            List<Source> sources, Map<BitSet, double[]> known) {
        double[] worth(BitSet measured) {
            int[] asked = IntStream.range(0, rows.size()).filter(row -> known.get(met(measured, row)) == null).toArray();
            double[] whole = new double[rows.size() * family.predictors()];
            double[] worth = sharing == null ? whole : new double[2 * whole.length];
            SharedPredictor.Both of = asked.length == 0 ? null : ask(with(rows.select(asked), measured));
            double[] all = of == null ? whole : family.linear(of.whole());
            double[] shared = of == null || sharing == null ? whole : family.linear(of.shared());
            int k = family.predictors();
            for (int i = 0; i < asked.length; i++) {
                System.arraycopy(all, i * k, worth, asked[i] * k, k);
                if (sharing != null) {
                    System.arraycopy(shared, i * k, worth, whole.length + asked[i] * k, k);
                }
            }
            for (int row = 0; row < rows.size(); row++) {
                double[] before = known.get(met(measured, row));
                if (before != null) {
                    for (int part = 0; part < worth.length; part += whole.length) {
                        System.arraycopy(before, part + row * k, worth, part + row * k, k);
                    }
                }
            }
            if (sources.size() <= Shapley.EXACT) {
                known.put(measured, worth);
            }
            return worth;
        }

        private SharedPredictor.Both ask(Observations some) {
            return sharing == null ? new SharedPredictor.Both(bound.predict(task, some), null) : sharing.predictBoth(task, some);
        }

        /** Those of the sources that a row has. */
        private BitSet met(BitSet measured, int row) {
            BitSet met = (BitSet) measured.clone();
            for (int s = measured.nextSetBit(0); s >= 0; s = measured.nextSetBit(s + 1)) {
                met.set(s, Arrays.stream(rows.blocks().get(sources.get(s))[row]).anyMatch(cell -> !Double.isNaN(cell)));
            }
            return met;
        }

        /** Rows with only some of their blocks, the others missing. */
        private Observations with(Observations some, BitSet measured) {
            Map<Source, double[][]> blocks = new LinkedHashMap<>(some.blocks());
            IntStream.range(0, sources.size()).filter(s -> !measured.get(s)).forEach(s -> {
                double[] missing = new double[sources.get(s).columns().size()];
                Arrays.fill(missing, Double.NaN);
                double[][] block = new double[some.size()][];
                Arrays.fill(block, missing);
                blocks.put(sources.get(s), block);
            });
            return new Observations(some.rows(), blocks);
        }
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
