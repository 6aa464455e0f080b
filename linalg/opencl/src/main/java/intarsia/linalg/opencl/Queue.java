package intarsia.linalg.opencl;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import intarsia.linalg.DeviceException;
import intarsia.linalg.Precision;
import intarsia.linalg.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A device's in-order queue. Launches and uploads return at once, downloads wait; none allocates. At most {@value #AHEAD} launches are
 * pending, so that a long run takes no more memory than a short one.
 */
final class Queue implements AutoCloseable {
    /** Launches between two marks; the host waits for the mark before the last. */
    private static final int AHEAD = 512;
    /** Uploads on their way, and most numbers of one. */
    private static final int UPLOADS = 16;
    private static final int PIECE = 1 << 18;

    private final Session session;
    private final Precision precision;
    private final long id;
    private final Arena arena;
    private final Staging uploads;
    private final Staging downloads;
    private final MemorySegment mark;
    private final MemorySegment pattern;
    private long launches;
    private String last = "nothing";

    Queue(Session session, Precision precision) {
        this.session = session;
        this.precision = precision;
        this.id = Cl.queue(session.context(), session.device().id());
        this.arena = Arena.ofShared();
        this.uploads = new Staging(UPLOADS);
        this.downloads = new Staging(1);
        this.mark = arena.allocate(JAVA_LONG);
        this.pattern = arena.allocate(JAVA_DOUBLE);
    }

    /** The OpenCL handle. */
    long id() {
        return id;
    }

    /** Enqueues a launch. */
    void launch(Launch launch) {
        try {
            last = launch.what();
            launches++;
            Cl.launch(id, launch.kernel(), launch.dimensions(), launch.global(), launch.local());
            if (launches % (AHEAD / 2) == 0) {
                holdBack();
            }
        } catch (DeviceException e) {
            throw lost(e, last);
        }
    }

    private void holdBack() {
        Cl.await(mark);
        Cl.marker(id, mark);
        Cl.flush(id);
    }

    /** Enqueues the upload of a view's numbers, packed row by row. */
    void upload(double[] from, int offset, View to) {
        DeviceBuffer buffer = DeviceBuffer.of(to, precision);
        if (to.size() == 1) {
            fill(buffer, from[offset], to.offset(), 1);
            return;
        }
        int lines = to.contiguous() ? 1 : to.rows();
        int length = to.size() / Math.max(1, lines);
        try {
            for (int i = 0; i < lines; i++) {
                for (int start = 0; start < length; start += PIECE) {
                    int count = Math.min(PIECE, length - start);
                    piece(from, offset + i * length + start, buffer, to.offset() + i * to.stride() + start, count);
                }
            }
        } catch (DeviceException e) {
            throw lost(e, "the upload of " + to);
        }
    }

    private void piece(double[] from, int offset, DeviceBuffer to, int at, int count) {
        int bytes = precision.bytes();
        MemorySegment packed = uploads.next((long) count * bytes);
        if (precision == Precision.F64) {
            MemorySegment.copy(from, offset, packed, JAVA_DOUBLE, 0, count);
        } else {
            for (int i = 0; i < count; i++) {
                packed.setAtIndex(JAVA_FLOAT, i, (float) from[offset + i]);
            }
        }
        Cl.write(id, to.id(), (long) at * bytes, (long) count * bytes, packed, uploads.event());
    }

    void upload(int[] from, int offset, int count, long buffer) {
        if (count == 0) {
            return;
        }
        try {
            MemorySegment packed = uploads.next(4L * count);
            MemorySegment.copy(from, offset, packed, JAVA_INT, 0, count);
            Cl.write(id, buffer, 0, 4L * count, packed, uploads.event());
        } catch (DeviceException e) {
            throw lost(e, "the upload of " + count + " row numbers");
        }
    }

    /** Reads a view's numbers, row by row, when everything before is done. */
    void download(View from, double[] to, int offset) {
        if (from.size() == 0) {
            return;
        }
        int bytes = precision.bytes();
        int span = (from.rows() - 1) * from.stride() + from.columns();
        try {
            MemorySegment numbers = downloads.next((long) span * bytes);
            Cl.read(id, DeviceBuffer.of(from, precision).id(), (long) from.offset() * bytes, (long) span * bytes, numbers);
            for (int i = 0; i < from.rows(); i++) {
                int row = i * from.stride();
                int start = offset + i * from.columns();
                if (precision == Precision.F64) {
                    MemorySegment.copy(numbers, JAVA_DOUBLE, 8L * row, to, start, from.columns());
                } else {
                    for (int j = 0; j < from.columns(); j++) {
                        to[start + j] = numbers.getAtIndex(JAVA_FLOAT, row + j);
                    }
                }
            }
        } catch (DeviceException e) {
            throw lost(e, "the download of " + from);
        }
    }

    double read(View from) {
        try {
            MemorySegment number = downloads.next(8);
            Cl.read(id, DeviceBuffer.of(from, precision).id(), (long) from.offset() * precision.bytes(), precision.bytes(), number);
            return precision == Precision.F64 ? number.get(JAVA_DOUBLE, 0) : number.get(JAVA_FLOAT, 0);
        } catch (DeviceException e) {
            throw lost(e, "the reading of a number");
        }
    }

    /** Enqueues a fill with a number. */
    void fill(DeviceBuffer buffer, double value, int offset, int count) {
        try {
            if (precision == Precision.F64) {
                pattern.set(JAVA_DOUBLE, 0, value);
            } else {
                pattern.set(JAVA_FLOAT, 0, (float) value);
            }
            int bytes = precision.bytes();
            Cl.fill(id, buffer.id(), pattern, bytes, (long) offset * bytes, (long) count * bytes);
        } catch (DeviceException e) {
            throw lost(e, "the filling of " + count + " numbers");
        }
    }

    void copy(DeviceBuffer from, int fromOffset, DeviceBuffer to, int toOffset, int count) {
        try {
            int bytes = precision.bytes();
            Cl.copy(id, from.id(), (long) fromOffset * bytes, to.id(), (long) toOffset * bytes, (long) count * bytes);
        } catch (DeviceException e) {
            throw lost(e, "the copying of " + count + " numbers");
        }
    }

    void finish() {
        try {
            Cl.finish(id);
        } catch (DeviceException e) {
            throw lost(e, "the wait for all launches");
        }
    }

    private DeviceException lost(DeviceException e, String what) {
        return e.during("device " + session.device().name() + ", " + what + ", after " + launches
                + " launches of which the last was " + last);
    }

    /** Closes the queue; call it after {@link #finish}, or when the device is lost. */
    @Override
    public void close() {
        ReleaseSteps.all(List.of(() -> Cl.await(mark), uploads::close, downloads::close, () -> Cl.releaseQueue(id), arena::close));
    }
}
