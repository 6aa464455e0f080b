package intarsia.optim.solve;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;

/** A quadratic by its slopes and its whole matrix of second derivatives, for losses whose curvature is not one number a row. */
final class DenseQuadratic implements Quadratic {
    private final double[] slopes;
    private final double[] hessian;

    /** The slopes of the decrease [p], which are changed, and the second derivatives [p x p]. */
    DenseQuadratic(double[] slopes, double[] hessian) {
        this.slopes = slopes;
        this.hessian = hessian;
    }

    @Override
    public void start(double[] weightedResidual) {
        throw new UnsupportedOperationException("a dense quadratic starts at its slopes");
    }

    @Override
    public ColumnMoments moments() {
        throw new UnsupportedOperationException("a dense quadratic has no rows");
    }

    @Override
    public double curvature(int j) {
        return Math.max(0, hessian[j * slopes.length + j]);
    }

    @Override
    public double slope(int j) {
        return slopes[j];
    }

    @Override
    public void move(int j, double delta) {
        for (int k = 0; k < slopes.length; k++) {
            slopes[k] = Math.fma(-delta, hessian[j * slopes.length + k], slopes[k]);
        }
    }

    @Override
    public double squaredResidual() {
        throw new UnsupportedOperationException("a dense quadratic has no rows");
    }

    @Override
    public void prepare(int[] set) {
        // everything is at hand
    }

    @Override
    public Tensor hessian(int[] set) {
        double[] part = new double[set.length * set.length];
        for (int a = 0; a < set.length; a++) {
            for (int b = 0; b < set.length; b++) {
                part[a * set.length + b] = hessian[set[a] * slopes.length + set[b]];
            }
        }
        return Tensor.of(Shape.of(set.length, set.length), part);
    }
}
