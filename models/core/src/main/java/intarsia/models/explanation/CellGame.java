package intarsia.models.explanation;

import intarsia.models.Predictor;
import intarsia.models.SharedPredictor;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a model says of rows with only some of their cells: of the whole, then of the shared part alone. A row that lacks a player's cells
 * is asked about with it and without it once, as far as answers are kept: of up to {@link Shapley#EXACT} players all, of more the last.
 */
final class CellGame {
    private final ResponseFamily family;
    private final Predictor bound;
    private final SharedPredictor sharing;
    private final String task;
    private final Observations rows;
    private final List<Explanation.Player> players;
    private final List<Source> sources;
    private final int[] columns;
    private final BitSet[] measured;
    private final int each;
    private final Map<BitSet, double[]> known = new HashMap<>();
    private BitSet last = new BitSet();
    private double[] lastWorth;

    /**
     * A game.
     *
     * @param sharing tells the shared part; null if nothing does
     */
    CellGame(ResponseFamily family, Predictor bound, SharedPredictor sharing, String task, Observations rows,
            List<Explanation.Player> players) {
        this.family = family;
        this.bound = bound;
        this.sharing = sharing;
        this.task = task;
        this.rows = rows;
        this.players = players;
        sources = players.stream().map(Explanation.Player::source).distinct().toList();
        Map<Source, Map<String, Integer>> places = new HashMap<>();
        sources.forEach(source -> places.put(source, source.columnNumbers()));
        columns = players.stream().mapToInt(of -> of.column().isEmpty() ? -1 : places.get(of.source()).get(of.column())).toArray();
        measured = IntStream.range(0, rows.size()).mapToObj(this::measured).toArray(BitSet[]::new);
        each = family.predictors();
    }

    /** The players of whom a row has a cell. */
    private BitSet measured(int row) {
        BitSet has = new BitSet();
        for (int i = 0; i < columns.length; i++) {
            double[] cells = rows.blocks().get(players.get(i).source())[row];
            has.set(i, columns[i] < 0 ? Arrays.stream(cells).anyMatch(cell -> !Double.isNaN(cell)) : !Double.isNaN(cells[columns[i]]));
        }
        return has;
    }

    /** v of a coalition: for each row eta, then, where that is told, for each row the shared part's. */
    double[] worth(BitSet coalition) {
        int half = rows.size() * each;
        double[] worth = new double[sharing == null ? half : 2 * half];
        int[] asked = IntStream.range(0, rows.size()).filter(row -> !copied(coalition, row, worth)).toArray();
        if (asked.length > 0) {
            Observations some = with(coalition, asked);
            SharedPredictor.Both both = sharing == null ? new SharedPredictor.Both(bound.predict(task, some), null)
                    : sharing.predictBoth(task, some);
            spread(family.linear(both.whole()), asked, worth, 0);
            if (sharing != null) {
                spread(family.linear(both.shared()), asked, worth, half);
            }
        }
        last = (BitSet) coalition.clone();
        lastWorth = worth;
        if (players.size() <= Shapley.EXACT) {
            known.put(last, worth);
        }
        return worth;
    }

    private void spread(double[] eta, int[] asked, double[] worth, int from) {
        for (int i = 0; i < asked.length; i++) {
            System.arraycopy(eta, i * each, worth, from + asked[i] * each, each);
        }
    }

    /** Whether what a row is worth is known from another coalition, of whom it has the same cells; it is then written. */
    private boolean copied(BitSet coalition, int row, double[] worth) {
        BitSet met = met(coalition, row);
        double[] before = lastWorth != null && met.equals(met(last, row)) ? lastWorth : known.get(met);
        for (int from = 0; before != null && from < worth.length; from += rows.size() * each) {
            System.arraycopy(before, from + row * each, worth, from + row * each, each);
        }
        return before != null;
    }

    private BitSet met(BitSet coalition, int row) {
        BitSet met = (BitSet) coalition.clone();
        met.and(measured[row]);
        return met;
    }

    /** Some rows with only the cells of a coalition, the others missing. */
    private Observations with(BitSet coalition, int[] which) {
        Observations some = rows.select(which);
        Map<Source, double[][]> blocks = new LinkedHashMap<>(some.blocks());
        sources.forEach(source -> blocks.put(source, Arrays.stream(some.blocks().get(source)).map(double[]::clone)
                .toArray(double[][]::new)));
        for (int i = coalition.nextClearBit(0); i < columns.length; i = coalition.nextClearBit(i + 1)) {
            int column = columns[i];
            for (double[] cells : blocks.get(players.get(i).source())) {
                Arrays.fill(cells, column < 0 ? 0 : column, column < 0 ? cells.length : column + 1, Double.NaN);
            }
        }
        return new Observations(some.rows(), blocks);
    }
}
