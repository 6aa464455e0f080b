package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.sharing.AnchorChoice;
import intarsia.models.sharing.SharingGain;
import java.util.ArrayList;
import java.util.Comparator;
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
        if (tasks.anchors().isEmpty()) {
            return title + "no source is common to all tasks; each two have these in common\n" + overlaps(tasks.tasks())
                    + "all are linked, some by way of others only: `./intarsia link` completes the study along these links\n";
        }
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

    private static TextTable overlaps(List<Task> tasks) {
        List<String> header = new ArrayList<>(List.of(""));
        tasks.forEach(task -> header.add(task.name()));
        TextTable table = new TextTable(header);
        for (Task one : tasks) {
            List<String> line = new ArrayList<>(List.of(one.name()));
            tasks.forEach(other -> line.add(names(one.blocks().keySet().stream().filter(other.blocks()::containsKey)
                    .sorted(Comparator.comparing(Source::name)).toList())));
            table.line(line);
        }
        return table;
    }

    private static String names(List<Source> sources) {
        return sources.stream().map(Source::name).collect(Collectors.joining(" + "));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format("%.3f", value);
    }
}
