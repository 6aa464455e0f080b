package intarsia.linalg.heap;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Prints how many bytes beyond a cache line the numbers of buffers begin, and those of an array. C's {@code memcpy} gives back the address
 * that it is given; of no bytes it does nothing else.
 */
@SuppressWarnings("restricted")
final class BufferAddresses {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle MEMCPY = LINKER.downcallHandle(LINKER.defaultLookup().find("memcpy").orElseThrow(),
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG),
            Linker.Option.critical(true));

    private BufferAddresses() {}

    public static void main(String[] arguments) {
        long doubles = 0;
        long floats = 0;
        for (int size = 0; size < 100; size++) {
            doubles |= ofArray(new HeapBuffer64(size).array, HeapBuffer64.FIRST) % 64;
            floats |= ofFloats(new HeapBuffer32(size).array, HeapBuffer32.FIRST) % 64;
        }
        System.out.println("F64 " + doubles);
        System.out.println("F32 " + floats);
        System.out.println("double[] " + ofArray(new double[9], 0) % 64);
    }

    /** The address of an element. */
    private static long ofArray(double[] array, int index) {
        return address(MemorySegment.ofArray(array).asSlice((long) index * Double.BYTES));
    }

    private static long ofFloats(float[] array, int index) {
        return address(MemorySegment.ofArray(array).asSlice((long) index * Float.BYTES));
    }

    private static long address(MemorySegment segment) {
        try {
            return (long) MEMCPY.invokeExact(segment, segment, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
