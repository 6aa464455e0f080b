/**
 * The kernel contract on any device with OpenCL 1.2 or later, through {@code java.lang.foreign} alone. Off unless requested: {@code
 * --device opencl}, {@code -Dintarsia.kernels=opencl} or {@code opencl:1} for the second device that {@code doctor} lists.
 *
 * <p>Each device has one in-order queue. Buffers are on the device and commands are launches, so running a plan only enqueues them; the
 * host waits only to read numbers. Nothing is computed elsewhere. Elementary functions are the CPU's operations, and sums and
 * products take their terms in the CPU's order. So a device whose arithmetic is IEEE 754's gives the CPU's bits: F64 always, F32 where
 * quotients and roots are rounded correctly and subnormal numbers are kept. {@code -Dintarsia.opencl.slices=on} cuts the inner index of
 * products that would leave most of the device idle, which is faster and rounds otherwise.
 */
package intarsia.linalg.opencl;
