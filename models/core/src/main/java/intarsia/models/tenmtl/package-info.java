/**
 * Personal models for many individuals at once: TenMTL (arXiv 2508.15676), whose task parameters are a low-rank Tucker tensor, and the
 * methods it is compared with. The paper gives the model and the alternating minimization; the weights, the normalization, the constants
 * and the details of every step written in this package are our own formulation.
 *
 * <p>All methods fit, for individual i with predictors X and response y, a generalized linear model {@code eta = b_i + <B_i, X>}, the mean
 * being eta itself or its logistic function. They are values of {@link intarsia.models.tenmtl.PersonalMethod} and return
 * {@link intarsia.models.tenmtl.PersonalModels}.
 */
package intarsia.models.tenmtl;
