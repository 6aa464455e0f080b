/**
 * What a number, a tensor and a kernel are.
 *
 * <p>{@link intarsia.linalg.Tensor} is the value that goes in and out; {@link intarsia.linalg.Kernels} is the narrow contract with what computes,
 * over {@link intarsia.linalg.View}s of {@link intarsia.linalg.Buffer}s that the provider owns; {@link intarsia.linalg.Engine} chooses and holds
 * the provider. Same inputs, same bits, on every CPU provider and any number of threads.
 */
package intarsia.linalg;
