package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Svd;
import intarsia.linalg.tucker.Multilinear;
import intarsia.models.data.Modalities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a TenMTL says about its individuals and predictors. Factors can be rotated against the core without changing a model, so they are
 * shown in the one form that is unique: for each mode the left singular vectors of the coefficients' unfolding, largest first, with their
 * shares of the squared norm. (Coefficients are those of encoded predictors.)
 *
 * @param individuals their names
 * @param names       for each mode of the predictors, what its places stand for
 * @param scores      [individuals x R_f]: coordinates of the deviations {@code B_i - mean} in the directions in which individuals differ
 *                    most; not centered if the individual rank is 0, as all deviations then are
 * @param scoreShares of each direction in the squared norm of all deviations
 * @param loadings    for each mode of the predictors [p_k x R_k], with orthonormal columns
 * @param shares      of each column in the squared norm of B, of several modalities its own
 * @param commonShare of the mean of B, repeated, in the squared norm of B
 * @param similarity  [individuals x individuals]: cosines between deviations, 0 where one of them has none (a deviation below 1e-13 of B
 *                    is rounding, and counts as none)
 */
public record Interpretation(List<String> individuals, List<List<String>> names, Tensor scores, double[] scoreShares,
        List<Tensor> loadings, List<double[]> shares, double commonShare, Tensor similarity) {
    private static final double ROUNDING = 1e-13;

    /** Of a model. */
    public static Interpretation of(TenMtlModel model) {
        CoupledTucker parameters = model.parameters();
        Tensor b = parameters.reconstruct();
        if (model.encoding().parts().stream().allMatch(TensorPart::constant)) {
            // the coefficient of the product of all constants is an intercept's, and not determined
            int p = b.size() / b.shape().size(0);
            for (int i = 0; i < b.size(); i += p) {
                Arrays.fill(b.doubles(), i, i + RowLoss.group(model.encoding().response()), 0);
            }
        }
        List<List<String>> names = new ArrayList<>();
        List<Tensor> loadings = new ArrayList<>();
        List<double[]> shares = new ArrayList<>();
        List<Integer> ranks = model.options().ranks().predictors();
        List<Shape> shapes = parameters.modalities().stream().map(modality -> modality.shape().without(0)).toList();
        int mode = 0;
        for (int m = 0; m < shapes.size(); m++) {
            Tensor own = Modalities.part(shapes, b, m);
            for (int k = 1; k < own.shape().rank(); k++, mode++) {
                names.add(model.encoding().names(mode));
                Svd svd = Svd.of(Multilinear.unfold(own, k));
                int rank = Math.min(ranks.get(mode), svd.values().size());
                loadings.add(Matrices.leadingColumns(svd.left(), rank));
                shares.add(shares(svd, rank));
            }
        }
        Tensor deviations = AlternatingMinimization.deviations(b).reshape(Shape.of(b.shape().size(0), b.size() / b.shape().size(0)));
        clearRounding(deviations, Matrices.norm(b));
        Svd svd = Svd.of(deviations);
        int rank = Math.min(model.options().ranks().individual(), svd.values().size());
        Tensor scores = Matrices.leadingColumns(svd.left(), rank).copy();
        for (int i = 0; i < scores.size(); i++) {
            scores.doubles()[i] *= svd.values().at(i % rank);
        }
        double all = square(b);
        double common = all == 0 ? 0 : 1 - square(deviations) / all;
        return new Interpretation(model.tasks(), names, scores, shares(svd, rank), loadings, shares, common, cosines(deviations));
    }

    private static void clearRounding(Tensor deviations, double norm) {
        int width = deviations.shape().columns();
        for (int i = 0; i < deviations.shape().rows(); i++) {
            double square = 0;
            for (int j = 0; j < width; j++) {
                square += deviations.get(i, j) * deviations.get(i, j);
            }
            if (Math.sqrt(square) <= ROUNDING * norm) {
                Arrays.fill(deviations.doubles(), i * width, (i + 1) * width, 0);
            }
        }
    }

    private static double[] shares(Svd svd, int rank) {
        double all = square(svd.values());
        double[] shares = new double[rank];
        for (int r = 0; r < rank; r++) {
            shares[r] = all == 0 ? 0 : svd.values().at(r) * svd.values().at(r) / all;
        }
        return shares;
    }

    private static Tensor cosines(Tensor deviations) {
        Tensor products = Matrices.rowGram(deviations);
        int count = products.shape().rows();
        Tensor cosines = Tensor.zeros(count, count);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                double norms = Math.sqrt(products.get(i, i) * products.get(j, j));
                cosines.set(norms == 0 ? 0 : Math.clamp(products.get(i, j) / norms, -1, 1), i, j);
            }
        }
        return cosines;
    }

    private static double square(Tensor a) {
        double norm = Matrices.norm(a);
        return norm * norm;
    }

    /** The individual whose deviation is most like that of another; -1 if that has none or is alone. */
    public int nearest(int individual) {
        int nearest = -1;
        for (int j = 0; j < individuals.size(); j++) {
            boolean other = j != individual && similarity.get(individual, j) != 0;
            nearest = other && (nearest < 0 || similarity.get(individual, j) > similarity.get(individual, nearest)) ? j : nearest;
        }
        return nearest;
    }
}
