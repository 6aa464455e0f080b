package intarsia.linalg.opencl;

import intarsia.linalg.DeviceException;
import intarsia.linalg.KernelProvider;
import intarsia.linalg.Kernels;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Kernels on OpenCL devices, chosen only by name. OpenCL is not loaded before it is requested. */
public final class OpenClKernelProvider implements KernelProvider {
    /** The work-items in a group that the kernels with the largest groups need. */
    private static final int SMALLEST_GROUP = 256;

    private final int number;

    /** For {@link java.util.ServiceLoader}: the first device. */
    public OpenClKernelProvider() {
        this(0);
    }

    private OpenClKernelProvider(int number) {
        this.number = number;
    }

    @Override
    public String name() {
        return "opencl";
    }

    @Override
    public int preference() {
        return -1;
    }

    @Override
    public Support support() {
        try {
            return new Support(true, "device " + number + ": " + Device.all().get(number).describe()
                    + (Device.all().size() > 1 && number == 0 ? "; others: " + others() : ""));
        } catch (DeviceException e) {
            return new Support(false, e.getMessage());
        }
    }

    private static String others() {
        List<Device> all = Device.all();
        return IntStream.range(1, all.size()).mapToObj(i -> "opencl:" + i + " " + all.get(i).describe()).collect(Collectors.joining("; "));
    }

    @Override
    public KernelProvider on(String device) {
        if (!device.matches("\\d{1,4}")) {
            throw new IllegalArgumentException("kernels 'opencl:" + device + "': the device must be a number that intarsia doctor lists");
        }
        int last = Device.all().size() - 1;
        if (Integer.parseInt(device) > last) {
            throw new DeviceException("no such device; " + (last == 0 ? "there is opencl:0 only" : "there are opencl:0 to opencl:" + last)
                    + ", see intarsia doctor");
        }
        return new OpenClKernelProvider(Integer.parseInt(device));
    }

    @Override
    public Kernels open(Precision precision, Pool pool) {
        return open(Device.all().get(number), precision);
    }

    static Kernels open(Device device, Precision precision) {
        if (precision == Precision.F64 && !device.f64()) {
            throw new DeviceException(device.name() + " does not compute in F64; ask for F32 (--precision F32)");
        }
        if (device.group() < SMALLEST_GROUP) {
            throw new DeviceException(device.name() + " has groups of " + device.group() + " work-items; " + SMALLEST_GROUP
                    + " are needed");
        }
        return OpenClKernels.on(Session.of(device), precision);
    }
}
