package intarsia.models.study.hmb;

import intarsia.linalg.RandomStream;
import intarsia.models.Progress;
import intarsia.models.baseline.HardSharing;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.DataException;
import intarsia.models.data.DenseRows;
import intarsia.models.data.Encoding;
import intarsia.models.data.Features;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.hmb.Completion;
import intarsia.models.hmb.Hbi;
import intarsia.models.hmb.HeterogeneousTransfer;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.MtlHmbOptions;
import intarsia.models.hmb.Reading;
import intarsia.models.mbi.MultipleBlockImputation;
import intarsia.models.net.NetworkModel;
import intarsia.models.net.TaskTable;
import intarsia.models.study.Keyed;
import intarsia.models.study.StudyMethod;
import intarsia.models.study.Tuner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods of the paper's study; one more is one more entry. */
public final class HmbMethods {
    private static final List<StudyMethod<HmbFit>> ALL = List.of(
            new StudyMethod<>("stl", "STL", HmbMethods::singleTask),
            new StudyMethod<>("htl", "HTL", (tuner, grid, data, splits, random) -> transfer(tuner, grid.networks(), data, splits, random)),
            new StudyMethod<>("mtl-hmb", "MTL-HMB", (tuner, grid, data, splits, random) -> mtlHmb(tuner, grid.imputers(), grid.networks(), data, splits, random)),
            new StudyMethod<>("mbi", "MBI", (tuner, grid, data, splits, random) -> new HmbFit.Found(
                    MultipleBlockImputation.DEFAULT.fit(data, splits, Encoding.Scaling.RAW), null, "", Double.NaN, 1, 0)),
            new StudyMethod<>("hps", "HPS on the anchor", HmbMethods::hardSharing),
            new StudyMethod<>("ablation-1", "Ablation 1: HBI + STL", HmbMethods::imputedSingleTask),
            new StudyMethod<>("ablation-2", "Ablation 2: HBI + HPS", HmbMethods::imputedHardSharing),
            new StudyMethod<>("ablation-3", "Ablation 3: column means + step 2", HmbMethods::columnMeans),
            new StudyMethod<>("htl-released", "HTL, penalties 1", (tuner, grid, data, splits, random) -> transfer(tuner,
                    grid.released().stream().map(o -> o.weights(1, 0, 1)).distinct().toList(), data, splits, random)),
            new StudyMethod<>("mtl-hmb-released", "MTL-HMB, released reading",
                    (tuner, grid, data, splits, random) -> mtlHmb(tuner, releasedImputers(grid), grid.released(), data, splits, random)));

    private HmbMethods() {}

    /** All of them. */
    public static List<StudyMethod<HmbFit>> all() {
        return ALL;
    }

    /**
     * The method with this key.
     *
     * @throws DataException naming those there are
     */
    public static StudyMethod<HmbFit> of(String key) {
        return Keyed.find("method", key, ALL);
    }

    private static List<MtlHmbOptions> releasedImputers(Grid grid) {
        return grid.imputers().stream().map(o -> o.reading(Reading.RELEASED)).toList();
    }

    private static HmbFit.Found singleTask(Tuner tuner, Grid grid, TaskSet data, List<Split> splits, RandomStream random) {
        Encoding encoding = Encoding.of(data, splits.stream().map(Split::train).toList(), Encoding.Scaling.RAW);
        return alone(tuner, grid, data, splits, random, null, data.tasks().stream().<Features>map(task -> DenseRows.of(task, encoding)).toList());
    }

    private static HmbFit.Found imputedSingleTask(Tuner tuner, Grid grid, TaskSet data, List<Split> splits, RandomStream random) {
        Imputed imputed = imputed(tuner, grid.imputers(), data, splits, random);
        return imputed.and(alone(tuner, grid, data, splits, random, imputed.completion, imputed.completion.features(tuner.engine().precision())));
    }

    private static HmbFit.Found alone(Tuner tuner, Grid grid, TaskSet data, List<Split> splits, RandomStream random, Completion completion,
            List<Features> features) {
        Map<String, NetworkModel> models = new LinkedHashMap<>();
        List<String> chosen = new ArrayList<>();
        double loss = 0;
        int fits = 0;
        long steps = 0;
        for (int t = 0; t < features.size(); t++) {
            Task task = data.tasks().get(t);
            Features of = features.get(t);
            TaskTable table = TaskTable.of(of, task, splits.get(t));
            Tuner.Tuned<SingleTask, NetworkModel> tuned = tuner.best(grid.singles(), (engine, point, epochs) -> new SingleTask(point.width(),
                    point.depth(), point.training().epochs(Math.min(epochs, point.training().epochs())), point.scaling())
                    .fit(engine, of, table, random.child(task.name()), Progress.NONE));
            models.put(task.name(), tuned.model());
            chosen.add(tuned.point().width() + "x" + tuned.point().depth() + " of " + tuned.point().training().batch());
            loss += tuned.loss();
            fits += tuned.fits();
            steps += tuned.steps();
        }
        return new HmbFit.Found((task, rows) -> models.get(task).predict(task, rows), completion, String.join(" ", chosen), loss, fits, steps);
    }

