package intarsia.autodiff.plan;

import intarsia.autodiff.Node;
import intarsia.autodiff.Op;
import intarsia.linalg.Binary;
import intarsia.linalg.MatMul;
import intarsia.linalg.Unary;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which nodes are computed together. A node is absorbed into its consumer if that is the only one and a kernel does both: a product with
 * its start, bias and activation; a sum with a part of what it is added to; a sum of squares or products; a chain of elementwise operations
 * of one shape.
 */
final class NodeFusion {
    /**
     * A product with all that is fused into it.
     *
     * @param product    the product itself
     * @param bias       a row that every output row starts with, or null
     * @param addTo      what the product is added to, or null
     * @param pad        where within {@code addTo} the product belongs, or null for everywhere
     * @param activation applied at the end, or null
     */
    record FusedProduct(Node product, Node bias, Node addTo, Op.Pad pad, Unary activation) {
        MatMul spec() {
            Op.MatMul op = (Op.MatMul) product.op();
            MatMul.Start start = bias != null ? MatMul.Start.BIAS : addTo != null ? MatMul.Start.OUTPUT : MatMul.Start.ZERO;
            return new MatMul(op.transposeA(), op.transposeB(), start, activation);
        }
    }

    /**
     * A sum of which one term is padded with zeros, so that it is added to a part of the other only.
     *
     * @param addTo the other term
     * @param part  what is added
     * @param pad   where it belongs
     */
    record PaddedSum(Node addTo, Node part, Op.Pad pad) {}

    /** Two operands whose product is summed over everything. */
    record Dot(Node x, Node y) {}

    private final List<Node> needed;
    private final Map<Node, Set<Node>> consumers = new HashMap<>();
    private final Set<Node> pinned;
    private final Set<Node> absorbed = new HashSet<>();
    private final Map<Node, FusedProduct> products = new HashMap<>();
    private final Map<Node, PaddedSum> paddedSums = new HashMap<>();
    private final Map<Node, Dot> dots = new HashMap<>();

    NodeFusion(Set<Node> pinned) {
        this.pinned = pinned;
        this.needed = below(pinned);
        for (Node node : needed) {
            node.inputs().forEach(input -> consumers.computeIfAbsent(input, n -> new LinkedHashSet<>()).add(node));
        }
        for (Node node : needed.reversed()) {
            if (!absorbed.contains(node)) {
                decide(node);
            }
        }
    }

    /** Every node that takes part, operands first. */
    List<Node> needed() {
        return needed;
    }

    boolean absorbed(Node node) {
        return absorbed.contains(node);
    }

    /** The fused product this node is the result of, or null. */
    FusedProduct product(Node node) {
        return products.get(node);
    }

    /** The padded sum this node is the result of, or null. */
    PaddedSum paddedSum(Node node) {
        return paddedSums.get(node);
    }

    /** The dot product this node is the result of, or null. */
    Dot dot(Node node) {
        return dots.get(node);
    }

    Set<Node> consumers(Node node) {
        return consumers.getOrDefault(node, Set.of());
    }

    private void decide(Node node) {
        FusedProduct fused = matchActivated(node);
        if (fused != null) {
            products.put(node, fused);
            absorbBetween(node, fused);
            return;
        }
        PaddedSum sum = matchPadded(node);
        if (sum != null) {
            paddedSums.put(node, sum);
            node.inputs().stream().filter(input -> input != sum.addTo()).forEach(absorbed::add);
            return;
        }
        Dot dot = matchDot(node);
        if (dot != null) {
            dots.put(node, dot);
            absorbed.add(node.input(0));
            return;
        }
        if (elementwise(node)) {
            absorbChain(node, node);
        }
    }

    private void absorbBetween(Node node, FusedProduct fused) {
        Deque<Node> open = new ArrayDeque<>(node == fused.product() ? List.of() : node.inputs());
        while (!open.isEmpty()) {
            Node next = open.pop();
            if (next != fused.bias() && next != fused.addTo() && next.id() < node.id()
                    && (next == fused.product() || leadsTo(next, fused.product()))) {
                absorbed.add(next);
                if (next != fused.product()) {
                    open.addAll(next.inputs());
                }
            }
        }
    }

    private static boolean leadsTo(Node from, Node product) {
        return from.inputs().contains(product)
                || from.inputs().stream().anyMatch(i -> i.op() instanceof Op.Pad && i.inputs().contains(product));
    }

