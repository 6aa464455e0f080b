package intarsia.conformance;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.Rows;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Binary;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.Unary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A graph of ops drawn at random, of ordinary numbers: what might grow is brought back by tanh.
 *
 * <p>A plain one has no products of matrices and no sums of products, which round differently when fused; all else is the same to the last
 * bit.
 */
final class RandomGraph {
    private static final int[] SIZES = {1, 2, 3, 5};
    private static final double LARGEST = 8;

    private final RandomStream random;
    private final boolean plain;
    private final boolean smooth;
    private final Graph graph = new Graph();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Double> bounds = new HashMap<>();
    private final List<Rows> rows = new ArrayList<>();

    private RandomGraph(long seed, boolean plain, boolean smooth, int steps) {
        this.random = RandomStream.of(seed, "graph");
        this.plain = plain;
        this.smooth = smooth;
        for (int i = 0; i < 4; i++) {
            int[] sizes = i < 2 ? new int[] {size(), size()} : i == 2 ? new int[] {size()} : new int[] {size(), size(), size()};
            add(graph.parameter("p" + i, new Init.Uniform(1), sizes), 1);
        }
        for (int i = 0; i < steps; i++) {
            step();
        }
    }

    /** Of any ops. */
    static RandomGraph any(long seed) {
        return new RandomGraph(seed, false, false, 24);
    }

    /** Whose results have the same bits however ops are fused. */
    static RandomGraph plain(long seed) {
        return new RandomGraph(seed, true, false, 24);
    }

    /** That has derivatives everywhere. */
    static RandomGraph smooth(long seed) {
        return new RandomGraph(seed, false, true, 14);
    }

    Graph graph() {
        return graph;
    }

    /** Everything recorded, in order. */
    List<Node> nodes() {
        return nodes;
    }

    /** A few of the nodes. */
    List<Node> some() {
        return IntStream.range(0, 3).mapToObj(i -> any()).distinct().toList();
    }

    /** A number that the latest nodes, which depend on the others, decide. */
    Node scalar() {
        return graph.sum(nodes.subList(Math.max(0, nodes.size() - 4), nodes.size()).stream().map(node -> node.tanh().sum())
                .toList()).times(0.5);
    }

    void feed(Plan plan) {
        for (Rows of : rows) {
            if (plan.reads(of)) {
                plan.set(of, IntStream.range(0, of.size()).map(i -> i * i % 2).toArray(), 0);
            }
        }
    }

    private void step() {
        Node x = any();
        switch (random.nextInt(14)) {
            case 0, 1 -> map(x);
            case 2, 3 -> zip(x);
            case 4, 5, 6 -> layer(x);
            case 7 -> add(x.affine(random.nextDouble(-1, 1), random.nextInt(2)), bounds.get(x) + 1);
            case 8 -> {
                if (x.shape().rank() > 0) {
                    int axis = random.nextInt(x.shape().rank());
                    add(safe(x).sum(axis), bounds.get(x) * x.shape().size(axis));
                }
            }
            case 9 -> concat(x);
            case 10 -> {
                if (x.shape().rank() > 0) {
                    int axis = random.nextInt(x.shape().rank());
                    int from = random.nextInt(x.shape().size(axis));
                    add(x.slice(axis, from, from + 1 + random.nextInt(x.shape().size(axis) - from)), bounds.get(x));
                }
            }
            case 11 -> {
                if (x.shape().rank() > 0 && x.shape().size() < 100) {
                    add(x.pad(random.nextInt(x.shape().rank()), random.nextInt(2), 1), bounds.get(x));
                }
            }
            case 12 -> move(x);
            default -> table(x);
        }
    }

    private void map(Node x) {
        List<Unary> choices = new ArrayList<>(List.of(Unary.NEGATE, Unary.SQUARE, Unary.TANH, Unary.SIGMOID, Unary.SOFTPLUS));
        if (!smooth) {
            choices.addAll(List.of(Unary.ABS, Unary.RELU));
        }
        if (plain) {
            choices.addAll(List.of(Unary.SIGN, Unary.STEP));
        }
        Unary f = choices.get(random.nextInt(choices.size()));
        add(x.map(f), f == Unary.SQUARE ? bounds.get(x) * bounds.get(x) : bounds.get(x) + 1);
    }

