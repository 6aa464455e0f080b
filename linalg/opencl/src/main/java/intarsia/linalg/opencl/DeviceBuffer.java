package intarsia.linalg.opencl;

import intarsia.linalg.Buffer;
import intarsia.linalg.DeviceException;
import intarsia.linalg.Precision;
import intarsia.linalg.View;

/** A buffer in a device's memory. */
final class DeviceBuffer implements Buffer {
    private final Precision precision;
    private final int size;
    private long id;

    DeviceBuffer(Session session, Precision precision, int size) {
        this.precision = precision;
        this.size = size;
        try {
            this.id = Cl.buffer(session.context(), Math.max(1L, size) * precision.bytes());
        } catch (DeviceException e) {
            throw e.during("memory of " + bytes() + " bytes on device " + session.device().name());
        }
    }

    /** The buffer behind a view. */
    static DeviceBuffer of(View view, Precision precision) {
        if (!(view.buffer() instanceof DeviceBuffer buffer) || buffer.precision != precision) {
            throw new IllegalArgumentException("a buffer of " + view.buffer().precision()
                    + " from another provider was given to OpenCL kernels of " + precision);
        }
        return buffer;
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public int size() {
        return size;
    }

    long bytes() {
        return (long) size * precision.bytes();
    }

    /** The OpenCL handle. */
    long id() {
        if (id == 0) {
            throw new IllegalStateException("a buffer of " + size + " numbers is used after it was freed");
        }
        return id;
    }

    /** Frees the memory, if not done yet. */
    void release() {
        if (id != 0) {
            long released = id;
            id = 0;
            Cl.releaseBuffer(released);
        }
    }
}
