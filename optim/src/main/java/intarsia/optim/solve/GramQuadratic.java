package intarsia.optim.solve;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The quadratic by its Gram matrix: all slopes are kept up to date, a move costs O(p) and a row of the Gram matrix, O(n p), is computed
 * when its coordinate is first moved. For more rows than columns.
 */
final class GramQuadratic implements Quadratic {
    private static final double EAGER = 0.25;

    private final Design design;
    private final double[] weights;
    private final boolean intercept;
    private final ColumnMoments moments;
    private final double[][] rows;
    private int known;
    private double[] slopes;
    private double squaredResidual;

    /** The weights v; the intercept is profiled out if there is one. */
    GramQuadratic(Design design, double[] weights, boolean intercept) {
        this.design = design;
        this.weights = weights;
        this.intercept = intercept;
        this.moments = ColumnMoments.of(design, weights, intercept);
        this.rows = new double[design.columns][];
    }

    @Override
    public void start(double[] weightedResidual) {
        design.byRow();
        slopes = design.dots(weightedResidual);
        double sum = Arrays.stream(weightedResidual).sum();
        double squares = 0;
        for (int i = 0; i < weights.length; i++) {
            squares += weights[i] > 0 ? weightedResidual[i] * weightedResidual[i] / weights[i] : 0;
        }
        for (int j = 0; j < slopes.length; j++) {
            slopes[j] = moments.curvatures()[j] == 0 ? 0 : slopes[j] - moments.means()[j] * sum;
        }
        squaredResidual = intercept ? squares - sum * sum / moments.totalWeight() : squares;
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
        return slopes[j];
    }

    @Override
    public void move(int j, double delta) {
        squaredResidual += delta * (delta * moments.curvatures()[j] - 2 * slopes[j]);
        double[] row = row(j);
        double[] to = slopes;
        for (int k = 0; k < to.length; k++) {
            to[k] = Math.fma(-delta, row[k], to[k]);
        }
    }

    @Override
    public double squaredResidual() {
        return Math.max(0, squaredResidual);
    }

    @Override
    public void prepare(int[] set) {
        int[] missing = Arrays.stream(set).filter(j -> rows[j] == null).toArray();
        if (missing.length == 0) {
            return;
        }
        known += missing.length;
        if (known > EAGER * rows.length) {
            // what is wanted one by one soon costs more than all that is left at once
            missing = IntStream.range(0, rows.length).filter(j -> rows[j] == null).toArray();
            known = rows.length;
        }
        int n = design.rows;
        int p = design.columns;
        double[] scaled = new double[missing.length * n];
        for (int k = 0; k < missing.length; k++) {
            for (int i = 0; i < n; i++) {
                scaled[k * n + i] = weights[i] * design.column[missing[k]][i];
            }
        }
        double[] products = new double[missing.length * p];
        Matrices.multiplyAdd(missing.length, n, p, scaled, 0, design.byRow(), 0, products, 0);
        for (int k = 0; k < missing.length; k++) {
            double[] row = Arrays.copyOfRange(products, k * p, (k + 1) * p);
            double shift = moments.totalWeight() * moments.means()[missing[k]];
            for (int j = 0; j < p; j++) {
                row[j] = moments.curvatures()[j] == 0 ? 0 : row[j] - shift * moments.means()[j];
            }
            row[missing[k]] = moments.curvatures()[missing[k]];
            rows[missing[k]] = row;
        }
    }

    @Override
    public Tensor hessian(int[] set) {
        double[] h = new double[set.length * set.length];
        for (int a = 0; a < set.length; a++) {
            double[] row = row(set[a]);
            for (int b = 0; b < set.length; b++) {
                h[a * set.length + b] = row[set[b]];
            }
        }
        return Tensor.of(Shape.of(set.length, set.length), h);
    }

    private double[] row(int j) {
        if (rows[j] == null) {
            prepare(new int[] {j});
        }
        return rows[j];
    }
}
