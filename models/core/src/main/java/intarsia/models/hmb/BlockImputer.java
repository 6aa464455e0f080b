package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.Rows;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Trained;
import intarsia.models.Weights;
import intarsia.models.data.Source;
import intarsia.models.net.Batches;
import intarsia.models.net.BlockLoss;
import intarsia.models.net.DenseRows;
import intarsia.models.net.Mlp;
import intarsia.models.net.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Step 1 for one source s, heterogeneous block-wise imputation (arXiv 2505.24413, section 3.1, eq. 1):
 *
 * <pre>
 * f = E_c(x0)   shared encoder, all rows          g = E_p^in(x0) or E_p^out(x0)   rows with or without s
 * L_pre   = sum over rows with s of loss(x_s, G(f))
 * L_recon = sum over all rows of loss(x0, D([f|g]))
 * minimize L_pre + L_recon, stop by L_pre of held-out rows;  impute x_s := G(E_c(x0))
 * </pre>
 *
 * {@code loss} is the mean over a row's columns of squared error (continuous) or cross-entropy (0/1). All five are perceptrons of one width
 * and depth, and f and g have that width. x0 is rows x anchorWidth, x_s rows x width(s).
 */
final class BlockImputer {
    static final String ENCODER = "encoder/shared";
    static final String PREDICTOR = "predictor";

    private final MtlHmb options;
    private final Mlp encoder;
    private final Mlp decoder;
    private final Mlp predictor;
    private final boolean[] anchorBinary;
    private final boolean[] sourceBinary;

    /** For a source of an imputation. */
    static BlockImputer of(MtlHmb options, BlockImputation imputation, Source source) {
        return new BlockImputer(options, imputation.anchorBinary(), imputation.encoding().binary(source));
    }

    /** For a source whose features are 0/1 as said, given an anchor whose features are 0/1 as said. */
    BlockImputer(MtlHmb options, boolean[] anchorBinary, boolean[] sourceBinary) {
        this.options = options;
        this.anchorBinary = anchorBinary;
        this.sourceBinary = sourceBinary;
        int width = options.imputer().width();
        int depth = options.imputer().depth();
        encoder = options.additions().steps() == Steps.TWO ? Mlp.of(anchorBinary.length, width, depth, width)
                : HmbNetwork.encoder(options, anchorBinary.length);
        decoder = Mlp.of(2 * encoder.outputs(), options.variant() == Variant.PAPER ? width : anchorBinary.length, depth,
                anchorBinary.length);
        predictor = Mlp.of(encoder.outputs(), width, depth, sourceBinary.length);
    }

    /**
     * Rows of one kind.
     *
     * @param anchor the anchor's features
     * @param source the source's features; of no width where it is not observed
     * @param tasks  how many tasks the rows come from
     */
    record Table(DenseRows anchor, DenseRows source, int tasks) {
        int rows() {
            return anchor.rows();
        }
    }

    /**
     * What is minimized, recorded.
     *
     * @param value   {@code L_pre + L_recon} of a mini-batch
     * @param batches the rows of the mini-batch: with the source and, if there are any, without
     * @param feed    gives a plan the tables
     */
    record Objective(Node value, List<Rows> batches, Consumer<Plan> feed) {}

    /** The objective over rows with the source and rows without (may be none). */
    Objective objective(Table with, Table without) {
        Graph graph = new Graph();
        int p0 = anchorBinary.length;
        Node anchorIn = graph.input("anchor/in", with.rows(), p0);
        Node sourceIn = graph.input("source/in", with.rows(), sourceBinary.length);
        Rows in = graph.rows("in", batch(with));
        Node x0 = anchorIn.gather(in);
        Node f = encoder.apply(graph, ENCODER, x0);
        Node g = encoder.apply(graph, "encoder/in", x0);
        Node loss = scaled(BlockLoss.each(graph, predictor.apply(graph, PREDICTOR, f), sourceIn.gather(in), sourceBinary))
                .plus(reconstruction(graph, x0, f, g))
                .plus(orthogonality(f, g));
        if (without.rows() == 0) {
            return new Objective(loss, List.of(in), plan -> {
                plan.set(anchorIn, with.anchor().numbers());
                plan.set(sourceIn, with.source().numbers());
            });
        }
        Node anchorOut = graph.input("anchor/out", without.rows(), p0);
        Rows out = graph.rows("out", batch(without));
        Node x0Out = anchorOut.gather(out);
        Node fOut = encoder.apply(graph, ENCODER, x0Out);
        Node gOut = encoder.apply(graph, "encoder/out", x0Out);
        Node both = loss.plus(reconstruction(graph, x0Out, fOut, gOut)).plus(orthogonality(fOut, gOut));
        return new Objective(both, List.of(in, out), plan -> {
            plan.set(anchorIn, with.anchor().numbers());
            plan.set(sourceIn, with.source().numbers());
            plan.set(anchorOut, without.anchor().numbers());
        });
    }

