package intarsia.models.evaluation;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Block;
import intarsia.models.data.Observations;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSplit;
import intarsia.models.explanation.NearestRows;
import intarsia.models.explanation.RowChange;
import intarsia.models.response.Count;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a source's block is worth to a task: how much lower the expected loss of a row is when the model is given the block. Ours.
 *
 * <pre>
 * g_i = loss(y_i, prediction without the block) - loss(y_i, prediction with it)     of held-out rows i that have it, mean over their splits
 * measured     worth = mean of g_i over the task's rows
 * elsewhere    worth = mean over the task's rows of the mean g of the 5 rows of other tasks nearest in the anchors
 * </pre>
 *
 * <p>The loss is minus the log-likelihood, in nats, of counts Poisson's, as it judges their mean; of a continuous response the squared
 * error as a share of the task's variance, since its unit may be the task's own. "Without" is what the model makes of a row that lacks the
 * block: it was not fitted again without it, so what another fit could do is not told. "Elsewhere" takes for granted that rows alike in the
 * anchors gain alike in every task: that block, response and anchors belong together in the task as where the block was measured, and that
 * a model fitted with the block measured there would make as much of it. Nothing in the data can say whether that holds.
 *
 * <p>Rows count by their weights. Intervals are 95 % percentile bootstrap intervals over rows with a gain (Efron 1979), whose matches are
 * kept.
 *
 * @param task     the task
 * @param source   the source's name
 * @param measured whether it was measured in the task itself
 * @param rows     rows with a gain that it is estimated by
 * @param worth    by how much the block lowers the loss of a row
 * @param interval of it; undefined with fewer than {@value BootstrapInterval#LEAST_ROWS} rows
 */
public record BlockWorth(String task, String source, boolean measured, int rows, double worth, BootstrapInterval interval) {
    /** Rows of a task that are matched, at most: the first ones in an order that has nothing to do with what is in them. */
    private static final int MOST = 500;
    private static final int RESAMPLES = 1_000;

    /** The loss in words, with its unit. */
    public static String loss(ResponseFamily family) {
        return family.standardized() ? "squared error, as a share of the task's variance"
                : "minus log-likelihood" + (family instanceof Count ? " of a Poisson count" : "") + ", in nats";
    }

    /** A row with its gain and its weight. */
    private record Gain(int row, double of, double weight) {}

    /**
     * Of every source in every task, those by name, as far as any task has it measured.
     *
     * @param estimator whose predictions of changed rows are looked at; none where there are none
     * @param tasks     the tasks
     * @param anchors   the sources that all tasks have, by which rows are matched; none if nothing is to be said of where a block lacks
     */
    public static List<BlockWorth> of(Comparison.Result comparison, String estimator, List<Task> tasks, List<Source> anchors) {
        Map<String, Map<String, List<Gain>>> gains = new TreeMap<>();
        for (Task task : tasks) {
            gains(comparison, estimator, task).forEach((source, of) ->
                    gains.computeIfAbsent(source, name -> new TreeMap<>()).put(task.name(), of));
        }
        List<BlockWorth> all = new ArrayList<>();
        for (Task task : tasks) {
            gains.forEach((source, byTask) -> {
                RandomStream random = RandomStream.of(1, "worth/" + task.name() + "/" + source);
                boolean measured = byTask.containsKey(task.name());
                double[][] weighed = measured ? weighed(byTask.get(task.name())) : anchors.isEmpty() ? new double[0][]
                        : matched(tasks, anchors, task, byTask);
                if (weighed.length > 0) {
                    all.add(new BlockWorth(task.name(), source, measured, weighed.length, mean(weighed, null), interval(weighed, random)));
                }
            });
        }
        return all;
    }

    private static double[][] weighed(List<Gain> gains) {
        return gains.stream().map(gain -> new double[] {gain.of, gain.weight}).toArray(double[][]::new);
    }

    /** For each source the gains of a task's rows that have it, in the order of the rows' numbers of the canonical order. */
    private static Map<String, List<Gain>> gains(Comparison.Result comparison, String estimator, Task task) {
        ResponseFamily family = task.family();
        double variance = family.standardized() ? variance(ResponseEncoding.NONE.encode(family, task.response())) : 2;
        Map<String, Map<Integer, double[]>> sums = new TreeMap<>();
        for (Evaluation evaluation : comparison.evaluations()) {
            for (Evaluation.HeldOut held : evaluation.heldOut()) {
                if (!evaluation.estimator().equals(estimator) || !held.task().equals(task.name())) {
                    continue;
                }
                for (Evaluation.Changed changed : held.changed()) {
                    if (changed.change().kind() == RowChange.Kind.WITHHELD) {
                        Block block = block(task, changed.change().source());
                        Map<Integer, double[]> byRow = sums.computeIfAbsent(changed.change().source(), name -> new TreeMap<>());
                        double[] truth = Importance.truth(task, held.rows(), changed.predicted().length / family.width());
                        for (int i = 0; i < truth.length / family.columns(); i++) {
                            if (Arrays.stream(block.row(held.rows()[i])).anyMatch(cell -> !Double.isNaN(cell))) {
                                double gain = family.deviance(truth, i * family.columns(), changed.predicted(), i * family.width())
                                        - family.deviance(truth, i * family.columns(), held.predicted(), i * family.width());
                                double[] sum = byRow.computeIfAbsent(held.rows()[i], row -> new double[2]);
                                sum[0] += gain / variance;
                                sum[1]++;
                            }
                        }
                    }
                }
            }
        }
        int[] rank = rank(task);
        Map<String, List<Gain>> gains = new TreeMap<>();
        sums.forEach((source, byRow) -> gains.put(source, byRow.entrySet().stream()
                .map(of -> new Gain(of.getKey(), of.getValue()[0] / of.getValue()[1], task.weights()[of.getKey()]))
                .sorted(Comparator.comparingInt(gain -> rank[gain.row])).toList()));
        gains.values().removeIf(List::isEmpty);
        return gains;
    }

    private static Block block(Task task, String source) {
        return task.blocks().entrySet().stream().filter(of -> of.getKey().name().equals(source)).findFirst().orElseThrow().getValue();
    }

    /** Of responses: what the mean's squared errors are. 1 where they do not vary. */
    private static double variance(double[] responses) {
        double mean = Arrays.stream(responses).map(y -> y / responses.length).sum();
        double variance = Arrays.stream(responses).map(y -> (y - mean) * (y - mean) / responses.length).sum();
        return variance > 0 ? variance : 1;
    }

    /** The place of each row in the order that splits have. */
    private static int[] rank(Task task) {
        int[] order = TaskSplit.all(task).train();
        int[] rank = new int[order.length];
        IntStream.range(0, order.length).forEach(place -> rank[order[place]] = place);
        return rank;
    }

    /** Gains of other tasks' rows, each with how often it is among the nearest of the task's rows. */
    private static double[][] matched(List<Task> tasks, List<Source> anchors, Task task, Map<String, List<Gain>> byTask) {
        int[] own = Arrays.stream(TaskSplit.all(task).train()).limit(MOST).toArray();
        Observations rows = Observations.of(task, own);
        List<Gain> donors = new ArrayList<>();
        for (Task other : tasks.stream().sorted(Comparator.comparing(Task::name)).toList()) {
            List<Gain> gains = byTask.getOrDefault(other.name(), List.of());
            rows = rows.and(Observations.of(other, gains.stream().mapToInt(Gain::row).toArray()));
            donors.addAll(gains);
        }
        NearestRows nearest = NearestRows.of(rows, anchors);
        int[] places = IntStream.range(own.length, own.length + donors.size()).toArray();
        double[][] weighed = weighed(donors);
        Arrays.stream(weighed).forEach(of -> of[1] = 0);
        for (int i = 0; i < own.length; i++) {
            int[] near = nearest.to(i, places);
            for (int place : near) {
                weighed[place - own.length][1] += task.weights()[own[i]] / near.length;
            }
        }
        return Arrays.stream(weighed).filter(of -> of[1] > 0).toArray(double[][]::new);
    }

    private static double mean(double[][] weighed, int[] times) {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < weighed.length; i++) {
            double weight = weighed[i][1] * (times == null ? 1 : times[i]);
            sum += weight * weighed[i][0];
            weights += weight;
        }
        return sum / weights;
    }

    private static BootstrapInterval interval(double[][] weighed, RandomStream random) {
        int n = weighed.length;
        if (n < BootstrapInterval.LEAST_ROWS) {
            return new BootstrapInterval(Double.NaN, Double.NaN);
        }
        double[] means = new double[RESAMPLES];
        for (int b = 0; b < RESAMPLES; b++) {
            int[] times = new int[n];
            for (int i = 0; i < n; i++) {
                times[random.nextInt(n)]++;
            }
            means[b] = mean(weighed, times);
        }
        Arrays.sort(means);
        return new BootstrapInterval(Summary.quantile(means, 0.025), Summary.quantile(means, 0.975));
    }
}
