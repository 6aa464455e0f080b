/**
 * Personal models for many individuals at once: TenMTL (arXiv 2508.15676), whose task parameters are a low-rank Tucker tensor, and the
 * methods it is compared with. The paper gives the model and the alternating minimization; the weights, the normalization, the prior, the
 * constants and the details of every step written in this package are our own formulation.
 *
 * <p>All methods fit, for individual i with predictors X and response y, a generalized linear model {@code eta = b_i + <B_i, X>}, the mean
 * being eta itself or its logistic function (TenMTL also the softmax of several). They are values of
 * {@link intarsia.models.tenmtl.PersonalEstimator}: from tables, where a task is an individual and
 * {@link intarsia.models.tenmtl.TensorEncoding} makes predictor tensors of rows, they give models to be saved; from predictor tensors
 * {@link intarsia.models.tenmtl.PersonalCoefficients}. {@link intarsia.models.tenmtl.TenMtl#tuned} and
 * {@link intarsia.models.tenmtl.PersonalBaselines} choose ranks and weights by validation, and
 * {@link intarsia.models.tenmtl.Interpretation} says what a fit found.
 *
 * <h2>Federated data</h2>
 * The objective is a sum over individuals, so the steps could be taken where the data are: a row of F_0 and an intercept need one
 * individual's rows alone, and for the core and the factors each individual would send the gradient, or the Gram matrix and the slopes, of
 * the current features. Nothing here does so yet. It would not make data anonymous: a Gram matrix of n rows on as many features or more
 * shows those rows up to a rotation, gradients of several sweeps add up to the same, and a row of F_0 places an individual among the
 * others.
 */
package intarsia.models.tenmtl;
