/**
 * Tensors, kernels and engines.
 *
 * <p>A {@link intarsia.linalg.Tensor} is an input or output. {@link intarsia.linalg.Kernels} is the contract with a compute back end, over
 * {@link intarsia.linalg.View}s of {@link intarsia.linalg.Buffer}s that the provider owns. An {@link intarsia.linalg.Engine} chooses and
 * holds the provider. Same inputs, same bits, on every CPU provider and any number of threads.
 */
package intarsia.linalg;
