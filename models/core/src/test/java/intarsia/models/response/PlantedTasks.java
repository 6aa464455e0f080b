package intarsia.models.response;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Three tasks whose responses, of any family, are drawn from a known distribution, linear in what is observed: an anchor of three columns,
 * and a block of two that the last task lacks and that says nothing there.
 *
 * @param family of the responses
 * @param data   the tasks
 * @param truth  for each task, the true prediction of every row
 */
public record PlantedTasks(ResponseFamily family, TaskSet data, Map<String, double[][]> truth) {
    /** A family of each kind, counts with and without exposure. */
    public static final List<ResponseFamily> FAMILIES = List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY, new Gaussian(true),
            new Binomial(true), new Count(false), new Count(true), new Classes(List.of("A", "B", "C")),
                    new Ordered(List.of("none", "mild", "severe")),
            new Survival(List.of(0.25, 0.5, 1.0, 1.5, 2.0)));

    private static final List<String> TASKS = List.of("bergen", "mainz", "oslo");
    private static final Source EXAM = new Source("exam", List.of(Column.continuous("a"), Column.continuous("b"), Column.continuous("c")));
    private static final Source LABS = new Source("labs", List.of(Column.continuous("d"), Column.continuous("e")));
    /** Of the columns; classes have one such vector each, the first none. */
    private static final double[][] EFFECTS = {{1, -1, 0.5, 1, 0}, {-0.5, 1, 1, 0, -1}};
    private static final double[] THRESHOLDS = {-1, 1};

    /** Of so many rows a task; effects times {@code strength}. */
    public static PlantedTasks draw(ResponseFamily family, int rows, double strength) {
        TaskSet.Builder data = TaskSet.builder();
        Map<String, double[][]> truth = new LinkedHashMap<>();
        for (String name : TASKS) {
            RandomStream random = RandomStream.of(5, family.key() + "/" + name);
            double[][] exam = new double[rows][];
            double[][] labs = new double[rows][];
            double[] responses = new double[rows * family.columns()];
            double[][] predicted = new double[rows][family.width()];
            for (int i = 0; i < rows; i++) {
                double[] x = IntStream.range(0, 5).mapToDouble(j -> random.nextGaussian()).toArray();
                exam[i] = Arrays.copyOf(x, 3);
                labs[i] = Arrays.copyOfRange(x, 3, 5);
                Arrays.fill(x, name.equals("oslo") ? 3 : 5, 5, 0);
                double[] eta = {strength * product(EFFECTS[0], x), strength * product(EFFECTS[1], x)};
                draw(family, eta, random, responses, i * family.columns(), predicted[i]);
            }
            Task.Builder task = Task.of(name, family).block(EXAM, exam);
            data.task((name.equals("oslo") ? task : task.block(LABS, labs)).response(responses));
            truth.put(name, predicted);
        }
        return new PlantedTasks(family, data.build(), truth);
    }

    private static double product(double[] effects, double[] x) {
        return IntStream.range(0, x.length).mapToDouble(j -> effects[j] * x[j]).sum();
    }

    private static void draw(ResponseFamily family, double[] eta, RandomStream random, double[] responses, int at, double[] predicted) {
        switch (family) {
            case Gaussian gaussian -> {
                predicted[0] = 20 + 4 * eta[0];
                responses[at] = predicted[0] + 4 * random.nextGaussian();
                if (gaussian.hasOffset()) {
                    responses[at + 1] = 10 * random.nextGaussian();
                    responses[at] += responses[at + 1];
                }
            }
            case Binomial binomial -> {
                predicted[0] = 1 / (1 + Math.exp(-eta[0]));
                if (binomial.hasOffset()) {
                    responses[at + 1] = 2 * random.nextGaussian();
                }
                responses[at] = random.nextDouble() < 1 / (1 + Math.exp(-eta[0] - binomial.offset(responses, at))) ? 1 : 0;
            }
            case Count count -> {
                predicted[0] = 1.5 * Math.exp(0.5 * eta[0]);
                double exposure = count.exposure() ? random.nextDouble(0.5, 3) : 1;
                responses[at] = poisson(predicted[0] * exposure, random);
                if (count.exposure()) {
                    responses[at + 1] = exposure;
                }
            }
            case Classes _ -> {
                double[] odds = {1, Math.exp(eta[0]), Math.exp(eta[1])};
                double sum = Arrays.stream(odds).sum();
                Arrays.setAll(predicted, k -> odds[k] / sum);
                responses[at] = level(predicted, random.nextDouble());
            }
            case Ordered _ -> {
                double first = 1 / (1 + Math.exp(eta[0] - THRESHOLDS[0]));
                double second = 1 / (1 + Math.exp(eta[0] - THRESHOLDS[1]));
                System.arraycopy(new double[] {first, second - first, 1 - second}, 0, predicted, 0, 3);
                responses[at] = level(predicted, random.nextDouble());
            }
            case Survival survival -> {
                // Cumulative hazard (t / 1.5)^1.5; seen from 0 or, a third of the rows that live to it, from 0.2; until 3 at most.
                double ratio = Math.exp(eta[0]);
                Arrays.setAll(predicted, k -> Math.exp(-ratio * Math.pow(survival.times().get(k) / 1.5, 1.5)));
                double time = 1.5 * Math.pow(-Math.log(random.nextDouble()) / ratio, 1 / 1.5) + 1e-9;
                double censored = random.nextDouble(0.5, 3);
                responses[at] = Math.min(time, censored);
                responses[at + 1] = time <= censored ? 1 : 0;
                responses[at + 2] = random.nextDouble() < 1.0 / 3 && responses[at] > 0.2 ? 0.2 : 0;
            }
            default -> throw new IllegalArgumentException(family.key());
        }
    }

    private static int level(double[] probabilities, double at) {
        int level = 0;
        for (double below = probabilities[0]; level < probabilities.length - 1 && at > below; below += probabilities[level]) {
            level++;
        }
        return level;
    }

    private static int poisson(double mean, RandomStream random) {
        int count = 0;
        for (double time = -Math.log(random.nextDouble()); time < mean; time -= Math.log(random.nextDouble())) {
            count++;
        }
        return count;
    }

    /** The true predictions of rows of a task. */
    public double[] truth(TaskSplit split, int[] rows) {
        return Arrays.stream(rows).mapToObj(row -> truth.get(split.task().name())[row]).flatMapToDouble(Arrays::stream).toArray();
    }
}
