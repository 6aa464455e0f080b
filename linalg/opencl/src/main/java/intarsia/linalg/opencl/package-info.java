/**
 * The kernel contract on any device with OpenCL 1.2 or later, through {@code java.lang.foreign} alone. Off unless asked for: {@code --device opencl},
 * {@code -Dintarsia.kernels=opencl} or {@code opencl:1} for the second device that {@code doctor} lists.
 *
 * <p>Buffers live on the device and commands are launches on a queue that keeps their order, so a plan's run only queues; numbers come back when they are
 * read. Nothing is computed elsewhere. Results follow the CPU's within a stated tolerance and are the same on every run on the same device, because sums run in
 * fixed trees; a device that fuses multiply-adds and rounds correctly gives the CPU's very bits for everything but sums.
 */
package intarsia.linalg.opencl;
