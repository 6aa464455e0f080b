package intarsia.models.files;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The different values of a column, as long as there are few. */
final class ColumnValues {
    /** Nobody means so many levels. */
    private static final int MOST = 100;

    private final FoundLevels.Wanted wanted;
    private final Missing missing;
    private final TreeMap<Double, String> numbers = new TreeMap<>();
    private final TreeMap<String, String> texts = new TreeMap<>();

    /** None yet. */
    ColumnValues(FoundLevels.Wanted wanted, Missing missing) {
        this.wanted = wanted;
        this.missing = missing;
    }

    /**
     * Looks at a cell.
     *
     * @throws FileException if it differs from another only in what a person overlooks, or there are too many
     */
    void see(DataTable table, int row) {
        String cell = table.cell(row, wanted.column());
        if (missing.isListed(cell, NumberStyle.POINT) || table.format().usualMissing() && Missing.isUsual(cell)) {
            return;
        }
        double number = NumberStyle.POINT.parse(cell);
        if (Double.isNaN(number)) {
            String other = texts.putIfAbsent(Text.folded(cell), cell);
            if (other != null && !other.equals(cell)) {
                throw wanted.error(": '" + Text.exact(other) + "' and '" + Text.exact(cell) + "' (" + table.name() + ", " + table.where(row)
                        + ") differ only " + Text.difference(other, cell) + "; write both alike, or list levels = [...]");
            }
        } else {
            numbers.merge(number + 0.0, cell, (a, b) -> a.length() < b.length() || a.length() == b.length() && a.compareTo(b) < 0 ? a : b);
        }
        if (numbers.size() + texts.size() > MOST) {
            throw wanted.error(" has more than " + MOST + " different values; list its levels, or make it continuous");
        }
    }

    /** Numbers first; of several spellings of a number the shortest. */
    List<String> inOrder() {
        List<String> all = new ArrayList<>(numbers.values());
        texts.values().stream().sorted().forEach(all::add);
        return all;
    }
}
