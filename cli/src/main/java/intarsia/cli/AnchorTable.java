package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSet;
import intarsia.models.sharing.AnchorChoice;
import intarsia.models.sharing.SharingGain;
import java.util.List;
import java.util.stream.Collectors;

/** Which common sources are kept as the anchor, and by what. */
final class AnchorTable {
    private AnchorTable() {}

    /** For each response. */
    static String text(TaskSet all, int flips) {
        return all.byResponse().stream().map(tasks -> of(tasks, all.byResponse().size() > 1, flips)).collect(Collectors.joining("\n"));
    }

    private static String of(TaskSet tasks, boolean named, int flips) {
        String title = "anchors" + (named ? " for " + tasks.tasks().getFirst().about() : "") + ": ";
        if (tasks.anchors().size() < 2) {
            return title + tasks.anchors().getFirst().name() + " alone is common to all tasks, there is nothing to choose\n";
        }
        if (!tasks.tasks().stream().allMatch(task -> SharingGain.judges(task.family()))) {
            return title + "not judged, responses being no single number each\n";
        }
        AnchorChoice choice;
        try (Engine engine = Engine.open()) {
            choice = AnchorChoice.of(engine, tasks, flips, RandomStream.of(1, "anchors"));
        }
        TextTable table = new TextTable("anchor", "R2 of what is imputed", "log loss", "deviance against all", "p");
        for (AnchorChoice.Candidate candidate : choice.candidates()) {
            boolean all = candidate == choice.candidates().getFirst();
            table.line(names(candidate.anchor()), number(candidate.imputed()), number(candidate.loss()),
                    all ? "" : String.format("%+.1f %%", -100 * candidate.response().share()),
                    all ? "" : String.format("%.4g", candidate.response().probability()));
        }
        return title + "the common sources that are kept, others left out\n" + table + "chosen: " + names(choice.chosen().anchor()) + "\n";
    }

    private static String names(List<Source> sources) {
        return sources.stream().map(Source::name).collect(Collectors.joining(" + "));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format("%.3f", value);
    }
}
