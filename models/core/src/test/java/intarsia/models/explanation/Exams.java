package intarsia.models.explanation;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Two tasks whose responses are sums of columns: an exam, and blood where it was measured, in the first task only. */
final class Exams {
    static final Source EXAM = Source.of("exam", Column.continuous("age"), Column.continuous("spare"), Column.binary("sex"));
    static final Source BLOOD = Source.of("blood", "iron", "salt");

    private Exams() {}

    /** Rows of each task; the response of the second is another one's. */
    static TaskSet data(int rows, boolean binary) {
        return TaskSet.builder().task(task("with", rows, true, binary, 1)).task(task("without", rows, false, binary, 2)).build();
    }

    static Task task(String name, int rows, boolean blood, boolean binary, long seed) {
        RandomStream random = RandomStream.of(seed);
        double[][] exam = new double[rows][];
        double[][] measured = new double[rows][];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            exam[i] = new double[] {50 + 10 * random.nextGaussian(), random.nextGaussian(), random.nextInt(2)};
            measured[i] = new double[] {random.nextGaussian(), exam[i][0] / 10 + random.nextGaussian()};
            double eta = (exam[i][0] - 50) / 10 + exam[i][2] + 2 * measured[i][0];
            y[i] = binary ? (random.nextDouble() < 1 / (1 + Math.exp(-eta)) ? 1 : 0) : eta + 0.3 * random.nextGaussian();
        }
        Task.Builder task = binary ? Task.binary(name) : Task.continuous(name);
        task.block(EXAM, exam);
        return (blood ? task.block(BLOOD, measured) : task).response(y);
    }

    static final Source WIDE = Source.of("scan", IntStream.range(0, 8).mapToObj(j -> "c" + j).toArray(String[]::new));

    /** One task of eight columns, whose response is a product and a sum. */
    static TaskSet wide(int rows) {
        RandomStream random = RandomStream.of(5);
        double[][] scan = new double[rows][8];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            Arrays.setAll(scan[i], j -> random.nextGaussian());
            y[i] = 2 * scan[i][0] * scan[i][1] + scan[i][2] + 0.1 * random.nextGaussian();
        }
        return TaskSet.builder().task(Task.continuous("wide").block(WIDE, scan).response(y)).build();
    }
}
