package intarsia.models.study;

import intarsia.models.Estimator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One method against another in every cell of a study, by a column of which less is better; paired over replicates.
 *
 * @param reference the one
 * @param other     the other
 * @param cells     the cells in which both were measured
 */
public record PairedWins(Estimator reference, Estimator other, List<Cell> cells) {
    /** What sentences mean by significant. */
    public static final String SIGNIFICANT = "A cell is a setting at one value. Significantly: p < 0.05 by Wilcoxon's signed-rank test, "
            + "paired over replicates; corrected: by Holm for all cells of the comparison.";

    private static final int NAMED = 6;

    /**
     * A cell.
     *
     * @param setting the setting
     * @param value   where in it
     * @param test    the reference's minus the other's
     * @param holm    the p-value of the signed ranks after Holm's correction for all cells of the standing
     */
    public record Cell(Setting<?> setting, double value, PairedTest test, double holm) {
        boolean isBetter() {
            return test.difference() < 0;
        }

        private String name() {
            return setting.key() + " " + Setting.text(value);
        }
    }

    /** Copies the list. */
    public PairedWins {
        cells = List.copyOf(cells);
    }

    /** In all cells of these settings. */
    public static PairedWins of(Measurements measured, List<? extends Setting<?>> settings, Estimator reference, Estimator other,
            String column) {
        List<Cell> cells = new ArrayList<>();
        for (Setting<?> setting : settings) {
            for (double value : setting.values()) {
                PairedTest test = PairedTest.of(measured.of(setting, value, reference), measured.of(setting, value, other), column);
                if (test.pairs() > 0) {
                    cells.add(new Cell(setting, value, test, Double.NaN));
                }
            }
        }
        double[] corrected = PairedTest.holm(cells.stream().mapToDouble(cell -> cell.test().signedRank()).toArray());
        return new PairedWins(reference, other, IntStream.range(0, corrected.length)
                .mapToObj(i -> new Cell(cells.get(i).setting(), cells.get(i).value(), cells.get(i).test(), corrected[i])).toList());
    }

    /** Its cells in one setting. */
    public PairedWins in(Setting<?> setting) {
        return new PairedWins(reference, other, cells.stream().filter(cell -> cell.setting().equals(setting)).toList());
    }

    /** Cells where the reference's mean is lower. */
    public int better() {
        return (int) cells.stream().filter(Cell::isBetter).count();
    }

    /** Those of them with p less than 0.05, before or after the correction. */
    public int significantlyBetter(boolean corrected) {
        return (int) cells.stream().filter(cell -> cell.isBetter()
                && (corrected ? cell.holm() : cell.test().signedRank()) < Trend.LEVEL).count();
    }

    /** Cells where the reference's mean is higher, with p less than 0.05 before the correction. */
    public int significantlyWorse() {
        return (int) cells.stream().filter(cell -> cell.test().difference() > 0 && cell.test().signedRank() < Trend.LEVEL).count();
    }

    /** All of it in words, with the cells where the reference is not better. */
    public String sentence(String what) {
        String exceptions = cells.stream().filter(cell -> !cell.isBetter())
                .sorted(Comparator.comparingDouble((Cell cell) -> -cell.test().difference()))
                .limit(NAMED).map(cell -> cell.name() + " (" + String.format(Locale.ROOT, "%+.3f", cell.test().difference()) + ", p "
                        + PairedTest.text(cell.test().signedRank()) + ")").collect(Collectors.joining(", "));
        int left = cells.size() - better() - NAMED;
        return Choices.shortName(reference) + "'s mean " + what + " is below that of " + Choices.shortName(other) + " in " + better()
                + " of " + cells.size()
                + " cells, significantly in " + significantlyBetter(false) + ", after correction in " + significantlyBetter(true) + "."
                + (exceptions.isEmpty() ? "" : " Not below in " + exceptions + (left > 0 ? " and " + left + " more" : "") + ".");
    }
}
