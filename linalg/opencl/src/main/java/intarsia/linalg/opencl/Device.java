package intarsia.linalg.opencl;

import intarsia.linalg.DeviceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A device with a driver, and its properties.
 *
 * @param platform   the driver's platform
 * @param id         the device
 * @param driver     platform and driver, with their versions
 * @param name       the vendor's name for it
 * @param type       what it is
 * @param units      compute units
 * @param megahertz  highest clock
 * @param memory     bytes
 * @param group      most work-items in a group
 * @param local      bytes of local memory in a group
 * @param f64        whether it computes in double precision
 * @param rounds     whether it can round single-precision quotients and roots correctly
 */
record Device(long platform, long id, String driver, String name, Type type, int units, int megahertz, long memory, int group, long local,
        boolean f64, boolean rounds) {
    /** Kinds of devices, in the order in which they are listed. */
    enum Type {
        GPU, ACCELERATOR, CPU
    }

    private static final int PLATFORM_VERSION = 0x0901;
    private static final int PLATFORM_NAME = 0x0902;
    private static final int TYPE = 0x1000;
    private static final int MAX_COMPUTE_UNITS = 0x1002;
    private static final int MAX_WORK_GROUP_SIZE = 0x1004;
    private static final int MAX_CLOCK_FREQUENCY = 0x100C;
    private static final int SINGLE_FP_CONFIG = 0x101B;
    private static final int GLOBAL_MEM_SIZE = 0x101F;
    private static final int LOCAL_MEM_SIZE = 0x1023;
    private static final int NAME = 0x102B;
    private static final int DRIVER_VERSION = 0x102D;
    private static final int VERSION = 0x102F;
    private static final int DOUBLE_FP_CONFIG = 0x1032;
    private static final long CORRECTLY_ROUNDED = 1 << 7;
    private static final long IS_CPU = 1 << 1;
    private static final long IS_GPU = 1 << 2;

    /** The devices found at first use; null before. */
    private static List<Device> found;

    /**
     * All devices, graphics processors first; at least one.
     *
     * @throws DeviceException if there are none; the message says what is missing and what to do
     */
    static synchronized List<Device> all() {
        if (found == null) {
            found = find();
        }
        if (found.isEmpty()) {
            throw new DeviceException(Cl.platforms().length == 0
                    ? "the OpenCL loader is here but no driver (0 platforms); install the one of your GPU's maker, "
                    + "or on Debian pocl-opencl-icd for the CPU"
                    : "OpenCL's drivers are here but no device of version 1.2 or later; is the GPU visible to this user?");
        }
        return found;
    }

    private static List<Device> find() {
        List<Device> all = new ArrayList<>();
        for (long platform : Cl.platforms()) {
            for (long device : Cl.devices(platform)) {
                if (!Cl.deviceText(device, VERSION).matches("OpenCL 1\\.[01].*")) {
                    all.add(of(platform, device));
                }
            }
        }
        Library.requireDivisionByZero();
        all.sort(Comparator.comparing(Device::type));
        return List.copyOf(all);
    }

    private static Device of(long platform, long device) {
        long type = Cl.deviceNumber(device, TYPE);
        String driver = Cl.platformText(platform, PLATFORM_NAME) + ", " + Cl.platformText(platform, PLATFORM_VERSION) + ", driver "
                + Cl.deviceText(device, DRIVER_VERSION);
        return new Device(platform, device, driver, Cl.deviceText(device, NAME),
                (type & IS_GPU) != 0 ? Type.GPU : (type & IS_CPU) != 0 ? Type.CPU : Type.ACCELERATOR,
                (int) Cl.deviceNumber(device, MAX_COMPUTE_UNITS), (int) Cl.deviceNumber(device, MAX_CLOCK_FREQUENCY),
                Cl.deviceNumber(device, GLOBAL_MEM_SIZE), (int) Cl.deviceNumber(device, MAX_WORK_GROUP_SIZE),
                Cl.deviceNumber(device, LOCAL_MEM_SIZE),
                Cl.deviceNumber(device, DOUBLE_FP_CONFIG) != 0, (Cl.deviceNumber(device, SINGLE_FP_CONFIG) & CORRECTLY_ROUNDED) != 0);
    }

    /** {@code GPU NVIDIA H100, 132 units, 79 GiB, F64 (NVIDIA CUDA, OpenCL 3.0, driver 550.54)}. */
    String describe() {
        return type + " " + name + ", " + units + " units, " + (memory >> 30) + " GiB, " + (f64 ? "F64 and F32" : "F32 only") + " ("
                + driver + ")";
    }
}
