package intarsia.models.selection;

import intarsia.models.Estimator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What tuning may change of an estimator.
 *
 * @param options its options, in the order of preference where losses are equal
 * @param refit   whether the chosen one is fitted again on training and validation rows: not where validation rows are needed to stop by
 * @param <E>     the estimator
 */
public record SearchSpace<E extends Estimator>(List<Option<E>> options, boolean refit) {
    /** How many candidates there are. */
    public enum Effort {
        /** One, the estimator as it is. */
        NONE,
        /** A handful: the estimator as it is, and with one option changed. */
        QUICK,
        /** All combinations, by successive halving where candidates are trained by epochs. */
        FULL
    }

    /**
     * An option.
     *
     * @param key    its name in a study file
     * @param quick  how values change the estimator, by what they are called: those of a quick search
     * @param more   those that a full one tries besides
     */
    public record Option<E>(String key, Map<String, UnaryOperator<E>> quick, Map<String, UnaryOperator<E>> more) {}

    /** Copies the list. */
    public SearchSpace {
        options = List.copyOf(options);
    }

    /** One with this option too. */
    public SearchSpace<E> with(Option<E> option) {
        List<Option<E>> all = new ArrayList<>(options);
        all.add(option);
        return new SearchSpace<>(all, refit);
    }

    /**
     * An estimator tuned by validation rows; itself where there is nothing to choose from.
     *
     * @param base  the estimator as it is given, the first candidate
     * @param fixed which keys were given, and are not to be changed
     */
    public Estimator tuned(E base, Effort effort, Predicate<String> fixed) {
        Map<String, E> candidates = new LinkedHashMap<>(Map.of("as given", base));
        for (Option<E> option : effort == Effort.NONE ? List.<Option<E>>of() : options) {
            if (!fixed.test(option.key)) {
                Map<String, E> from = effort == Effort.FULL ? new LinkedHashMap<>(candidates) : Map.of("as given", base);
                add(candidates, from, option.key, option.quick);
                if (effort == Effort.FULL) {
                    add(candidates, from, option.key, option.more);
                }
            }
        }
        if (candidates.size() == 1) {
            return base;
        }
        List<Estimator> named = new ArrayList<>();
        candidates.forEach((label, candidate) -> named.add(candidate.named(base.key(), label)));
        return new Tuned(base.key(), base.name(), named, refit,
                effort == Effort.FULL && !refit ? ModelSelection.Search.HALVING : ModelSelection.Search.EXHAUSTIVE);
    }

    private static <E> void add(Map<String, E> candidates, Map<String, E> from, String key, Map<String, UnaryOperator<E>> values) {
        values.forEach((value, change) -> from.forEach((label, candidate) ->
                candidates.put((label.equals("as given") ? "" : label + ", ") + key + " " + value, change.apply(candidate))));
    }
}
