package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.Weights;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.net.Mlp;
import intarsia.models.net.TaskNetwork;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 * <p>A response of K classes has K linear predictors, so that w_p^t and w_c have K columns. Tasks have a shared head in common whose
 * responses have one linear predictor each, of whatever kind, and those whose classes are the same; that is ours, as the paper has
 * responses of one linear predictor only.
 *
 * and its regularizers
 *
 * <pre>
 * R_orth = sum_t ||H^t' K^t||_F^2                                        (eq. 6), over the rows of a batch
 * R_imp  = sum_t sum_{s imputed in t} ||rows of phi_p^t's first weights that read x_s||_F^2          (eq. 7)
 * R_dr   = sum_t sum_l ||Theta_c,l' (rows of Theta_p,l^t that read what Theta_c,l reads)||_F^2       (eq. 8)
 * </pre>
 *
 * {@link Additions} adds, and this is ours:
 *
 * <pre>
 * z^t + x^t (w_c + w_t)                                                  linear path: shared and task-specific coefficients
 * ridge (||w_c||^2 + sum_t ||w_t||^2) + decay sum ||weights of layers||_F^2          to the regularizers
 * log(1 + exp(a)) - log 2                                                in place of relu
 * columns sum_columns ||first weights of an encoder that read a column||_2          a group lasso, by proximal steps
 * </pre>
 *
 * {@link Variant} says where the released code differs; {@link HmbReader} what a task's encoder reads.
 */
final class HmbNetwork implements TaskNetwork {
    static final String SHARED_ENCODER = "shared/encoder";
    private static final String LINEAR = "/linear/weight";

    private final MtlHmb options;
    private final int anchorWidth;
    private final List<HmbReader> readers;

    HmbNetwork(MtlHmb options, int anchorWidth, List<HmbReader> readers) {
        this.options = options;
        this.anchorWidth = anchorWidth;
        this.readers = readers;
    }

    /** MTL-HMB's: every task's encoder reads the whole row. */
    static HmbNetwork of(MtlHmb options, Layout layout, FeatureEncoding encoding) {
        return new HmbNetwork(options, layout.anchorWidth(), HmbReader.wholeRows(layout, encoding));
    }

    /** The same as it is learned: without a linear path, unless that is learned with it. */
    static HmbNetwork learned(MtlHmb options, BlockImputation imputation) {
        MtlHmb learned = options.additions().linear() == Additions.Linear.BESIDE ? options
                : options.additions(options.additions().withoutLinear());
        return of(learned, imputation.layout(), imputation.encoding());
    }

    HmbReader reader(int task) {
        return readers.get(task);
    }

    /** An encoder of rows of so many features. */
    static Mlp encoder(MtlHmb options, int inputs) {
        Mlp encoder = Mlp.of(inputs, options.encoder().width(), options.encoder().depth(), options.encoder().representation())
                .with(options.additions().activation());
        return options.variant() == Variant.RELEASED ? encoder.activated() : encoder;
    }

    /** h, of rows of the anchor's features. */
    Node shared(Graph graph, Node x0) {
        return encoder(options, anchorWidth).apply(graph, SHARED_ENCODER, x0);
    }

    private Mlp taskEncoder(int task) {
        return encoder(options, readers.get(task).reads().width());
    }

    /** The linear prediction and the representations h and k. */
    @Override
    public Result apply(Graph graph, int task, Node x) {
        Paths paths = paths(graph, task, x);
        Node both = graph.concat(1, List.of(paths.shared, paths.taskSpecific));
        int predictors = predictors(task);
        Node z = Mlp.linear(graph, taskHead(task), both, predictors)
                .plus(Mlp.linear(graph, sharedHead(task), paths.shared, predictors));
        if (options.additions().linear() != Additions.Linear.NONE) {
            Node read = readers.get(task).read(graph, x);
            z = z.plus(read.matmul(coefficients(graph, sharedLinear(task), task).plus(coefficients(graph, taskLinear(task), task))));
        }
        return new Result(z, List.of(paths.h, paths.k));
    }

    /** {@code h_L w_c + b}, and the linear path's shared coefficients. */
    @Override
    public Node shared(Graph graph, int task, Node x) {
        Node z = Mlp.linear(graph, sharedHead(task), paths(graph, task, x).shared, predictors(task));
        return options.additions().linear() == Additions.Linear.NONE ? z
                : z.plus(readers.get(task).read(graph, x).matmul(coefficients(graph, sharedLinear(task), task)));
    }

    /** Weights with a linear path of 0 where they have none and the network has one. */
    Weights withLinearPath(Weights weights) {
        Weights all = weights;
        for (int t = 0; t < readers.size() && options.additions().linear() != Additions.Linear.NONE; t++) {
            for (String path : List.of(sharedLinear(t), taskLinear(t))) {
                if (!all.tensors().containsKey(path + "/weight")) {
                    all = all.and(path + "/weight", Tensor.zeros(weights.precision(), Shape.of(width(t), predictors(t))));
                }
            }
        }
        return all;
    }

    /** Coefficients of the linear path, features x linear predictors; they begin at 0. */
    private Node coefficients(Graph graph, String path, int task) {
        return graph.parameter(path + "/weight", Init.zeros(), width(task), predictors(task));
    }

    private int width(int task) {
        return readers.get(task).varying().length;
    }

    private int predictors(int task) {
        return readers.get(task).response().predictors();
    }

    /** h and k, then the last layers of the shared and the task path: what the heads read. */
    record Paths(Node h, Node k, Node shared, Node taskSpecific) {}

