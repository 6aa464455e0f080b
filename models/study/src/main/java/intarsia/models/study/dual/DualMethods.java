package intarsia.models.study.dual;

import intarsia.linalg.RandomStream;
import intarsia.models.Predictor;
import intarsia.models.Progress;
import intarsia.models.baseline.HardSharing;
import intarsia.models.baseline.RidgeRegression;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.DenseRows;
import intarsia.models.data.Encoding;
import intarsia.models.data.Features;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.dual.CoefficientPath;
import intarsia.models.dual.DualEncoder;
import intarsia.models.dual.DualEncoderOptions;
import intarsia.models.dual.Similarity;
import intarsia.models.dual.StrengthPath;
import intarsia.models.evaluation.Metric;
import intarsia.models.hmb.HeterogeneousTransfer;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.MtlHmbModel;
import intarsia.models.hmb.MtlHmbOptions;
import intarsia.models.hmb.PartialSharing;
import intarsia.models.net.NetworkModel;
import intarsia.models.net.TaskTable;
import intarsia.models.net.Training;
import intarsia.models.study.StudyMethod;
import intarsia.models.study.Tuner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The methods: each network is 32 wide, trained in the same way, and chosen among one and two hidden layers by validation rows; the dual encoder's strength
 * and the ridge on its tasks' own parts, one of two, are chosen by the same rows.
 */
public final class DualMethods {
    private static final Training TRAINING = Training.PUBLISHED.learningRate(0.005).patience(15).epochs(300);
    private static final Encoding.Scaling SCALING = Encoding.Scaling.STANDARDIZED;
    private static final List<Integer> DEPTHS = List.of(1, 2);
    private static final int WIDTH = 32;
    private static final List<Double> SHARES = CoefficientPath.falling(1, 8, 0.01);
    private static final List<Double> RIDGES = List.of(0.1, 10.0);
    private static final DualEncoderOptions DUAL = DualEncoder.options().encoders(WIDTH, 2, 8, 4).weights(0.1, 0.01, 1e-3).warmUp(TRAINING)
            .alternation(30, 20, 1e-3).starts(2).scaling(SCALING);

    private static final List<StudyMethod<DualFit>> ALL = List.of(
            new StudyMethod<>("median", "Median", (tuner, data, splits, random) -> median(data, splits)),
            new StudyMethod<>("ridge", "Ridge", (tuner, data, splits, random) -> ridge(data, splits)),
            new StudyMethod<>("stl", "Single task", DualMethods::singleTask),
            new StudyMethod<>("pooled", "Pooled", DualMethods::pooled),
            new StudyMethod<>("hps", "HPS", DualMethods::hardSharing),
            new StudyMethod<>("htl", "HTL", DualMethods::transfer),
            new StudyMethod<>("armul", "Linear ARMUL", (tuner, data, splits, random) ->
                    // The tasks' own linear parts are penalized away.
                    dual(tuner, data, splits, random, DUAL.encoders(1, 0, 1, 1).weights(1e9, 0, 0).starts(1))),
            similar("group", "Dual encoder", new Similarity.Group()),
            similar("lasso", "Dual, lasso", new Similarity.Lasso()),
            similar("ridged", "Dual, ridge", new Similarity.Ridge()),
            similar("fusion", "Dual, fusion", new Similarity.Fusion()),
            similar("clusters", "Dual, 2 clusters", new Similarity.Clusters(2)),
            similar("lowrank", "Dual, rank 2", new Similarity.LowRank(2)),
            new StudyMethod<>("hmb", "MTL-HMB", (tuner, data, splits, random) -> mtlHmb(tuner, data, splits, random, List.of())),
            new StudyMethod<>("hmb-all", "MTL-HMB, all share", (tuner, data, splits, random) -> mtlHmb(tuner, data, splits, random, List.of(1.0))),
            new StudyMethod<>("hmb-part", "MTL-HMB, partial sharing",
                    (tuner, data, splits, random) -> mtlHmb(tuner, data, splits, random, CoefficientPath.falling(1, 10, 0.01))));

    private DualMethods() {}

    /** All of them. */
    public static List<StudyMethod<DualFit>> all() {
        return ALL;
    }

    /** The dual encoder's options where it is compared, but for its similarity. */
    static DualEncoderOptions options() {
        return DUAL;
    }

