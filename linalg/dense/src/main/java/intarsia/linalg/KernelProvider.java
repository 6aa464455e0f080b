package intarsia.linalg;

/** A source of {@link Kernels}, discovered by {@link java.util.ServiceLoader} and chosen by {@link Engine}. */
public interface KernelProvider {
    /** The name by which {@code -Dintarsia.kernels} forces it: scalar, simd, opencl. */
    String name();

    /** The priority among available providers; the highest wins. A provider below 0 is chosen by name only. */
    int preference();

    /** Whether it can run here; one line says why, or why not and what to do. */
    Support support();

    /**
     * The same provider on one of several devices: the part after the colon in {@code opencl:1}.
     *
     * @throws IllegalArgumentException if the provider has no devices, or this is no name of a device
     * @throws DeviceException          if there is no such device here
     */
    default KernelProvider on(String device) {
        throw new IllegalArgumentException("kernels '" + name() + ":" + device + "': " + name() + " has no devices to choose from");
    }

    /**
     * Kernels of one precision that may use the pool's threads.
     *
     * @throws DeviceException if they are not available in this precision; the message says what to do
     */
    Kernels open(Precision precision, Pool pool);

    /**
     * The availability of a provider on this machine.
     *
     * @param available whether it can run here
     * @param why       one line: what was found, or what is missing and what to do
     */
    record Support(boolean available, String why) {}
}
