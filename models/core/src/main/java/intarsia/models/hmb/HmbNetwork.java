package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.models.data.Source;
import intarsia.models.net.CrossProduct;
import intarsia.models.net.Mlp;
import intarsia.models.net.TaskNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * Step 2's network (arXiv 2505.24413, section 3.2):
 *
 * <pre>
 * h^t = phi_c(x0^t)                 shared encoder, anchor only          rows x d
 * k^t = phi_p^t([x0 | x1 | ...])    task encoder, all sources            rows x d
 * h_0 = [h|k],  k_0 = nothing
 * h_l = relu(h_{l-1} Theta_c,l + b),  k_l = relu([h_{l-1} | k_{l-1}] Theta_p,l^t + b),  l = 1..L     (eqs. 3, 4)
 * z^t = [h_L | k_L] w_p^t + b^t  +  h_L w_c + b                          linear prediction; a probability is sigmoid(z)
 * </pre>
 *
 * and its regularizers
 *
 * <pre>
 * R_orth = sum_t ||H^t' K^t||_F^2                                        (eq. 6), over the rows of a batch
 * R_imp  = sum_t sum_{s imputed in t} ||rows of phi_p^t's first weights that read x_s||_F^2          (eq. 7)
 * R_dr   = sum_t sum_l ||Theta_c,l' (rows of Theta_p,l^t that read what Theta_c,l reads)||_F^2       (eq. 8)
 * </pre>
 *
 * {@link Reading} says where the released code differs.
 */
final class HmbNetwork implements TaskNetwork {
    /** A half-open range of features. */
    record Range(int from, int to) {}

    /**
     * What a task's encoder reads.
     *
     * @param task    the task's name
     * @param reads   the features it reads, counted in the task's rows
     * @param imputed which of those are imputed, counted from the first one read
     */
    record Reader(String task, Range reads, List<Range> imputed) {}

    static final String SHARED_HEAD = "shared/head";

    private final MtlHmbOptions options;
    private final int anchorWidth;
    private final List<Reader> readers;

    HmbNetwork(MtlHmbOptions options, int anchorWidth, List<Reader> readers) {
        this.options = options;
        this.anchorWidth = anchorWidth;
        this.readers = readers;
    }

    /** MTL-HMB's: every task's encoder reads the whole row. */
    static HmbNetwork of(MtlHmbOptions options, Layout layout) {
        List<Reader> readers = new ArrayList<>();
        for (int t = 0; t < layout.tasks().size(); t++) {
            List<Range> imputed = new ArrayList<>();
            for (Source source : layout.others()) {
                if (!layout.observes(t, source)) {
                    imputed.add(new Range(layout.from(source), layout.from(source) + layout.width(source)));
                }
            }
            readers.add(new Reader(layout.tasks().get(t).name(), new Range(0, layout.width()), imputed));
        }
        return new HmbNetwork(options, layout.anchorWidth(), readers);
    }

    private Mlp encoder(int inputs) {
        Mlp encoder = Mlp.of(inputs, options.width(), options.depth(), options.representation());
        return options.reading() == Reading.RELEASED ? encoder.activated() : encoder;
    }

    private Mlp taskEncoder(int task) {
        return encoder(readers.get(task).reads().to() - readers.get(task).reads().from());
    }

    /** The linear prediction and the representations h and k. */
    @Override
    public Result apply(Graph graph, int task, Node x) {
        Paths paths = paths(graph, task, x);
        Node both = graph.concat(1, List.of(paths.shared, paths.own));
        Node z = Mlp.linear(graph, ownHead(task), both, 1).plus(Mlp.linear(graph, SHARED_HEAD, paths.shared, 1));
        return new Result(z, List.of(paths.h, paths.k));
    }

    /** h and k, then the last layers of the shared and the task path: what the heads read. */
    record Paths(Node h, Node k, Node shared, Node own) {}

    Paths paths(Graph graph, int task, Node x) {
        Range reads = readers.get(task).reads();
        Node h = encoder(anchorWidth).apply(graph, "shared/encoder", x.slice(1, 0, anchorWidth));
        Node k = taskEncoder(task).apply(graph, own(task) + "/encoder", x.slice(1, reads.from(), reads.to()));
        Node shared = graph.concat(1, List.of(h, k));
        Node both = shared;
        Node own = null;
        for (int l = 0; l < options.pathDepth(); l++) {
            Node next = Mlp.linear(graph, sharedLayer(l), shared, options.pathWidth()).relu();
            own = Mlp.linear(graph, ownLayer(task, l), both, options.pathWidth()).relu();
            shared = next;
            both = graph.concat(1, List.of(shared, own));
        }
        return new Paths(h, k, shared, own);
    }

    /** {@code gamma R_orth + delta R_imp + kappa R_dr}. */
    @Override
    public Node penalty(Graph graph, List<Result> results) {
        List<Node> terms = new ArrayList<>();
        if (options.orthogonality() > 0) {
            for (Result result : results) {
                terms.add(CrossProduct.squaredNorm(result.representations().get(0), result.representations().get(1)).times(options.orthogonality()));
            }
        }
        if (options.imputationWeight() > 0) {
            addImputed(graph, terms);
        }
        if (options.redundancy() > 0) {
            addRedundancy(graph, terms);
        }
        return graph.sum(terms);
    }

    private void addImputed(Graph graph, List<Node> terms) {
        for (int t = 0; t < readers.size(); t++) {
            for (Range imputed : readers.get(t).imputed()) {
                Node read = taskEncoder(t).weight(graph, own(t) + "/encoder", 0).slice(0, imputed.from(), imputed.to());
                terms.add(read.square().sum().times(options.imputationWeight()));
            }
        }
    }

    private void addRedundancy(Graph graph, List<Node> terms) {
        if (options.reading() == Reading.PAPER) {
            for (int l = 0; l < options.pathDepth(); l++) {
                for (int t = 0; t < readers.size(); t++) {
                    terms.add(overlap(graph, l, t).square().sum().times(options.redundancy()));
                }
            }
            return;
        }
        for (int l = 1; l <= options.pathDepth(); l++) {
            Node sum = overlap(graph, l, 0);
            for (int t = 1; t < readers.size(); t++) {
                sum = sum.plus(overlap(graph, l, t));
            }
            terms.add(sum.square().sum().times(options.redundancy()));
        }
    }

    /** {@code Theta_c,l' Theta_p,l^t}, over the rows of the latter that read what the former reads; layer L is the heads. */
    private Node overlap(Graph graph, int layer, int task) {
        boolean head = layer == options.pathDepth();
        int reads = layer == 0 ? 2 * options.representation() : options.pathWidth();
        int readsOwn = layer == 0 ? reads : 2 * options.pathWidth();
        int gives = head ? 1 : options.pathWidth();
        Node shared = Mlp.weight(graph, head ? SHARED_HEAD : sharedLayer(layer), reads, gives);
        Node own = Mlp.weight(graph, head ? ownHead(task) : ownLayer(task, layer), readsOwn, gives);
        return shared.transpose().matmul(own.slice(0, 0, reads));
    }

    /** The rows of a task's head that read the shared path: what it has of its own there. */
    Node apart(Graph graph, int task) {
        return Mlp.weight(graph, ownHead(task), 2 * options.pathWidth(), 1).slice(0, 0, options.pathWidth());
    }

    private static String sharedLayer(int layer) {
        return "shared/path/" + layer;
    }

    private String ownLayer(int task, int layer) {
        return own(task) + "/path/" + layer;
    }

    String ownHead(int task) {
        return own(task) + "/head";
    }

    private String own(int task) {
        return "task/" + readers.get(task).task();
    }
}