    Paths paths(Graph graph, int task, Node x) {
        Node h = shared(graph, x.slice(1, 0, anchorWidth));
        Node k = taskEncoder(task).apply(graph, path(task) + "/encoder", readers.get(task).read(graph, x));
        Node shared = graph.concat(1, List.of(h, k));
        Node both = shared;
        Node taskSpecific = null;
        for (int l = 0; l < options.path().depth(); l++) {
            Node next = activated(Mlp.linear(graph, sharedLayer(l), shared, options.path().width()));
            taskSpecific = activated(Mlp.linear(graph, taskLayer(task, l), both, options.path().width()));
            shared = next;
            both = graph.concat(1, List.of(shared, taskSpecific));
        }
        return new Paths(h, k, shared, taskSpecific);
    }

    private Node activated(Node a) {
        return options.additions().activation().apply(a);
    }

    /** {@code gamma R_orth + delta R_imp + kappa R_dr}, and the additions' terms. */
    @Override
    public Node penalty(Graph graph, List<Result> results) {
        List<Node> terms = new ArrayList<>();
        if (options.penalties().orthogonality() > 0) {
            terms.addAll(options.additions().separation().of(graph, options.penalties().orthogonality(),
                    results.stream().map(of -> of.representations().get(0)).toList(),
                    results.stream().map(of -> of.representations().get(1)).toList(), options.encoder().width()));
        }
        if (options.penalties().imputation() > 0) {
            addImputed(graph, terms);
        }
        if (options.penalties().redundancy() > 0) {
            addRedundancy(graph, terms);
        }
        addSquares(graph, terms);
        return graph.sum(terms);
    }

    /** Of the encoders' first layers: a column is read by all units or by none. */
    @Override
    public RowLasso rowLasso() {
        List<String> first = new ArrayList<>(List.of(SHARED_ENCODER + "/0/weight"));
        for (int t = 0; t < readers.size(); t++) {
            first.add(path(t) + "/encoder/0/weight");
        }
        return new RowLasso(options.additions().columns(), first);
    }

    private void addSquares(Graph graph, List<Node> terms) {
        graph.parameters().forEach((name, parameter) -> {
            double weight = name.endsWith(LINEAR) ? options.additions().ridge()
                    : name.endsWith("/weight") ? options.additions().decay() : 0;
            if (weight > 0) {
                terms.add(parameter.square().sum().times(weight));
            }
        });
    }

    private void addImputed(Graph graph, List<Node> terms) {
        for (int t = 0; t < readers.size(); t++) {
            for (HmbReader.Range imputed : readers.get(t).imputed()) {
                Node read = taskEncoder(t).weight(graph, path(t) + "/encoder", 0).slice(0, imputed.from(), imputed.to());
                terms.add(read.square().sum().times(options.penalties().imputation()));
            }
        }
    }

    private void addRedundancy(Graph graph, List<Node> terms) {
        if (options.variant() == Variant.PAPER) {
            for (int l = 0; l < options.path().depth(); l++) {
                for (int t = 0; t < readers.size(); t++) {
                    terms.add(overlap(graph, l, t).square().sum().times(options.penalties().redundancy()));
                }
            }
            return;
        }
        for (int l = 1; l <= options.path().depth(); l++) {
            Map<String, Node> sums = new LinkedHashMap<>();
            for (int t = 0; t < readers.size(); t++) {
                sums.merge(shared(l, t), overlap(graph, l, t), Node::plus);
            }
            sums.values().forEach(sum -> terms.add(sum.square().sum().times(options.penalties().redundancy())));
        }
    }

    /** {@code Theta_c,l' Theta_p,l^t}, over the rows of the latter that read what the former reads; layer L is the heads. */
    private Node overlap(Graph graph, int layer, int task) {
        boolean head = layer == options.path().depth();
        int reads = layer == 0 ? 2 * options.encoder().representation() : options.path().width();
        int taskReads = layer == 0 ? reads : 2 * options.path().width();
        int gives = head ? predictors(task) : options.path().width();
        Node shared = Mlp.weight(graph, shared(layer, task), reads, gives);
        Node specific = Mlp.weight(graph, head ? taskHead(task) : taskLayer(task, layer), taskReads, gives);
        return shared.transpose().matmul(specific.slice(0, 0, reads));
    }

    /** The rows of a task's head that read the shared path: its deviation from the shared head. */
    Node deviation(Graph graph, int task) {
        return Mlp.weight(graph, taskHead(task), 2 * options.path().width(), predictors(task)).slice(0, 0, options.path().width());
    }

    /** What tasks share in a layer; layer L is the heads. */
    private String shared(int layer, int task) {
        return layer == options.path().depth() ? sharedHead(task) : sharedLayer(layer);
    }

    private static String sharedLayer(int layer) {
        return "shared/path/" + layer;
    }

    String sharedHead(int task) {
        return likeResponses(task) + "/head";
    }

    String sharedLinear(int task) {
        return likeResponses(task) + "/linear";
    }

    /** What tasks with responses like a task's have in common. */
    private String likeResponses(int task) {
        List<ResponseFamily> classes = readers.stream().map(HmbReader::response).filter(of -> of.predictors() > 1).distinct().toList();
        String about = readers.get(task).about();
        return !about.isEmpty() ? "shared/about/" + about : predictors(task) == 1 ? "shared"
                : "shared/classes/" + classes.indexOf(readers.get(task).response());
    }

    private String taskLayer(int task, int layer) {
        return path(task) + "/path/" + layer;
    }

    String taskLinear(int task) {
        return path(task) + "/linear";
    }

    String taskHead(int task) {
        return path(task) + "/head";
    }

    private String path(int task) {
        return "task/" + readers.get(task).task();
    }
}
