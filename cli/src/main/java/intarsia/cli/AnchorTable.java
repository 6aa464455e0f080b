package intarsia.cli;

import intarsia.cli.json.ResultTable;
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

/**
 * Which common sources are kept as the anchor, and by what.
 *
 * @param responses a choice for each response
 */
record AnchorTable(List<OfResponse> responses) {
    /**
     * Of one response.
     *
     * @param tasks  its tasks
     * @param choice null where there is nothing to choose or to judge by
     */
    private record OfResponse(TaskSet tasks, AnchorChoice choice) {
        String about() {
            return tasks.tasks().getFirst().about();
        }
    }

    static AnchorTable of(TaskSet all, int flips) {
        return new AnchorTable(all.byResponse().stream().map(tasks -> judged(tasks, flips)).toList());
    }

    private static OfResponse judged(TaskSet tasks, int flips) {
        if (tasks.anchors().size() < 2 || !tasks.tasks().stream().allMatch(task -> SharingGain.judges(task.family()))) {
            return new OfResponse(tasks, null);
        }
        try (Engine engine = Engine.open()) {
            return new OfResponse(tasks, AnchorChoice.of(engine, tasks, flips, RandomStream.of(1, "anchors")));
        }
    }

    /** For people. */
    String text() {
        return responses.stream().map(this::text).collect(Collectors.joining("\n"));
    }

    private String text(OfResponse of) {
        String title = "anchors" + (responses.size() > 1 ? " for " + of.about() : "") + ": ";
        if (of.tasks.anchors().isEmpty()) {
            return title + "no source is common to all tasks; each two have these in common\n" + overlaps(of.tasks.tasks())
                    + "all are linked, some by way of others only: `./intarsia link` completes the study along these links\n";
        }
        if (of.choice == null) {
            return title + (of.tasks.anchors().size() < 2
                    ? of.tasks.anchors().getFirst().name() + " alone is common to all tasks, there is nothing to choose\n"
                    : "not judged, responses being no single number each\n");
        }
        TextTable table = new TextTable("anchor", "R2 of what is imputed", "log loss", "deviance against all", "p");
        for (AnchorChoice.Candidate candidate : of.choice.candidates()) {
            boolean all = candidate == of.choice.candidates().getFirst();
            table.line(names(candidate), number(candidate.imputed()), number(candidate.loss()),
                    all ? "" : String.format("%+.1f %%", -100 * candidate.response().share()),
                    all ? "" : String.format("%.4g", candidate.response().probability()));
        }
        return title + "the common sources that are kept, others left out (p corrected for the number of choices)\n" + table
                + String.format("chosen: %s (the best of %d choices gains %.1f %% by chance)\n", names(of.choice.chosen()),
                        of.choice.candidates().size(), 100 * of.choice.chance());
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

    /** For programs. */
    ResultTable table() {
        ResultTable table = new ResultTable("response", "anchor", "imputed R2", "log loss", "gain", "p", "chosen");
        for (OfResponse of : responses) {
            for (AnchorChoice.Candidate candidate : of.choice == null ? List.<AnchorChoice.Candidate>of() : of.choice.candidates()) {
                boolean all = candidate == of.choice.candidates().getFirst();
                table.row(List.of(of.about(), names(candidate), candidate.imputed(), candidate.loss(),
                        all ? Double.NaN : candidate.response().share(), all ? Double.NaN : candidate.response().probability(),
                        candidate.equals(of.choice.chosen()) ? "yes" : "no"));
            }
        }
        return table;
    }

    private static String names(List<Source> sources) {
        return sources.stream().map(Source::name).collect(Collectors.joining(" + "));
    }

    private static String names(AnchorChoice.Candidate candidate) {
        return names(candidate.anchor());
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format("%.3f", value);
    }
}
