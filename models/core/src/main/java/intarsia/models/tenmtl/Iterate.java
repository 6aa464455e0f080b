package intarsia.models.tenmtl;

import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.tucker.Multilinear;
import intarsia.linalg.tucker.TuckerDecomposition;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the alternating minimization stands. Core and factors can trade scale column by column without changing a model, and after every
 * step they stand at the best such trade: with a lasso, where the column and its slice of the core pay the same, which is the least they
 * can pay together; without, where the columns are normalized.
 *
 * @param parameters core and factors, U_0 first; its tied column, if there is one, is column 0
 * @param intercepts of centered rows
 * @param eta        {@code <B_i, X>} of every row
 * @param loss       the data's part of the objective
 * @param objective  the loss, the lasso and the prior
 */
record Iterate(TuckerDecomposition parameters, double[] intercepts, double[] eta, double loss, double objective) {
    static Iterate of(CenteredData data, TenMtl options, CoefficientPrior prior, TuckerDecomposition raw, double[] intercepts,
            double[] eta) {
        TuckerDecomposition parameters = scaled(raw, options);
        double loss = data.loss(eta, intercepts);
        return new Iterate(parameters, intercepts, eta, loss, loss + lasso(parameters, options) + prior.value(parameters, intercepts));
    }

    /** At the best trade of scales. */
    static TuckerDecomposition scaled(TuckerDecomposition raw, TenMtl options) {
        return options.lasso().none() ? normalized(raw, options.common()) : balanced(raw, options.lasso(), options.common());
    }

    /** The part of the objective that is lasso. */
    static double lasso(TuckerDecomposition parameters, TenMtl options) {
        TenMtl.Lasso weights = options.lasso();
        double sum = weights.core() * magnitudes(parameters.core(), 0);
        List<Tensor> factors = parameters.factors();
        sum += weights.individuals() * magnitudes(factors.getFirst(), options.common() ? 1 : 0);
        for (Tensor factor : factors.subList(1, factors.size())) {
            sum += weights.factors() * magnitudes(factor, 0);
        }
        return sum;
    }

    /** The linear predictor of every row, intercepts included. */
    double[] linear(CenteredData data) {
        double[] linear = data.spread(intercepts);
        for (int n = 0; n < linear.length; n++) {
            linear[n] += eta[n];
        }
        return linear;
    }

    /**
     * The same tensor at the scales that cost least: for a column u of U_k with weight w and its slice S of the core with weight lambda_G,
     * {@code w ||u||_1 a + lambda_G ||S||_1 / a} is least at {@code a^2 = lambda_G ||S||_1 / (w ||u||_1)}. Where one of them is 0 the other
     * is only a cost, and becomes 0.
     */
    private static TuckerDecomposition balanced(TuckerDecomposition raw, TenMtl.Lasso weights, boolean common) {
        Tensor core = raw.core();
        List<Tensor> factors = new ArrayList<>();
        for (int k = 0; k < raw.factors().size(); k++) {
            double weight = k == 0 ? weights.individuals() : weights.factors();
            Tensor factor = raw.factors().get(k).copy();
            Tensor slices = Multilinear.unfold(core, k);
            int columns = factor.shape().columns();
            Tensor scales = Tensor.zeros(columns, columns);
            for (int r = 0; r < columns; r++) {
                double column = weight * columnMagnitude(factor, r);
                double slice = weights.core() * columnMagnitude(Matrices.transpose(slices), r);
                boolean tied = k == 0 && common && r == 0;
                double scale = tied ? 1 : column == 0 || slice == 0 ? 0 : Math.sqrt(slice / column);
                scales.set(scale == 0 ? 0 : 1 / scale, r, r);
                for (int i = 0; i < factor.shape().rows(); i++) {
                    factor.doubles()[i * columns + r] *= scale;
                }
            }
            factors.add(factor);
            core = Multilinear.modeProduct(core, scales, k);
        }
        return new TuckerDecomposition(core, factors);
    }

    /** The same tensor with columns of norm 1 in U_1 .. U_d and of mean square 1 in F_0; a column of zeros stays as it is. */
    static TuckerDecomposition normalized(TuckerDecomposition raw, boolean common) {
        Tensor core = raw.core();
        List<Tensor> factors = new ArrayList<>();
        for (int k = 0; k < raw.factors().size(); k++) {
            Tensor factor = raw.factors().get(k).copy();
            int columns = factor.shape().columns();
            Tensor scales = Tensor.zeros(columns, columns);
            for (int r = 0; r < columns; r++) {
                double scale = k == 0 && common && r == 0 ? 1 : norm(factor, r) / (k == 0 ? Math.sqrt(factor.shape().rows()) : 1);
                scale = scale == 0 ? 1 : scale;
                scales.set(scale, r, r);
                for (int i = 0; i < factor.shape().rows(); i++) {
                    factor.doubles()[i * columns + r] /= scale;
                }
            }
            factors.add(factor);
            core = Multilinear.modeProduct(core, scales, k);
        }
        return new TuckerDecomposition(core, factors);
    }

    private static double columnMagnitude(Tensor factor, int column) {
        double sum = 0;
        for (int i = 0; i < factor.shape().rows(); i++) {
            sum += Math.abs(factor.get(i, column));
        }
        return sum;
    }

    private static double norm(Tensor factor, int column) {
        double squares = 0;
        for (int i = 0; i < factor.shape().rows(); i++) {
            squares += factor.get(i, column) * factor.get(i, column);
        }
        return Math.sqrt(squares);
    }

    /** The sum of magnitudes from a column on. */
    private static double magnitudes(Tensor a, int firstColumn) {
        double sum = 0;
        int columns = a.shape().columns();
        for (int i = 0; i < a.size(); i++) {
            sum += i % columns >= firstColumn ? Math.abs(a.at(i)) : 0;
        }
        return sum;
    }
}
