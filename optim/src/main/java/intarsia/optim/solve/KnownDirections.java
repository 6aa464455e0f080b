package intarsia.optim.solve;

import intarsia.linalg.heap.HostProducts;
import java.util.Arrays;

/**
 * Orthonormal directions q_k of the rows' space with the products {@code X' q_k} of all columns. A vector u has a part in their span, whose
 * products are {@code sum_k (q_k' u) X' q_k} at O(p) each, and a rest r, which changes the product of a column by at most
 * {@code ||x_j|| ||r||}. Residuals of a path move slowly, so few directions tell most columns' slopes well enough to see that they satisfy
 * their condition. (Safe rules, from El Ghaoui, Viallon &amp; Rabbani 2012 on, bound slopes about one point; the span of several is ours.)
 */
final class KnownDirections {
    private static final int MOST = 48;
    /** The share of a vector that rounding may hide in its part and its rest. */
    private static final double ROUNDING = 1e-12;

    private final Design design;
    private final double[][] directions = new double[MOST][];
    private final double[][] products = new double[MOST][];
    private final double[] rest;
    private int count;

    KnownDirections(Design design) {
        this.design = design;
        this.rest = new double[design.rows];
    }

    /**
     * Writes the products of all columns with the part of a vector in the span.
     *
     * @return the length of the rest, not less than what rounding makes of it
     */
    double approximate(double[] u, double[] to) {
        System.arraycopy(u, 0, rest, 0, rest.length);
        Arrays.fill(to, 0);
        for (int k = 0; k < count; k++) {
            add(takeOut(k), products[k], to);
        }
        return norm(rest) + ROUNDING * norm(u);
    }

    /** The same after the direction of its rest has been added, so that the span has the vector; all else is forgotten if need be. */
    double learn(double[] u, double[] to) {
        approximate(u, to);
        if (count == MOST) {
            count = 0;
            approximate(u, to);
        }
        // once more, for what rounding left
        for (int k = 0; k < count; k++) {
            add(takeOut(k), products[k], to);
        }
        double length = norm(rest);
        if (length > ROUNDING * norm(u)) {
            double[] direction = rest.clone();
            for (int i = 0; i < direction.length; i++) {
                direction[i] /= length;
            }
            directions[count] = direction;
            products[count] = products[count] == null ? new double[design.columns] : products[count];
            design.multiply(new double[][] {direction}, new double[][] {products[count]});
            add(length, products[count], to);
            count++;
        }
        return 2 * ROUNDING * norm(u);
    }

    private static void add(double share, double[] product, double[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] = Math.fma(share, product[j], to[j]);
        }
    }

    private double takeOut(int k) {
        double[] direction = directions[k];
        double share = HostProducts.dot(direction, rest);
        add(-share, direction, rest);
        return share;
    }

    private static double norm(double[] x) {
        return Math.sqrt(HostProducts.dot(x, x));
    }
}
