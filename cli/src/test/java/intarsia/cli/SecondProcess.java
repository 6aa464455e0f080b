package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.execution.ClusterEngine;
import intarsia.models.execution.CommandWork;
import intarsia.models.execution.ItemExecutor;
import intarsia.models.execution.ItemWork;
import java.util.List;
import java.util.ServiceLoader;

/** Does items as another process would: what it knows of the work is words, and items come in any order. */
public final class SecondProcess implements ClusterEngine {
    static final String MASTER = "a-second-process";

    @Override
    public ItemExecutor open(String master, List<String> command) {
        assertThat(master).isEqualTo(MASTER);
        return (work, items, until, outcomes) -> {
            ItemWork again = ServiceLoader.load(CommandWork.class).findFirst().orElseThrow().of(command);
            assertThat(again).isNotSameAs(work);
            assertThat(again.terms()).isEqualTo(work.terms());
            items.reversed().forEach(item -> outcomes.accept(again.outcome(item, 1)));
        };
    }
}
