package intarsia.optim.solve;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.heap.HostProducts;
import java.util.Arrays;

/** The quadratic by its residuals: a slope and a move cost O(n) each, and no Gram matrix is kept. For many columns. */
final class ResidualQuadratic implements Quadratic {
    private final double[][] column;
    private final double[] weights;
    private final double[] means;
    private final double[] curvatures;
    private final double[] weightedResidual;
    private final double start;

    /**
     * Of some columns of a design.
     *
     * @param weights          v [n]
     * @param weightedResidual {@code v_i r_i} at the point, before the intercept moves
     */
    ResidualQuadratic(Design design, int[] set, double[] weights, boolean intercept, double[] weightedResidual) {
        this.column = Arrays.stream(set).mapToObj(design::column).toArray(double[][]::new);
        this.weights = weights;
        double total = Arrays.stream(weights).sum();
        this.means = new double[set.length];
        this.curvatures = new double[set.length];
        for (int a = 0; a < set.length; a++) {
            means[a] = intercept ? design.dot(set[a], weights) / total : 0;
            double squares = 0;
            double raw = 0;
            for (int i = 0; i < weights.length; i++) {
                double x = column[a][i];
                double centered = x - means[a];
                squares = Math.fma(weights[i] * centered, centered, squares);
                raw = Math.fma(weights[i] * x, x, raw);
            }
            curvatures[a] = squares <= CONSTANT * raw ? 0 : squares;
        }
        this.weightedResidual = weightedResidual.clone();
        this.start = intercept ? Arrays.stream(weightedResidual).sum() / total : 0;
        for (int i = 0; i < weights.length; i++) {
            this.weightedResidual[i] -= weights[i] * start;
        }
    }

    @Override
    public double curvature(int a) {
        return curvatures[a];
    }

    @Override
    public double slope(int a) {
        return curvatures[a] == 0 ? 0 : HostProducts.dot(column[a], weightedResidual);
    }

    @Override
    public void move(int a, double delta) {
        double[] x = column[a];
        double[] to = weightedResidual;
        double mean = means[a];
        for (int i = 0; i < to.length; i++) {
            to[i] = Math.fma(-delta * weights[i], x[i] - mean, to[i]);
        }
    }

    @Override
    public double shift(double[] steps) {
        double shift = start;
        for (int a = 0; a < steps.length; a++) {
            shift = Math.fma(-means[a], steps[a], shift);
        }
        return shift;
    }

    @Override
    public Tensor hessian(int[] set) {
        int n = weights.length;
        int k = set.length;
        double[] left = new double[n * k];
        double[] right = new double[n * k];
        for (int a = 0; a < k; a++) {
            for (int i = 0; i < n; i++) {
                double x = column[set[a]][i] - means[set[a]];
                left[a * n + i] = weights[i] * x;
                right[i * k + a] = x;
            }
        }
        double[] h = new double[k * k];
        Matrices.multiplyAdd(k, n, k, left, 0, right, 0, h, 0);
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < a; b++) {
                h[b * k + a] = h[a * k + b];
            }
        }
        return Tensor.of(Shape.of(k, k), h);
    }
}
