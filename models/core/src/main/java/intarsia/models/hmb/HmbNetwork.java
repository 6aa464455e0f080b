package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.Weights;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.data.Source;
import intarsia.models.net.BlockLoss;
import intarsia.models.net.CrossProduct;
import intarsia.models.net.Mlp;
import intarsia.models.net.TaskNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
 * {@link Additions} adds, and this is ours:
 *
 * <pre>
 * z^t + x^t (w_c + w_t)                                                  linear path: shared and task-specific coefficients
 * ridge (||w_c||^2 + sum_t ||w_t||^2) + decay sum ||weights of layers||_F^2          to the regularizers
 * log(1 + exp(a)) - log 2                                                in place of relu
 * columns sum_columns ||first weights of an encoder that read a column||_2          a group lasso, by proximal steps
 * </pre>
 *
 * {@link Variant} says where the released code differs. What a task's encoder reads of its own that does not vary in the task's training
 * rows is 0 to it: nothing can be learned about it there. That is ours.
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
     * @param varying for each feature read, whether it varies in the task's training rows
     */
    record Reader(String task, Range reads, List<Range> imputed, boolean[] varying) {
        /** The features that it reads of rows, those that do not vary being 0. */
        Node read(Graph graph, Node x) {
            Node read = x.slice(1, reads.from, reads.to);
            return IntStream.range(0, varying.length).allMatch(f -> varying[f]) ? read : read.times(BlockLoss.mask(graph, varying));
        }
    }

    private static final String SHARED_ENCODER = "shared/encoder";
    static final String SHARED_HEAD = "shared/head";
    static final String SHARED_LINEAR = "shared/linear";
    private static final String LINEAR = "/linear/weight";

    private final MtlHmb options;
    private final int anchorWidth;
    private final List<Reader> readers;

    HmbNetwork(MtlHmb options, int anchorWidth, List<Reader> readers) {
        this.options = options;
        this.anchorWidth = anchorWidth;
        this.readers = readers;
    }

    /** MTL-HMB's: every task's encoder reads the whole row. Imputed blocks vary. */
    static HmbNetwork of(MtlHmb options, Layout layout, FeatureEncoding encoding) {
        List<Reader> readers = new ArrayList<>();
        for (int t = 0; t < layout.tasks().size(); t++) {
            String task = layout.tasks().get(t).name();
            List<Range> imputed = new ArrayList<>();
            boolean[] varying = encoding.varying(layout.sources(), task);
            for (Source source : layout.others()) {
                if (!layout.observes(t, source)) {
                    Range range = new Range(layout.from(source), layout.from(source) + layout.width(source));
                    imputed.add(range);
                    Arrays.fill(varying, range.from, range.to, true);
                }
            }
            readers.add(new Reader(task, new Range(0, layout.width()), imputed, varying));
        }
        return new HmbNetwork(options, layout.anchorWidth(), readers);
    }

    Reader reader(int task) {
        return readers.get(task);
    }

    private Mlp encoder(int inputs) {
        Mlp encoder = Mlp.of(inputs, options.encoder().width(), options.encoder().depth(), options.encoder().representation())
                .with(options.additions().activation());
        return options.variant() == Variant.RELEASED ? encoder.activated() : encoder;
    }

    private Mlp taskEncoder(int task) {
        return encoder(readers.get(task).reads().to() - readers.get(task).reads().from());
    }

    /** The linear prediction and the representations h and k. */
    @Override
    public Result apply(Graph graph, int task, Node x) {
        Paths paths = paths(graph, task, x);
        Node both = graph.concat(1, List.of(paths.shared, paths.taskSpecific));
        Node z = Mlp.linear(graph, taskHead(task), both, 1).plus(Mlp.linear(graph, SHARED_HEAD, paths.shared, 1));
        if (options.additions().linear() != Additions.Linear.NONE) {
            Node read = readers.get(task).read(graph, x);
            z = z.plus(read.matmul(coefficients(graph, SHARED_LINEAR, task).plus(coefficients(graph, taskLinear(task), task))));
        }
        return new Result(z, List.of(paths.h, paths.k));
    }

    /** Weights with a linear path of 0 where they have none and the network has one. */
    Weights withLinearPath(Weights weights) {
        if (options.additions().linear() == Additions.Linear.NONE || weights.tensors().containsKey(SHARED_LINEAR + "/weight")) {
            return weights;
        }
        Tensor none = Tensor.zeros(weights.precision(), Shape.of(readers.getFirst().varying().length, 1));
        Weights all = weights.and(SHARED_LINEAR + "/weight", none);
        for (int t = 0; t < readers.size(); t++) {
            all = all.and(taskLinear(t) + "/weight", none);
        }
        return all;
    }

    /** Coefficients of the linear path, features x 1; they begin at 0. */
    private Node coefficients(Graph graph, String path, int task) {
        return graph.parameter(path + "/weight", Init.zeros(), readers.get(task).varying().length, 1);
    }

    /** h and k, then the last layers of the shared and the task path: what the heads read. */
    record Paths(Node h, Node k, Node shared, Node taskSpecific) {}

    Paths paths(Graph graph, int task, Node x) {
        Node h = encoder(anchorWidth).apply(graph, SHARED_ENCODER, x.slice(1, 0, anchorWidth));
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
            for (Result result : results) {
                Node norm = CrossProduct.squaredNorm(result.representations().get(0), result.representations().get(1));
                terms.add(norm.times(options.penalties().orthogonality()));
            }
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
            for (Range imputed : readers.get(t).imputed()) {
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
            Node sum = overlap(graph, l, 0);
            for (int t = 1; t < readers.size(); t++) {
                sum = sum.plus(overlap(graph, l, t));
            }
            terms.add(sum.square().sum().times(options.penalties().redundancy()));
        }
    }

    /** {@code Theta_c,l' Theta_p,l^t}, over the rows of the latter that read what the former reads; layer L is the heads. */
    private Node overlap(Graph graph, int layer, int task) {
        boolean head = layer == options.path().depth();
        int reads = layer == 0 ? 2 * options.encoder().representation() : options.path().width();
        int taskReads = layer == 0 ? reads : 2 * options.path().width();
        int gives = head ? 1 : options.path().width();
        Node shared = Mlp.weight(graph, head ? SHARED_HEAD : sharedLayer(layer), reads, gives);
        Node specific = Mlp.weight(graph, head ? taskHead(task) : taskLayer(task, layer), taskReads, gives);
        return shared.transpose().matmul(specific.slice(0, 0, reads));
    }

    /** The rows of a task's head that read the shared path: its deviation from the shared head. */
    Node deviation(Graph graph, int task) {
        return Mlp.weight(graph, taskHead(task), 2 * options.path().width(), 1).slice(0, 0, options.path().width());
    }

    private static String sharedLayer(int layer) {
        return "shared/path/" + layer;
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
