package intarsia.models.trees;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.Weights;
import intarsia.models.data.CellNodes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A sum of trees as plain numbers. A node is four: the feature it asks about, or -1 in a leaf; the threshold, or a leaf's value; the left
 * child, whose neighbor is the right one; 1 if a missing number goes left. A number below the threshold goes left. Immutable.
 */
final class TreeEnsemble {
    /** Numbers of a node. */
    static final int NODE = 4;

    private final double base;
    private final int[] roots;
    private final int[] feature;
    private final float[] value;
    private final int[] left;
    private final boolean[] missingLeft;

    /**
     * Of these numbers.
     *
     * @param base  what the sum begins with
     * @param roots the first node of each tree
     * @param nodes of all trees, one after another, a node's children after it
     */
    TreeEnsemble(double base, double[] roots, double[] nodes) {
        this.base = base;
        int count = nodes.length / NODE;
        this.roots = new int[roots.length];
        feature = new int[count];
        value = new float[count];
        left = new int[count];
        missingLeft = new boolean[count];
        for (int t = 0; t < roots.length; t++) {
            this.roots[t] = whole(roots[t], 0, count - 1);
        }
        for (int n = 0; n < count; n++) {
            feature[n] = whole(nodes[n * NODE], -1, Integer.MAX_VALUE);
            value[n] = (float) nodes[n * NODE + 1];
            left[n] = feature[n] < 0 ? whole(nodes[n * NODE + 2], 0, 0) : whole(nodes[n * NODE + 2], n + 1, count - 2);
            missingLeft[n] = whole(nodes[n * NODE + 3], 0, 1) == 1;
        }
    }

    private static int whole(double number, int from, int to) {
        if (!(number >= from && number <= to) || number != Math.rint(number)) {
            throw new IllegalArgumentException("a tree holds " + number + " where a whole number from " + from + " to " + to + " belongs");
        }
        return (int) number;
    }

    /**
     * Read from weights.
     *
     * @param width how many numbers a row has
     * @throws IllegalArgumentException if they are not those of trees on such rows
     */
    static TreeEnsemble of(Weights weights, int width) {
        Tensor roots = weights.get("roots");
        Tensor nodes = weights.get("nodes");
        Map<String, Shape> expected = new LinkedHashMap<>();
        expected.put("base", Shape.of(1));
        expected.put("roots", Shape.of(Math.max(1, roots.size())));
        expected.put("nodes", Shape.of(Math.max(1, nodes.size() / NODE), NODE));
        weights.check(expected);
        TreeEnsemble read = new TreeEnsemble(weights.get("base").at(0), roots.toDoubles(), nodes.toDoubles());
        for (int of : read.feature) {
            if (of >= width) {
                throw new IllegalArgumentException("a tree asks about number " + of + " of rows of " + width);
            }
        }
        return read;
    }

    /** As weights. */
    Weights weights() {
        double[] nodes = new double[feature.length * NODE];
        for (int n = 0; n < feature.length; n++) {
            nodes[n * NODE] = feature[n];
            nodes[n * NODE + 1] = value[n];
            nodes[n * NODE + 2] = left[n];
            nodes[n * NODE + 3] = missingLeft[n] ? 1 : 0;
        }
        double[] first = new double[roots.length];
        for (int t = 0; t < first.length; t++) {
            first[t] = roots[t];
        }
        return Weights.NONE.and("base", Tensor.vector(base)).and("roots", Tensor.vector(first))
                .and("nodes", Tensor.of(Shape.of(feature.length, NODE), nodes));
    }

    /** How many trees. */
    int trees() {
        return roots.length;
    }

    /**
     * Records the sum, {@code rows x 1}: level by level, how far a row comes. What a tree asks of tasks is answered here.
     *
     * @param features of rows; numbers above them say which task it is
     * @param task     the number that is 1
     */
    Node record(CellNodes features, int task) {
        int width = features.known().shape().size(1);
        List<Integer> nodes = Arrays.stream(roots).mapToObj(root -> answered(root, width, task)).toList();
        Node reached = features.known().slice(1, 0, 1).affine(0, 1).plus(features.known().graph()
                .constant(Tensor.zeros(1, roots.length)));
        Node sum = null;
        while (!nodes.isEmpty()) {
            List<Integer> at = nodes;
            int[] ends = IntStream.range(0, at.size()).filter(k -> feature[at.get(k)] < 0).toArray();
            int[] asking = IntStream.range(0, at.size()).filter(k -> feature[at.get(k)] >= 0).toArray();
            if (ends.length > 0) {
                Node values = reached.columns(ends).matmul(reached.graph().constant(Tensor.of(Shape.of(ends.length, 1),
                        Arrays.stream(ends).mapToDouble(k -> value[at.get(k)]).toArray())));
                sum = sum == null ? values : sum.plus(values);
            }
            nodes = Stream.of(0, 1).flatMap(right -> Arrays.stream(asking)
                    .mapToObj(k -> answered(left[at.get(k)] + right, width, task))).toList();
            if (asking.length > 0) {
                Node here = reached.columns(asking);
                Node right = here.times(goesRight(features, Arrays.stream(asking).map(at::get).toArray()));
                reached = reached.graph().concat(1, List.of(here.minus(right), right));
            }
        }
        return sum.plus(base);
    }

    /** The node that a row of a task comes to without being asked about its features. */
    private int answered(int node, int width, int task) {
        int to = node;
        while (feature[to] >= width) {
            to = (feature[to] == task ? 1 : 0) < value[to] ? left[to] : left[to] + 1;
        }
        return to;
    }

    private Node goesRight(CellNodes features, int[] nodes) {
        int[] asked = Arrays.stream(nodes).map(node -> feature[node]).toArray();
        Node known = features.known().columns(asked);
        Graph graph = known.graph();
        Node thresholds = graph.constant(Tensor.of(Shape.of(1, nodes.length),
                Arrays.stream(nodes).mapToDouble(node -> leastNotBelow(value[node])).toArray()));
        Node missing = graph.constant(Tensor.of(Shape.of(1, nodes.length),
                Arrays.stream(nodes).mapToDouble(node -> missingLeft[node] ? 0 : 1).toArray()));
        return features.values().columns(asked).atLeast(thresholds).times(known).plus(missing.times(known.affine(-1, 1)));
    }

    /** The least double that is not below a float once it is rounded to one. */
    static double leastNotBelow(float threshold) {
        double middle = Math.nextDown(threshold) / 2.0 + threshold / 2.0;
        return (float) middle == threshold ? middle : Math.nextUp(middle);
    }

    /** The sum for the row that begins at an index. */
    double of(float[] rows, int from) {
        double sum = base;
        for (int root : roots) {
            int node = root;
            while (feature[node] >= 0) {
                float x = rows[from + feature[node]];
                boolean goesLeft = Float.isNaN(x) ? missingLeft[node] : x < value[node];
                node = goesLeft ? left[node] : left[node] + 1;
            }
            sum += value[node];
        }
        return sum;
    }
}