    private static StudyMethod<DualFit> similar(String key, String name, Similarity similarity) {
        return new StudyMethod<>(key, name, (tuner, data, splits, random) -> dual(tuner, data, splits, random, DUAL.similarity(similarity, 0)));
    }

    private static DualFit.Found dual(Tuner tuner, TaskSet data, List<Split> splits, RandomStream random, DualEncoderOptions options) {
        try (var engine = tuner.engine().open()) {
            StrengthPath.Point best = null;
            double ridge = Double.NaN;
            for (double rho : RIDGES) {
                StrengthPath.Point next = DualEncoder.path(engine, data, splits, options.depth() == 0 ? options : options.weights(rho,
                        options.orthogonality(), options.decay()), SHARES, random.child("ridge " + rho), Progress.NONE).best();
                ridge = best == null || next.validationLoss() < best.validationLoss() ? rho : ridge;
                best = ridge == rho ? next : best;
                if (options.depth() == 0) {
                    break;
                }
            }
            return new DualFit.Found(best.model().orThrow(), String.format(Locale.ROOT, "%.3g of the largest strength, ridge %g", best.share(), ridge));
        }
    }

    /** MTL-HMB with its heads as they are, all sharing, or sharing in part. */
    private static DualFit.Found mtlHmb(Tuner tuner, TaskSet data, List<Split> splits, RandomStream random, List<Double> shares) {
        MtlHmbOptions options = MtlHmb.options().width(16).depth(2).training(TRAINING).scaling(SCALING);
        try (var engine = tuner.engine().open()) {
            MtlHmbModel model = MtlHmb.fit(engine, data, splits, options, random, Progress.NONE).orThrow();
            if (shares.isEmpty()) {
                return new DualFit.Found(model, "");
            }
            PartialSharing shared = PartialSharing.fit(engine, model, data, splits, new Similarity.Group(), 1, 0.1, shares, random, Progress.NONE).orThrow();
            // How far each task is from the center.
            return new DualFit.Found(shared.model(), IntStream.range(0, splits.size())
                    .mapToObj(t -> String.format(Locale.ROOT, "%.6g", shared.coefficients().deviation(t))).collect(Collectors.joining(" ")));
        }
    }

