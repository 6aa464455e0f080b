package intarsia.models.files.model;

import intarsia.models.files.Section;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A key of a study file's section: its name, what it takes, its default, what it means, and how it is read. Readers and the reference of
 * all keys are made of these values.
 *
 * @param name     as it is written
 * @param type     what it takes, for people
 * @param standard the value where the key is not given, as it would be written
 * @param meaning  one sentence
 * @param read     reads it
 */
public record Key<T>(String name, String type, String standard, String meaning, BiFunction<Section, String, T> read) {
    /** Its value in a section: the one given, checked, or the default. */
    public T of(Section section) {
        return read.apply(section, name);
    }

    /** A whole number between limits. */
    static Key<Integer> whole(String name, int standard, int from, int to, String meaning) {
        return new Key<>(name, "whole number, " + from + " to " + to, Integer.toString(standard), meaning, (section, key) -> {
            long value = section.integer(key, standard);
            if (value < from || value > to) {
                throw section.error(key, "'" + key + "' must be a whole number from " + from + " to " + to + ", not " + value);
            }
            return (int) value;
        });
    }

    /** A width of layers: beyond that, no machine has the memory. */
    static Key<Integer> width(String name, int standard, String meaning) {
        return whole(name, standard, 1, 10_000, meaning);
    }

    /** A number of layers. */
    static Key<Integer> depth(String name, int standard, String meaning) {
        return whole(name, standard, 1, 100, meaning);
    }

    /** A finite number that is not negative. */
    static Key<Double> weight(String name, double standard, String meaning) {
        return new Key<>(name, "number, at least 0", plain(standard), meaning, (section, key) -> {
            double value = section.number(key, standard);
            if (value < 0) {
                throw section.error(key, "'" + key + "' must be at least 0, not " + value);
            }
            return value;
        });
    }

    /** A number strictly between limits. */
    static Key<Double> between(String name, double standard, double above, double below, String meaning) {
        String range = "above " + plain(above) + (below == Double.POSITIVE_INFINITY ? "" : " and below " + plain(below));
        return new Key<>(name, "number " + range, plain(standard), meaning, (section, key) -> {
            double value = section.number(key, standard);
            if (!(value > above && value < below)) {
                throw section.error(key, "'" + key + "' must be " + range + ", not " + value);
            }
            return value;
        });
    }

    /** True or false. */
    static Key<Boolean> flag(String name, boolean standard, String meaning) {
        return new Key<>(name, "true or false", Boolean.toString(standard), meaning, (section, key) -> section.flag(key, standard));
    }

    /** One of several words. */
    static Key<String> choice(String name, String standard, List<String> words, String meaning) {
        return new Key<>(name, "one of " + String.join(", ", words), "\"" + standard + "\"", meaning, (section, key) -> {
            String value = section.text(key, standard);
            if (!words.contains(value)) {
                throw section.error(key, "'" + key + "' must be one of " + String.join(", ", words) + ", not \"" + value + "\"");
            }
            return value;
        });
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number) : Double.toString(number);
    }
}
