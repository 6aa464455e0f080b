package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.cli.json.ResultTable;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.sharing.MethodGain;
import intarsia.models.sharing.SharingGain;
import intarsia.models.sharing.TaskDifference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Every pair of tasks by the distribution of their anchors, standardized, and by how responses depend on these; rows with a missing anchor
 * cell are left out. Then whether tasks are better learned together, in groups or alone, and by which method.
 *
 * @param anchors      the sources that are compared
 * @param permutations how many each p is of
 * @param features     pairs of tasks by their anchors: the squared maximum mean discrepancy
 * @param responses    a part for each response
 */
record Heterogeneity(List<Source> anchors, int permutations, List<TaskDifference> features, List<OfResponse> responses) {
    /** Above this p nothing is said to differ. */
    private static final double LEVEL = 0.05;

    /**
     * Of one response.
     *
     * @param tasks   its tasks
     * @param pairs   how much lower the squared errors of two tasks are when learned together, as a share of those alone
     * @param gain    of sharing among all, by Gaussian processes; null where it is not judged
     * @param methods of sharing among all, by each method
     */
    private record OfResponse(TaskSet tasks, List<TaskDifference> pairs, SharingGain gain, List<MethodGain> methods) {
        String about() {
            return tasks.tasks().getFirst().about();
        }

        /** Each method that was fitted, all tasks together against alone. */
        List<MethodGain> fitted() {
            return methods.stream().filter(found -> found.problem() == null).toList();
        }
    }

    /** Of a study; how far it is, is told by responses and, within each, by methods where these are asked for. */
    static Heterogeneity of(TaskSet all, int permutations, boolean byMethod, ProgressBar bar) {
        TaskSet data = all.with(all.cohorts());
        bar.at(0, "tasks compared by " + data.anchors().stream().map(Source::name).collect(Collectors.joining(" + ")));
        List<TaskDifference> features = TaskDifference.ofFeatures(DataSplit.all(data), permutations);
        List<TaskSet> each = all.byResponse();
        List<OfResponse> responses = new ArrayList<>();
        for (TaskSet tasks : each) {
            double before = (double) responses.size() / each.size();
            bar.at(before, "all together, in groups, alone");
            responses.add(responses(tasks, data.anchors(), permutations, byMethod, (method, done, total) ->
                    bar.at(before + (1.0 + done) / (1 + total) / each.size(), "method " + (done + 1) + " of " + total + ": " + method)));
        }
        return new Heterogeneity(data.anchors(), permutations, features, responses);
    }

    private static OfResponse responses(TaskSet tasks, List<Source> anchors, int permutations, boolean byMethod, Progress progress) {
        if (tasks.tasks().size() < 2 || !judged(tasks)) {
            return new OfResponse(tasks, List.of(), null, List.of());
        }
        try (Engine engine = Engine.open()) {
            return new OfResponse(tasks, TaskDifference.ofResponses(DataSplit.all(tasks), anchors, permutations),
                    SharingGain.of(engine, tasks, permutations, RandomStream.of(1, "sharing")),
                    byMethod ? MethodGain.all(engine, tasks, permutations, RandomStream.of(1, "methods"), progress)
                    : List.of());
        }
    }

    private static boolean judged(TaskSet tasks) {
        return tasks.tasks().stream().allMatch(task -> SharingGain.judges(task.family()));
    }

    /** For people. */
    String text() {
        TextTable table = new TextTable("tasks", "rows", "MMD^2", "p");
        features.forEach(pair -> table.line(line(pair, String.format("%.4f", pair.value()), "no complete rows")));
        return "heterogeneity of " + names() + ": maximum mean discrepancy, " + permutations + " permutations (the smallest p there is: "
                + String.format("%.4g", 1.0 / (1 + permutations)) + ")\n" + table
                + responses.stream().map(this::text).collect(Collectors.joining());
    }

    /** The value in these words, or why there is none. */
    private static List<String> line(TaskDifference pair, String words, String lacking) {
        String rows = pair.rowsOfFirst() + " and " + pair.rowsOfSecond();
        return pair.known() ? List.of(pair.names(), rows, words, String.format("%.4g", pair.probability()))
                : List.of(pair.names(), rows, "", lacking);
    }

    private String names() {
        return anchors.stream().map(Source::name).collect(Collectors.joining(" + "));
    }

