package intarsia.autodiff;

import intarsia.linalg.Precision;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reverse mode: records, in the same graph, the gradient of a scalar with respect to any nodes. The gradients are nodes like any other and
 * can be differentiated again: {@code Gradients.of(Gradients.of(f, w).getFirst().times(v).sum(), w)} is the product of f's Hessian with v.
 *
 * <p>The number of recorded nodes is proportional to the size of the graph below the scalar, whatever the number of gradients asked for.
 *
 * {@snippet class="intarsia.tutorial.AutodiffTutorial" region="second"}
 */
public final class Gradients {
    private Gradients() {}

    /** The gradients of a scalar, one for each node, of that node's shape; zeros where the scalar does not depend on it. */
    public static List<Node> of(Node scalar, Node... with) {
        return of(scalar, List.of(with));
    }

    /**
     * The gradients of a scalar, one for each node, of that node's shape; zeros where the scalar does not depend on it.
     *
     * @throws ShapeException if it is not a scalar
     */
    public static List<Node> of(Node scalar, List<Node> with) {
        if (scalar.shape().size() != 1) {
            throw new ShapeException("gradient of " + scalar + ": only a scalar has one; take its sum or mean first");
        }
        Graph graph = scalar.graph();
        for (Node node : with) {
            if (node.graph() != graph) {
                throw new IllegalArgumentException("gradient of " + scalar + " with respect to " + node
                        + ": they belong to different graphs");
            }
        }
        List<Node> path = path(scalar, with);
        Map<Node, Node> gradients = new HashMap<>();
        gradients.put(scalar, graph.constant(1).reshape(scalar.shape()));
        Set<Node> onPath = new HashSet<>(path);
        for (Node node : path.reversed()) {
            Node gradient = gradients.get(node);
            if (gradient != null) {
                node.op().backward(node, gradient, (index, addend) -> {
                    Node input = node.input(index);
                    if (onPath.contains(input)) {
                        // Broadcasting is undone here, once for all rules.
                        gradients.merge(input, addend.sumTo(input.shape()), Node::plus);
                    }
                });
            }
        }
        return with.stream()
                .map(node -> gradients.containsKey(node) ? gradients.get(node) : graph.constant(Tensor.zeros(Precision.F64, node.shape())))
                .toList();
    }

    /** The nodes between the scalar and those asked for, in order of recording. */
    private static List<Node> path(Node scalar, List<Node> with) {
        Set<Node> targets = new HashSet<>(with);
        Map<Node, Boolean> leads = new HashMap<>();
        List<Node> below = below(scalar);
        List<Node> path = new ArrayList<>();
        for (Node node : below) {
            boolean does = targets.contains(node) || node.inputs().stream().anyMatch(leads::get);
            leads.put(node, does);
            if (does) {
                path.add(node);
            }
        }
        return path;
    }

    private static List<Node> below(Node top) {
        TreeMap<Integer, Node> found = new TreeMap<>();
        Deque<Node> open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (found.put(node.id(), node) == null) {
                open.addAll(node.inputs());
            }
        }
        return List.copyOf(found.values());
    }
}
