package intarsia.models.study;

import intarsia.linalg.Engine;
import intarsia.models.Estimator;
import intarsia.models.data.DataException;
import intarsia.models.execution.ItemWork;
import java.util.List;

/**
 * What a study is to do: items, and what is done with each.
 *
 * @param <S>     what data are drawn from
 * @param terms   all that an item depends on besides its path, in one line that begins with the study's name: a journal begun on other
 *                terms cannot be continued
 * @param columns names of the cells that an item measures
 * @param items   the items, in the order to be done
 * @param work    what is done with an item
 */
public record StudyPlan<S>(String terms, List<String> columns, List<Item<S>> items, Work<S> work) {
    /** What is done with an item: a pure function of it. */
    @FunctionalInterface
    public interface Work<S> {
        /**
         * Does it.
         *
         * @param threads that may be used; one where items run side by side
         * @return a cell for each of the plan's columns, in their order
         * @throws intarsia.models.DivergedException if there is nothing to measure; the item's cells are left empty then
         */
        ItemCells measure(Item<S> item, int threads);
    }

    /**
     * Copies and checks.
     *
     * @throws DataException if there is no item
     */
    public StudyPlan {
        columns = List.copyOf(columns);
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new DataException("a study without items: none of the methods that are asked for belongs to a setting that is asked for; "
                    + "ask for others, or leave --methods out");
        }
    }

    /**
     * What items owe to the engine, for the terms: its precision, and a device's name. Kernels on the CPU go unnamed, since their bits are
     * the same.
     *
     * @throws IllegalArgumentException if the kernels asked for cannot run here
     */
    public static String arithmetic(Engine.Options options) {
        try (Engine engine = options.open()) {
            String kernels = engine.kernels().name();
            return engine.precision() + (kernels.startsWith("opencl") ? ", " + kernels : "");
        }
    }

    /** What is done with its items, each a line of text. */
    public ItemWork asLines() {
        return new StudyWork<>(this);
    }

    /** The settings of its items. */
    public List<Setting<S>> settings() {
        return items.stream().map(Item::setting).distinct().toList();
    }

    /** The methods of its items. */
    public List<Estimator> methods() {
        return items.stream().map(Item::method).distinct().toList();
    }

    /** The methods of a setting's items. */
    public List<Estimator> methods(Setting<?> setting) {
        return items.stream().filter(item -> item.setting().equals(setting)).map(Item::method).distinct().toList();
    }

    /** The highest number of a replicate. */
    public int replicates() {
        return items.stream().mapToInt(Item::replicate).max().orElse(0);
    }
}
