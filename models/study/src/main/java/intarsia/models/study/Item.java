package intarsia.models.study;

import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import java.util.ArrayList;
import java.util.List;

/**
 * One piece of a study's work: a method on a replicate. All methods of a replicate see the same random numbers, so that they are compared
 * on the same data; replicates of one number share them over the values of a setting too, so that trends are compared like with like.
 *
 * @param <S>       what data are drawn from
 * @param setting   the setting
 * @param value     where in the setting
 * @param replicate number of the replicate, from 1
 * @param method    what is fitted
 */
public record Item<S>(Setting<S> setting, double value, int replicate, Estimator method) {
    /**
     * What names an item in files.
     *
     * @param setting   the setting's key
     * @param value     where in the setting
     * @param replicate number of the replicate, from 1
     * @param method    the method's key
     */
    public record Key(String setting, double value, int replicate, String method) {
        static final List<String> COLUMNS = List.of("setting", "value", "replicate", "method");

        List<String> cells() {
            return List.of(setting, Setting.text(value), Integer.toString(replicate), method);
        }

        /** Its line, as work has it. */
        String line() {
            return String.join("\t", cells());
        }

        static Key of(List<String> cells) {
            return new Key(cells.get(0), Double.parseDouble(cells.get(1)), Integer.parseInt(cells.get(2)), cells.get(3));
        }
    }

    /** What names it. */
    public Key key() {
        return new Key(setting.key(), value, replicate, method.key());
    }

    /** What its data are drawn from. */
    public S source() {
        return setting.at().apply(value);
    }

    /** Random numbers of its replicate: data, splits. */
    public RandomStream replicate(long seed) {
        return RandomStream.of(seed, "setting/" + setting.key()).child("replicate", replicate);
    }

    /** Random numbers of the item alone: what its method draws. */
    public RandomStream own(long seed) {
        return replicate(seed).child("value/" + Setting.text(value)).child(method.key());
    }

    /** Every method at every value, replicate by replicate, so that an interrupted study has about as many of every cell. */
    public static <S> List<Item<S>> crossed(List<Setting<S>> settings, List<Estimator> methods, int replicates) {
        List<Item<S>> items = new ArrayList<>();
        for (int replicate = 1; replicate <= replicates; replicate++) {
            for (Setting<S> setting : settings) {
                for (double value : setting.values()) {
                    for (Estimator method : methods) {
                        items.add(new Item<>(setting, value, replicate, method));
                    }
                }
            }
        }
        return items;
    }
}
