package intarsia.autodiff;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A record of what is to be computed: nodes in the order in which they were made, every operand before its use. Symbolic: it holds no numbers but
 * constants. The same op of the same operands is recorded once.
 */
public final class Graph {
    private record Key(Op op, List<Node> inputs) {}

    private final java.util.Map<Key, Node> nodes = new HashMap<>();
    private final java.util.Map<String, Node> parameters = new LinkedHashMap<>();
    private final java.util.Map<String, Node> inputs = new LinkedHashMap<>();
    private final java.util.Map<String, Rows> rows = new LinkedHashMap<>();
    private int size;

    /** An empty graph. */
    public Graph() {}

    /** A tensor given anew before each run. */
    public Node input(String name, int... sizes) {
        if (inputs.containsKey(name)) {
            throw new IllegalArgumentException("input '" + name + "' is declared twice");
        }
        Node node = add(new Input(name, Shape.of(sizes)));
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
        Parameter op = new Parameter(name, Shape.of(sizes), init);
        Node known = parameters.get(name);
        if (known != null && !known.op().equals(op)) {
            throw new IllegalArgumentException("parameter '" + name + "' is declared as " + known.shape() + " " + ((Parameter) known.op()).init()
                    + " and as " + op.shape() + " " + init);
        }
        return parameters.computeIfAbsent(name, n -> add(op));
    }

    /** A tensor that never changes; it is copied. */
    public Node constant(Tensor value) {
        return add(new Constant(value.copy()));
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
        return parts.size() == 1 ? parts.getFirst() : add(new Concat(parts.getFirst().shape().axis(axis)), parts.toArray(Node[]::new));
    }

    /** The sum of nodes; their shapes broadcast. */
    public Node sum(List<Node> terms) {
        return terms.stream().reduce(Node::plus).orElseGet(() -> constant(0));
    }

    /** The parameters by name, in order of declaration. */
    public java.util.Map<String, Node> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** How many nodes were recorded. */
    public int size() {
        return size;
    }

    void requireDeclared(Rows which) {
        if (!which.equals(rows.get(which.name()))) {
            throw new IllegalArgumentException("rows '" + which.name() + "' are not declared in this graph; there are " + rows.keySet());
        }
    }

    Node product(Node a, boolean transposeA, Node b, boolean transposeB) {
        // A transposed operand is read transposed rather than moved, one that is its own transpose as it is.
        boolean flipA = isSwap(a);
        boolean flipB = isSwap(b);
        Node left = flipA ? a.input(0) : a;
        Node right = flipB ? b.input(0) : b;
        return add(new Product((transposeA ^ flipA) && !isSymmetric(left), (transposeB ^ flipB) && !isSymmetric(right)), left, right);
    }

    /** Whether this is known to be its own transpose, to the bit: a matrix times its transpose, and elementwise functions of that. */
    private static boolean isSymmetric(Node node) {
        return switch (node.op()) {
            case Product(boolean transposeA, boolean transposeB) -> node.input(0) == node.input(1) && transposeA != transposeB;
            case Map map -> isSymmetric(node.input(0));
            case Affine affine -> isSymmetric(node.input(0));
            default -> false;
        };
    }

    private static boolean isSwap(Node node) {
        return node.op() instanceof Permute(List<Integer> axes) && axes.equals(List.of(1, 0));
    }

    Node add(Op op, Node... operands) {
        List<Node> of = new ArrayList<>(operands.length);
        for (Node node : operands) {
            if (node.graph() != this) {
                throw new IllegalArgumentException(op + ": operand " + node + " belongs to another graph");
            }
            of.add(node);
        }
        Key key = new Key(op, List.copyOf(of));
        Node known = nodes.get(key);
        if (known == null) {
            known = new Node(this, size, op, key.inputs(), op.shape(key.inputs()));
            nodes.put(key, known);
            size++;
        }
        return known;
    }
}
