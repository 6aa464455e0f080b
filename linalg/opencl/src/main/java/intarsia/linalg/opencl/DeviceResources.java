package intarsia.linalg.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The resources that kernels hold outside the heap, freed when they are closed: buffers, OpenCL kernels, sizes, and scopes that are still
 * open.
 */
final class DeviceResources {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment scratch = arena.allocate(8, 8);
    private final Set<DeviceBuffer> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Long> memory = new ArrayList<>();
    private final List<Long> kernels = new ArrayList<>();
    private final Set<OpenClKernels> scopes = Collections.newSetFromMap(new IdentityHashMap<>());
    private long bytes;

    Arena arena() {
        return arena;
    }

    MemorySegment scratch() {
        return scratch;
    }

    Set<OpenClKernels> scopes() {
        return scopes;
    }

    boolean open() {
        return arena.scope().isAlive();
    }

    /** The number of bytes held in buffers. */
    long bytes() {
        return bytes;
    }

    void add(DeviceBuffer buffer) {
        buffers.add(buffer);
        bytes += buffer.bytes();
    }

    void remove(DeviceBuffer buffer) {
        if (buffers.remove(buffer)) {
            bytes -= buffer.bytes();
            buffer.release();
        }
    }

    long memory(Session session, long size) {
        long id = Cl.buffer(session.context(), size);
        memory.add(id);
        return id;
    }

    long kernel(long program, String name) {
        long kernel = Cl.kernel(program, name);
        kernels.add(kernel);
        return kernel;
    }

    void close() {
        List<Runnable> steps = new ArrayList<>();
        kernels.forEach(kernel -> steps.add(() -> Cl.releaseKernel(kernel)));
        buffers.forEach(buffer -> steps.add(buffer::release));
        memory.forEach(id -> steps.add(() -> Cl.releaseBuffer(id)));
        kernels.clear();
        buffers.clear();
        memory.clear();
        bytes = 0;
        arena.close();
        ReleaseSteps.all(steps);
    }
}
