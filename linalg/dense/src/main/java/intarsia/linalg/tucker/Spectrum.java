package intarsia.linalg.tucker;

import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Qr;
import intarsia.linalg.decomposition.Svd;
import intarsia.linalg.decomposition.SvdMethod;
import intarsia.linalg.decomposition.SymmetricEigen;

/**
 * The left side of the singular value decomposition of one unfolding.
 *
 * @param values  singular values, largest first [k]
 * @param vectors left singular vectors, as many of the leading ones as were asked for or more, [n x k] at most
 */
record Spectrum(Tensor values, Tensor vectors) {
    /**
     * The spectrum of the mode-k unfolding: {@code min(n_k, product of the others)} values, zeros included.
     *
     * @param most how many vectors are needed at most
     */
    static Spectrum of(Tensor a, int mode, SvdMethod method, int most) {
        int k = Ranks.possible(a.shape(), mode);
        return switch (method) {
            case GRAM -> byGram(a, mode, k, Math.clamp(most, 0, k));
            case ACCURATE, JACOBI -> accurate(Multilinear.unfold(a, mode), method);
        };
    }

    private static Spectrum byGram(Tensor a, int mode, int k, int most) {
        SymmetricEigen eigen = SymmetricEigen.leading(Multilinear.gram(a, mode), most);
        double[] values = new double[k];
        for (int i = 0; i < k; i++) {
            values[i] = Math.sqrt(Math.max(0, eigen.values().at(i)));
        }
        return new Spectrum(Tensor.vector(values), eigen.vectors());
    }

    /** The accurate spectrum, by QR of the transposed unfolding if that is long: A' = Q R, and the left vectors of A are those of R'. */
    private static Spectrum accurate(Tensor unfolded, SvdMethod method) {
        boolean wide = unfolded.shape().columns() > unfolded.shape().rows();
        Svd svd = Svd.of(wide ? Matrices.transpose(Qr.triangle(Matrices.transpose(unfolded))) : unfolded, method);
        return new Spectrum(svd.values(), svd.left());
    }

    /** The leading vectors. */
    Tensor leading(int rank) {
        return Matrices.leadingColumns(vectors, rank);
    }

    /** The sum of the squared singular values from this rank on. */
    double discarded(int rank) {
        double sum = 0;
        for (int i = values.size() - 1; i >= rank; i--) {
            sum += values.at(i) * values.at(i);
        }
        return sum;
    }
}
