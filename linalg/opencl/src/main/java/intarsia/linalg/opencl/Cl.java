package intarsia.linalg.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * The OpenCL 1.2 functions in use; each throws if OpenCL returns an error. OpenCL objects (platforms, devices, contexts, queues, buffers,
 * programs, kernels, events) are passed by pointer, as a long; host memory is passed as a segment. Functions called at every launch
 * allocate nothing.
 */
final class Cl {
    private static final MethodHandle GET_PLATFORM_IDS = Library.function("clGetPlatformIDs", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle GET_PLATFORM_INFO = info("clGetPlatformInfo", JAVA_LONG);
    private static final MethodHandle GET_DEVICE_IDS = Library.function("clGetDeviceIDs", JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle GET_DEVICE_INFO = info("clGetDeviceInfo", JAVA_LONG);
    private static final MethodHandle CREATE_CONTEXT = creator("clCreateContext", ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle CREATE_QUEUE = creator("clCreateCommandQueue", JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS);
    private static final MethodHandle RELEASE_QUEUE = Library.function("clReleaseCommandQueue", JAVA_LONG);
    private static final MethodHandle FLUSH = Library.function("clFlush", JAVA_LONG);
    private static final MethodHandle FINISH = Library.function("clFinish", JAVA_LONG);
    private static final MethodHandle CREATE_BUFFER = creator("clCreateBuffer", JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle RELEASE_BUFFER = Library.function("clReleaseMemObject", JAVA_LONG);
    private static final MethodHandle CREATE_PROGRAM = creator("clCreateProgramWithSource", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle CREATE_PROGRAM_FROM_BINARY = creator("clCreateProgramWithBinary", JAVA_LONG, JAVA_INT, ADDRESS,
            ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle BUILD_PROGRAM = Library.function("clBuildProgram", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS,
            ADDRESS);
    private static final MethodHandle GET_BUILD_INFO = info("clGetProgramBuildInfo", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_PROGRAM_INFO = info("clGetProgramInfo", JAVA_LONG);
    private static final MethodHandle RELEASE_PROGRAM = Library.function("clReleaseProgram", JAVA_LONG);
    private static final MethodHandle CREATE_KERNEL = creator("clCreateKernel", JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle RELEASE_KERNEL = Library.function("clReleaseKernel", JAVA_LONG);
    private static final MethodHandle SET_KERNEL_ARG = Library.function("clSetKernelArg", JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle ENQUEUE_KERNEL = Library.function("clEnqueueNDRangeKernel", JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS,
            ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle ENQUEUE_READ = transfer("clEnqueueReadBuffer");
    private static final MethodHandle ENQUEUE_WRITE = transfer("clEnqueueWriteBuffer");
    private static final MethodHandle ENQUEUE_COPY = Library.function("clEnqueueCopyBuffer", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle ENQUEUE_FILL = Library.function("clEnqueueFillBuffer", JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG,
            JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle ENQUEUE_MARKER = Library.function("clEnqueueMarkerWithWaitList", JAVA_LONG, JAVA_INT, ADDRESS,
            ADDRESS);
    private static final MethodHandle WAIT = Library.function("clWaitForEvents", JAVA_INT, ADDRESS);
    private static final MethodHandle RELEASE_EVENT = Library.function("clReleaseEvent", JAVA_LONG);

    private static final MemorySegment NONE = MemorySegment.NULL;
    private static final long READ_WRITE = 1;
    private static final long ALL_DEVICES = 0xFFFFFFFFL;
    private static final long CONTEXT_PLATFORM = 0x1084;
    private static final int PROGRAM_BINARY_SIZES = 0x1165;
    private static final int PROGRAM_BINARIES = 0x1166;
    private static final int PROGRAM_BUILD_LOG = 0x1183;

    private Cl() {}

    /** All platforms, which everything else starts from; none if the loader finds no driver. */
    static long[] platforms() {
        Library.require();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            int status = (int) GET_PLATFORM_IDS.invokeExact(0, NONE, count);
            if (status == Status.PLATFORM_NOT_FOUND_KHR || count.get(JAVA_INT, 0) == 0) {
                return new long[0];
            }
            Status.check("clGetPlatformIDs", status);
            MemorySegment ids = arena.allocate(JAVA_LONG, count.get(JAVA_INT, 0));
            Status.check("clGetPlatformIDs", (int) GET_PLATFORM_IDS.invokeExact(count.get(JAVA_INT, 0), ids, NONE));
            return ids.toArray(JAVA_LONG);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static long[] devices(long platform) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            int status = (int) GET_DEVICE_IDS.invokeExact(platform, ALL_DEVICES, 0, NONE, count);
            if (status == Status.DEVICE_NOT_FOUND || count.get(JAVA_INT, 0) == 0) {
                return new long[0];
            }
            Status.check("clGetDeviceIDs", status);
            MemorySegment ids = arena.allocate(JAVA_LONG, count.get(JAVA_INT, 0));
            Status.check("clGetDeviceIDs", (int) GET_DEVICE_IDS.invokeExact(platform, ALL_DEVICES, count.get(JAVA_INT, 0), ids, NONE));
            return ids.toArray(JAVA_LONG);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static String platformText(long platform, int what) {
        return text("clGetPlatformInfo", (size, to, needed) -> (int) GET_PLATFORM_INFO.invokeExact(platform, what, size, to, needed));
    }

    static String deviceText(long device, int what) {
        return text("clGetDeviceInfo", (size, to, needed) -> (int) GET_DEVICE_INFO.invokeExact(device, what, size, to, needed));
    }

    /** A whole number of 4 or 8 bytes; 0 where the device does not know the question. */
    static long deviceNumber(long device, int what) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(JAVA_LONG);
            int ignored = (int) GET_DEVICE_INFO.invokeExact(device, what, 8L, number, NONE);
            return number.get(JAVA_LONG, 0);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static long context(long platform, long device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment properties = arena.allocateFrom(JAVA_LONG, CONTEXT_PLATFORM, platform, 0);
            MemorySegment devices = arena.allocateFrom(JAVA_LONG, device);
            MemorySegment status = arena.allocate(JAVA_INT);
            return made("clCreateContext", (long) CREATE_CONTEXT.invokeExact(properties, 1, devices, NONE, NONE, status), status);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** A queue that runs its commands in the order in which they come. */
    static long queue(long context, long device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            return made("clCreateCommandQueue", (long) CREATE_QUEUE.invokeExact(context, device, 0L, status), status);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void releaseQueue(long queue) {
        try {
            Status.check("clReleaseCommandQueue", (int) RELEASE_QUEUE.invokeExact(queue));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void flush(long queue) {
        try {
            Status.check("clFlush", (int) FLUSH.invokeExact(queue));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void finish(long queue) {
        try {
            Status.check("clFinish", (int) FINISH.invokeExact(queue));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static long buffer(long context, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            return made("clCreateBuffer", (long) CREATE_BUFFER.invokeExact(context, READ_WRITE, bytes, NONE, status), status);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void releaseBuffer(long buffer) {
        try {
            Status.check("clReleaseMemObject", (int) RELEASE_BUFFER.invokeExact(buffer));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static long program(long context, String source) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(ADDRESS, arena.allocateFrom(source));
            MemorySegment status = arena.allocate(JAVA_INT);
            return made("clCreateProgramWithSource", (long) CREATE_PROGRAM.invokeExact(context, 1, text, NONE, status), status);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static long program(long context, long device, byte[] binary) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment devices = arena.allocateFrom(JAVA_LONG, device);
            MemorySegment lengths = arena.allocateFrom(JAVA_LONG, binary.length);
            MemorySegment bytes = arena.allocate(binary.length);
            MemorySegment.copy(binary, 0, bytes, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, binary.length);
            MemorySegment binaries = arena.allocateFrom(ADDRESS, bytes);
            MemorySegment status = arena.allocate(JAVA_INT);
            return made("clCreateProgramWithBinary",
                    (long) CREATE_PROGRAM_FROM_BINARY.invokeExact(context, 1, devices, lengths, binaries, NONE, status), status);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Builds; gives the status, for the caller to look at the log. */
    static int build(long program, long device, String options) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) BUILD_PROGRAM.invokeExact(program, 1, arena.allocateFrom(JAVA_LONG, device), arena.allocateFrom(options), NONE,
                    NONE);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static String buildLog(long program, long device) {
        return text("clGetProgramBuildInfo",
                (size, to, needed) -> (int) GET_BUILD_INFO.invokeExact(program, device, PROGRAM_BUILD_LOG, size, to, needed));
    }

    static byte[] binary(long program) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            Status.check("clGetProgramInfo", (int) GET_PROGRAM_INFO.invokeExact(program, PROGRAM_BINARY_SIZES, 8L, size, NONE));
            MemorySegment bytes = arena.allocate(Math.max(1, size.get(JAVA_LONG, 0)));
            Status.check("clGetProgramInfo",
                    (int) GET_PROGRAM_INFO.invokeExact(program, PROGRAM_BINARIES, 8L, arena.allocateFrom(ADDRESS, bytes), NONE));
            return bytes.asSlice(0, size.get(JAVA_LONG, 0)).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void releaseProgram(long program) {
        try {
            Status.check("clReleaseProgram", (int) RELEASE_PROGRAM.invokeExact(program));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static long kernel(long program, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            return made("clCreateKernel for " + name, (long) CREATE_KERNEL.invokeExact(program, arena.allocateFrom(name), status), status);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void releaseKernel(long kernel) {
        try {
            Status.check("clReleaseKernel", (int) RELEASE_KERNEL.invokeExact(kernel));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void argument(long kernel, int index, long bytes, MemorySegment value) {
        try {
            Status.check("clSetKernelArg", (int) SET_KERNEL_ARG.invokeExact(kernel, index, bytes, value));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void launch(long queue, long kernel, int dimensions, MemorySegment global, MemorySegment local) {
        try {
            Status.check("clEnqueueNDRangeKernel",
                    (int) ENQUEUE_KERNEL.invokeExact(queue, kernel, dimensions, NONE, global, local, 0, NONE, NONE));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Reads; returns when it is done. */
    static void read(long queue, long buffer, long offset, long bytes, MemorySegment to) {
        try {
            Status.check("clEnqueueReadBuffer", (int) ENQUEUE_READ.invokeExact(queue, buffer, 1, offset, bytes, to, 0, NONE, NONE));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Begins to write; the segment must stay as it is until the event has come. */
    static void write(long queue, long buffer, long offset, long bytes, MemorySegment from, MemorySegment event) {
        try {
            Status.check("clEnqueueWriteBuffer", (int) ENQUEUE_WRITE.invokeExact(queue, buffer, 0, offset, bytes, from, 0, NONE, event));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void copy(long queue, long from, long fromOffset, long to, long toOffset, long bytes) {
        try {
            Status.check("clEnqueueCopyBuffer",
                    (int) ENQUEUE_COPY.invokeExact(queue, from, to, fromOffset, toOffset, bytes, 0, NONE, NONE));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Repeats a pattern; it is copied before this returns. */
    static void fill(long queue, long buffer, MemorySegment pattern, long patternBytes, long offset, long bytes) {
        try {
            Status.check("clEnqueueFillBuffer",
                    (int) ENQUEUE_FILL.invokeExact(queue, buffer, pattern, patternBytes, offset, bytes, 0, NONE, NONE));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** An event that comes when all commands before it are done. */
    static void marker(long queue, MemorySegment event) {
        try {
            Status.check("clEnqueueMarkerWithWaitList", (int) ENQUEUE_MARKER.invokeExact(queue, 0, NONE, event));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Waits for the event whose pointer is in this segment, if there is one, and releases it even where the wait fails. */
    static void await(MemorySegment event) {
        try {
            long pointer = event.get(JAVA_LONG, 0);
            if (pointer == 0) {
                return;
            }
            int waited = (int) WAIT.invokeExact(1, event);
            event.set(JAVA_LONG, 0, 0);
            int released = (int) RELEASE_EVENT.invokeExact(pointer);
            Status.check("clWaitForEvents", waited);
            Status.check("clReleaseEvent", released);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private interface TextQuery {
        int ask(long size, MemorySegment to, MemorySegment needed) throws Throwable;
    }

    private static String text(String function, TextQuery query) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment needed = arena.allocate(JAVA_LONG);
            Status.check(function, query.ask(0L, NONE, needed));
            long size = needed.get(JAVA_LONG, 0);
            MemorySegment text = arena.allocate(size + 1);
            Status.check(function, query.ask(size, text, NONE));
            return text.getString(0, StandardCharsets.UTF_8).strip();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static long made(String function, long pointer, MemorySegment status) {
        Status.check(function, status.get(JAVA_INT, 0));
        return pointer;
    }

    private static RuntimeException failed(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }

    private static MethodHandle creator(String name, MemoryLayout... parameters) {
        return Library.handle(name, FunctionDescriptor.of(JAVA_LONG, parameters));
    }

    private static MethodHandle info(String name, MemoryLayout... of) {
        MemoryLayout[] all = java.util.Arrays.copyOf(of, of.length + 4);
        System.arraycopy(new MemoryLayout[] {JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS}, 0, all, of.length, 4);
        return Library.function(name, all);
    }

    private static MethodHandle transfer(String name) {
        return Library.function(name, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    }
}
