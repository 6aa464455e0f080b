/**
 * The kernel contract on any device with OpenCL 1.2 or later, through {@code java.lang.foreign} alone. Off unless requested: {@code
 * --device opencl}, {@code -Dintarsia.kernels=opencl} or {@code opencl:1} for the second device that {@code doctor} lists.
 *
 * <p>Each device has one in-order queue. Buffers are on the device and commands are launches, so running a plan only enqueues them; the
 * host waits only to read numbers. Nothing is computed elsewhere. Results agree with the CPU's to a stated tolerance and are the same on
 * every run on the same device, because sums run in fixed trees. A device that fuses multiply-adds and rounds correctly gives the CPU's
 * bits for everything but sums.
 */
package intarsia.linalg.opencl;
