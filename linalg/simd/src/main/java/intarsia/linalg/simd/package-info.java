/**
 * The kernels on {@code jdk.incubator.vector}: found by {@link java.util.ServiceLoader}, bit for bit equal to the scalar ones, and gone
 * without harm where the module is missing.
 */
package intarsia.linalg.simd;
