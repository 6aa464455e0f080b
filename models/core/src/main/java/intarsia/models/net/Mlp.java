package intarsia.models.net;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * A multilayer perceptron: linear layers, an activation between them, relu unless said otherwise.
 *
 * <pre>
 * a_0 = x,  a_l = activation(a_{l-1} W_l + b_l),  W_l is sizes[l-1] x sizes[l]
 * </pre>
 *
 * Weights and biases begin uniform in +-1/sqrt(fan in). Layer l's parameters are {@code path/l/weight} and {@code path/l/bias}, counted
 * from 0.
 *
 * @param sizes         width of the input and of every layer's output: at least two numbers
 * @param lastActivated whether the last layer is followed by the activation too
 * @param activation    what stands between layers
 */
public record Mlp(List<Integer> sizes, boolean lastActivated, Activation activation) {
    /** With relu. */
    public Mlp(List<Integer> sizes, boolean lastActivated) {
        this(sizes, lastActivated, Activation.RELU);
    }

    /** Copies the list and checks it. */
    public Mlp {
        sizes = List.copyOf(sizes);
        if (sizes.size() < 2 || sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("perceptron of sizes " + sizes + ": needs an input and a layer, all at least 1 wide");
        }
    }

    /** {@code depth} linear layers: hidden ones of this width, the last of another and not activated. */
    public static Mlp of(int inputs, int width, int depth, int outputs) {
        List<Integer> sizes = new ArrayList<>(List.of(inputs));
        for (int l = 1; l < depth; l++) {
            sizes.add(width);
        }
        sizes.add(outputs);
        return new Mlp(sizes, false);
    }

    /** The same layers, the last one activated too. */
    public Mlp activated() {
        return new Mlp(sizes, true, activation);
    }

    /** The same layers with another activation. */
    public Mlp with(Activation other) {
        return new Mlp(sizes, lastActivated, other);
    }

    /** How wide its result is. */
    public int outputs() {
        return sizes.getLast();
    }

    /** Its result for the rows of x. */
    public Node apply(Graph graph, String path, Node x) {
        Node a = x;
        for (int l = 0; l + 1 < sizes.size(); l++) {
            a = linear(graph, path + "/" + l, a, sizes.get(l + 1));
            if (l + 2 < sizes.size() || lastActivated) {
                a = activation.apply(a);
            }
        }
        return a;
    }

    /** The weights of one of its layers. */
    public Node weight(Graph graph, String path, int layer) {
        return weight(graph, path + "/" + layer, sizes.get(layer), sizes.get(layer + 1));
    }

    /** A single linear layer, {@code x W + b}, with parameters {@code path/weight} and {@code path/bias}. */
    public static Node linear(Graph graph, String path, Node x, int outputs) {
        int inputs = x.shape().size(1);
        Node bias = graph.parameter(path + "/bias", Init.fanInUniform(inputs), outputs);
        return x.matmul(weight(graph, path, inputs, outputs)).plus(bias);
    }

    /** The weights of a linear layer. */
    public static Node weight(Graph graph, String path, int inputs, int outputs) {
        return graph.parameter(path + "/weight", Init.fanInUniform(inputs), inputs, outputs);
    }
}
