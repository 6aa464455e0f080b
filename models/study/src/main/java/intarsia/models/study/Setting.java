package intarsia.models.study;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One line of experiments: a parameter, the values it takes, and what is drawn at each.
 *
 * @param <S>       what a study draws its data from: a simulation, a data set
 * @param key       its name in files and at the command line
 * @param title     what it shows
 * @param parameter the name of what varies, in files and at the command line
 * @param symbol    the same in tables and figures
 * @param values    the values it takes, in order; at least one
 * @param at        what is drawn from at a value
 */
public record Setting<S>(String key, String title, String parameter, String symbol, List<Double> values, DoubleFunction<S> at) {
    /** Copies the list and checks it. */
    public Setting {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("setting " + key + " has no values");
        }
    }

    /** The same setting at some of its values only. */
    public Setting<S> at(List<Double> kept) {
        return new Setting<>(key, title, parameter, symbol, kept, at);
    }

    /** A value as a person writes it: 300, 0.95. */
    public static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }
}
