package intarsia.models.study.anchors;

import intarsia.models.study.Setting;
import intarsia.models.study.anchors.FactorTasks.Measured;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/** The lines of the study, all ours. */
public final class AnchorSettings {
    private static final Set<Integer> EVERYWHERE = Set.of(0, 1, 2);
    /** A source of each task's own, which the others lack. */
    private static final List<Measured> OWN = List.of(alike("own0", 0.3, Set.of(0)), alike("own1", 0.3, Set.of(1)),
            alike("own2", 0.3, Set.of(2)));

    /** Tasks with a and b, b and c, c and d: nothing in common. */
    static final Setting<FactorTasks> CHAIN = new Setting<>("chain", "A chain of overlaps", "rows", "n", List.of(30.0, 100.0),
            of(List.of(alike("a", 0.5, Set.of(0)), alike("b", 0.5, Set.of(0, 1)), alike("c", 0.5, Set.of(1, 2)),
                    alike("d", 0.5, Set.of(2)))));

    /** Three common sources: a is precise, b is not, c is next to noise. */
    static final Setting<FactorTasks> CANDIDATES = new Setting<>("candidates", "Which common source is the anchor", "rows", "n",
            List.of(30.0, 100.0), of(with(OWN, alike("a", 0.3, EVERYWHERE), alike("b", 1, EVERYWHERE), alike("c", 10, EVERYWHERE))));

    /** Three common sources, each precise in one task only; they measure the same to some extent. */
    static final Setting<FactorTasks> EXCHANGED = new Setting<>("exchanged", "The anchor of one task used for another", "agreement", "r",
            List.of(1.0, 0.5, 0.0), r -> new FactorTasks(with(OWN, new Measured("a", r, List.of(0.3, 1.0, 1.0), EVERYWHERE),
                    new Measured("b", r, List.of(1.0, 0.3, 1.0), EVERYWHERE), new Measured("c", r, List.of(1.0, 1.0, 0.3), EVERYWHERE)),
                            100));

    private AnchorSettings() {}

    /** All lines. */
    public static List<Setting<FactorTasks>> all() {
        return List.of(CHAIN, CANDIDATES, EXCHANGED);
    }

    private static Measured alike(String name, double noise, Set<Integer> tasks) {
        return new Measured(name, 0, List.of(noise, noise, noise), tasks);
    }

    private static List<Measured> with(List<Measured> some, Measured... others) {
        return Stream.concat(some.stream(), Stream.of(others)).toList();
    }

    private static DoubleFunction<FactorTasks> of(List<Measured> sources) {
        return rows -> new FactorTasks(sources, (int) rows);
    }
}
