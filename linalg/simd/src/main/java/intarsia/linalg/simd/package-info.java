/**
 * The kernels on {@code jdk.incubator.vector}: optional, discovered by {@link java.util.ServiceLoader}, bit for bit equal to the scalar
 * ones, and left out if the module is missing.
 */
package intarsia.linalg.simd;
