package intarsia.models.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A named group of columns that are measured together, so that they are observed or missing together: a block. With axes its columns are
 * the places of a tensor, quantities in one unit, the last axis running fastest; models that know no tensors read them as any others.
 *
 * @param name    its name, unique within the study
 * @param columns its columns, in the order of a block's numbers
 * @param axes    those of the tensor, at least two; none if columns are just columns
 */
public record Source(String name, List<Column> columns, List<Axis> axes) {
    /** Checks that there is a column, that names differ, and that columns are as many as a tensor has places, all continuous. */
    public Source {
        if (name == null || columns == null || axes == null) {
            throw new DataException("source '" + name + "': needs a name, columns and a list of axes");
        }
        columns = List.copyOf(columns);
        axes = List.copyOf(axes);
        if (columns.isEmpty()) {
            throw new DataException("source '" + name + "': has no columns");
        }
        if (columns.stream().map(Column::name).distinct().count() < columns.size()) {
            throw new DataException("source '" + name + "': a column is named twice in "
                    + columns.stream().map(Column::name).toList());
        }
        if (!axes.isEmpty()) {
            checkTensor(name, columns, axes);
        }
    }

    private static void checkTensor(String name, List<Column> columns, List<Axis> axes) {
        List<Integer> shape = axes.stream().map(Axis::size).toList();
        if (axes.size() < 2 || axes.stream().map(Axis::name).distinct().count() < axes.size()) {
            throw new DataException("source '" + name + "': axes " + axes.stream().map(Axis::name).toList()
                    + " of a tensor must be at least two, all different");
        }
        double places = shape.stream().mapToDouble(size -> size).reduce(1, (a, b) -> a * b);
        if (places != columns.size()) {
            throw new DataException(String.format(Locale.ROOT, "source '%s': %d columns for the %.0f places of a tensor of shape %s", name,
                    columns.size(), places, shape));
        }
        columns.stream().filter(column -> column.kind() != Column.Kind.CONTINUOUS).findFirst().ifPresent(column -> {
            throw new DataException("source '" + name + "': column '" + column.name()
                    + "' of a tensor must be continuous, as all of its places are quantities in one unit");
        });
    }

    /** A source of these columns that is no tensor. */
    public Source(String name, List<Column> columns) {
        this(name, columns, List.of());
    }

    /** A source of continuous columns. */
    public static Source of(String name, String... columns) {
        return new Source(name, Arrays.stream(columns).map(Column::continuous).toList());
    }

    /** A source of these columns. */
    public static Source of(String name, Column... columns) {
        return new Source(name, List.of(columns));
    }

    /** Whether its columns are the places of a tensor. */
    public boolean tensor() {
        return !axes.isEmpty();
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

    /**
     * Checks a block against the columns: width, no infinities, 0/1, known level codes.
     *
     * @param where what a row is called, by its place in the block
     */
    void check(Block block, IntFunction<String> where) {
        int[] others = IntStream.range(0, columns.size()).filter(j -> columns.get(j).kind() != Column.Kind.CONTINUOUS).toArray();
        for (int i = 0; i < block.size(); i++) {
            double[] cells = block.row(i);
            if (cells.length != columns.size()) {
                throw new DataException(where.apply(i) + ", source '" + name + "': " + cells.length + " numbers for " + columns.size()
                        + " columns");
            }
            boolean fits = true;
            for (double cell : cells) {
                fits &= !(Math.abs(cell) > Double.MAX_VALUE);
            }
            for (int j : others) {
                fits &= fits(columns.get(j), cells[j]);
            }
            if (!fits) {
                throw misfit(where.apply(i), cells);
            }
        }
    }

    private static boolean fits(Column column, double cell) {
        return Double.isNaN(cell) || switch (column.kind()) {
            case CONTINUOUS -> Double.isFinite(cell);
            case BINARY -> cell == 0 || cell == 1;
            case CATEGORICAL -> cell >= 0 && cell < column.levels().size() && cell == Math.rint(cell);
        };
    }

    /** Of a row's first cell that does not fit. */
    private DataException misfit(String where, double[] cells) {
        int at = IntStream.range(0, cells.length).filter(j -> !fits(columns.get(j), cells[j])).findFirst().orElseThrow();
        Column column = columns.get(at);
        return new DataException(where + ", column '" + column.name() + "': " + cells[at] + " is not " + switch (column.kind()) {
            case CONTINUOUS -> "a finite number";
            case BINARY -> "0 or 1";
            case CATEGORICAL -> "the code of one of the levels " + column.levels();
        });
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
