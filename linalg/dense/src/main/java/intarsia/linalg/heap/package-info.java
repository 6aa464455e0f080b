/**
 * Kernels over arrays on the Java heap. {@code HeapKernels64} checks and binds. {@code Loops64} is the interface that a provider
 * implements. {@code ScalarLoops64} is plain Java, the reference for all others. The classes ending in 32 are generated from those ending
 * in 64.
 */
package intarsia.linalg.heap;
