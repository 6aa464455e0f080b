/**
 * The dual encoder with adaptive integration (Sui, Xu, Bai &amp; Qu, arXiv 2505.24281): every task predicts from a shared encoder and a
 * task-specific one, and the tasks' coefficients on the shared encoder are shrunk towards each other as far as the data support.
 *
 * <pre>
 * E[y_r] = alpha_r' S_r(x_r) + beta_r' C(x_r) + b_r
 * </pre>
 *
 * A {@link intarsia.models.dual.DualEncoder} fits, a {@link intarsia.models.dual.DualEncoderModel} is what was fitted; a {@link
 * intarsia.models.dual.CoefficientProblem} is the problem that is left when encoders are given, and a {@link
 * intarsia.models.dual.Similarity} its penalty.
 *
 * <p>The model, the orthogonality of S_r and C, alternation, Adam on encoders and proximal gradient on coefficients are the paper's. The
 * exact penalty and its constants are not public; the objective that {@link intarsia.models.dual.DualEncoder} states is ours.
 */
package intarsia.models.dual;
