package intarsia.models.evaluation;

import intarsia.models.data.Task;
import intarsia.models.response.Observed;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of a task that were predicted by models which had not seen them. Random splits hold some rows out more often than others;
 * {@link #weights} lets each row count once, by its own weight.
 *
 * @param split     the split in which each was held out, from 0
 * @param row       which row it is, from 0
 * @param truth     responses without their offsets, row after row: as many numbers each as the response's family has
 * @param own       how much each row counts
 * @param predicted what was predicted of each with its offset: a number, or several
 */
public record JudgedRows(int[] split, int[] row, double[] truth, double[] own, double[][] predicted) {
    /** Of one estimator in a task, over all splits of a comparison. */
    public static JudgedRows of(Comparison.Result comparison, String estimator, Task task) {
        List<double[]> truth = new ArrayList<>();
        List<double[]> predicted = new ArrayList<>();
        List<int[]> places = new ArrayList<>();
        for (Evaluation evaluation : comparison.evaluations()) {
            for (Evaluation.HeldOut held : evaluation.heldOut()) {
                if (evaluation.estimator().equals(estimator) && held.task().equals(task.name())) {
                    int width = held.width();
                    for (int i = 0; i < held.rows().length; i++) {
                        int columns = task.family().columns();
                        Observed row = Observed.of(task.family(), Arrays.copyOfRange(task.response(), held.rows()[i] * columns,
                                (held.rows()[i] + 1) * columns), Arrays.copyOfRange(held.predicted(), i * width, (i + 1) * width));
                        places.add(new int[] {evaluation.repeat(), held.rows()[i]});
                        truth.add(row.truth());
                        predicted.add(row.predicted());
                    }
                }
            }
        }
        return new JudgedRows(places.stream().mapToInt(place -> place[0]).toArray(), places.stream().mapToInt(place -> place[1]).toArray(),
                truth.stream().flatMapToDouble(Arrays::stream).toArray(),
                places.stream().mapToDouble(place -> task.weights()[place[1]]).toArray(), predicted.toArray(double[][]::new));
    }

    /** Rows that were predicted once each. */
    public static JudgedRows of(ResponseFamily family, double[] truth, double[] own, double[] predicted) {
        int width = family.width();
        int rows = truth.length / family.columns();
        Observed seen = Observed.of(family, truth, predicted);
        return new JudgedRows(new int[rows], IntStream.range(0, rows).toArray(), seen.truth(), own, IntStream.range(0, rows)
                .mapToObj(row -> Arrays.copyOfRange(seen.predicted(), row * width, (row + 1) * width)).toArray(double[][]::new));
    }

    /** Those of several tasks together; rows of different tasks are different ones. */
    public static JudgedRows joined(List<JudgedRows> tasks) {
        if (tasks.size() == 1) {
            return tasks.getFirst();
        }
        List<int[]> rows = new ArrayList<>();
        int before = 0;
        for (JudgedRows task : tasks) {
            int own = before;
            rows.add(Arrays.stream(task.row).map(r -> own + r).toArray());
            before += Arrays.stream(task.row).max().orElse(-1) + 1;
        }
        return new JudgedRows(tasks.stream().flatMapToInt(task -> Arrays.stream(task.split)).toArray(),
                rows.stream().flatMapToInt(Arrays::stream)
                .toArray(), tasks.stream().flatMapToDouble(task -> Arrays.stream(task.truth)).toArray(),
                tasks.stream().flatMapToDouble(task -> Arrays.stream(task.own)).toArray(),
                tasks.stream().flatMap(task -> Arrays.stream(task.predicted)).toArray(double[][]::new));
    }

    /** How many there are, a row counted as often as it was held out. */
    public int size() {
        return row.length;
    }

    /** How many different rows there are. */
    public int rows() {
        return (int) Arrays.stream(row).distinct().count();
    }

    /** One number of each prediction. */
    public double[] predicted(int which) {
        return Arrays.stream(predicted).mapToDouble(numbers -> numbers[which]).toArray();
    }

    /** For each how much its row counts, over how often it was held out. */
    public double[] weights() {
        int[] times = new int[Arrays.stream(row).max().orElse(-1) + 1];
        Arrays.stream(row).forEach(r -> times[r]++);
        return IntStream.range(0, size()).mapToDouble(i -> own[i] / times[row[i]]).toArray();
    }

    /** Those of each split. */
    public List<JudgedRows> bySplit() {
        return Arrays.stream(split).distinct().sorted()
                .mapToObj(s -> picked(IntStream.range(0, size()).filter(i -> split[i] == s).toArray()))
                .toList();
    }

    private JudgedRows picked(int[] places) {
        return new JudgedRows(Arrays.stream(places).map(i -> split[i]).toArray(), Arrays.stream(places).map(i -> row[i]).toArray(),
                Arrays.stream(places).boxed().flatMapToDouble(i -> Arrays.stream(truth, i * (truth.length / size()),
                        (i + 1) * (truth.length / size()))).toArray(), Arrays.stream(places).mapToDouble(i -> own[i]).toArray(),
                Arrays.stream(places).mapToObj(i -> predicted[i]).toArray(double[][]::new));
    }
}
