package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.models.data.Source;
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
    private final MtlHmbOptions options;
    private final Layout layout;
    private final Mlp sharedEncoder;
    private final Mlp taskEncoder;

    HmbNetwork(MtlHmbOptions options, Layout layout) {
        this.options = options;
        this.layout = layout;
        Mlp shared = Mlp.of(layout.anchorWidth(), options.width(), options.depth(), options.representation());
        Mlp task = Mlp.of(layout.width(), options.width(), options.depth(), options.representation());
        boolean released = options.reading() == Reading.RELEASED;
        sharedEncoder = released ? shared.activated() : shared;
        taskEncoder = released ? task.activated() : task;
    }

    /** The linear prediction and the representations h and k. */
    @Override
    public Result apply(Graph graph, int task, Node x) {
        Node h = sharedEncoder.apply(graph, "shared/encoder", x.slice(1, 0, layout.anchorWidth()));
        Node k = taskEncoder.apply(graph, own(task) + "/encoder", x);
        Node shared = graph.concat(1, List.of(h, k));
        Node both = shared;
        for (int l = 0; l < options.pathDepth(); l++) {
            Node nextShared = Mlp.linear(graph, sharedLayer(l), shared, options.pathWidth()).relu();
            Node nextOwn = Mlp.linear(graph, ownLayer(task, l), both, options.pathWidth()).relu();
            shared = nextShared;
            both = graph.concat(1, List.of(nextShared, nextOwn));
        }
        Node z = Mlp.linear(graph, own(task) + "/head", both, 1).plus(Mlp.linear(graph, "shared/head", shared, 1));
        return new Result(z, List.of(h, k));
    }

    /** {@code gamma R_orth + delta R_imp + kappa R_dr}. */
    @Override
    public Node penalty(Graph graph, List<Result> results) {
        List<Node> terms = new ArrayList<>();
        if (options.orthogonality() > 0) {
            for (Result result : results) {
                terms.add(result.representations().get(0).transpose().matmul(result.representations().get(1)).square().sum().times(options.orthogonality()));
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
        for (int t = 0; t < layout.tasks().size(); t++) {
            for (Source source : layout.others()) {
                if (!layout.observes(t, source)) {
                    int from = layout.from(source);
                    Node read = taskEncoder.weight(graph, own(t) + "/encoder", 0).slice(0, from, from + layout.width(source));
                    terms.add(read.square().sum().times(options.imputationWeight()));
                }
            }
        }
    }

    private void addRedundancy(Graph graph, List<Node> terms) {
        if (options.reading() == Reading.PAPER) {
            for (int l = 0; l < options.pathDepth(); l++) {
                for (int t = 0; t < layout.tasks().size(); t++) {
                    terms.add(overlap(graph, l, t).square().sum().times(options.redundancy()));
                }
            }
            return;
        }
        for (int l = 1; l <= options.pathDepth(); l++) {
            Node sum = overlap(graph, l, 0);
            for (int t = 1; t < layout.tasks().size(); t++) {
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
        Node shared = Mlp.weight(graph, head ? "shared/head" : sharedLayer(layer), reads, gives);
        Node own = Mlp.weight(graph, head ? own(task) + "/head" : ownLayer(task, layer), readsOwn, gives);
        return shared.transpose().matmul(own.slice(0, 0, reads));
    }

    private static String sharedLayer(int layer) {
        return "shared/path/" + layer;
    }

    private String ownLayer(int task, int layer) {
        return own(task) + "/path/" + layer;
    }

    private String own(int task) {
        return "task/" + layout.tasks().get(task).name();
    }
}
