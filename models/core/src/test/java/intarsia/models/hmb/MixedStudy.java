package intarsia.models.hmb;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A small study with everything in it: three tasks with binary and continuous responses, an anchor of two sources, a source that two tasks
 * observe and one that only one does, continuous, binary and categorical columns, single missing cells.
 */
final class MixedStudy {
    static final Source EXAM = Source.of("exam", Column.continuous("age"), Column.continuous("pressure"), Column.binary("smoker"));
    static final Source VISIT = Source.of("visit", Column.categorical("season", "winter", "summer"));
    static final Source LAB = Source.of("lab", Column.continuous("sugar"), Column.categorical("group", "A", "B", "0"));
    static final Source SCAN = Source.of("scan", Column.binary("shadow"), Column.continuous("volume"));

    private MixedStudy() {}

    static TaskSet draw(int rows) {
        return TaskSet.builder()
                .task(task(Task.binary("north"), true, rows, List.of(EXAM, VISIT, LAB), RandomStream.of(1)))
                .task(task(Task.continuous("south"), false, rows + 3, List.of(EXAM, VISIT, LAB), RandomStream.of(2)))
                .task(task(Task.binary("west"), true, rows + 1, List.of(EXAM, VISIT, SCAN), RandomStream.of(3)))
                .build();
    }

    private static Task task(Task.Builder task, boolean binary, int rows, List<Source> sources, RandomStream random) {
        List<double[]> hidden = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            hidden.add(new double[] {random.nextGaussian(), random.nextGaussian()});
        }
        for (Source source : sources) {
            double[][] block = new double[rows][];
            for (int i = 0; i < rows; i++) {
                block[i] = cells(source, hidden.get(i), i, random);
            }
            task.block(source, block);
        }
        double[] response = new double[rows];
        for (int i = 0; i < rows; i++) {
            double z = hidden.get(i)[0] + 0.5 * hidden.get(i)[1];
            response[i] = binary ? (i < 2 ? i : z > 0 ? 1 : 0) : 3 + 2 * z;
        }
        return task.rows(IntStream.range(0, rows).mapToObj(i -> "p" + i).toList()).response(response);
    }

    private static double[] cells(Source source, double[] hidden, int row, RandomStream random) {
        double[] cells = new double[source.columns().size()];
        for (int j = 0; j < cells.length; j++) {
            double z = hidden[j % 2] + 0.3 * random.nextGaussian();
            Column column = source.columns().get(j);
            cells[j] = switch (column.kind()) {
                case CONTINUOUS -> row % 7 == 3 && j == 1 ? Double.NaN : 10 * (j + 1) + 2 * z;
                case BINARY -> z > 0 ? 1 : 0;
                case CATEGORICAL -> column.levels().size() == 2 || z < 0 ? (z > 0 ? 1 : 0) : 2;
            };
        }
        return cells;
    }
}
