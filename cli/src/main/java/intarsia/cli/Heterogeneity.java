package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.cli.json.ResultTable;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Observations;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.MeanDiscrepancy;
import intarsia.models.evaluation.ResponseDisagreement;
import intarsia.models.sharing.SharingGain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every pair of tasks by the distribution of their anchors, standardized, and by how responses depend on these; rows with a missing anchor
 * cell are left out. Then whether tasks are better learned together, in groups or alone.
 *
 * @param anchors      the sources that are compared
 * @param permutations how many each p is of
 * @param features     pairs of tasks by their anchors: the squared maximum mean discrepancy
 * @param responses    a part for each response
 */
record Heterogeneity(List<Source> anchors, int permutations, List<Pair> features, List<OfResponse> responses) {
    /** Responses are compared on at most so many rows of a task. */
    private static final int ROWS = 200;
    /** Fewer rows of a task are not compared by their responses. */
    private static final int LEAST = 3;

    /** Two tasks: rows of each, how far they differ and p; both NaN where one of them has too few rows. */
    private record Pair(Task first, Task second, int rowsOfFirst, int rowsOfSecond, double value, double probability) {
        String names() {
            return first.cohort() + ", " + second.cohort();
        }

        /** A line of text: the value in these words, or why there is none. */
        List<String> line(String words, String lacking) {
            String rows = rowsOfFirst + " and " + rowsOfSecond;
            return Double.isNaN(probability) ? List.of(names(), rows, "", lacking)
                    : List.of(names(), rows, words, String.format("%.4g", probability));
        }

        List<Object> cells() {
            return List.of(first.cohort(), second.cohort(), rowsOfFirst, rowsOfSecond, value, probability);
        }
    }

    /**
     * Of one response.
     *
     * @param tasks its tasks
     * @param pairs how much lower the squared errors of two tasks are when learned together, as a share of those alone
     * @param gain  of sharing among all; null where it is not judged
     */
    private record OfResponse(TaskSet tasks, List<Pair> pairs, SharingGain gain) {
        String about() {
            return tasks.tasks().getFirst().about();
        }
    }

    static Heterogeneity of(TaskSet all, int permutations) {
        TaskSet data = all.with(all.cohorts());
        return new Heterogeneity(data.anchors(), permutations, features(data, permutations), all.byResponse().stream()
                .map(tasks -> responses(tasks, data.anchors(), permutations)).toList());
    }

    private static List<Pair> features(TaskSet data, int permutations) {
        FeatureEncoding encoding = encoding(data);
        List<double[][]> anchors = data.tasks().stream().map(task -> anchor(task, data.anchors(), encoding, complete(task,
                data.anchors()))).toList();
        List<Pair> pairs = new ArrayList<>();
        for (int a = 0; a < anchors.size(); a++) {
            for (int b = a + 1; b < anchors.size(); b++) {
                double[][] x = anchors.get(a);
                double[][] z = anchors.get(b);
                Pair pair = new Pair(data.tasks().get(a), data.tasks().get(b), x.length, z.length, Double.NaN, Double.NaN);
                if (x.length > 0 && z.length > 0) {
                    MeanDiscrepancy test = MeanDiscrepancy.test(x, z, permutations, RandomStream.of(1, "heterogeneity/" + pair.names()));
                    pair = new Pair(pair.first, pair.second, x.length, z.length, test.squared(), test.probability());
                }
                pairs.add(pair);
            }
        }
        return pairs;
    }

    private static OfResponse responses(TaskSet tasks, List<Source> anchors, int permutations) {
        if (tasks.tasks().size() < 2 || !judged(tasks)) {
            return new OfResponse(tasks, List.of(), null);
        }
        FeatureEncoding encoding = encoding(tasks);
        List<Pair> pairs = new ArrayList<>();
        for (int a = 0; a < tasks.tasks().size(); a++) {
            for (int b = a + 1; b < tasks.tasks().size(); b++) {
                pairs.add(pair(List.of(tasks.tasks().get(a), tasks.tasks().get(b)), anchors, encoding, permutations));
            }
        }
        try (Engine engine = Engine.open()) {
            return new OfResponse(tasks, pairs, SharingGain.of(engine, tasks, permutations, RandomStream.of(1, "sharing")));
        }
    }

