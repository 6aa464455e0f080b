package intarsia.cli;

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
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every pair of tasks by the distribution of their anchors, standardized, and by how responses depend on these; rows with a missing anchor
 * cell are left out. Then whether tasks are better learned together, in groups or alone.
 */
final class Heterogeneity {
    /** Responses are compared on at most so many rows of a task. */
    private static final int ROWS = 200;

    private final TaskSet all;
    private final TaskSet data;
    private final int permutations;

    Heterogeneity(TaskSet all, int permutations) {
        this.all = all;
        this.permutations = permutations;
        data = all.with(all.cohorts());
    }

    String text() {
        return features() + all.byResponse().stream().map(this::responses).collect(Collectors.joining());
    }

    private String features() {
        FeatureEncoding encoding = FeatureEncoding.of(DataSplit.all(data), FeatureEncoding.Scaling.STANDARDIZED);
        List<double[][]> anchors = data.tasks().stream().map(task -> anchor(task, encoding)).toList();
        TextTable table = new TextTable("tasks", "rows", "MMD^2", "p");
        for (int a = 0; a < anchors.size(); a++) {
            for (int b = a + 1; b < anchors.size(); b++) {
                String names = data.tasks().get(a).cohort() + ", " + data.tasks().get(b).cohort();
                String rows = anchors.get(a).length + " and " + anchors.get(b).length;
                if (anchors.get(a).length == 0 || anchors.get(b).length == 0) {
                    table.line(names, rows, "", "no complete rows");
                    continue;
                }
                MeanDiscrepancy test = MeanDiscrepancy.test(anchors.get(a), anchors.get(b), permutations,
                        RandomStream.of(1, "heterogeneity/" + names));
                table.line(names, rows, String.format("%.4f", test.squared()), String.format("%.4g", test.probability()));
            }
        }
        return "heterogeneity of " + data.anchors().stream().map(Source::name).collect(Collectors.joining(" + "))
                + ": maximum mean discrepancy, " + permutations + " permutations (the smallest p there is: "
                + String.format("%.4g", 1.0 / (1 + permutations)) + ")\n" + table;
    }

    private String responses(TaskSet tasks) {
        String title = "\nresponses" + (all.byResponse().size() == 1 ? "" : " of " + tasks.tasks().getFirst().about());
        if (tasks.tasks().size() < 2) {
            return title + ": one task, nothing to compare\n";
        }
        if (!tasks.tasks().stream().allMatch(task -> SharingGain.judges(task.family()))) {
            return title + ": not compared, being no single number each\n";
        }
        FeatureEncoding encoding = FeatureEncoding.of(DataSplit.all(tasks), FeatureEncoding.Scaling.STANDARDIZED);
        TextTable table = new TextTable("tasks", "rows", "together against alone", "p of disagreement");
        for (int a = 0; a < tasks.tasks().size(); a++) {
            for (int b = a + 1; b < tasks.tasks().size(); b++) {
                pair(table, List.of(tasks.tasks().get(a), tasks.tasks().get(b)), encoding);
            }
        }
        return title + ": how they depend on " + data.anchors().stream().map(Source::name).collect(Collectors.joining(" + "))
                + ", by kernel ridge regression (squared errors of rows left out; p of one function, whatever the features; not "
                + "corrected for the number of pairs)\n" + table + verdict(tasks);
    }

    private void pair(TextTable table, List<Task> pair, FeatureEncoding encoding) {
        double[][][] x = new double[2][][];
        double[][] y = new double[2][];
        for (int t = 0; t < 2; t++) {
            int[] some = some(complete(pair.get(t)));
            x[t] = anchor(pair.get(t), encoding, some);
            double[] response = pair.get(t).response();
            y[t] = Arrays.stream(some).mapToDouble(i -> response[i]).toArray();
        }
        String names = pair.get(0).cohort() + ", " + pair.get(1).cohort();
        String rows = y[0].length + " and " + y[1].length;
        if (Math.min(y[0].length, y[1].length) < 3) {
            table.line(names, rows, "", "fewer than 3 rows");
            return;
        }
        ResponseDisagreement test = ResponseDisagreement.test(x, y, permutations, RandomStream.of(1, "disagreement/" + names));
        table.line(names, rows, String.format("%+.1f %%", 100 * (1 / (1 - test.gain()) - 1)), String.format("%.4g", test.probability()));
    }

    private String verdict(TaskSet tasks) {
        SharingGain found;
        try (Engine engine = Engine.open()) {
            found = SharingGain.of(engine, tasks, permutations, RandomStream.of(1, "sharing"));
        }
        TextTable table = new TextTable("learned", "deviance against alone", "p");
        table.line("all together", String.format("%+.1f %%", -100 * found.together().share()),
                String.format("%.4g", found.together().probability()));
        table.line("in groups", String.format("%+.1f %%", -100 * found.groups().share()),
                String.format("%.4g", found.groups().probability()));
        String groups = tasks.tasks().stream().collect(Collectors.groupingBy(task -> found.group().get(task.name()), TreeMap::new,
                Collectors.mapping(Task::cohort, Collectors.joining(", ")))).values().stream().collect(Collectors.joining("; "));
        SharingGain.Gain better = found.groups().share() > found.together().share() ? found.groups() : found.together();
        return "Gaussian processes, " + found.rows() + " rows, each left out in turn\n" + table + "groups: " + groups + "\n"
                + (better.probability() > 0.05 ? "no difference between sharing and tasks alone is shown (p > 0.05)"
                : better.share() > 0 ? "sharing helps" + (better == found.groups() ? ", most in these groups" : "")
                        : "sharing does not help")
                + "\n";
    }

    private int[] complete(Task task) {
        return IntStream.range(0, task.size()).filter(i -> data.anchors().stream().allMatch(source ->
                Arrays.stream(task.blocks().get(source)[i]).noneMatch(Double::isNaN))).toArray();
    }

    /** At most {@value #ROWS} of them, evenly. */
    private static int[] some(int[] rows) {
        int taken = Math.min(ROWS, rows.length);
        return IntStream.range(0, taken).map(j -> rows[(int) ((2L * j + 1) * rows.length / (2L * taken))]).toArray();
    }

    private double[][] anchor(Task task, FeatureEncoding encoding) {
        return anchor(task, encoding, complete(task));
    }

    private double[][] anchor(Task task, FeatureEncoding encoding, int[] complete) {
        ObservedFeatures rows = ObservedFeatures.of(task, data.anchors(), encoding);
        double[] dense = rows.dense(Observations.of(task, complete));
        return IntStream.range(0, complete.length).mapToObj(i -> Arrays.copyOfRange(dense, i * rows.width(), (i + 1) * rows.width()))
                .toArray(double[][]::new);
    }
}
