package intarsia.models.dual;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree of things by their distances: average linkage (Sokal &amp; Michener 1958), the two nearest groups merged until one is left.
 * O(n^3).
 *
 * @param root the last merge, or the only thing
 */
public record Dendrogram(Node root) {
    /** A part of the tree. */
    public sealed interface Node {
        /** The numbers of the things below, in the order of the tree. */
        List<Integer> leaves();

        /** Where its parts were merged; 0 for a single thing. */
        double height();
    }

    /** A single thing. */
    public record Leaf(int number) implements Node {
        @Override
        public List<Integer> leaves() {
            return List.of(number);
        }

        @Override
        public double height() {
            return 0;
        }
    }

    /** Two groups merged at their mean distance. */
    public record Merge(Node left, Node right, double height) implements Node {
        @Override
        public List<Integer> leaves() {
            List<Integer> all = new ArrayList<>(left.leaves());
            all.addAll(right.leaves());
            return all;
        }
    }

    /** Of at least one thing; of equal distances, those of the first things are merged first. */
    public static Dendrogram of(double[][] distance) {
        List<Node> groups = new ArrayList<>();
        for (int i = 0; i < distance.length; i++) {
            groups.add(new Leaf(i));
        }
        while (groups.size() > 1) {
            int left = 0;
            int right = 1;
            double nearest = Double.POSITIVE_INFINITY;
            for (int a = 0; a < groups.size(); a++) {
                for (int b = a + 1; b < groups.size(); b++) {
                    double between = mean(distance, groups.get(a).leaves(), groups.get(b).leaves());
                    if (between < nearest) {
                        nearest = between;
                        left = a;
                        right = b;
                    }
                }
            }
            groups.set(left, new Merge(groups.get(left), groups.remove(right), nearest));
        }
        return new Dendrogram(groups.getFirst());
    }

    /** The order in which neighbors in the tree are neighbors. */
    public List<Integer> order() {
        return root.leaves();
    }

    private static double mean(double[][] distance, List<Integer> a, List<Integer> b) {
        double sum = 0;
        for (int i : a) {
            for (int j : b) {
                sum += distance[i][j];
            }
        }
        return sum / ((double) a.size() * b.size());
    }
}