    private int batch(Table table) {
        int rows = table.rows();
        return options.variant() == Variant.RELEASED ? rows : Math.min(rows, table.tasks() * options.imputer().training().batch());
    }

    /** Learns the weights of E_c and G: from rows with the source, rows without (may be none), stopping by held-out rows with it. */
    Outcome<Trained<Weights>> fit(Engine engine, Table with, Table without, Table heldOut, RandomStream random, String stage,
            Progress progress) {
        int p0 = anchorBinary.length;
        Objective objective = objective(with, without);
        Parameters parameters = Parameters.of(engine, objective.value().graph(), random.child("init"));
        Plan step = Plan.gradient(parameters, objective.value());
        objective.feed().accept(step);
        List<Batches> batches = new ArrayList<>();
        for (Rows rows : objective.batches()) {
            batches.add(new Batches(rows, (rows.name().equals("in") ? with : without).rows(), random.child("batches/" + rows.name())));
        }
        Table judge = heldOut.rows() > 0 ? heldOut : with;
        Graph validationGraph = new Graph();
        Node judgeAnchor = validationGraph.input("anchor", judge.rows(), p0);
        Node judgeSource = validationGraph.input("source", judge.rows(), sourceBinary.length);
        Node judged = BlockLoss.each(validationGraph, predict(validationGraph, judgeAnchor), judgeSource, sourceBinary).mean();
        int steps = options.variant() == Variant.RELEASED ? 1 : Trainer.stepsOfLongest(batches);
        return Trainer.train(parameters, step, batches, steps, averaged -> {
            Plan validation = Plan.compile(averaged, judged);
            validation.set(judgeAnchor, judge.anchor().numbers());
            validation.set(judgeSource, judge.source().numbers());
            return () -> {
                validation.run();
                return validation.scalar(judged);
            };
        }, options.imputer().training(), stage, progress).map(trained -> trained.map(BlockImputer::kept));
    }

    private static Weights kept(Parameters parameters) {
        Map<String, Tensor> kept = new LinkedHashMap<>();
        parameters.toMap().forEach((name, value) -> {
            if (name.startsWith(ENCODER) || name.startsWith(PREDICTOR)) {
                kept.put(name, value);
            }
        });
        return new Weights(kept);
    }

    /** The shapes of the weights that imputing needs. */
    Map<String, Shape> shapes() {
        Graph graph = new Graph();
        predict(graph, graph.input("anchor", 1, anchorBinary.length));
        return Weights.shapes(graph);
    }

    /** It with learned weights, as what imputes. */
    BlockImputation.Imputer with(Weights weights) {
        return new BlockImputation.Imputer() {
            @Override
            public Node impute(Graph graph, Node anchor) {
                return BlockLoss.mean(graph, predict(graph, anchor), sourceBinary);
            }

            @Override
            public Weights weights() {
                return weights;
            }
        };
    }

    /** The predictor, G. */
    Mlp predictor() {
        return predictor;
    }

    private Node predict(Graph graph, Node x0) {
        return predictor.apply(graph, PREDICTOR, encoder.apply(graph, ENCODER, x0));
    }

    private Node reconstruction(Graph graph, Node x0, Node f, Node g) {
        return scaled(BlockLoss.each(graph, decoder.apply(graph, "decoder", graph.concat(1, List.of(f, g))), x0, anchorBinary));
    }

    /** A sum over rows of means over columns, or a mean over everything. */
    private Node scaled(Node losses) {
        return options.variant() == Variant.PAPER ? losses.sum().times(1.0 / losses.shape().size(1)) : losses.mean();
    }

    private Node orthogonality(Node f, Node g) {
        return options.imputer().orthogonality() == 0 ? f.graph().constant(0)
                : f.transpose().matmul(g).square().sum().plus(1e-12).sqrt().times(options.imputer().orthogonality());
    }
}