    private static HmbFit.Found transfer(Tuner tuner, List<MtlHmbOptions> points, TaskSet data, List<Split> splits, RandomStream random) {
        List<Features> features = HeterogeneousTransfer.features(data, splits, Encoding.Scaling.RAW);
        List<TaskTable> tables = tables(features, data, splits);
        List<MtlHmbOptions> different = points.stream().map(o -> o.weights(o.orthogonality(), 0, o.redundancy())).distinct().toList();
        var tuned = tuner.best(different, (engine, point, epochs) -> HeterogeneousTransfer.fit(engine, data, features, tables,
                limited(point, epochs), random.child("network"), Progress.NONE));
        return new HmbFit.Found(tuned.model(), null, network(tuned.point()), tuned.loss(), tuned.fits(), tuned.steps());
    }

    private static HmbFit.Found mtlHmb(Tuner tuner, List<MtlHmbOptions> imputers, List<MtlHmbOptions> networks, TaskSet data, List<Split> splits,
            RandomStream random) {
        Imputed imputed = imputed(tuner, imputers, data, splits, random);
        return imputed.and(stepTwo(tuner, networks, imputed.completion, data, splits, random));
    }

    private static HmbFit.Found columnMeans(Tuner tuner, Grid grid, TaskSet data, List<Split> splits, RandomStream random) {
        return stepTwo(tuner, grid.networks(), Completion.columnMeans(data, splits, Encoding.Scaling.RAW), data, splits, random);
    }

    private static HmbFit.Found stepTwo(Tuner tuner, List<MtlHmbOptions> points, Completion completion, TaskSet data, List<Split> splits,
            RandomStream random) {
        List<TaskTable> tables = completion.tables(tuner.engine().precision(), data, splits);
        var tuned = tuner.best(points, (engine, point, epochs) ->
                MtlHmb.learn(engine, completion, tables, limited(point, epochs), random.child("network"), Progress.NONE));
        return new HmbFit.Found(tuned.model(), completion, network(tuned.point()), tuned.loss(), tuned.fits(), tuned.steps());
    }

    private static HmbFit.Found hardSharing(Tuner tuner, Grid grid, TaskSet data, List<Split> splits, RandomStream random) {
        Encoding encoding = Encoding.of(data, splits.stream().map(Split::train).toList(), Encoding.Scaling.RAW);
        return trunk(tuner, grid, data, splits, random, null, data.tasks().stream()
                .<Features>map(task -> new DenseRows(task.name(), task.responseKind(), data.anchors(), encoding)).toList());
    }

    private static HmbFit.Found imputedHardSharing(Tuner tuner, Grid grid, TaskSet data, List<Split> splits, RandomStream random) {
        Imputed imputed = imputed(tuner, grid.imputers(), data, splits, random);
        return imputed.and(trunk(tuner, grid, data, splits, random, imputed.completion, imputed.completion.features(tuner.engine().precision())));
    }

    private static HmbFit.Found trunk(Tuner tuner, Grid grid, TaskSet data, List<Split> splits, RandomStream random, Completion completion,
            List<Features> features) {
        List<TaskTable> tables = tables(features, data, splits);
        var tuned = tuner.best(grid.trunks(), (engine, point, epochs) -> new HardSharing(point.width(), point.depth(),
                point.training().epochs(Math.min(epochs, point.training().epochs())))
                .fit(engine, features, tables, random.child("network"), Progress.NONE));
        return new HmbFit.Found(tuned.model(), completion, tuned.point().width() + "x" + tuned.point().depth(), tuned.loss(), tuned.fits(),
                tuned.steps());
    }

    private record Imputed(Completion completion, String chosen, int fits, long steps) {
        HmbFit.Found and(HmbFit.Found network) {
            return new HmbFit.Found(network.predictor(), completion, chosen + network.chosen(), network.loss(), fits + network.fits(),
                    steps + network.steps());
        }
    }

    /** Step 1: every source's networks chosen by themselves, by the imputation loss of held-out rows. */
    private static Imputed imputed(Tuner tuner, List<MtlHmbOptions> points, TaskSet data, List<Split> splits, RandomStream random) {
        Completion bare = Completion.columnMeans(data, splits, Encoding.Scaling.RAW);
        Completion completion = bare;
        StringBuilder chosen = new StringBuilder();
        int fits = 0;
        long steps = 0;
        for (Source source : data.others()) {
            var tuned = tuner.best(points, (engine, point, epochs) -> Hbi.fit(engine, data, splits, bare, source,
                    point.imputerTraining(point.imputerTraining().epochs(Math.min(epochs, point.imputerTraining().epochs()))),
                    random.child("imputer/" + source.name()), Progress.NONE));
            completion = completion.with(source, tuned.model());
            chosen.append(source.name()).append(' ').append(tuned.point().imputerWidth()).append('x').append(tuned.point().imputerDepth()).append(", ");
            fits += tuned.fits();
            steps += tuned.steps();
        }
        return new Imputed(completion, chosen.toString(), fits, steps);
    }

    private static List<TaskTable> tables(List<Features> features, TaskSet data, List<Split> splits) {
        List<TaskTable> tables = new ArrayList<>();
        for (int t = 0; t < features.size(); t++) {
            tables.add(TaskTable.of(features.get(t), data.tasks().get(t), splits.get(t)));
        }
        return tables;
    }

    private static MtlHmbOptions limited(MtlHmbOptions point, int epochs) {
        return point.training(point.training().epochs(Math.min(epochs, point.training().epochs())));
    }

    private static String network(MtlHmbOptions point) {
        return point.width() + "x" + point.depth() + " " + point.orthogonality() + "/" + point.imputationWeight() + "/" + point.redundancy();
    }
}
