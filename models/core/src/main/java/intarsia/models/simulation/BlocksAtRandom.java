package intarsia.models.simulation;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A linear regression at three clinics, blocks of it missing row by row, completely at random or at random given the anchor:
 *
 * <pre>
 * x = 0.8 f_1 + 0.6 e            exam (2 columns), labs (3), scan (2); f standard normal and common to a row, e each column's own
 * y = a_task + x beta + N(0, 1),   beta = (0.5, 0.3, 0.5, 0.3, 0.1, 0.5, 0.3),   a = (-1, 0, 1)
 * P(labs missing), P(scan missing) = 0.4                                    completely at random
 *                                  = sigmoid(1.5 exam_1 - 0.5), sigmoid(-1.5 exam_1 - 0.5)      given the anchor
 * </pre>
 *
 * <p>All columns correlate by 0.64. Ours: for the coverage of pooled intervals.
 *
 * @param rows    of each clinic
 * @param byExam  whether blocks are missing given the anchor
 */
public record BlocksAtRandom(int rows, boolean byExam) {
    /** The coefficients, source by source. */
    public static final List<Double> COEFFICIENTS = List.of(0.5, 0.3, 0.5, 0.3, 0.1, 0.5, 0.3);
    private static final double[] INTERCEPTS = {-1, 0, 1};
    private static final List<Source> SOURCES = List.of(Source.of("exam", "exam1", "exam2"), Source.of("labs", "labs1", "labs2", "labs3"),
            Source.of("scan", "scan1", "scan2"));

    /**
     * Data.
     *
     * @param data     with blocks missing; all that is measured is in {@link TaskSet#given}
     * @param complete the same with none missing
     */
    public record Drawn(TaskSet data, TaskSet complete) {}

    /** Draws data, each task from the stream of its name. */
    public Drawn draw(RandomStream random) {
        TaskSet.Builder data = TaskSet.builder().minimumShare(0);
        TaskSet.Builder complete = TaskSet.builder().minimumShare(0);
        for (int t = 0; t < INTERCEPTS.length; t++) {
            String name = "clinic" + (t + 1);
            add(name, INTERCEPTS[t], random.child(name), data, complete);
        }
        return new Drawn(data.build(), complete.build());
    }

    private void add(String name, double intercept, RandomStream random, TaskSet.Builder data, TaskSet.Builder complete) {
        double[] y = new double[rows];
        List<double[][]> whole = new ArrayList<>();
        SOURCES.forEach(source -> whole.add(new double[rows][source.columns().size()]));
        List<double[][]> given = new ArrayList<>();
        SOURCES.forEach(source -> given.add(new double[rows][source.columns().size()]));
        for (int i = 0; i < rows; i++) {
            double factor = random.nextGaussian();
            y[i] = intercept + random.nextGaussian();
            int k = 0;
            for (int s = 0; s < SOURCES.size(); s++) {
                double[] cells = whole.get(s)[i];
                for (int j = 0; j < cells.length; j++) {
                    cells[j] = 0.8 * factor + 0.6 * random.nextGaussian();
                    y[i] += COEFFICIENTS.get(k++) * cells[j];
                }
                double slope = byExam ? s == 1 ? 1.5 : -1.5 : 0;
                double missing = byExam ? Elementary.sigmoid(slope * whole.getFirst()[i][0] - 0.5) : 0.4;
                boolean lacks = s > 0 && random.nextDouble() < missing;
                given.get(s)[i] = cells.clone();
                if (lacks) {
                    Arrays.fill(given.get(s)[i], Double.NaN);
                }
            }
        }
        data.task(task(name, given, y));
        complete.task(task(name, whole, y));
    }

    private static Task task(String name, List<double[][]> blocks, double[] y) {
        Task.Builder task = Task.continuous(name);
        for (int s = 0; s < SOURCES.size(); s++) {
            task.block(SOURCES.get(s), blocks.get(s));
        }
        return task.response(y);
    }
}
