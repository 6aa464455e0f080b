package intarsia.models.baseline;

import intarsia.linalg.RandomStream;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseBaseline;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Tasks whose responses are drawn from a known linear model: {@code eta = 0.9 x_0 - 0.6 x_1 + 0.3 (t - 1) x_2} of four normal columns, of
 * classes {@code eta_k = a_k' x}; a baseline of each task's own.
 */
public final class PlantedResponses {
    private static final List<String> LEVELS = List.of("I", "II", "III");
    private static final Source SOURCE = Source.of("exam", "a", "b", "c", "d");
    private static final double[][] OF_CLASS = {{0, 0, 0, 0}, {1.2, -0.5, 0, 0}, {-0.4, 1, 0.8, 0}};

    private final ResponseFamily family;
    private final Map<String, double[]> truths = new LinkedHashMap<>();
    private final DataSplit split;

    /** Three tasks of so many rows to learn from and a thousand to test. */
    public PlantedResponses(ResponseFamily family, int rows) {
        this.family = family;
        TaskSet.Builder data = TaskSet.builder();
        for (int t = 0; t < 3; t++) {
            data.task(task("t" + t, t, rows + 1_000));
        }
        split = DataSplit.of(data.build(), task -> new TaskSplit(task, IntStream.range(0, rows).toArray(), new int[0],
                IntStream.range(rows, rows + 1_000).toArray()));
    }

    /** A family of each kind besides the continuous and the binary one. */
    public static List<ResponseFamily> families() {
        return List.of(new Count(false), new Count(true), new Classes(LEVELS), new Ordered(LEVELS),
                new Survival(List.of(0.2, 0.5, 1.0, 2.0)));
    }

    public DataSplit split() {
        return split;
    }

    /** What the true model predicts of a task's rows. */
    public double[] truth(String task) {
        return truths.get(task);
    }

    private Task task(String name, int t, int rows) {
        RandomStream random = RandomStream.of(21, name);
        ResponseBaseline baseline = switch (family) {
            case Count count -> new ResponseBaseline(List.of(), List.of(0.8 + 0.4 * t));
            case Ordered ordered -> new ResponseBaseline(List.of(), List.of(-1 + 0.3 * t, 0.8 + 0.2 * t));
            default -> ResponseBaseline.NONE;
        };
        double[][] x = new double[rows][4];
        double[] y = new double[rows * family.columns()];
        double[] truth = new double[rows * family.width()];
        for (int i = 0; i < rows; i++) {
            Arrays.setAll(x[i], j -> random.nextGaussian());
            double[] eta = new double[family.predictors()];
            for (int k = 0; k < eta.length; k++) {
                for (int j = 0; j < 4; j++) {
                    eta[k] += x[i][j] * (family instanceof Classes ? OF_CLASS[k][j] : new double[] {0.9, -0.6, 0.3 * (t - 1), 0}[j]);
                }
            }
            draw(eta, baseline, t, random, y, i, truth);
        }
        truths.put(name, truth);
        return Task.of(name, family).block(SOURCE, x).response(y);
    }

    private void draw(double[] eta, ResponseBaseline baseline, int t, RandomStream random, double[] y, int i, double[] truth) {
        int at = i * family.columns();
        int to = i * family.width();
        if (family instanceof Survival survival) {
            // a Weibull hazard of each task's own shape
            double shape = 0.8 + 0.3 * t;
            double time = Math.pow(-Math.log(1 - random.nextDouble()) / Math.exp(eta[0]), 1 / shape);
            double censored = 3 * random.nextDouble() + 0.01;
            y[at] = Math.max(1e-6, Math.min(time, censored));
            y[at + 1] = time <= censored ? 1 : 0;
            for (int k = 0; k < survival.width(); k++) {
                truth[to + k] = Math.exp(-Math.pow(survival.times().get(k), shape) * Math.exp(eta[0]));
            }
            return;
        }
        family.respond(eta, 0, baseline, truth, to);
        if (family instanceof Count count) {
            double exposure = count.exposure() ? 0.5 + random.nextDouble() : 1;
            double limit = Math.exp(-truth[to] * exposure);
            for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
                y[at]++;
            }
            if (count.exposure()) {
                y[at + 1] = exposure;
            }
            return;
        }
        double left = random.nextDouble() - truth[to];
        while (left > 0 && y[at] < family.width() - 1) {
            left -= truth[to + (int) ++y[at]];
        }
    }

    /** The mean deviance of predictions of a task's test rows. */
    public double deviance(String task, double[] predicted) {
        int[] rows = split.task(task).test();
        double[] y = split.task(task).responses(rows);
        return IntStream.range(0, rows.length).mapToDouble(i -> family.deviance(y, i * family.columns(), predicted, i * family.width()))
                .average().orElseThrow();
    }

    /** The same of the true model. */
    public double least(String task) {
        return deviance(task, Arrays.stream(split.task(task).test()).boxed()
                .flatMapToDouble(row -> Arrays.stream(truth(task), row * family.width(), (row + 1) * family.width())).toArray());
    }
}
