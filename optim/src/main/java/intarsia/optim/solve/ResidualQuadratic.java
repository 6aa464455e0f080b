package intarsia.optim.solve;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import java.util.Arrays;

/** The quadratic by its residuals: a slope and a move cost O(n) each, and no Gram matrix is kept. For more columns than rows. */
final class ResidualQuadratic implements Quadratic {
    private final Design design;
    private final double[] weights;
    private final boolean intercept;
    private final ColumnMoments moments;
    private double[] weightedResidual;

    /** The weights v; the intercept is profiled out if there is one. */
    ResidualQuadratic(Design design, double[] weights, boolean intercept) {
        this.design = design;
        this.weights = weights;
        this.intercept = intercept;
        this.moments = ColumnMoments.of(design, weights, intercept);
    }

    @Override
    public void start(double[] from) {
        weightedResidual = from.clone();
        double mean = intercept ? Arrays.stream(from).sum() / moments.totalWeight() : 0;
        for (int i = 0; i < weights.length; i++) {
            weightedResidual[i] -= weights[i] * mean;
        }
    }

    @Override
    public ColumnMoments moments() {
        return moments;
    }

    @Override
    public double curvature(int j) {
        return moments.curvatures()[j];
    }

    @Override
    public double slope(int j) {
        return moments.curvatures()[j] == 0 ? 0 : design.dot(j, weightedResidual);
    }

    @Override
    public void move(int j, double delta) {
        double[] x = design.column[j];
        double[] to = weightedResidual;
        double mean = moments.means()[j];
        for (int i = 0; i < to.length; i++) {
            to[i] = Math.fma(-delta * weights[i], x[i] - mean, to[i]);
        }
    }

    @Override
    public double squaredResidual() {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] > 0 ? weightedResidual[i] * weightedResidual[i] / weights[i] : 0;
        }
        return sum;
    }

    @Override
    public void prepare(int[] set) {
        // nothing is kept by coordinate
    }

    @Override
    public Tensor hessian(int[] set) {
        int k = set.length;
        double[] scaled = new double[weights.length * k];
        for (int b = 0; b < k; b++) {
            for (int i = 0; i < weights.length; i++) {
                scaled[i * k + b] = Math.sqrt(weights[i]) * (design.column[set[b]][i] - moments.means()[set[b]]);
            }
        }
        return Matrices.gram(Tensor.of(Shape.of(weights.length, k), scaled));
    }
}
