package intarsia.models.gp;

import intarsia.models.FitContext;
import intarsia.models.ImputationMethod;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Feature;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import java.util.List;
import java.util.Set;

/**
 * Ridge regression of each source's features on the anchor's, its penalty the most probable one: what the Gaussian process imputes by
 * ({@code LinearImputer} has the formulas).
 */
public record LinearImputation() implements ImputationMethod {
    @Override
    public String key() {
        return "ridge";
    }

    @Override
    public String name() {
        return "ridge on the anchor";
    }

    @Override
    public Learned learn(FitContext context) {
        DataSplit split = context.split().withoutValidation();
        FeatureEncoding encoding = FeatureEncoding.of(split, FeatureEncoding.Scaling.STANDARDIZED);
        Layout layout = Layout.of(split.data(), encoding);
        List<KernelFeatures.OfTask> rows = split.map(task -> new KernelFeatures.OfTask(task.task().name(),
                task.observations(task.train()).and(task.task().unlabelled())));
        KernelFeatures features = KernelFeatures.of(layout, encoding, rows);
        KernelRows once = features.withoutSquares(split.once().stream().map(task -> new KernelFeatures.OfTask(task.task().name(),
                task.observations(task.train()).and(split.unlabelled(task.task())))).toList());
        RowCompleter completer = RowCompleter.of(features, once, MultitaskGp.MissingBlocks.IMPUTED);
        return (engine, task, source, asked) -> expected(completer, task, source, asked);
    }

    private static double[][] expected(RowCompleter completer, String task, Source source, Observations rows) {
        double[][] means = completer.means(source, task, rows.only(Set.copyOf(completer.features().layout().anchors())));
        List<Feature> features = completer.features().encoding().features().get(source.name());
        for (double[] row : means) {
            for (int f = 0; f < row.length; f++) {
                row[f] = features.get(f).decode(row[f]);
            }
        }
        return means;
    }
}
