package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.SymmetricEigen;
import intarsia.linalg.tucker.Multilinear;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a federated fit starts: the higher-order singular value decomposition of local estimates, of which only the second moments are
 * known. The left singular vectors of the predictors' modes are eigenvectors of their partial traces; the individuals' are {@code D v / s},
 * which each participant computes for its own from the right ones.
 */
record FederatedStart(TenMtl options, Shape row, SharedSums sums, int individuals) {
    /** A direction with less than this share of the largest variance is none. */
    private static final double NONE = 1e-14;

    /** As in {@link AlternatingMinimization}, from the second moments of local estimates. */
    SharedQuestion.Start local(double ridge, double precision) {
        int p = row.size();
        int tied = options.common() ? 1 : 0;
        int free = options.ranks().individual();
        double[] mean = new double[p];
        if (tied == 1) {
            mean = sums.of(new SharedQuestion.LocalMean(ridge, p));
            for (int j = 0; j < p; j++) {
                mean[j] /= individuals;
            }
        }
        Tensor spread = SymmetricTriangle.square(sums.of(new SharedQuestion.LocalSpread(ridge, mean)), 0, p);
        Tensor moments = spread.copy();
        for (int k = 0; k < p * p; k++) {
            moments.doubles()[k] += individuals * mean[k / p] * mean[k % p];
        }
        SymmetricEigen eigen = SymmetricEigen.of(spread);
        Tensor directions = Tensor.zeros(p, free);
        Tensor core = Tensor.zeros(free + tied, p);
        if (tied == 1) {
            System.arraycopy(mean, 0, core.doubles(), 0, p);
        }
        for (int r = 0; r < free; r++) {
            double value = eigen.values().at(r);
            double length = value > NONE * eigen.values().at(0) ? Math.sqrt(value / individuals) : 0;
            for (int j = 0; length > 0 && j < p; j++) {
                directions.set(eigen.vectors().get(j, r) / length, j, r);
                core.set(eigen.vectors().get(j, r) * length, r + tied, j);
            }
        }
        Tensor contracted = Tensor.of(stacked(row, free + tied), core.doubles());
        List<Tensor> factors = new ArrayList<>();
        for (int k = 1; k <= row.rank(); k++) {
            Tensor gram = partialTrace(moments, k - 1);
            factors.add(Matrices.leadingColumns(SymmetricEigen.of(gram).vectors(), options.ranks().predictors().get(k - 1)));
            contracted = Multilinear.contract(contracted, factors.getLast(), k);
        }
        return new SharedQuestion.Start(precision, ridge, mean, directions, new SharedQuestion.Shared(contracted, factors));
    }

    /** Some places of mode 0 before the modes of a row. */
    static Shape stacked(Shape row, int first) {
        int[] sizes = new int[row.rank() + 1];
        sizes[0] = first;
        System.arraycopy(row.sizes(), 0, sizes, 1, row.rank());
        return Shape.of(sizes);
    }

    /** The Gram matrix of a mode's unfolding, from that of all numbers. */
    private Tensor partialTrace(Tensor moments, int mode) {
        int p = row.size();
        int size = row.size(mode);
        int inner = 1;
        for (int k = mode + 1; k < row.rank(); k++) {
            inner *= row.size(k);
        }
        Tensor gram = Tensor.zeros(size, size);
        for (int j = 0; j < p; j++) {
            int a = j / inner % size;
            for (int b = 0; b < size; b++) {
                gram.doubles()[a * size + b] += moments.at(j * p + j + (b - a) * inner);
            }
        }
        return gram;
    }
}