    private String text(OfResponse response) {
        String title = "\nresponses" + (responses.size() == 1 ? "" : " of " + response.about());
        if (response.gain == null) {
            return title + (response.tasks.tasks().size() < 2 ? ": one task, nothing to compare\n"
                    : ": not compared, being no single number each\n");
        }
        TextTable table = new TextTable("tasks", "rows", "together against alone", "p of disagreement");
        response.pairs.forEach(pair -> table.line(line(pair, lower(pair.value()), "fewer than " + TaskDifference.LEAST + " rows")));
        return title + ": how they depend on " + names() + ", by kernel ridge regression (squared errors of rows left out; p of one "
                + "function, whatever the features; not corrected for the number of pairs)\n" + table + verdict(response);
    }

    private static String verdict(OfResponse response) {
        SharingGain found = response.gain;
        TextTable table = new TextTable("learned", "deviance against alone", "p");
        table.line("all together", lower(found.together().share()), String.format("%.4g", found.together().probability()));
        table.line("in groups", lower(found.groups().share()), String.format("%.4g", found.groups().probability()));
        String groups = response.tasks.tasks().stream().collect(Collectors.groupingBy(task -> found.group().get(task.name()), TreeMap::new,
                Collectors.mapping(Task::cohort, Collectors.joining(", ")))).values().stream().collect(Collectors.joining("; "));
        return "Gaussian processes, " + found.rows() + " rows, each left out in turn\n" + table + "groups: " + groups + "\n"
                + (response.methods.isEmpty() ? "" : sides(response));
    }

    /** On which side of its threshold each method is, by rows left out. */
    private static String sides(OfResponse response) {
        TextTable table = new TextTable("all tasks together", "deviance against alone", "p");
        Map<String, List<String>> sides = new LinkedHashMap<>();
        for (MethodGain found : response.fitted()) {
            String name = found.method().name();
            SharingGain.Gain gain = found.gain();
            table.line(name, lower(gain.share()), String.format("%.4g", gain.probability()));
            sides.computeIfAbsent(gain.probability() > LEVEL ? "no difference is shown for " : gain.share() > 0 ? "sharing helps "
                    : "sharing does harm to ", side -> new ArrayList<>()).add(name);
        }
        String unfitted = response.methods.stream().filter(found -> found.problem() != null)
                .map(found -> found.method().name() + " is not judged: " + found.problem() + "\n").collect(Collectors.joining());
        return sides.isEmpty() ? "\n" + unfitted : "\neach method, rows left out in folds\n" + table + unfitted
                + sides.entrySet().stream().map(side -> side.getKey() + String.join(", ", side.getValue()))
                        .collect(Collectors.joining("; "))
                + " (p " + LEVEL + ", not corrected for the number of methods)\nno distance above says this by itself: how far tasks may "
                + "differ before sharing ceases to help depends on the method\n";
    }

    /** How far errors change that are lower by a share of themselves. */
    private static String lower(double share) {
        return String.format("%+.1f %%", -100 * share);
    }

    /** For programs. */
    CommandResult.HeterogeneityOf result() {
        ResultTable distributions = new ResultTable("first", "second", "rows of first", "rows of second", "squared MMD", "p");
        features.forEach(pair -> distributions.row(cells(pair)));
        ResultTable disagreement = new ResultTable("response", "first", "second", "rows of first", "rows of second", "gain", "p");
        ResultTable sharing = new ResultTable("response", "learned", "gain", "p");
        ResultTable methods = new ResultTable("response", "method", "gain", "p", "problem");
        ResultTable groups = new ResultTable("response", "task", "group");
        for (OfResponse response : responses) {
            response.pairs.forEach(pair -> {
                List<Object> cells = new ArrayList<>(List.of(response.about()));
                cells.addAll(cells(pair));
                disagreement.row(cells);
            });
            if (response.gain != null) {
                sharing.row(cells(response.about(), "together", response.gain.together()));
                sharing.row(cells(response.about(), "in groups", response.gain.groups()));
                response.methods.forEach(found -> {
                    List<Object> cells = new ArrayList<>(cells(response.about(), found.method().key(), found.gain()));
                    cells.add(found.problem());
                    methods.row(cells);
                });
                response.tasks.tasks().forEach(task -> groups.row(List.of(response.about(), task.cohort(),
                        response.gain.group().get(task.name()))));
            }
        }
        return new CommandResult.HeterogeneityOf(anchors.stream().map(Source::name).toList(), permutations, distributions, disagreement,
                sharing, groups, methods);
    }

    private static List<Object> cells(TaskDifference pair) {
        return List.of(pair.first().cohort(), pair.second().cohort(), pair.rowsOfFirst(), pair.rowsOfSecond(), pair.value(),
                pair.probability());
    }

    private static List<Object> cells(String response, String learned, SharingGain.Gain gain) {
        return List.of(response, learned, gain.share(), gain.probability());
    }
}
