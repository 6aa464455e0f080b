/**
 * Kernels over arrays on the Java heap. {@code HeapKernels64} checks and binds; {@code Loops64} is what it needs of a way to compute, and all that
 * a provider has to bring; {@code ScalarLoops64} is plain Java, the reference for every other. The classes ending in 32 are generated from those
 * ending in 64.
 */
package intarsia.linalg.heap;
