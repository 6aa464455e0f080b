package intarsia.models.study;

import intarsia.models.simulation.BlockMissing;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One line of experiments: a parameter of the simulation, the values it takes, and what is drawn at each.
 *
 * @param key       its name in files and at the command line
 * @param title     what it shows
 * @param parameter the name of what varies, in files and at the command line
 * @param symbol    the same in tables and figures
 * @param values    the values it takes
 * @param at        what is drawn at a value
 */
public record Setting(String key, String title, String parameter, String symbol, List<Double> values, DoubleFunction<BlockMissing> at) {
    /** Copies the list. */
    public Setting {
        values = List.copyOf(values);
    }

    /** A value as a person writes it: 300, 0.95. */
    public static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
