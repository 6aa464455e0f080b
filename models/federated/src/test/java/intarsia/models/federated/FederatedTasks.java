package intarsia.models.federated;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Column;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Tasks whose columns have different units, a level of 0/1, and missing cells. */
final class FederatedTasks {
    private static final Source X = new Source("x", List.of(Column.continuous("dose"),
            Column.continuous("mass"), Column.binary("treated"),
            Column.continuous("age")));

    private FederatedTasks() {}

    static List<Task> drawn(ResponseFamily family, int count) {
        List<Task> tasks = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            RandomStream random = RandomStream.of(3, "federated/" + t);
            int rows = 15 + random.nextInt(15);
            double[][] block = new double[rows][];
            double[] y = new double[rows];
            double own = random.nextGaussian();
            for (int n = 0; n < rows; n++) {
                double[] x = {random.nextGaussian(), random.nextGaussian(), random.nextDouble() < 0.4 ? 1 : 0, random.nextGaussian()};
                double eta = (1 + own) * x[0] - x[1] + 0.8 * own * x[2] + 0.3 * x[3] + t * 0.2 + 0.5 * random.nextGaussian();
                y[n] = family.standardized() ? 100 + 20 * eta : eta > 0 ? 1 : 0;
                block[n] = new double[] {1e-9 * x[0], n == 3 ? Double.NaN : 1e7 + 1e5 * x[1], x[2], 50 + 10 * x[3]};
            }
            tasks.add(Task.of("t" + t, family).rows(IntStream.range(0, rows).mapToObj(n -> "r" + n).toList())
                    .block(X, block).response(y));
        }
        return tasks;
    }

    static DataSplit split(List<Task> tasks) {
        TaskSet.Builder set = TaskSet.builder().minimumShare(0);
        tasks.forEach(set::task);
        return DataSplit.all(set.build());
    }
}
