package intarsia.models.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A named group of columns that are measured together, so that they are observed or missing together: a block.
 *
 * @param name    its name, unique within the study
 * @param columns its columns, in the order of a block's numbers
 */
public record Source(String name, List<Column> columns) {
    /** Checks that there is a column and that names differ. */
    public Source {
        if (name == null || columns == null) {
            throw new DataException("source '" + name + "': needs a name and columns");
        }
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new DataException("source '" + name + "': has no columns");
        }
        if (columns.stream().map(Column::name).distinct().count() < columns.size()) {
            throw new DataException("source '" + name + "': a column is named twice in "
                    + columns.stream().map(Column::name).toList());
        }
    }

    /** A source of continuous columns. */
    public static Source of(String name, String... columns) {
        return new Source(name, Arrays.stream(columns).map(Column::continuous).toList());
    }

    /** A source of these columns. */
    public static Source of(String name, Column... columns) {
        return new Source(name, List.of(columns));
    }

    /** The place of each column, by name. */
    public Map<String, Integer> columnNumbers() {
        Map<String, Integer> numbers = new HashMap<>();
        for (int c = 0; c < columns.size(); c++) {
            numbers.put(columns.get(c).name(), c);
        }
        return numbers;
    }

    /** The columns in the order of their names. */
    public List<Column> columnsByName() {
        return columns.stream().sorted(Comparator.comparing(Column::name)).toList();
    }

    /** Checks one row of a block against the columns: width, no infinities, 0/1, known level codes. */
    void check(String where, double[] cells) {
        if (cells.length != columns.size()) {
            throw new DataException(where + ", source '" + name + "': " + cells.length + " numbers for " + columns.size() + " columns");
        }
        for (int j = 0; j < cells.length; j++) {
            Column column = columns.get(j);
            double cell = cells[j];
            boolean fits = Double.isNaN(cell) || switch (column.kind()) {
                case CONTINUOUS -> Double.isFinite(cell);
                case BINARY -> cell == 0 || cell == 1;
                case CATEGORICAL -> cell >= 0 && cell < column.levels().size() && cell == Math.rint(cell);
            };
            if (!fits) {
                throw new DataException(where + ", column '" + column.name() + "': " + cell + " is not " + switch (column.kind()) {
                    case CONTINUOUS -> "a finite number";
                    case BINARY -> "0 or 1";
                    case CATEGORICAL -> "the code of one of the levels " + column.levels();
                });
            }
        }
    }

    /** Of the name alone, which sources of a study differ in: sources are looked up for every prediction. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** How many features its columns become: the width of its encoded block. */
    public int width() {
        return columns.stream().mapToInt(Column::width).sum();
    }
}
