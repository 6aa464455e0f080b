package intarsia.linalg;

/** An array of row numbers owned by the provider that allocated it; written by {@link Kernels#upload(int[], int, Indices)}. */
public interface Indices {
    /** How many row numbers it holds. */
    int size();
}
