package intarsia.models.study;

import intarsia.models.DivergedException;
import intarsia.models.execution.ItemWork;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A study's items as lines of text: what comes of one is its line in the journal. */
final class StudyWork<S> implements ItemWork {
    private final StudyPlan<S> plan;
    private final Map<Item.Key, Item<S>> items;

    StudyWork(StudyPlan<S> plan) {
        this.plan = plan;
        this.items = plan.items().stream().collect(Collectors.toMap(Item::key, Function.identity()));
    }

    @Override
    public String terms() {
        return plan.terms();
    }

    @Override
    public String outcome(String item, int threads) {
        Item<S> of = items.get(Item.Key.of(Arrays.asList(item.split("\t", -1))));
        Timing.Timed<ItemCells> measured = Timing.of(threads == 1, () -> measure(of, threads));
        if (!measured.result().names().equals(plan.columns())) {
            throw new IllegalStateException("an item measured " + measured.result().names() + " where the plan says " + plan.columns());
        }
        return new Measurements.Row(of.key(), measured.result(), measured.seconds()).line();
    }

    /** A fit that diverges does not end a study of hours; its row says so by being empty. */
    private ItemCells measure(Item<S> item, int threads) {
        try {
            return plan.work().measure(item, threads);
        } catch (DivergedException e) {
            return ItemCells.empty(plan.columns());
        }
    }
}
