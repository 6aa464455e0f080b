package intarsia.models.study.anchors;

import intarsia.linalg.RandomStream;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.study.Item;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Three tasks whose sources, three columns each, all depend on the same two factors, some more clearly than others:
 *
 * <pre>
 * z ~ N(0, I_2),   x_s = L_s z + sigma_st e,   y = ((1, -1) + 0.3 d_t)' z + 0.3 e
 * L_s = r_s L + sqrt(1 - r_s^2) M_s            L, M_s, d_t, e of independent standard normal numbers
 * </pre>
 *
 * <p>Ours.
 *
 * @param sources what is measured
 * @param rows    of each task, to learn from and to choose by (four to one)
 */
public record FactorTasks(List<Measured> sources, int rows) {
    static final int TASKS = 3;
    /** Rows of each task to be judged on. They come first, so that they are the same however many others there are. */
    private static final int TEST = 200;
    private static final int COLUMNS = 3;
    private static final int FACTORS = 2;
    private static final double NOISE = 0.3;

    /**
     * A source.
     *
     * @param name      its name
     * @param agreement r_s: two sources of agreement 1 measure the same
     * @param noise     sigma_st of each task
     * @param tasks     those that have it
     */
    record Measured(String name, double agreement, List<Double> noise, Set<Integer> tasks) {}

    /**
     * A replicate.
     *
     * @param split what may be known, and rows to be judged on
     * @param whole for each task by its name all sources, those that it lacks too
     */
    record Drawn(DataSplit split, Map<String, Map<Source, double[][]>> whole) {
        /** How many links a source that a task lacks is away: 1 where a task that has it shares a source with this one, else 2. */
        int links(Task task, Source source) {
            return split.data().tasks().stream().anyMatch(other -> other.blocks().containsKey(source)
                    && other.blocks().keySet().stream().anyMatch(task.blocks()::containsKey)) ? 1 : 2;
        }
    }

    /** Copies the list. */
    public FactorTasks {
        sources = List.copyOf(sources);
    }

    /** A source's columns. */
    static Source source(String name) {
        return Source.of(name, IntStream.rangeClosed(1, COLUMNS).mapToObj(j -> name + j).toArray(String[]::new));
    }

    /** The same tasks with other blocks, split as they were. */
    static DataSplit with(DataSplit split, Function<Task, Map<Source, double[][]>> blocks) {
        TaskSet.Builder data = TaskSet.builder().linked();
        for (Task task : split.taskList()) {
            Task.Builder changed = Task.continuous(task.name());
            blocks.apply(task).forEach(changed::block);
            data.task(changed.response(task.response()));
        }
        return DataSplit.of(data.build(), task -> {
            TaskSplit before = split.task(task.name());
            return new TaskSplit(task, before.train(), before.validation(), before.test());
        });
    }

    /** An item's data; the same for all its methods. */
    Drawn draw(Item<FactorTasks> item, long seed) {
        RandomStream random = item.replicate(seed).child("data");
        double[][] common = loadings(random.child("common"));
        Map<String, double[][]> loadings = new LinkedHashMap<>();
        for (Measured measured : sources) {
            double[][] own = loadings(random.child("source/" + measured.name()));
            double r = measured.agreement();
            for (int j = 0; j < COLUMNS; j++) {
                for (int f = 0; f < FACTORS; f++) {
                    own[j][f] = r * common[j][f] + Math.sqrt(1 - r * r) * own[j][f];
                }
            }
            loadings.put(measured.name(), own);
        }
        TaskSet.Builder data = TaskSet.builder().linked();
        Map<String, Map<Source, double[][]>> whole = new LinkedHashMap<>();
        for (int t = 0; t < TASKS; t++) {
            double[][] z = new double[TEST + rows][];
            double[] y = response(random.child("task", t), z);
            Task.Builder task = Task.continuous("task" + t);
            Map<Source, double[][]> blocks = new LinkedHashMap<>();
            for (Measured measured : sources) {
                double[][] block = block(loadings.get(measured.name()), z, measured.noise().get(t),
                        random.child("task", t).child("source/" + measured.name()));
                blocks.put(source(measured.name()), block);
                if (measured.tasks().contains(t)) {
                    task.block(source(measured.name()), block);
                }
            }
            data.task(task.response(y));
            whole.put("task" + t, blocks);
        }
        int learned = TEST + rows - Math.max(1, rows / 5);
        return new Drawn(DataSplit.of(data.build(), task -> new TaskSplit(task, IntStream.range(TEST, learned).toArray(),
                IntStream.range(learned, TEST + rows).toArray(), IntStream.range(0, TEST).toArray())), whole);
    }

    private static double[] response(RandomStream random, double[][] z) {
        double[] beta = normal(FACTORS, random);
        double[] y = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = normal(FACTORS, random);
            y[i] = (1 + 0.3 * beta[0]) * z[i][0] + (0.3 * beta[1] - 1) * z[i][1] + NOISE * random.nextGaussian();
        }
        return y;
    }

    private static double[][] block(double[][] loadings, double[][] z, double noise, RandomStream random) {
        double[][] block = new double[z.length][COLUMNS];
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                block[i][j] = loadings[j][0] * z[i][0] + loadings[j][1] * z[i][1] + noise * random.nextGaussian();
            }
        }
        return block;
    }

    private static double[][] loadings(RandomStream random) {
        return Stream.generate(() -> normal(FACTORS, random)).limit(COLUMNS).toArray(double[][]::new);
    }

    private static double[] normal(int n, RandomStream random) {
        double[] normal = new double[n];
        Arrays.setAll(normal, k -> random.nextGaussian());
        return normal;
    }
}
