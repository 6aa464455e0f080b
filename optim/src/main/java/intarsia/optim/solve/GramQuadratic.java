package intarsia.optim.solve;

import intarsia.linalg.MatMul;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HostProducts;
import intarsia.linalg.heap.Loops64;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The quadratic by its matrix of second derivatives, {@code X' diag(v) X - Z' Z} of centered columns. It grows by the columns that join and
 * is kept from point to point and from penalty to penalty: a move costs O(k), k new columns of K cost O(n k K) once. Its weights are those
 * of the point where it was begun; {@link #drift} says how far those of another point are from them.
 */
final class GramQuadratic implements Quadratic {
    private static final MatMul PRODUCT = MatMul.of(false, true).with(MatMul.Start.OUTPUT);
    /** Numbers gathered at a time: they stay in the second-level cache. */
    private static final int NEAR = 1 << 15;
    /** Rows of the matrix that are computed at a time, up to the diagonal. */
    private static final int BLOCK = 48;
    /** Fewer new columns than these are multiplied four by four. */
    private static final int FEW = 24;
    private static final int FOUR = 4;
    /** The share of a column's part by rows below which its second derivative is rounding. */
    private static final double ROUNDING = 1e-13;

    private final Design design;
    private final boolean intercept;
    private double[] weights;
    private double totalWeight;
    /** Gives the columns of Z, and those of the columns that joined; null where there is no Z. */
    private UnaryOperator<double[]> between;
    private double[][] shared = new double[8][];
    private int count;
    private int[] columns = new int[8];
    /** The position of each column; -1 for those that have not joined. */
    private final int[] position;
    private double[] means = new double[8];
    private double[][] gram = new double[8][8];
    private double[] slopes = new double[8];
    private final double[] lanes = new double[FOUR * Loops64.ROW_LANES];
    private double sum;

    /** Without columns; the intercept is profiled out if there is one. */
    GramQuadratic(Design design, boolean intercept) {
        this.design = design;
        this.intercept = intercept;
        this.position = new int[design.columns];
        Arrays.fill(position, -1);
    }

    /** How far weights have moved from those of the model, {@code sum_i |v_i - v'_i| / sum_i v'_i}; infinite before it was begun. */
    double drift(double[] v) {
        if (weights == null) {
            return Double.POSITIVE_INFINITY;
        }
        double moved = 0;
        for (int i = 0; i < v.length; i++) {
            moved += Math.abs(v[i] - weights[i]);
        }
        return moved / totalWeight;
    }

    /** Begins it anew with these weights, and what second derivatives are less by; see {@link SparseLoss#between}. */
    void begin(double[] v, UnaryOperator<double[]> less) {
        weights = v.clone();
        between = less;
        totalWeight = 0;
        for (double weight : v) {
            totalWeight += weight;
        }
        for (int a = 0; a < count; a++) {
            position[columns[a]] = -1;
        }
        count = 0;
    }

    /** How many columns there are. */
    int count() {
        return count;
    }

    /** Whether a column has joined. */
    boolean has(int j) {
        return position[j] >= 0;
    }

    /** The positions of columns, after those that had not yet joined have done so. */
    int[] join(int[] set) {
        int[] fresh = Arrays.stream(set).filter(j -> position[j] < 0).toArray();
        if (fresh.length > 0) {
            add(fresh);
        }
        return Arrays.stream(set).map(j -> position[j]).toArray();
    }

    /**
     * Sets the point.
     *
     * @param set    the positions that will be used
     * @param slopes of these columns, {@code x_j' u}, before the intercept moves
     * @param sum    of u
     */
    void start(int[] set, double[] slopes, double sum) {
        this.sum = sum;
        for (int k = 0; k < set.length; k++) {
            int a = set[k];
            this.slopes[a] = curvature(a) == 0 ? 0 : slopes[k] - means[a] * sum;
        }
    }

    @Override
    public double curvature(int a) {
        return gram[a][a];
    }

    @Override
    public double slope(int a) {
        return slopes[a];
    }

    @Override
    public void move(int a, double delta) {
        double[] row = gram[a];
        double[] to = slopes;
        for (int b = 0; b < count; b++) {
            to[b] = Math.fma(-delta, row[b], to[b]);
        }
    }

    @Override
    public double shift(double[] steps) {
        double shift = intercept ? sum / totalWeight : 0;
        for (int a = 0; a < steps.length; a++) {
            shift = Math.fma(-means[a], steps[a], shift);
        }
        return shift;
    }

    @Override
    public Tensor hessian(int[] set) {
        double[] h = new double[set.length * set.length];
        for (int a = 0; a < set.length; a++) {
            double[] row = gram[set[a]];
            for (int b = 0; b < set.length; b++) {
                h[a * set.length + b] = row[set[b]];
            }
        }
        return Tensor.of(Shape.of(set.length, set.length), h);
    }

    private void add(int[] fresh) {
        int before = count;
        room(count + fresh.length);
        for (int j : fresh) {
            Arrays.fill(gram[count], 0);
            columns[count] = j;
            position[j] = count;
            means[count] = intercept ? design.dot(j, weights) / totalWeight : 0;
            count++;
        }
        double[][] x = new double[count][];
        int[] starts = new int[count];
        double[] diagonal = new double[count];
        for (int a = 0; a < count; a++) {
            x[a] = design.x;
            starts[a] = design.at(columns[a]);
        }
        add(before, x, starts, weights, means);
        for (int a = before; a < count; a++) {
            diagonal[a] = gram[a][a] + totalWeight * means[a] * means[a];
        }
        if (between != null) {
            double[] negative = null;
            for (int a = before; a < count; a++) {
                double[] z = between.apply(design.column(columns[a]));
                negative = negative == null ? new double[z.length] : negative;
                shared[a] = Arrays.copyOf(z, padded(z.length));
            }
            Arrays.fill(negative, -1);
            add(before, shared, new int[count], negative, new double[count]);
        }
        for (int a = before; a < count; a++) {
            for (int b = 0; b < a; b++) {
                gram[b][a] = gram[a][b];
            }
            gram[a][a] = gram[a][a] <= (between == null ? CONSTANT : ROUNDING) * diagonal[a] ? 0 : gram[a][a];
        }
    }

    private void room(int wanted) {
        if (wanted > columns.length) {
            int length = Math.max(wanted, 2 * columns.length);
            columns = Arrays.copyOf(columns, length);
            means = Arrays.copyOf(means, length);
            slopes = Arrays.copyOf(slopes, length);
            shared = Arrays.copyOf(shared, length);
            gram = Arrays.copyOf(gram, length);
            for (int a = 0; a < length; a++) {
                gram[a] = gram[a] == null ? new double[length] : Arrays.copyOf(gram[a], length);
            }
        }
    }

    /** Adds {@code sum_i w_i (x_ai - mean_a) x_bi} to the rows from a position on, up to the diagonal; each x begins somewhere. */
    private void add(int before, double[][] x, int[] starts, double[] w, double[] of) {
        if (count - before < FEW) {
            // four new ones at a time with each
            int length = padded(w.length);
            double[] scaled = new double[FOUR * length];
            double[] dots = new double[FOUR];
            for (int top = before; top < count; top += FOUR) {
                int bottom = Math.min(count, top + FOUR);
                for (int a = top; a < bottom; a++) {
                    scale(x[a], starts[a], w, of[a], 0, scaled, (a - top) * length, w.length);
                }
                for (int b = 0; b < bottom; b++) {
                    Arrays.fill(dots, 0);
                    HostProducts.rowDots(FOUR, length, scaled, 0, length, x[b], starts[b], dots, 0, lanes);
                    for (int a = Math.max(top, b); a < bottom; a++) {
                        gram[a][b] += dots[a - top];
                    }
                }
            }
            return;
        }
        // by products of bands of the rows: the order of the sums does not depend on their height
        int n = w.length;
        int fresh = count - before;
        int height = Math.min(n, Math.max(16, NEAR / count));
        double[] left = new double[fresh * height];
        double[] right = new double[count * height];
        double[] products = new double[fresh * count];
        for (int from = 0; from < n; from += height) {
            int now = Math.min(height, n - from);
            for (int b = 0; b < count; b++) {
                System.arraycopy(x[b], starts[b] + from, right, b * height, now);
            }
            for (int a = 0; a < fresh; a++) {
                scale(x[before + a], starts[before + a], w, of[before + a], from, left, a * height, now);
            }
            for (int top = 0; top < fresh; top += BLOCK) {
                int bottom = Math.min(fresh, top + BLOCK);
                HostProducts.bind(PRODUCT, new Block64(left, top * height, bottom - top, now, height),
                        new Block64(right, 0, before + bottom, now, height),
                        new Block64(products, top * count, bottom - top, before + bottom, count)).run();
            }
        }
        for (int a = 0; a < fresh; a++) {
            for (int b = 0; b <= before + a; b++) {
                gram[before + a][b] += products[a * count + b];
            }
        }
    }

    private static int padded(int length) {
        return Math.ceilDiv(length, Loops64.ROW_LANES) * Loops64.ROW_LANES;
    }

    /** Writes {@code w_i (x_i - mean)} of a part of the rows. */
    private static void scale(double[] x, int start, double[] w, double mean, int from, double[] to, int at, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] = w[from + i] * (x[start + from + i] - mean);
        }
    }
}
