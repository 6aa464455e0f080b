/**
 * Tensor algebra and the Tucker family: unfoldings, mode products, higher-order singular values, and low-multilinear-rank approximations
 * of tensors that are known in full, by weights or in part (Tucker 1966; De Lathauwer, De Moor &amp; Vandewalle 2000, "DMV" below;
 * Vannieuwenhoven, Vandebril &amp; Meerbergen 2012).
 *
 * <h2>Order of unfolded columns</h2>
 * Modes count from 0. Tensors are row-major, and so are unfoldings: the columns of the mode-k unfolding run over the other modes in their
 * order, the last one fastest. With this order
 * <pre>  unfold([[G; U_0, ..., U_d]], k) = U_k unfold(G, k) (U_0 kron ... kron U_d, without U_k)'</pre>
 *
 * <p>with the Kronecker factors in ascending order (texts that let the first mode run fastest have them descending).
 */
package intarsia.linalg.tucker;
