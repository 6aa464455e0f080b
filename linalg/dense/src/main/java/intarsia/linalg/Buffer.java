package intarsia.linalg;

/**
 * A contiguous array of numbers owned by the provider that allocated it: a heap array on the CPU, device memory on a GPU. Code above linalg
 * cannot tell which; numbers are copied in and out by {@link Kernels#upload} and {@link Kernels#download} only.
 */
public interface Buffer {
    /** The precision of every number in it. */
    Precision precision();

    /** How many numbers it holds. */
    int size();
}
