package intarsia.models.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named cells that an item measured, in order: {@code new ItemCells().number("rmse", 0.31).text("chosen", "64x2")}. A number that is not
 * known is NaN, and an empty cell in files; numbers are written so that reading gives the same bits.
 */
public final class ItemCells {
    private final Map<String, String> byName = new LinkedHashMap<>();

    /** Adds words. */
    public ItemCells text(String name, String text) {
        if (text.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("cell '" + name + "': tabs and line feeds cannot be kept in a journal");
        }
        if (byName.putIfAbsent(name, text) != null) {
            throw new IllegalArgumentException("cell '" + name + "' is there twice");
        }
        return this;
    }

    /** Adds a number. */
    public ItemCells number(String name, double number) {
        return text(name, written(number));
    }

    /** Adds a whole number. */
    public ItemCells count(String name, long number) {
        return text(name, Long.toString(number));
    }

    /** Adds several numbers in one cell, a blank between: one a task, say. */
    public ItemCells numbers(String name, double... numbers) {
        return text(name, String.join(" ", Arrays.stream(numbers).mapToObj(ItemCells::written).toList()));
    }

    /** The cell's words. */
    public String text(String name) {
        String text = byName.get(name);
        if (text == null) {
            throw new IllegalArgumentException("no cell '" + name + "'; there are " + byName.keySet());
        }
        return text;
    }

    /** The cell's number; NaN if it is empty. */
    public double number(String name) {
        return read(text(name));
    }

    /** The cell's numbers. */
    public double[] numbers(String name) {
        return Arrays.stream(text(name).split(" ")).mapToDouble(ItemCells::read).toArray();
    }

    /** Cells of an item of which nothing could be measured. */
    static ItemCells empty(List<String> names) {
        ItemCells cells = new ItemCells();
        names.forEach(name -> cells.text(name, ""));
        return cells;
    }

    boolean isEmpty() {
        return byName.values().stream().allMatch(String::isEmpty);
    }

    List<String> names() {
        return new ArrayList<>(byName.keySet());
    }

    List<String> values() {
        return new ArrayList<>(byName.values());
    }

    static ItemCells of(List<String> names, List<String> values) {
        ItemCells cells = new ItemCells();
        for (int i = 0; i < names.size(); i++) {
            cells.text(names.get(i), values.get(i));
        }
        return cells;
    }

    private static String written(double number) {
        return Double.isNaN(number) ? "" : Double.toString(number);
    }

    private static double read(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }
}
