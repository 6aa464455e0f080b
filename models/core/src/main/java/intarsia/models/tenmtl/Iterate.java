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
 * @param parameters cores and factors; the tied column of U_0, if there is one, is column 0
 * @param intercepts of centered rows
 * @param parts      {@code <B_i, X>} of every row, by modality
 * @param loss       the data's part of the objective
 * @param objective  the loss, the lasso and the prior
 */
record Iterate(CoupledTucker parameters, double[] intercepts, List<double[]> parts, double loss, double objective) {
    static Iterate of(CenteredData data, TenMtl options, CoupledPrior prior, CoupledTucker raw, double[] intercepts,
            List<double[]> parts) {
        CoupledTucker parameters = scaled(raw, options);
        double loss = data.loss(sum(parts), intercepts);
        return new Iterate(parameters, intercepts, parts, loss, loss + lasso(parameters, options) + prior.value(parameters, intercepts));
    }

    /** Sums over modalities. */
    static double[] sum(List<double[]> parts) {
        double[] sum = parts.getFirst().clone();
        for (double[] part : parts.subList(1, parts.size())) {
            for (int n = 0; n < sum.length; n++) {
                sum[n] += part[n];
            }
        }
        return sum;
    }

    /** At the best trade of scales. */
    static CoupledTucker scaled(CoupledTucker raw, TenMtl options) {
        return options.lasso().none() ? normalized(raw, options.common()) : balanced(raw, options.lasso(), options.common());
    }

    /** The part of the objective that is lasso. */
    static double lasso(CoupledTucker parameters, TenMtl options) {
        TenMtl.Lasso weights = options.lasso();
        double sum = 0;
        for (Tensor core : parameters.cores()) {
            sum += weights.core() * magnitudes(core, 0);
        }
        sum += weights.individuals() * magnitudes(parameters.individuals(), options.common() ? 1 : 0);
        for (TuckerDecomposition modality : parameters.modalities()) {
            for (Tensor factor : modality.factors().subList(1, modality.factors().size())) {
                sum += weights.factors() * magnitudes(factor, 0);
            }
        }
        return sum;
    }

    /** The linear predictor of every row, intercepts included. */
    double[] linear(CenteredData data) {
        double[] linear = data.spread(intercepts);
        double[] eta = sum(parts);
        for (int n = 0; n < linear.length; n++) {
            linear[n] += eta[n];
        }
        return linear;
    }

    /** The linear predictor of every row without what a modality contributes, intercepts included. */
    double[] without(CenteredData data, int modality) {
        double[] linear = data.spread(intercepts);
        for (int m = 0; m < parts.size(); m++) {
            for (int n = 0; m != modality && n < linear.length; n++) {
                linear[n] += parts.get(m)[n];
            }
        }
        return linear;
    }

    /**
     * The same tensor at the scales that cost least: for a column u of U_k with weight w and its slices S of the cores with weight
     * lambda_G, {@code w ||u||_1 a + lambda_G ||S||_1 / a} is least at {@code a^2 = lambda_G ||S||_1 / (w ||u||_1)}. Where one of them is 0
     * the other is only a cost, and becomes 0.
     */
    private static CoupledTucker balanced(CoupledTucker raw, TenMtl.Lasso weights, boolean common) {
        return traded(raw, (mode, r, factor, cores) -> {
            double column = (mode == 0 ? weights.individuals() : weights.factors()) * columnMagnitude(factor, r);
            double slice = 0;
            for (Tensor core : cores) {
                slice += weights.core() * columnMagnitude(Matrices.transpose(Multilinear.unfold(core, mode)), r);
            }
            double scale = mode == 0 && common && r == 0 ? 1 : column == 0 || slice == 0 ? 0 : Math.sqrt(slice / column);
            for (int i = 0; i < factor.shape().rows(); i++) {
                factor.set(factor.get(i, r) * scale, i, r);
            }
            return scale == 0 ? 0 : 1 / scale;
        });
    }

    /** The same tensor with columns of norm 1 in U_1 .. U_d and of mean square 1 in F_0; a column of zeros stays as it is. */
    static CoupledTucker normalized(CoupledTucker raw, boolean common) {
        return traded(raw, (mode, r, factor, cores) -> {
            double scale = mode == 0 && common && r == 0 ? 1
                    : norm(factor, r) / (mode == 0 ? Math.sqrt(factor.shape().rows()) : 1);
            scale = scale == 0 ? 1 : scale;
            for (int i = 0; i < factor.shape().rows(); i++) {
                factor.set(factor.get(i, r) / scale, i, r);
            }
            return scale;
        });
    }

    /** Scales a column of a factor in place; by what its slices of the cores are then to be multiplied. */
    private interface Trade {
        double column(int mode, int r, Tensor factor, List<Tensor> cores);
    }

    /** With scale moved between each column and its slices of the cores, U_0 first. */
    private static CoupledTucker traded(CoupledTucker raw, Trade trade) {
        Tensor individuals = raw.individuals().copy();
        List<Tensor> cores = multiplied(0, individuals, raw.cores(), trade);
        List<TuckerDecomposition> modalities = new ArrayList<>();
        for (int m = 0; m < cores.size(); m++) {
            List<Tensor> factors = new ArrayList<>(List.of(individuals));
            List<Tensor> own = List.of(cores.get(m));
            for (int k = 1; k < raw.modality(m).factors().size(); k++) {
                Tensor factor = raw.modality(m).factors().get(k).copy();
                own = multiplied(k, factor, own, trade);
                factors.add(factor);
            }
            modalities.add(new TuckerDecomposition(own.getFirst(), factors));
        }
        return new CoupledTucker(modalities);
    }

    private static List<Tensor> multiplied(int mode, Tensor factor, List<Tensor> cores, Trade trade) {
        int columns = factor.shape().columns();
        Tensor scales = Tensor.zeros(columns, columns);
        for (int r = 0; r < columns; r++) {
            scales.set(trade.column(mode, r, factor, cores), r, r);
        }
        return cores.stream().map(core -> Multilinear.modeProduct(core, scales, mode)).toList();
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
