package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.SymmetricEigen;
import intarsia.linalg.tucker.TuckerDecomposition;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a federated fit stands, as far as its coordinator knows: individuals are known by sums over all of them.
 *
 * @param shared     what all share, at the best trade of scales
 * @param sizes      of each column of U_0 the root mean square, or with a lasso the sum of magnitudes
 * @param products   {@code sum_i u_i u_i' / n_i} of what is not tied, and at the tied place the mean 1 / n_i [R_0 x R_0]
 * @param loss       the data's part of the objective
 * @param intercepts the prior of the intercepts
 * @param objective  the loss, the lasso and the prior
 * @param scales     by what this trade multiplies the columns of U_0
 */
record SharedIterate(SharedQuestion.Shared shared, double[] sizes, Tensor products, double loss, double intercepts, double objective,
        double[] scales) {
    /** At the best trade of scales: as {@link Iterate}, with one row in place of U_0 that has its columns' sizes. */
    static SharedIterate of(TenMtl options, CoefficientPrior prior, SharedQuestion.Shared raw, double[] sizes, Tensor products, double loss,
            double intercepts) {
        int rank = sizes.length;
        List<Tensor> factors = new ArrayList<>(raw.factors());
        factors.addFirst(Tensor.of(Shape.of(1, rank), sizes.clone()));
        CoupledTucker traded = Iterate.scaled(CoupledTucker.of(new TuckerDecomposition(raw.core(), factors)), options);
        TuckerDecomposition scaled = traded.modality(0);
        double[] after = scaled.factors().getFirst().toDoubles();
        double[] by = new double[rank];
        for (int r = 0; r < rank; r++) {
            by[r] = sizes[r] == 0 ? 1 : after[r] / sizes[r];
        }
        Tensor squares = products.copy();
        for (int k = 0; k < squares.size(); k++) {
            squares.doubles()[k] *= by[k / rank] * by[k % rank];
        }
        SharedQuestion.Shared shared = new SharedQuestion.Shared(scaled.core(), scaled.factors().subList(1, scaled.factors().size()));
        double value = prior.value(shared.core(), CoefficientPrior.roots(root(squares), shared.factors()));
        return new SharedIterate(shared, after, squares, loss, intercepts,
                loss + Iterate.lasso(traded, options) + value + intercepts, by);
    }

    /** A matrix T with {@code T'T} these products. */
    private static Tensor root(Tensor products) {
        SymmetricEigen eigen = SymmetricEigen.of(products);
        int n = products.shape().rows();
        Tensor root = Tensor.zeros(n, n);
        for (int r = 0; r < n; r++) {
            double length = Math.sqrt(Math.max(0, eigen.values().at(r)));
            for (int j = 0; j < n; j++) {
                root.set(length * eigen.vectors().get(j, r), r, j);
            }
        }
        return root;
    }

    /** Of all modes, for the prior. */
    List<Tensor> roots() {
        return CoefficientPrior.roots(root(products), shared.factors());
    }

    /** With other numbers in one of the shared blocks, 0 for the core. */
    SharedIterate with(TenMtl options, CoefficientPrior prior, int block, double[] numbers, double newLoss) {
        return of(options, prior, replaced(shared, block, numbers), sizes, products, newLoss, intercepts);
    }

    static SharedQuestion.Shared replaced(SharedQuestion.Shared shared, int block, double[] numbers) {
        if (block == 0) {
            return new SharedQuestion.Shared(Tensor.of(shared.core().shape(), numbers), shared.factors());
        }
        List<Tensor> factors = new ArrayList<>(shared.factors());
        factors.set(block - 1, Tensor.of(factors.get(block - 1).shape(), numbers));
        return new SharedQuestion.Shared(shared.core(), factors);
    }

    /** The numbers of a block, row-major. */
    double[] numbers(int block) {
        return (block == 0 ? shared.core() : shared.factors().get(block - 1)).toDoubles();
    }
}
