package intarsia.models.study.hmb;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import intarsia.models.net.NetworkModel;
import intarsia.models.report.Figure;
import intarsia.models.report.ScatterPlot;
import intarsia.models.simulation.BlockMissing;
import intarsia.models.study.FittedNetworks;
import intarsia.models.study.Item;
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
    static Figure figure(HmbWork work, Estimator mtlHmb, Setting<BlockMissing> setting) {
        try (Engine engine = work.engine().open()) {
            HmbWork.Fitted fitted = work.fit(new Item<>(setting, setting.values().getLast(), 1, mtlHmb), engine);
            NetworkModel network = ((FittedNetworks) fitted.model()).networks().getFirst();
            return figure(setting, fitted.split(), network, engine, RandomStream.of(work.seed(), "t-sne"));
        }
    }

    private static Figure figure(Setting<?> setting, DataSplit split, NetworkModel network, Engine engine, RandomStream random) {
        List<double[]> rows = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        int tasks = split.tasks().size();
        for (int t = 0; t < tasks; t++) {
            Task task = split.tasks().get(t).task();
            int[] chosen = IntStream.range(0, Math.min(task.size(), MOST_POINTS / (2 * tasks))).toArray();
            double[][] both = network.represent(engine, t, Observations.of(task, chosen));
            for (int kind = 0; kind < 2; kind++) {
                int width = both[kind].length / chosen.length;
                for (int i = 0; i < chosen.length; i++) {
                    rows.add(Arrays.copyOfRange(both[kind], i * width, (i + 1) * width));
                    groups.add(kind * tasks + t);
                }
            }
        }
        double[][] points = Tsne.DEFAULT.embed(rows.toArray(double[][]::new), random);
        List<ScatterPlot.Group> clouds = new ArrayList<>();
        for (int group = 0; group < 2 * tasks; group++) {
            int wanted = group;
            clouds.add(new ScatterPlot.Group((group < tasks ? "shared, task " : "task-specific, task ") + (group % tasks + 1),
                    group % tasks, group / tasks,
                    IntStream.range(0, points.length).filter(i -> groups.get(i) == wanted).mapToObj(i -> points[i])
                            .toArray(double[][]::new)));
        }
        return new ScatterPlot(clouds).figure("representations", "Shared and task representations",
                "What MTL-HMB's shared encoder (dots) and task encoders "
                + "(crosses) make of rows of each task: " + setting.title() + ", " + setting.symbol() + " = "
                        + Setting.text(setting.values().getLast())
                + ", first replicate, t-SNE.");
    }
}