    private void absorbChain(Node node, Node root) {
        for (Node input : node.inputs()) {
            if (elementwise(input) && input.shape().equals(root.shape()) && onlyFor(input, node) && matchActivated(input) == null
                    && matchPadded(input) == null) {
                absorbed.add(input);
                absorbChain(input, root);
            }
        }
    }

    private FusedProduct matchActivated(Node node) {
        if (node.op() instanceof Op.Map map && onlyFor(node.input(0), node)) {
            FusedProduct inner = matchStarted(node.input(0));
            return inner == null || inner.pad() != null
                    ? null : new FusedProduct(inner.product(), inner.bias(), inner.addTo(), null, map.f());
        }
        return matchStarted(node);
    }

    private FusedProduct matchStarted(Node node) {
        if (node.op() instanceof Op.MatMul) {
            return new FusedProduct(node, null, null, null, null);
        }
        if (!(node.op() instanceof Op.Zip zip) || zip.f() != Binary.ADD || node.shape().rank() != 2) {
            return null;
        }
        if (matchPadded(node) != null) {
            return null;
        }
        // What is added to a part goes last, onto all of the other.
        Node last = isPad(node.input(0)) ? node.input(0) : node.input(1);
        Node first = last == node.input(0) ? node.input(1) : node.input(0);
        FusedProduct fused = matchTerm(node, last, first);
        return fused != null ? fused : matchTerm(node, first, last);
    }

    private PaddedSum matchPadded(Node node) {
        if (!(node.op() instanceof Op.Zip zip) || zip.f() != Binary.ADD || node.shape().rank() != 2) {
            return null;
        }
        PaddedSum second = matchPadded(node, node.input(1), node.input(0));
        return second != null ? second : matchPadded(node, node.input(0), node.input(1));
    }

    private PaddedSum matchPadded(Node sum, Node term, Node other) {
        boolean matches = term.op() instanceof Op.Pad && !(term.input(0).op() instanceof Op.MatMul) && term != other && onlyFor(term, sum)
                && term.shape().equals(sum.shape()) && other.shape().equals(sum.shape());
        return matches ? new PaddedSum(other, term.input(0), (Op.Pad) term.op()) : null;
    }

    private static boolean isPad(Node node) {
        return node.op() instanceof Op.Pad;
    }

    private FusedProduct matchTerm(Node sum, Node term, Node other) {
        if (!onlyFor(term, sum) || !term.shape().equals(sum.shape()) || term == other) {
            return null;
        }
        if (term.op() instanceof Op.MatMul) {
            if (other.shape().equals(sum.shape()) && sum.shape().size(0) > 1) {
                return new FusedProduct(term, null, other, null, null);
            }
            boolean row = other.shape().rows() == 1 && other.shape().columns() == sum.shape().columns() && other.shape().rank() > 0;
            return row ? new FusedProduct(term, other, null, null, null) : null;
        }
        if (term.op() instanceof Op.Pad pad && term.input(0).op() instanceof Op.MatMul && onlyFor(term.input(0), term)
                && other.shape().equals(sum.shape())) {
            return new FusedProduct(term.input(0), null, other, pad, null);
        }
        return null;
    }

    private Dot matchDot(Node node) {
        if (!(node.op() instanceof Op.SumTo) || node.shape().size() != 1 || !onlyFor(node.input(0), node)) {
            return null;
        }
        Node of = node.input(0);
        if (of.op() instanceof Op.Map map && map.f() == Unary.SQUARE) {
            return new Dot(of.input(0), of.input(0));
        }
        if (of.op() instanceof Op.Zip zip && zip.f() == Binary.MULTIPLY && of.input(0).shape().equals(of.input(1).shape())) {
            return new Dot(of.input(0), of.input(1));
        }
        return null;
    }

    static boolean elementwise(Node node) {
        return node.op() instanceof Op.Map || node.op() instanceof Op.Zip || node.op() instanceof Op.Affine
                || node.op() instanceof Op.GradientTimes;
    }

    private boolean onlyFor(Node node, Node consumer) {
        return !pinned.contains(node) && !node.inputs().isEmpty() && consumers(node).equals(Set.of(consumer)) && !absorbed.contains(node);
    }

    private static List<Node> below(Set<Node> tops) {
        TreeMap<Integer, Node> found = new TreeMap<>();
        Deque<Node> open = new ArrayDeque<>(tops);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (found.put(node.id(), node) == null) {
                open.addAll(node.inputs());
            }
        }
        return List.copyOf(found.values());
    }
}
