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
import intarsia.models.study.Setting;
import intarsia.models.study.Tsne;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What MTL-HMB makes of rows, as in figure 7: shared and task representations of one replicate, by t-SNE. */
final class Representations {
    private static final int MOST_POINTS = 480;
    private static final int SIZE = 560;
    private static final Color[] COLORS = {new Color(0x1F77B4), new Color(0xD62728), new Color(0x2CA02C), new Color(0x9467BD)};

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
        XYChart chart = new XYChartBuilder().width(SIZE + 160).height(SIZE).title("t-SNE of representations").build();
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setMarkerSize(5);
        chart.getStyler().setAxisTicksVisible(false);
        for (int group = 0; group < 2 * tasks; group++) {
            int wanted = group;
            int[] of = IntStream.range(0, points.length).filter(i -> groups.get(i) == wanted).toArray();
            XYSeries series = chart.addSeries((group < tasks ? "shared, task " : "own, task ") + (group % tasks + 1),
                    Arrays.stream(of).mapToDouble(i -> points[i][0]).toArray(), Arrays.stream(of).mapToDouble(i -> points[i][1]).toArray());
            series.setMarker(group < tasks ? SeriesMarkers.CIRCLE : SeriesMarkers.CROSS);
            series.setMarkerColor(COLORS[group % tasks % COLORS.length]);
        }
        return new Figure("representations", "Shared and task representations", "What MTL-HMB's shared encoder (dots) and task encoders (crosses) make of "
                + "rows of each task: " + setting.title() + ", " + setting.symbol() + " = " + Setting.text(setting.values().getLast())
                + ", first replicate, t-SNE.", chart);
    }
}
