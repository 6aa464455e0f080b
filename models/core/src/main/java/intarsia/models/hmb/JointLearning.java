package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.Rows;
import intarsia.linalg.Engine;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Weights;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Layout;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.Batches;
import intarsia.models.net.BlockLoss;
import intarsia.models.net.DenseRows;
import intarsia.models.net.Mlp;
import intarsia.models.net.TaskNetwork;
import intarsia.models.net.TaskTable;
import intarsia.models.net.TaskTraining;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * MTL-HMB in one step. The paper names this as future work (arXiv 2505.24413, appendix A.6) and gives no formulas; these are ours. One
 * shared encoder imputes, reconstructs the anchor and predicts; so do the tasks' encoders, but for imputing.
 *
 * <pre>
 * h = phi_c(x0)                     of every row
 * x_s := G_s(h)                     where a row lacks source s
 * k^t = phi_p^t([x0 | x_1 | ...]),  z^t of h and k^t as in step 2
 *
 * minimize  sum_t loss^t(y, z^t)
 *           + lambda [sum_s sum over rows with s of loss(x_s, G_s(h))  +  sum_t loss(x0, D([h | k^t]))]
 *           + gamma R_orth + delta R_imp + kappa R_dr
 * </pre>
 *
 * <p>Blocks' losses are means over a row's columns, as in step 1, so that a row's block weighs lambda times its response. It is stopped by
 * the responses' validation losses.
 *
 * <p>With {@link Steps#ONE_DRAWS} a missing block is latent: {@code x_s := G_s(h) + r_s} with {@code r_s = x_s - G_s(phi_c(x0))} of a
 * random row that has it, another one in every step, so that the first term is {@code E loss^t(y, z^t)} over what the block may be. By
 * Jensen's inequality it bounds the loss of the averaged likelihood, {@code -log E p(y | x)}, from above. Where z is linear in the block,
 * squared error is that at the expected block and {@code Var z = w' Cov(r_s) w}: R_imp with a matrix that the data choose. Its derivative
 * goes through G_s, too. Predictions are made at r_s = 0.
 */
final class JointLearning {
    private static final String DECODER = "decoder";

    private final MtlHmb options;
    private final DataSplit split;
    private final BlockImputation bare;
    private final HmbNetwork network;
    private final List<Source> others;
    private final List<TaskTable> tables;
    /** For each task and other source, whether some of the task's rows lack it. */
    private final boolean[][] lacked;

    /** On rows encoded as an imputation says; what it imputes does not matter. */
    JointLearning(MtlHmb options, Engine engine, DataSplit split, BlockImputation bare) {
        this.options = options;
        this.split = split;
        this.bare = bare;
        network = HmbNetwork.learned(options, bare);
        others = bare.layout().others();
        List<TaskTable> whole = bare.tables(engine, split);
        lacked = new boolean[whole.size()][others.size()];
        tables = IntStream.range(0, whole.size()).mapToObj(t -> flagged(whole.get(t), split.tasks().get(t), lacked[t])).toList();
    }

    /** A table whose rows say, after their features, which of the other sources they have: 1, else 0. */
    private TaskTable flagged(TaskTable table, TaskSplit task, boolean[] lacks) {
        return new TaskTable(table.name(), table.family(), flagged(table.x(), task.observations(task.train()), lacks), table.y(), table.w(),
                flagged(table.xv(), task.observations(task.stopping()), lacks), table.yv(), table.wv());
    }

    private DenseRows flagged(DenseRows x, Observations rows, boolean[] lacks) {
        int width = x.width();
        int wide = width + others.size();
        boolean[][] has = new boolean[others.size()][];
        for (int s = 0; s < others.size(); s++) {
            double[][] block = rows.blocks().get(others.get(s));
            has[s] = new boolean[x.rows()];
            for (int i = 0; i < x.rows(); i++) {
                has[s][i] = RowCompletion.observed(block, i);
                lacks[s] |= !has[s][i];
            }
        }
        return new DenseRows(x.rows(), wide, () -> {
            double[] features = x.numbers();
            double[] all = new double[x.rows() * wide];
            for (int i = 0; i < x.rows(); i++) {
                System.arraycopy(features, i * width, all, i * wide, width);
                for (int s = 0; s < has.length; s++) {
                    all[i * wide + width + s] = has[s][i] ? 1 : 0;
                }
            }
            return all;
        });
    }

    /** Learns everything, on rows encoded as an imputation says; what that imputes does not matter. */
    static Outcome<Learned> fit(FitContext context, MtlHmb options, BlockImputation bare) {
        return new JointLearning(options, context.engine(), context.split(), bare).fit(context);
    }

    private Outcome<Learned> fit(FitContext context) {
        TaskTraining training = options.training(tables);
        Recorded recorded = objective();
        List<Batches> batches = new ArrayList<>(training.batches(recorded.objective, tables, context.random()));
        recorded.donors.forEach((source, donors) -> batches.add(new Batches(donors.batch, donors.rows,
                context.random().child("batches/imputer/" + source.name()))));
        return training.fit(context.engine(), recorded.objective, batches, training.validation(new Joint(Map.of()), tables),
                network.rowLasso(), context.random(), "learning tasks and imputation", context.progress())
                .map(trained -> learned(trained.model()));
    }

    /**
     * What is learned, in one step or two.
     *
     * @param imputation with its imputers
     * @param network    step 2's weights
     */
    record Learned(BlockImputation imputation, Weights network) {}

    private Learned learned(Weights weights) {
        BlockImputation imputation = bare;
        Weights all = weights.without(DECODER).without(Separation.ADVERSARY);
        for (Source source : others) {
            Weights predictor = weights.below(path(source)).under(BlockImputer.PREDICTOR);
            imputation = imputation.with(source, BlockImputer.of(options, bare, source)
                    .with(weights.below(HmbNetwork.SHARED_ENCODER).under(BlockImputer.ENCODER).and(predictor)));
            all = all.without(path(source));
        }
        return new Learned(imputation, HmbNetwork.of(options, bare.layout(), bare.encoding()).withLinearPath(all));
    }

    private static String path(Source source) {
        return "imputer/" + source.name();
    }

    /**
     * The objective.
     *
     * @param objective its batches are the tasks'
     * @param donors    for each source, by name, the rows that have it
     */
    record Recorded(TaskTraining.Objective objective, Map<Source, Donors> donors) {}

    /**
     * Rows that have a source.
     *
     * @param batch    the rows of a mini-batch
     * @param rows     how many there are
     * @param loss     the mini-batch's imputation loss
     * @param residual what it is of them that imputing does not explain, batch x width
     */
    record Donors(Rows batch, int rows, Node loss, Node residual) {}

    Recorded objective() {
        Graph graph = new Graph();
        Map<Source, Donors> donors = new LinkedHashMap<>();
        Map<Node, DenseRows> inputs = new LinkedHashMap<>();
        for (Source source : others) {
            donors.put(source, donors(graph, source, inputs));
        }
        TaskTraining.Objective objective = options.training(tables).objective(graph, new Joint(donors), tables);
        return new Recorded(new TaskTraining.Objective(objective.value(), objective.batches(), plan -> {
            objective.feed().accept(plan);
            inputs.forEach((input, features) -> plan.set(input, features.numbers()));
        }), donors);
    }

    private Donors donors(Graph graph, Source source, Map<Node, DenseRows> inputs) {
        BlockImputer.Table table = Hbi.having(split, bare, source);
        int rows = table.rows();
        boolean[] binary = bare.encoding().binary(source);
        Node anchor = graph.input("anchor/" + source.name(), rows, bare.layout().anchorWidth());
        Node block = graph.input("source/" + source.name(), rows, binary.length);
        inputs.put(anchor, table.anchor());
        inputs.put(block, table.source());
        Rows batch = graph.rows("batch/imputer/" + source.name(), Math.min(rows, table.tasks() * options.training().batch()));
        Node x = block.gather(batch);
        Node z = predicted(graph, source, network.shared(graph, anchor.gather(batch)));
        return new Donors(batch, rows, perRow(BlockLoss.each(graph, z, x, binary)), x.minus(BlockLoss.mean(graph, z, binary)));
    }

    private Node predicted(Graph graph, Source source, Node h) {
        return BlockImputer.of(options, bare, source).predictor().apply(graph, path(source), h);
    }

    private static Node perRow(Node losses) {
        return losses.sum().times(1.0 / losses.shape().size(1));
    }

    /** Step 2's network on rows that it completes itself, from the mini-batch's donors; without donors, by expectations. */
    private final class Joint implements TaskNetwork {
        private final Map<Source, Donors> donors;

        Joint(Map<Source, Donors> donors) {
            this.donors = donors;
        }

        /** The representations h and k, and x0. */
        @Override
        public Result apply(Graph graph, int task, Node x) {
            Layout layout = bare.layout();
            Node anchor = x.slice(1, 0, layout.anchorWidth());
            Node h = network.shared(graph, anchor);
            List<Node> parts = new ArrayList<>(List.of(anchor));
            for (int s = 0; s < others.size(); s++) {
                Source source = others.get(s);
                Node given = x.slice(1, layout.from(source), layout.from(source) + layout.width(source));
                if (lacked[task][s]) {
                    Node has = x.slice(1, layout.width() + s, layout.width() + s + 1);
                    parts.add(given.times(has).plus(imputed(graph, source, h).times(has.affine(-1, 1))));
                } else {
                    parts.add(given);
                }
            }
            Result result = network.apply(graph, task, graph.concat(1, List.copyOf(parts)));
            return new Result(result.z(), List.of(result.representations().get(0), result.representations().get(1), anchor));
        }

        private Node imputed(Graph graph, Source source, Node h) {
            Node mean = BlockLoss.mean(graph, predicted(graph, source, h), bare.encoding().binary(source));
            boolean draws = donors.containsKey(source) && options.additions().steps() == Steps.ONE_DRAWS;
            Node drawn = draws ? mean.plus(repeated(donors.get(source).residual, mean.shape().size(0))) : mean;
            double[] varies = bare.encoding().features().get(source.name()).stream().mapToDouble(of -> of.moments().constant() ? 0 : 1)
                    .toArray();
            return drawn.times(graph.constant(Tensor.of(Shape.of(1, varies.length), varies)));
        }

        /** The first rows of a matrix, begun again where it has fewer. */
        private static Node repeated(Node x, int rows) {
            int has = x.shape().size(0);
            Node enough = has >= rows ? x : x.graph().concat(0, Collections.nCopies((rows + has - 1) / has, x));
            return enough.slice(0, 0, rows);
        }

        @Override
        public Node penalty(Graph graph, List<Result> results) {
            List<Node> terms = new ArrayList<>(List.of(network.penalty(graph, results)));
            donors.values().forEach(of -> terms.add(of.loss.times(options.additions().balance())));
            boolean[] binary = bare.anchorBinary();
            Mlp decoder = Mlp.of(2 * options.encoder().representation(), options.imputer().width(), options.imputer().depth(),
                    binary.length);
            for (Result result : results) {
                Node both = graph.concat(1, result.representations().subList(0, 2));
                terms.add(perRow(BlockLoss.each(graph, decoder.apply(graph, DECODER, both), result.representations().get(2), binary))
                        .times(options.additions().balance()));
            }
            return graph.sum(terms);
        }
    }
}
