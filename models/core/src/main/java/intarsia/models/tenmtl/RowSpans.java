package intarsia.models.tenmtl;

import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Qr;
import intarsia.linalg.tucker.Multilinear;

/**
 * The coordinates of rows in modes that are wider than all rows together.
 *
 * @param rows  in these coordinates; null if all modes stay
 * @param bases for each mode orthonormal columns that span its predictors, or null where the mode stays as it is; none if all do
 */
record RowSpans(Tensor rows, Tensor... bases) {
    /** All modes stay as they are. */
    static final RowSpans NONE = new RowSpans(null);

    /** Of rows [N x p_1 x ... x p_d]. */
    static RowSpans of(Tensor predictors) {
        Tensor x = predictors;
        Tensor[] bases = new Tensor[x.shape().rank() - 1];
        for (int k = 0; k < bases.length; k++) {
            if (x.shape().size(k + 1) > x.size() / x.shape().size(k + 1)) {
                bases[k] = Qr.of(Multilinear.unfold(x, k + 1)).q();
                x = Multilinear.contract(x, bases[k], k + 1);
            }
        }
        return new RowSpans(x, bases);
    }

    /** Coefficients [individuals x ..] as they were. */
    Tensor expanded(Tensor coefficients) {
        Tensor expanded = coefficients;
        for (int k = 0; k < bases.length; k++) {
            expanded = bases[k] == null ? expanded : Multilinear.modeProduct(expanded, bases[k], k + 1);
        }
        return expanded;
    }

    /** The factor of a mode, from 1 on, as it was. */
    Tensor expanded(Tensor factor, int mode) {
        return bases.length == 0 || bases[mode - 1] == null ? factor : Matrices.product(bases[mode - 1], factor);
    }
}
