package intarsia.models.mbi;

import intarsia.linalg.Engine;
import intarsia.linalg.Shape;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.Weights;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.data.Observations;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Source;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A fitted MBI: predictions are averaged over a pattern's layers of imputation. A source that a row lacks, though its task observes it, is
 * filled with the task's means; one that its task does not observe is imputed, even where the row has it.
 *
 * @param options  what it was fitted with
 * @param layout   sources, features and tasks
 * @param encoding the way from raw cells to features
 * @param weights  {@code coefficients}: the intercept and one number for each feature; {@code imputation/TASK/LAYER/SOURCE}: predictors x
 *                 features
 */
public record MbiModel(MultipleBlockImputation options, Layout layout, FeatureEncoding encoding, Weights weights) implements Model {
    static final String COEFFICIENTS = "coefficients";

    /**
     * What is saved besides the weights.
     *
     * @param options  what it was fitted with
     * @param layout   sources, features and tasks
     * @param encoding the way from raw cells to features
     */
    public record Settings(MultipleBlockImputation options, Layout layout, FeatureEncoding encoding) {}

    /**
     * Makes sure that encoding and weights are those of the layout.
     *
     * @throws IllegalArgumentException naming what is missing, too many or does not fit
     */
    public MbiModel {
        if (options == null || layout == null || weights == null) {
            throw new IllegalArgumentException("mbi: needs options, layout, encoding and weights");
        }
        layout.check(encoding);
        Map<String, Shape> expected = new LinkedHashMap<>();
        expected.put(COEFFICIENTS, Shape.of(1 + layout.width()));
        for (Pattern pattern : Pattern.all(layout)) {
            List<Imputation> layers = layers(layout, encoding, pattern);
            for (int k = 0; k < layers.size(); k++) {
                for (Imputation.Block block : layers.get(k).blocks()) {
                    expected.put(name(pattern, k, block), Shape.of(block.predictors().length, block.targets()));
                }
            }
        }
        weights.check(expected);
    }

    static List<Imputation> layers(Layout layout, FeatureEncoding encoding, Pattern pattern) {
        List<Pattern> all = Pattern.all(layout);
        return IntStream.range(0, pattern.layers(all)).mapToObj(k -> Imputation.of(layout, encoding, all, pattern, k)).toList();
    }

    static String name(Pattern pattern, int layer, Imputation.Block block) {
        return "imputation/" + pattern.task() + "/" + layer + "/" + block.source();
    }

    @Override
    public Map<String, ResponseFamily> responses() {
        return layout.responses();
    }

    @Override
    public List<Source> sources() {
        return layout.sources();
    }

    @Override
    public List<Source> requiredSources() {
        return layout.anchors();
    }

    private record Layer(Imputation imputation, List<double[]> coefficients) {}

    private record Bound(Pattern pattern, ObservedFeatures features, List<Layer> layers) {}

    /** It needs nothing of an engine. */
    @Override
    public BoundModel bind(Engine engine) {
        return bound();
    }

    private BoundModel bound() {
        Map<String, Bound> tasks = new LinkedHashMap<>();
        for (Pattern pattern : Pattern.all(layout)) {
            List<Imputation> layers = layers(layout, encoding, pattern);
            List<Layer> bound = new ArrayList<>();
            for (int k = 0; k < layers.size(); k++) {
                int layer = k;
                bound.add(new Layer(layers.get(k), layers.get(k).blocks().stream()
                        .map(block -> weights.get(name(pattern, layer, block)).toDoubles()).toList()));
            }
            tasks.put(pattern.task(), new Bound(pattern, PatternRows.features(pattern, layout, encoding), bound));
        }
        double[] beta = weights.get(COEFFICIENTS).toDoubles();
        return BoundModel.of((task, rows) -> {
            response(task);
            rows.require(layout.anchors());
            return predict(tasks.get(task), beta, rows);
        });
    }

    private static double[] predict(Bound task, double[] beta, Observations rows) {
        double[] x = PatternRows.dense(task.pattern, task.features, rows);
        double[] mean = new double[rows.size()];
        for (Layer layer : task.layers) {
            double[] whole = layer.imputation.fill(x, layer.coefficients);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += Equations.dot(whole, i, beta) / task.layers.size();
            }
        }
        return task.features.respond(mean);
    }

    @Override
    public double[] predict(String task, Observations rows) {
        return bound().predict(task, rows);
    }

    @Override
    public ModelState state() {
        return new ModelState(MultipleBlockImputation.KEY, new Settings(options, layout, encoding), weights);
    }

    /** The number of nonzero coefficients, the intercept not counted. */
    @Override
    public Map<String, String> hyperparameters() {
        double[] beta = weights.get(COEFFICIENTS).toDoubles();
        return Map.of("nonzero coefficients", Long.toString(IntStream.range(1, beta.length).filter(j -> beta[j] != 0).count()));
    }
}
