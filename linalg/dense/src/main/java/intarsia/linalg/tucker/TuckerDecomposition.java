package intarsia.linalg.tucker;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Qr;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor as a core multiplied by a factor in every mode: {@code [[G; U_0, ..., U_d]] = G x_0 U_0 ... x_d U_d}.
 *
 * @param core    G [R_0 x ... x R_d]
 * @param factors U_k [n_k x R_k], one for each mode; orthonormal columns only if the source says so
 */
public record TuckerDecomposition(Tensor core, List<Tensor> factors) {
    /** Checks that the factors fit the core. */
    public TuckerDecomposition {
        factors = List.copyOf(factors);
        if (core.shape().rank() != factors.size()) {
            throw new ShapeException("tucker decomposition: a core " + core.shape() + " wants " + core.shape().rank()
                    + " factors, was given " + factors.size());
        }
        for (int k = 0; k < factors.size(); k++) {
            Shape factor = factors.get(k).shape();
            if (factor.rank() != 2 || factor.columns() != core.shape().size(k)) {
                throw new ShapeException("tucker decomposition: factor " + k + " is " + factor + "; mode " + k + " of the core "
                        + core.shape() + " wants a matrix with " + core.shape().size(k) + " columns");
            }
        }
    }

    /** The shape of the full tensor. */
    public Shape shape() {
        return Shape.of(factors.stream().mapToInt(u -> u.shape().rows()).toArray());
    }

    /** The sizes of the core. */
    public int[] ranks() {
        return core.shape().sizes();
    }

    /** The number of parameters: the sizes of core and factors. */
    public int parameters() {
        return core.size() + factors.stream().mapToInt(Tensor::size).sum();
    }

    /** The full tensor. */
    public Tensor reconstruct() {
        return Multilinear.modeProducts(core, factors);
    }

    /**
     * The same tensor with orthonormal factors: each U_k = Q_k R_k leaves Q_k and moves R_k into the core. Ranks above a size shrink to it.
     */
    public TuckerDecomposition orthonormalized() {
        Tensor moved = core;
        List<Tensor> orthonormal = new ArrayList<>();
        for (int k = 0; k < factors.size(); k++) {
            Qr qr = Qr.of(factors.get(k));
            orthonormal.add(qr.q());
            moved = Multilinear.modeProduct(moved, qr.r(), k);
        }
        return new TuckerDecomposition(moved, orthonormal);
    }

    /** The Frobenius norm of the tensor, without forming it: that of the core once the factors are orthonormal. */
    public double norm() {
        return Matrices.norm(orthonormalized().core);
    }
}
