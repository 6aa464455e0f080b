package intarsia.models.study.hmb;

import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import intarsia.models.net.NetworkModel;
import intarsia.models.simulation.BlockMissing;
import intarsia.models.study.Figure;
import intarsia.models.study.Item;
import intarsia.models.study.ScatterPlot;
import intarsia.models.study.Setting;
import intarsia.models.study.Tsne;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What MTL-HMB makes of rows, as in figure 7: shared and task representations of one replicate, by t-SNE. */
final class Representations {
    private static final int MOST_POINTS = 480;

    private Representations() {}

    /** Fits MTL-HMB to the first replicate of a setting's last value, and draws. */
    static Figure figure(HmbWork work, Setting<BlockMissing> setting) {
        try (Pool pool = new Pool(1)) {
            HmbWork.Fitted fitted = work.fit(new Item<>(setting, setting.values().getLast(), 1, HmbMethods.of("mtl-hmb")), pool);
            return figure(setting, fitted.drawn(), (NetworkModel) fitted.found().predictor(), RandomStream.of(work.seed(), "t-sne"));
        }
    }

    private static Figure figure(Setting<?> setting, BlockMissing.Drawn drawn, NetworkModel model, RandomStream random) {
        List<double[]> rows = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        int tasks = drawn.data().tasks().size();
        for (int t = 0; t < tasks; t++) {
            Task task = drawn.data().tasks().get(t);
            int[] chosen = IntStream.range(0, Math.min(task.size(), MOST_POINTS / (2 * tasks))).toArray();
            List<Tensor> both = model.represent(task.name(), Observations.of(task, chosen));
            for (int kind = 0; kind < 2; kind++) {
                double[] dense = both.get(kind).toDoubles();
                int width = dense.length / chosen.length;
                for (int i = 0; i < chosen.length; i++) {
                    rows.add(Arrays.copyOfRange(dense, i * width, (i + 1) * width));
                    groups.add(kind * tasks + t);
                }
            }
        }
        double[][] points = Tsne.DEFAULT.embed(rows.toArray(double[][]::new), random);
        List<ScatterPlot.Group> clouds = new ArrayList<>();
        for (int group = 0; group < 2 * tasks; group++) {
            int wanted = group;
            clouds.add(new ScatterPlot.Group((group < tasks ? "shared, task " : "own, task ") + (group % tasks + 1), group % tasks, group / tasks,
                    IntStream.range(0, points.length).filter(i -> groups.get(i) == wanted).mapToObj(i -> points[i]).toArray(double[][]::new)));
        }
        return new ScatterPlot(clouds).figure("representations", "Shared and task representations", "What MTL-HMB's shared encoder (dots) and task encoders "
                + "(crosses) make of rows of each task: " + setting.title() + ", " + setting.symbol() + " = " + Setting.text(setting.values().getLast())
                + ", first replicate, t-SNE.");
    }
}