    private void zip(Node x) {
        List<Binary> choices = new ArrayList<>(List.of(Binary.ADD, Binary.SUBTRACT, Binary.MULTIPLY));
        if (!smooth) {
            choices.addAll(List.of(Binary.MAX, Binary.MIN));
        }
        Binary f = choices.get(random.nextInt(choices.size()));
        List<Node> fitting = nodes.stream().filter(y -> y.shape().broadcastsTo(x.shape())).toList();
        Node y = fitting.get(random.nextInt(fitting.size()));
        add(random.nextInt(2) == 0 ? x.zip(f, y) : y.zip(f, x),
                f == Binary.MULTIPLY ? bounds.get(x) * bounds.get(y) : bounds.get(x) + bounds.get(y));
    }

    /** A product, perhaps with what is fused into it. */
    private void layer(Node x) {
        if (plain || x.shape().rank() != 2) {
            return;
        }
        List<Node> fitting = nodes.stream().filter(y -> y.shape().rank() == 2 && y.shape().size(0) == x.shape().size(1)).toList();
        List<Node> flipped = nodes.stream().filter(y -> y.shape().rank() == 2 && y.shape().size(1) == x.shape().size(1)).toList();
        boolean flip = fitting.isEmpty() || random.nextInt(2) == 0;
        Node y = flip ? flipped.get(random.nextInt(flipped.size())) : fitting.get(random.nextInt(fitting.size()));
        Node product = x.matmul(flip ? y.transpose() : y);
        double bound = bounds.get(x) * bounds.get(y) * x.shape().size(1);
        List<Node> starts = nodes.stream().filter(b -> b.shape().broadcastsTo(product.shape())).toList();
        Node started = product;
        if (!starts.isEmpty() && random.nextInt(3) > 0) {
            Node start = starts.get(random.nextInt(starts.size()));
            started = random.nextInt(2) == 0 ? product.plus(start) : start.plus(product);
            bound += bounds.get(start);
        }
        add(random.nextInt(2) == 0 ? started.tanh() : started, bound);
    }

    private void concat(Node x) {
        if (x.shape().rank() == 0 || x.shape().size() > 60) {
            return;
        }
        int axis = random.nextInt(x.shape().rank());
        List<Node> parts = new ArrayList<>(List.of(x));
        for (Node y : nodes.reversed()) {
            if (parts.size() < 3 && y.shape().rank() == x.shape().rank() && y.shape().with(axis, 1).equals(x.shape().with(axis, 1))) {
                parts.add(y);
            }
        }
        add(graph.concat(axis, parts), parts.stream().mapToDouble(bounds::get).max().orElseThrow());
    }

    private void move(Node x) {
        switch (random.nextInt(3)) {
            case 0 -> add(x.reshape(x.shape().size()), bounds.get(x));
            case 1 -> {
                Integer[] axes = IntStream.of(random.permutation(x.shape().rank())).boxed().toArray(Integer[]::new);
                add(x.permute(axes), bounds.get(x));
            }
            default -> {
                if (x.shape().rank() < 4 && x.shape().size() < 30) {
                    int[] sizes = x.shape().sizes();
                    int[] target = IntStream.concat(IntStream.of(2), IntStream.of(sizes).map(d -> d == 1 ? 3 : d)).toArray();
                    add(x.broadcastTo(Shape.of(target)), bounds.get(x));
                }
            }
        }
    }

    private void table(Node x) {
        if (x.shape().rank() == 2 && x.shape().size(0) >= 2 && random.nextInt(2) == 0) {
            Rows picks = graph.rows("rows" + rows.size(), 3);
            rows.add(picks);
            add(x.gather(picks), bounds.get(x));
        } else if (x.shape().rank() > 0) {
            add(switch (random.nextInt(3)) {
                case 0 -> x.logSumExp();
                case 1 -> x.logSoftmax();
                default -> x.softmax();
            }, 2 * bounds.get(x) + 3);
        } else {
            add(x.times(graph.constant(Tensor.vector(0.5, -1, 0.25))), bounds.get(x));
        }
    }

    private Node safe(Node x) {
        return plain ? x.tanh() : x;
    }

    private Node any() {
        // The later, the likelier: long chains, and operands that nobody needs any more.
        return nodes.get(Math.max(random.nextInt(nodes.size()), random.nextInt(nodes.size())));
    }

    private int size() {
        return SIZES[random.nextInt(SIZES.length)];
    }

    private void add(Node node, double bound) {
        Node tame = bound > LARGEST ? node.tanh() : node;
        if (bounds.putIfAbsent(tame, bound > LARGEST ? 1 : bound) == null) {
            nodes.add(tame);
        }
    }
}
