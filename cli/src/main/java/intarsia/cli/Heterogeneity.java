package intarsia.cli;

import intarsia.linalg.RandomStream;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Observations;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.MeanDiscrepancy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every pair of tasks by the distribution of their anchors, standardized; rows with a missing anchor cell are left out. */
final class Heterogeneity {
    private final TaskSet data;
    private final int permutations;

    Heterogeneity(TaskSet data, int permutations) {
        this.data = data;
        this.permutations = permutations;
    }

    String text() {
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

    private double[][] anchor(Task task, FeatureEncoding encoding) {
        int[] complete = IntStream.range(0, task.size())
                .filter(i -> data.anchors().stream().allMatch(source ->
                        Arrays.stream(task.blocks().get(source)[i]).noneMatch(Double::isNaN)))
                .toArray();
        ObservedFeatures rows = ObservedFeatures.of(task, data.anchors(), encoding);
        double[] dense = rows.dense(Observations.of(task, complete));
        return IntStream.range(0, complete.length).mapToObj(i -> Arrays.copyOfRange(dense, i * rows.width(), (i + 1) * rows.width()))
                .toArray(double[][]::new);
    }
}
