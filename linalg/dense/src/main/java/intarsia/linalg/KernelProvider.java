package intarsia.linalg;

/** A way to compute, found by {@link java.util.ServiceLoader} and chosen by {@link Engine}. */
public interface KernelProvider {
    /** The name by which {@code -Dintarsia.kernels} forces it: scalar, simd, opencl. */
    String name();

    /** Among those available and not forced, the highest wins; below 0 it is never chosen unless asked for by name. */
    int preference();

    /** Whether it can run here, and in one line why or why not and what to do. */
    Support support();

    /**
     * The same on one of several devices, the part after the colon in {@code opencl:1}.
     *
     * @throws IllegalArgumentException if there is nothing to choose from, or this names no device anywhere
     * @throws DeviceException          if there is no such device here
     */
    default KernelProvider on(String device) {
        throw new IllegalArgumentException("kernels '" + name() + ":" + device + "': " + name() + " has no devices to choose from");
    }

    /**
     * Kernels of one precision that may use the pool's threads.
     *
     * @throws DeviceException if they cannot be had in this precision; the message says what to do
     */
    Kernels open(Precision precision, Pool pool);

    /**
     * What a provider says of itself on this machine.
     *
     * @param available whether it can run here
     * @param why       one line: what was found, or what is missing and what to do
     */
    record Support(boolean available, String why) {}
}