    private static DualFit.Found median(TaskSet data, List<Split> splits) {
        Map<String, Double> medians = new HashMap<>();
        for (int t = 0; t < splits.size(); t++) {
            Task task = data.tasks().get(t);
            double[] sorted = Arrays.stream(splits.get(t).known()).mapToDouble(i -> task.response()[i]).sorted().toArray();
            medians.put(task.name(), (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
        }
        return new DualFit.Found((task, rows) -> {
            double[] predicted = new double[rows.size()];
            Arrays.fill(predicted, medians.get(task));
            return predicted;
        }, "");
    }

    /** The weight of the ridge, one for all tasks, chosen by validation rows; then from training and validation rows. */
    private static DualFit.Found ridge(TaskSet data, List<Split> splits) {
        List<Split> train = splits.stream().map(split -> new Split(split.train(), new int[0], new int[0])).toList();
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        for (double weight : new double[] {1, 10, 100, 1000}) {
            Predictor predictor = new RidgeRegression(weight).fit(data, train);
            double loss = 0;
            for (int t = 0; t < splits.size(); t++) {
                Task task = data.tasks().get(t);
                int[] rows = splits.get(t).validation();
                loss += Metric.RMSE.of(Arrays.stream(rows).mapToDouble(i -> task.response()[i]).toArray(),
                        predictor.predict(task.name(), Observations.of(task, rows)));
            }
            best = loss < least ? weight : best;
            least = Math.min(loss, least);
        }
        return new DualFit.Found(new RidgeRegression(best).fit(data, splits), String.format(Locale.ROOT, "%g", best));
    }

    private static SingleTask network(int depth, int epochs) {
        return new SingleTask(WIDTH, depth, TRAINING.epochs(Math.min(epochs, TRAINING.epochs())), SCALING);
    }

    private static DualFit.Found singleTask(Tuner tuner, TaskSet data, List<Split> splits, RandomStream random) {
        Encoding encoding = encoding(data, splits);
        Map<String, NetworkModel> models = new LinkedHashMap<>();
        List<String> chosen = new ArrayList<>();
        for (int t = 0; t < splits.size(); t++) {
            Task task = data.tasks().get(t);
            Features features = DenseRows.of(task, encoding);
            TaskTable table = TaskTable.of(features, task, splits.get(t));
            var tuned = tuner.best(DEPTHS, (engine, depth, epochs) ->
                    network(depth, epochs).fit(engine, features, table, random.child(task.name()), Progress.NONE));
            models.put(task.name(), tuned.model());
            chosen.add(tuned.point().toString());
        }
        return new DualFit.Found((task, rows) -> models.get(task).predict(task, rows), "depth " + String.join(" ", chosen));
    }

    /** One network on the rows of all tasks, which does not know of tasks; of the sources, those that all have. */
    private static DualFit.Found pooled(Tuner tuner, TaskSet data, List<Split> splits, RandomStream random) {
        Map<Source, List<double[]>> blocks = new LinkedHashMap<>();
        data.anchors().forEach(source -> blocks.put(source, new ArrayList<>()));
        List<Double> responses = new ArrayList<>();
        List<Integer> train = new ArrayList<>();
        List<Integer> validation = new ArrayList<>();
        for (int t = 0; t < splits.size(); t++) {
            Task task = data.tasks().get(t);
            for (int part = 0; part < 2; part++) {
                for (int row : part == 0 ? splits.get(t).train() : splits.get(t).validation()) {
                    (part == 0 ? train : validation).add(responses.size());
                    responses.add(task.response()[row]);
                    blocks.forEach((source, rows) -> rows.add(task.blocks().get(source)[row]));
                }
            }
        }
        Task.Builder all = Task.continuous("all");
        blocks.forEach((source, rows) -> all.block(source, rows.toArray(double[][]::new)));
        Task task = all.response(responses.stream().mapToDouble(Double::doubleValue).toArray());
        Split split = new Split(train.stream().mapToInt(Integer::intValue).toArray(), validation.stream().mapToInt(Integer::intValue).toArray(), new int[0]);
        DualFit.Found found = singleTask(tuner, TaskSet.builder().task(task).build(), List.of(split), random);
        return new DualFit.Found((name, rows) -> found.predictor().predict("all", rows), found.chosen());
    }

    private static DualFit.Found hardSharing(Tuner tuner, TaskSet data, List<Split> splits, RandomStream random) {
        Encoding encoding = encoding(data, splits);
        List<Features> features = data.tasks().stream()
                .<Features>map(task -> new DenseRows(task.name(), task.responseKind(), data.anchors(), encoding)).toList();
        List<TaskTable> tables = tables(features, data, splits);
        var tuned = tuner.best(DEPTHS, (engine, depth, epochs) ->
                new HardSharing(WIDTH, depth, TRAINING.epochs(Math.min(epochs, TRAINING.epochs()))).fit(engine, features, tables, random, Progress.NONE));
        return new DualFit.Found(tuned.model(), "depth " + tuned.point());
    }

    private static DualFit.Found transfer(Tuner tuner, TaskSet data, List<Split> splits, RandomStream random) {
        List<Features> features = HeterogeneousTransfer.features(data, splits, SCALING);
        List<TaskTable> tables = tables(features, data, splits);
        List<MtlHmbOptions> points = DEPTHS.stream().map(depth -> MtlHmb.options().width(WIDTH).depth(depth).weights(0.01, 0, 0.01).scaling(SCALING)).toList();
        var tuned = tuner.best(points, (engine, point, epochs) -> HeterogeneousTransfer.fit(engine, data, features, tables,
                point.training(TRAINING.epochs(Math.min(epochs, TRAINING.epochs()))), random, Progress.NONE));
        return new DualFit.Found(tuned.model(), "depth " + tuned.point().depth());
    }

    private static Encoding encoding(TaskSet data, List<Split> splits) {
        return Encoding.of(data, splits.stream().map(Split::train).toList(), SCALING);
    }

    private static List<TaskTable> tables(List<Features> features, TaskSet data, List<Split> splits) {
        List<TaskTable> tables = new ArrayList<>();
        for (int t = 0; t < features.size(); t++) {
            tables.add(TaskTable.of(features.get(t), data.tasks().get(t), splits.get(t)));
        }
        return tables;
    }
}
