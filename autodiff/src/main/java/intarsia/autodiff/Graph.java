package intarsia.autodiff;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A record of what is to be computed: nodes in the order in which they were made, every operand before its use. Symbolic: it holds no
 * numbers but constants. The same op of the same operands is recorded once.
 *
 * {@snippet class="intarsia.tutorial.AutodiffTutorial" region="network"}
 * {@snippet class="intarsia.tutorial.AutodiffTutorial" region="loss"}
 */
public final class Graph {
    private record Key(Op op, List<Node> inputs) {}

    private final Map<Key, Node> nodes = new HashMap<>();
    private final Map<String, Node> parameters = new LinkedHashMap<>();
    private final Map<String, Node> inputs = new LinkedHashMap<>();
    private final Map<String, Rows> rows = new LinkedHashMap<>();

    /** An empty graph. */
    public Graph() {}

    /** A tensor given anew before each run. */
    public Node input(String name, int... sizes) {
        if (inputs.containsKey(name)) {
            throw new IllegalArgumentException("input '" + name + "' is declared twice");
        }
        Node node = add(new Op.Input(name, Shape.of(sizes)));
        inputs.put(name, node);
        return node;
    }

    /** Row numbers given anew before each run, for {@link Node#gather}. */
    public Rows rows(String name, int size) {
        Rows declared = new Rows(name, size);
        if (rows.putIfAbsent(name, declared) != null) {
            throw new IllegalArgumentException("rows '" + name + "' are declared twice");
        }
        return declared;
    }

    /** A tensor that is learned. Naming it again gives the same node, if shape and init agree. */
    public Node parameter(String name, Init init, int... sizes) {
        Op.Parameter op = new Op.Parameter(name, Shape.of(sizes), init);
        Node known = parameters.get(name);
        if (known != null && !known.op().equals(op)) {
            throw new IllegalArgumentException("parameter '" + name + "' is declared as " + known.shape() + " "
                    + ((Op.Parameter) known.op()).init() + " and as " + op.shape() + " " + init);
        }
        return parameters.computeIfAbsent(name, n -> add(op));
    }

    /** A tensor that never changes; it is copied. */
    public Node constant(Tensor value) {
        return add(new Op.Constant(value.copy()));
    }

    /** A number that never changes. */
    public Node constant(double value) {
        return constant(Tensor.of(Shape.scalar(), value));
    }

    /** Tensors put one after another along an axis; sizes of all other axes must be equal. */
    public Node concat(int axis, List<Node> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("concat of nothing");
        }
        return add(new Op.Concat(parts.getFirst().shape().axis(axis)), List.copyOf(parts));
    }

    /** The sum of nodes; their shapes broadcast. */
    public Node sum(List<Node> terms) {
        return terms.stream().reduce(Node::plus).orElseGet(() -> constant(0));
    }

    /**
     * Records here what nodes of another graph compute.
     *
     * @param outputs the other graph's nodes
     * @param leaves  gives for each input and parameter that they depend on the node that stands for it here, of the same shape
     * @return for each output the node that computes it here
     * @throws IllegalArgumentException if they gather rows, which belong to their own graph, or a leaf has another shape
     */
    public List<Node> include(List<Node> outputs, UnaryOperator<Node> leaves) {
        Map<Node, Node> here = new HashMap<>();
        return outputs.stream().map(output -> include(output, leaves, here)).toList();
    }

    /** Operands come before their use in the order of ids: no recursion, however deep the graph. */
    private Node include(Node output, UnaryOperator<Node> leaves, Map<Node, Node> here) {
        TreeMap<Integer, Node> needed = new TreeMap<>(Map.of(output.id(), output));
        for (Map.Entry<Integer, Node> last = needed.lastEntry(); last != null; last = needed.lowerEntry(last.getKey())) {
            last.getValue().inputs().forEach(operand -> needed.put(operand.id(), operand));
        }
        for (Node node : needed.values()) {
            here.computeIfAbsent(node, known -> switch (known.op()) {
                case Op.Input _, Op.Parameter _ -> leaf(known, leaves.apply(known));
                case Op.Gather _, Op.ScatterAdd _ -> throw new IllegalArgumentException("include: " + known
                        + " reads rows that another graph declares");
                default -> add(known.op(), known.inputs().stream().map(here::get).toArray(Node[]::new));
            });
        }
        return here.get(output);
    }

    private static Node leaf(Node known, Node here) {
        if (!here.shape().equals(known.shape())) {
            throw new IllegalArgumentException("include: " + here + " cannot stand for " + known + ", which has another shape");
        }
        return here;
    }

    /** The parameters by name, in order of declaration. */
    public Map<String, Node> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** How many nodes were recorded. */
    public int size() {
        return nodes.size();
    }

    void requireDeclared(Rows which) {
        if (!which.equals(rows.get(which.name()))) {
            throw new IllegalArgumentException("rows '" + which.name() + "' are not declared in this graph; there are " + rows.keySet());
        }
    }

    /** The node that computes an op of these operands, or a simpler one that gives the same. */
    Node add(Op op, Node... operands) {
        return add(op, List.of(operands));
    }

    private Node add(Op op, List<Node> operands) {
        for (Node node : operands) {
            if (node.graph() != this) {
                throw new IllegalArgumentException(op.label() + ": operand " + node + " belongs to another graph");
            }
        }
        Node simpler = Simplification.of(op, operands);
        return simpler != null ? simpler : record(op, operands);
    }

    /** The node that computes just this op of these operands, made now or before. */
    Node record(Op op, List<Node> operands) {
        return nodes.computeIfAbsent(new Key(op, operands), key -> new Node(this, nodes.size(), op, operands, op.shape(operands)));
    }
}
