package intarsia.optim.prox;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Svd;

/**
 * {@code weight sum_k s_k(X)}: the sum of the singular values of a matrix, which favors low rank (Cai, Candes &amp; Shen 2010). Its prox
 * soft-thresholds them; one SVD each.
 *
 * @param weight  not negative
 * @param rows    rows of X
 * @param columns columns of X; every vector given holds {@code rows columns} numbers, row by row
 */
public record TraceNorm(double weight, int rows, int columns) implements Penalty {
    /** Checks weight and sizes. */
    public TraceNorm {
        Penalty.checkWeight("weight", weight);
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("trace norm of a matrix " + rows + "x" + columns + ": needs at least one row and column");
        }
    }

    @Override
    public double value(double[] x) {
        double sum = 0;
        for (double s : svd(x).values().doubles()) {
            sum += s;
        }
        return weight * sum;
    }

    @Override
    public double[] prox(double[] point, double step) {
        Svd svd = svd(point);
        double[] left = svd.left().toDoubles();
        int k = svd.values().size();
        for (int i = 0; i < left.length; i++) {
            left[i] *= Math.max(0, svd.values().at(i % k) - step * weight);
        }
        return Matrices.product(Tensor.of(svd.left().shape(), left), false, svd.right(), true).doubles();
    }

    private Svd svd(double[] x) {
        return Svd.of(Tensor.of(Shape.of(rows, columns), x));
    }
}
