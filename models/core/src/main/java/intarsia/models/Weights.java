package intarsia.models;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.Op;
import intarsia.autodiff.plan.Parameters;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Learned numbers by name: a tree whose names are paths such as {@code network/shared/encoder/0/weight}. Immutable; the order of names is
 * kept.
 *
 * @param tensors the numbers
 */
public record Weights(Map<String, Tensor> tensors) {
    /** No numbers. */
    public static final Weights NONE = new Weights(Map.of());

    /** Copies the map. */
    public Weights {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** The values of a graph's parameters. */
    public static Weights of(Parameters parameters) {
        return new Weights(parameters.toMap());
    }

    /** What lies below a path, by the rest of its name. */
    public Weights below(String path) {
        String prefix = path + "/";
        Map<String, Tensor> below = new LinkedHashMap<>();
        tensors.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()), value);
            }
        });
        return new Weights(below);
    }

    /** What does not lie below a path. */
    public Weights without(String path) {
        Map<String, Tensor> others = new LinkedHashMap<>(tensors);
        others.keySet().removeIf(name -> name.startsWith(path + "/"));
        return new Weights(others);
    }

    /** Those of these names. */
    public Weights only(Set<String> names) {
        Map<String, Tensor> some = new LinkedHashMap<>(tensors);
        some.keySet().retainAll(names);
        return new Weights(some);
    }

    /** These numbers under a path. */
    public Weights under(String path) {
        Map<String, Tensor> under = new LinkedHashMap<>();
        tensors.forEach((name, value) -> under.put(path + "/" + name, value));
        return new Weights(under);
    }

    /**
     * Records what a graph with these numbers as parameters makes of a node.
     *
     * @param of records it for an input of the node's shape
     */
    public Node recorded(Node input, BiFunction<Graph, Node, Node> of) {
        Graph graph = new Graph();
        Node inner = graph.input("rows", input.shape().sizes());
        return input.graph().include(List.of(of.apply(graph, inner)), leaf -> leaf.op() instanceof Op.Parameter(String name, _, _)
                ? input.graph().constant(get(name)) : input).getFirst();
    }

    /** With others added; those of the same name are replaced. */
    public Weights and(Weights others) {
        Map<String, Tensor> all = new LinkedHashMap<>(tensors);
        all.putAll(others.tensors);
        return new Weights(all);
    }

    /** With one more. */
    public Weights and(String name, Tensor value) {
        return and(new Weights(Map.of(name, value)));
    }

    /**
     * One of them.
     *
     * @throws IllegalArgumentException if it is not there
     */
    public Tensor get(String name) {
        Tensor value = tensors.get(name);
        if (value == null) {
            throw new IllegalArgumentException("weights '" + name + "' are missing");
        }
        return value;
    }

    /** The precision they are in; F64 if there are none. */
    public Precision precision() {
        return tensors.isEmpty() ? Precision.F64 : tensors.values().iterator().next().precision();
    }

    /** A graph's parameters on an engine, with these values; numbers that the graph does not use are left out. */
    public Parameters load(Engine engine, Graph graph) {
        Parameters parameters = Parameters.of(engine, graph, RandomStream.of(0));
        graph.parameters().keySet().forEach(name -> parameters.set(name, get(name)));
        return parameters;
    }

    /** The shapes of a graph's parameters, by name. */
    public static Map<String, Shape> shapes(Graph graph) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        graph.parameters().forEach((name, node) -> shapes.put(name, node.shape()));
        return shapes;
    }

    /**
     * Makes sure that these are the numbers expected, and finite: for weights that were read from somewhere.
     *
     * @throws IllegalArgumentException naming the weights that are missing, too many, of another shape or not finite
     */
    public void check(Map<String, Shape> expected) {
        expected.forEach((name, shape) -> {
            if (!tensors.containsKey(name) || !tensors.get(name).shape().equals(shape)) {
                throw new IllegalArgumentException("weights '" + name + "' should be " + shape + " and are "
                        + (tensors.containsKey(name) ? tensors.get(name).shape() : "missing"));
            }
        });
        tensors.forEach((name, value) -> {
            if (!expected.containsKey(name)) {
                throw new IllegalArgumentException("weights '" + name + "' belong to nothing in the model");
            }
            for (double number : value.toDoubles()) {
                if (!Double.isFinite(number)) {
                    throw new IllegalArgumentException("weights '" + name + "' hold " + number + ", which is not finite");
                }
            }
        });
    }
}
