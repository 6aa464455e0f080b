package intarsia.models.dual;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.net.BlockLoss;
import intarsia.models.net.Mlp;
import intarsia.models.net.ObservedTasks;
import intarsia.models.net.TaskNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Encoders and coefficients as one network: C reads what all tasks have, S_r all that task r has. A task's features stand with the common
 * ones first. S_r does not see features that do not vary in its task's training rows, since nothing can be learned about them there; C
 * does.
 *
 * <p>Its penalty is that of the objective but for the similarity, so that the warm-up does not fit encoders to what the objective will not
 * have.
 *
 * @param options    sizes and penalties
 * @param common     how many features all tasks have
 * @param tasks      the tasks
 * @param sharedHead whether all tasks have one beta
 * @param given      whether C(x) is given, as the last columns of x, and not learned
 * @param scale      of the penalty: how many times the objective's loss the network's is, which does not halve squared errors
 */
record DualNetwork(DualEncoder options, int common, List<Reader> tasks, boolean sharedHead, boolean given, double scale)
        implements TaskNetwork {
    /**
     * A task, as its encoder reads it.
     *
     * @param name    its name
     * @param varying which of its features vary in its training rows
     */
    record Reader(String name, boolean[] varying) {
        static Reader of(ObservedTasks.TaskSources task, FeatureEncoding encoding) {
            return new Reader(task.name(), encoding.varying(task.sources(), task.name()));
        }

        /** The features, those that do not vary being 0. */
        Node read(Graph graph, Node x) {
            return IntStream.range(0, varying.length).allMatch(f -> varying[f]) ? x : x.times(BlockLoss.mask(graph, varying));
        }
    }

    /** That of these tasks, with a beta for each. */
    static DualNetwork of(DualEncoder options, ObservedTasks observed) {
        int common = observed.common().stream().mapToInt(observed.encoding()::width).sum();
        List<Reader> tasks = observed.tasks().stream().map(task -> Reader.of(task, observed.encoding())).toList();
        return new DualNetwork(options, common, tasks, false, false, 1);
    }

    /** Linear predictors {@code S alpha + C beta + b}; the representations are S and C. */
    @Override
    public Result apply(Graph graph, int task, Node x) {
        Node specific = taskSpecific(graph, task, x);
        Node shared = shared(graph, x);
        String head = head(tasks.get(task).name());
        Node beta = weight(graph, sharedHead ? "head/shared" : head + "/shared", shared);
        Node intercept = graph.parameter(head + "/intercept", Init.zeros(), 1);
        Node z = specific.matmul(weight(graph, head + "/own", specific)).plus(shared.matmul(beta)).plus(intercept);
        return new Result(z, List.of(specific, shared));
    }

    /** {@code C beta + b}. */
    @Override
    public Node shared(Graph graph, int task, Node x) {
        Node shared = shared(graph, x);
        String head = head(tasks.get(task).name());
        return shared.matmul(weight(graph, sharedHead ? "head/shared" : head + "/shared", shared))
                .plus(graph.parameter(head + "/intercept", Init.zeros(), 1));
    }

    private static Node weight(Graph graph, String name, Node reads) {
        int width = reads.shape().size(1);
        return graph.parameter(name, Init.fanInUniform(width), width, 1);
    }

    static String head(String task) {
        return "head/" + task;
    }

    @Override
    public Node penalty(Graph graph, List<Result> results) {
        List<Node> terms = new ArrayList<>();
        for (int r = 0; r < results.size(); r++) {
            Node specific = results.get(r).representations().get(0);
            terms.add(orthogonality(specific, results.get(r).representations().get(1)));
            terms.add(weight(graph, head(tasks.get(r).name()) + "/own", specific).square().sum().times(options.penalties().ridge()));
        }
        terms.add(decay(graph));
        return graph.sum(terms).times(scale);
    }

    /** C(x), n x d. */
    Node shared(Graph graph, Node x) {
        int width = x.shape().size(1);
        return given ? x.slice(1, width - sharedWidth(), width)
                : encode(graph, "shared/encoder", x.slice(1, 0, common), options.encoders().shared());
    }

    /** S_r(x), n x d_S. */
    Node taskSpecific(Graph graph, int task, Node x) {
        Node features = given ? x.slice(1, 0, x.shape().size(1) - sharedWidth()) : x;
        Reader reader = tasks.get(task);
        return encode(graph, "task/" + reader.name() + "/encoder", reader.read(graph, features), options.encoders().taskSpecific());
    }

    /** d. */
    int sharedWidth() {
        return options.encoders().depth() == 0 ? common : options.encoders().shared();
    }

    private Node encode(Graph graph, String path, Node x, int outputs) {
        DualEncoder.Encoders sizes = options.encoders();
        return sizes.depth() == 0 ? x : Mlp.of(x.shape().size(1), sizes.width(), sizes.depth(), outputs).apply(graph, path, x);
    }

    /** {@code mu ||S'C||_F^2 / n^2}; 0 without encoders. */
    Node orthogonality(Node specific, Node shared) {
        int n = specific.shape().size(0);
        return options.encoders().depth() == 0 ? specific.graph().constant(0)
                : specific.transpose().matmul(shared).square().sum().times(options.penalties().orthogonality() / ((double) n * n));
    }

    /** {@code omega / 2 ||weights||^2} over the encoders' weights, not their biases. */
    Node decay(Graph graph) {
        List<Node> terms = new ArrayList<>();
        graph.parameters().forEach((name, node) -> {
            if (name.contains("/encoder/") && name.endsWith("/weight")) {
                terms.add(node.square().sum().times(options.penalties().decay() / 2));
            }
        });
        return graph.sum(terms);
    }
}
