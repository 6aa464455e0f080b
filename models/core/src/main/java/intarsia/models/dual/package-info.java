/**
 * The dual encoder with adaptive integration (Sui, Xu, Bai &amp; Qu, arXiv 2505.24281): every task predicts from an encoder of its own and one that all
 * share, and the tasks' coefficients on the shared one are drawn together as far as the data agree.
 *
 * <pre>
 * E[y_r] = alpha_r' S_r(x_r) + beta_r' C(x_r) + b_r
 * </pre>
 *
 * The model, the orthogonality of S_r and C, alternation, Adam on encoders and proximal gradient on coefficients are the paper's. The exact penalty and
 * its constants are not public; the objective that {@link intarsia.models.dual.DualEncoder} states is ours.
 */
package intarsia.models.dual;
