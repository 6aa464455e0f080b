package intarsia.models.study;

import intarsia.models.Estimator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a study found, or a part of it: a row an item, in the order of its items.
 *
 * @param rows the rows
 */
public record Measurements(List<Row> rows) {
    /**
     * What one item measured. Everything but the seconds is the same whenever it is done again.
     *
     * @param key     which item
     * @param cells   what it measured
     * @param seconds how long it took
     */
    public record Row(Item.Key key, ItemCells cells, Timing seconds) {
        /** Reads {@link #line}. */
        static Row of(String line, List<String> columns) {
            List<String> all = Arrays.asList(line.split("\t", -1));
            int from = Item.Key.COLUMNS.size();
            int to = from + columns.size();
            return new Row(Item.Key.of(all.subList(0, from)), ItemCells.of(columns, all.subList(from, to)),
                    Timing.of(all.subList(to, all.size())));
        }

        /** All of it, separated by tabs. */
        String line() {
            List<String> all = new ArrayList<>(key.cells());
            all.addAll(cells.values());
            all.addAll(seconds.cells());
            return String.join("\t", all);
        }
    }

    /** Copies the list. */
    public Measurements {
        rows = List.copyOf(rows);
    }

    /** How many rows. */
    public int size() {
        return rows.size();
    }

    /** Those whose item is so. */
    public Measurements where(Predicate<Item.Key> wanted) {
        return new Measurements(rows.stream().filter(row -> wanted.test(row.key())).toList());
    }

    /** One setting's. */
    public Measurements of(Setting<?> setting) {
        return where(key -> key.setting().equals(setting.key()));
    }

    /** One method's at one value of a setting, by replicate. */
    public Measurements of(Setting<?> setting, double value, Estimator method) {
        return where(key -> key.setting().equals(setting.key()) && key.value() == value && key.method().equals(method.key()));
    }

    /** A column's numbers; empty cells are left out. */
    public Sample sample(String column) {
        return sample(row -> row.cells().number(column));
    }

    /** A number of each row that measured something; NaNs are left out. */
    public Sample sample(Function<Row, Double> number) {
        return new Sample(measured().mapToDouble(number::apply).filter(v -> !Double.isNaN(v)).toArray());
    }

    private Stream<Row> measured() {
        return rows.stream().filter(row -> !row.cells().isEmpty());
    }

    /** Rows whose item diverged. */
    int diverged() {
        return size() - (int) measured().count();
    }

    /** A column's numbers by replicate; empty cells are left out. */
    Map<Integer, Double> byReplicate(String column) {
        return measured().filter(row -> !Double.isNaN(row.cells().number(column)))
                .collect(Collectors.toMap(row -> row.key().replicate(), row -> row.cells().number(column)));
    }
}