    private static Pair pair(List<Task> pair, List<Source> anchors, FeatureEncoding encoding, int permutations) {
        double[][][] x = new double[2][][];
        double[][] y = new double[2][];
        for (int t = 0; t < 2; t++) {
            int[] some = some(complete(pair.get(t), anchors));
            x[t] = anchor(pair.get(t), anchors, encoding, some);
            double[] response = pair.get(t).response();
            y[t] = Arrays.stream(some).mapToDouble(i -> response[i]).toArray();
        }
        Pair none = new Pair(pair.get(0), pair.get(1), y[0].length, y[1].length, Double.NaN, Double.NaN);
        if (Math.min(y[0].length, y[1].length) < LEAST) {
            return none;
        }
        ResponseDisagreement test = ResponseDisagreement.test(x, y, permutations, RandomStream.of(1, "disagreement/" + none.names()));
        return new Pair(none.first, none.second, y[0].length, y[1].length, 1 - 1 / (1 - test.gain()), test.probability());
    }

    private static boolean judged(TaskSet tasks) {
        return tasks.tasks().stream().allMatch(task -> SharingGain.judges(task.family()));
    }

    private static FeatureEncoding encoding(TaskSet data) {
        return FeatureEncoding.of(DataSplit.all(data), FeatureEncoding.Scaling.STANDARDIZED);
    }

    private static int[] complete(Task task, List<Source> anchors) {
        return IntStream.range(0, task.size()).filter(i -> anchors.stream().allMatch(source ->
                Arrays.stream(task.blocks().get(source)[i]).noneMatch(Double::isNaN))).toArray();
    }

    /** At most {@value #ROWS} of them, evenly. */
    private static int[] some(int[] rows) {
        int taken = Math.min(ROWS, rows.length);
        return IntStream.range(0, taken).map(j -> rows[(int) ((2L * j + 1) * rows.length / (2L * taken))]).toArray();
    }

    private static double[][] anchor(Task task, List<Source> anchors, FeatureEncoding encoding, int[] complete) {
        ObservedFeatures rows = ObservedFeatures.of(task, anchors, encoding);
        double[] dense = rows.dense(Observations.of(task, complete));
        return IntStream.range(0, complete.length).mapToObj(i -> Arrays.copyOfRange(dense, i * rows.width(), (i + 1) * rows.width()))
                .toArray(double[][]::new);
    }

    /** For people. */
    String text() {
        TextTable table = new TextTable("tasks", "rows", "MMD^2", "p");
        features.forEach(pair -> table.line(pair.line(String.format("%.4f", pair.value), "no complete rows")));
        return "heterogeneity of " + names() + ": maximum mean discrepancy, " + permutations + " permutations (the smallest p there is: "
                + String.format("%.4g", 1.0 / (1 + permutations)) + ")\n" + table
                + responses.stream().map(this::text).collect(Collectors.joining());
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
        response.pairs.forEach(pair -> table.line(pair.line(lower(pair.value), "fewer than " + LEAST + " rows")));
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
        SharingGain.Gain better = found.groups().share() > found.together().share() ? found.groups() : found.together();
        return "Gaussian processes, " + found.rows() + " rows, each left out in turn\n" + table + "groups: " + groups + "\n"
                + (better.probability() > 0.05 ? "no difference between sharing and tasks alone is shown (p > 0.05)"
                : better.share() > 0 ? "sharing helps" + (better == found.groups() ? ", most in these groups" : "")
                        : "sharing does not help")
                + "\n";
    }

    /** How far errors change that are lower by a share of themselves. */
    private static String lower(double share) {
        return String.format("%+.1f %%", -100 * share);
    }

    /** For programs. */
    CommandResult.HeterogeneityOf result() {
        ResultTable distributions = new ResultTable("first", "second", "rows of first", "rows of second", "squared MMD", "p");
        features.forEach(pair -> distributions.row(pair.cells()));
        ResultTable disagreement = new ResultTable("response", "first", "second", "rows of first", "rows of second", "gain", "p");
        ResultTable sharing = new ResultTable("response", "learned", "gain", "p");
        ResultTable groups = new ResultTable("response", "task", "group");
        for (OfResponse response : responses) {
            response.pairs.forEach(pair -> {
                List<Object> cells = new ArrayList<>(List.of(response.about()));
                cells.addAll(pair.cells());
                disagreement.row(cells);
            });
            if (response.gain != null) {
                sharing.row(cells(response.about(), "together", response.gain.together()));
                sharing.row(cells(response.about(), "in groups", response.gain.groups()));
                response.tasks.tasks().forEach(task -> groups.row(List.of(response.about(), task.cohort(),
                        response.gain.group().get(task.name()))));
            }
        }
        return new CommandResult.HeterogeneityOf(anchors.stream().map(Source::name).toList(), permutations, distributions, disagreement,
                sharing, groups);
    }

    private static List<Object> cells(String response, String learned, SharingGain.Gain gain) {
        return List.of(response, learned, gain.share(), gain.probability());
    }
}
