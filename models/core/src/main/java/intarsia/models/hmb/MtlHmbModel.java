package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.BoundModel;
import intarsia.models.FitContext;
import intarsia.models.ImputationMethod;
import intarsia.models.ImputesBlocks;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.RecordsPredictions;
import intarsia.models.Weights;
import intarsia.models.data.CellNodes;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.net.NetworkModel;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A fitted MTL-HMB. Every row needs the anchors; a row that lacks another source, or has no number in it, has it imputed, whether or not
 * other rows of the task have it.
 *
 * @param options  what it was fitted with
 * @param layout   sources, features and tasks
 * @param encoding the way from raw cells to features
 * @param weights  all learned numbers: {@code network/...} of step 2, {@code imputer/SOURCE/...} of step 1
 */
public record MtlHmbModel(MtlHmb options, Layout layout, FeatureEncoding encoding, Weights weights)
        implements RecordsPredictions, ImputesBlocks {
    private static final String NETWORK = "network";

    /**
     * What is saved besides the weights.
     *
     * @param options  what it was fitted with
     * @param layout   sources, features and tasks
     * @param encoding the way from raw cells to features
     */
    public record Settings(MtlHmb options, Layout layout, FeatureEncoding encoding) {}

    /**
     * What the encoders of step 2 make of rows: what tasks share and what they do not.
     *
     * @param shared       h, rows x representation
     * @param taskSpecific k, rows x representation
     */
    public record Representations(Tensor shared, Tensor taskSpecific) {}

    /**
     * Makes sure that encoding and weights are those of the layout and the options.
     *
     * @throws IllegalArgumentException naming what is missing, too many or does not fit
     */
    public MtlHmbModel {
        if (options == null || layout == null || weights == null) {
            throw new IllegalArgumentException("mtl-hmb: needs options, layout, encoding and weights");
        }
        layout.check(encoding);
        int depth = Math.max(options.encoder().depth(), Math.max(options.path().depth(), options.imputer().depth()));
        if (depth > weights.tensors().size()) {
            throw new IllegalArgumentException("depth " + depth + " needs more than the " + weights.tensors().size()
                    + " weights there are");
        }
        weights.check(shapes(options, layout, encoding));
    }

    /** The model of step 1's imputers and step 2's weights. */
    static MtlHmbModel of(MtlHmb options, BlockImputation imputation, Weights network) {
        Weights weights = Weights.NONE;
        for (Source source : imputation.layout().others()) {
            weights = weights.and(imputation.imputers().get(source.name()).weights().under(imputer(source)));
        }
        return new MtlHmbModel(options, imputation.layout(), imputation.encoding(), weights.and(network.under(NETWORK)));
    }

    /** With other weights of step 2. */
    MtlHmbModel with(Weights network) {
        return new MtlHmbModel(options, layout, encoding, weights.and(network.under(NETWORK)));
    }

    /** With another encoding of responses. */
    MtlHmbModel with(FeatureEncoding other) {
        return new MtlHmbModel(options, layout, other, weights);
    }

    /** With the responses' baselines that go with it, {@link NetworkModel#calibrated}. */
    public MtlHmbModel calibrated(FitContext context) {
        return with(network().calibrated(context.engine(), context.split().tasks()));
    }

    private static String imputer(Source source) {
        return "imputer/" + source.name();
    }

    private static Map<String, Shape> shapes(MtlHmb options, Layout layout, FeatureEncoding encoding) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        NetworkModel.shapes(HmbNetwork.of(options, layout, encoding), Collections.nCopies(layout.tasks().size(), layout.width()))
                .forEach((name, shape) -> shapes.put(NETWORK + "/" + name, shape));
        BlockImputation bare = new BlockImputation(layout, encoding, Map.of());
        for (Source source : layout.others()) {
            BlockImputer.of(options, bare, source).shapes().forEach((name, shape) -> shapes.put(imputer(source) + "/" + name, shape));
        }
        return shapes;
    }

    /** How it imputes. */
    public BlockImputation imputation() {
        BlockImputation imputation = new BlockImputation(layout, encoding, Map.of());
        for (Source source : layout.others()) {
            imputation = imputation.with(source, BlockImputer.of(options, imputation, source).with(weights.below(imputer(source))));
        }
        return imputation;
    }

    /** Step 2's weights. */
    Weights networkWeights() {
        return weights.below(NETWORK);
    }

    NetworkModel network() {
        return new NetworkModel(imputation().features(), HmbNetwork.of(options, layout, encoding), networkWeights());
    }

    @Override
    public Map<String, ResponseFamily> responses() {
        return layout.responses();
    }

    @Override
    public List<Source> sources() {
        return layout.sources();
    }

    /** The anchors: all else is imputed from them. */
    @Override
    public List<Source> requiredSources() {
        return layout.anchors();
    }

    @Override
    public Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
        response(task);
        return network().record(graph, task, cells);
    }

    @Override
    public BoundModel bind(Engine engine) {
        return network().bind(engine);
    }

    @Override
    public ImputationMethod imputationMethod() {
        return new HmbImputation(options);
    }

    @Override
    public Map<Source, double[][]> impute(Engine engine, String task, Observations rows) {
        return imputation().complete(engine, task, rows);
    }

    /**
     * What the encoders of step 2 make of rows.
     *
     * @throws intarsia.models.data.DataException if there is no such task, or the rows lack an anchor
     */
    public Representations represent(Engine engine, String task, Observations rows) {
        double[][] representations = network().represent(engine, layout.task(task), rows);
        Shape shape = Shape.of(rows.size(), options.encoder().representation());
        return new Representations(Tensor.of(shape, representations[0]), Tensor.of(shape, representations[1]));
    }

    @Override
    public ModelState state() {
        return new ModelState(MtlHmb.KEY, new Settings(options, layout, encoding), weights);
    }

    /** Whether the network says anything: its heads are not 0. */
    private boolean heads() {
        return networkWeights().tensors().entrySet().stream().filter(of -> of.getKey().endsWith("head/weight"))
                .anyMatch(of -> Arrays.stream(of.getValue().toDoubles()).anyMatch(number -> number != 0));
    }

    @Override
    public Map<String, String> hyperparameters() {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("variant", options.variant() == Variant.PAPER ? "paper" : "released");
        chosen.put("encoder width", Integer.toString(options.encoder().width()));
        chosen.put("encoder depth", Integer.toString(options.encoder().depth()));
        chosen.put("representation", Integer.toString(options.encoder().representation()));
        chosen.put("path width", Integer.toString(options.path().width()));
        chosen.put("path depth", Integer.toString(options.path().depth()));
        chosen.put("orthogonality penalty", Double.toString(options.penalties().orthogonality()));
        chosen.put("imputation penalty", Double.toString(options.penalties().imputation()));
        chosen.put("redundancy penalty", Double.toString(options.penalties().redundancy()));
        Additions additions = options.additions();
        chosen.put("steps", additions.steps().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        chosen.put("activation", additions.activation().name().toLowerCase(Locale.ROOT));
        chosen.put("linear path", additions.linear().name().toLowerCase(Locale.ROOT)
                + (additions.linear() == Additions.Linear.NONE ? "" : heads() ? ", network kept" : ", network left out"));
        chosen.put("decay", Double.toString(additions.decay()));
        chosen.put("columns penalty", Double.toString(additions.columns()));
        chosen.put("imputer width", Integer.toString(options.imputer().width()));
        chosen.put("imputer depth", Integer.toString(options.imputer().depth()));
        chosen.put("batch", Integer.toString(options.training().batch()));
        return chosen;
    }
}
