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
import intarsia.models.net.RowStack;
import intarsia.models.net.TaskNetwork;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
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
    static final String LINEAR = "/linear/weight";

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

    Mlp taskEncoder(int task) {
        return encoder(options, readers.get(task).reads().width());
    }

    /** The linear prediction and the representations h and k. */
    @Override
    public Result apply(Graph graph, int task, Node x) {
        return result(graph, task, x, paths(graph, task, x));
    }

    /** What tasks share is computed of all tasks' rows at once. */
    @Override
    public List<Result> apply(Graph graph, List<Node> xs) {
        List<Integer> all = IntStream.range(0, xs.size()).boxed().toList();
        List<Paths> paths = paths(graph, all, xs);
        return all.stream().map(t -> result(graph, t, xs.get(t), paths.get(t))).toList();
    }

    private Result result(Graph graph, int task, Node x, Paths paths) {
        int predictors = predictors(task);
        Node z = Mlp.linear(graph, taskHead(task), paths.both, predictors)
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

    int predictors(int task) {
        return readers.get(task).response().predictors();
    }

    /** h and k, then the last layers of the shared and the task path, and both side by side: what the heads read. */
    record Paths(Node h, Node k, Node shared, Node taskSpecific, Node both) {}

    Paths paths(Graph graph, int task, Node x) {
        return paths(graph, List.of(task), List.of(x)).getFirst();
    }

    private List<Paths> paths(Graph graph, List<Integer> tasks, List<Node> xs) {
        RowStack stack = RowStack.of(graph, xs);
        int width = options.path().width();
        Node h = shared(graph, stack.each(i -> xs.get(i).slice(1, 0, anchorWidth)));
        List<Node> read = IntStream.range(0, xs.size()).mapToObj(i -> readers.get(tasks.get(i)).read(graph, xs.get(i))).toList();
        Node k = stack.apply(tasks.stream().map(this::taskEncoder).toList(), i -> path(tasks.get(i)) + "/encoder", read);
        Node shared = graph.concat(1, List.of(h, k));
        Node taskSpecific = null;
        Node both = shared;
        for (int l = 0; l < options.path().depth(); l++) {
            int layer = l;
            Node before = both;
            shared = activated(Mlp.linear(graph, sharedLayer(l), shared, width));
            taskSpecific = activated(stack.each(i -> Mlp.linear(graph, taskLayer(tasks.get(i), layer), stack.rows(before, i), width)));
            both = graph.concat(1, List.of(shared, taskSpecific));
        }
        Paths all = new Paths(h, k, shared, taskSpecific, both);
        return IntStream.range(0, xs.size()).mapToObj(i -> new Paths(stack.rows(all.h, i), stack.rows(all.k, i), stack.rows(all.shared, i),
                stack.rows(all.taskSpecific, i), stack.rows(all.both, i))).toList();
    }

    private Node activated(Node a) {
        return options.additions().activation().apply(a);
    }

    /** {@code gamma R_orth + delta R_imp + kappa R_dr}, and the additions' terms. */
    @Override
    public Node penalty(Graph graph, List<Result> results) {
        return new HmbPenalty(options, this, readers).of(graph, results);
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

    /** The rows of a task's head that read the shared path: its deviation from the shared head. */
    Node deviation(Graph graph, int task) {
        return Mlp.weight(graph, taskHead(task), 2 * options.path().width(), predictors(task)).slice(0, 0, options.path().width());
    }

    /** What tasks share in a layer; layer L is the heads. */
    String shared(int layer, int task) {
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

    String taskLayer(int task, int layer) {
        return path(task) + "/path/" + layer;
    }

    String taskLinear(int task) {
        return path(task) + "/linear";
    }

    String taskHead(int task) {
        return path(task) + "/head";
    }

    String path(int task) {
        return "task/" + readers.get(task).task();
    }
}
