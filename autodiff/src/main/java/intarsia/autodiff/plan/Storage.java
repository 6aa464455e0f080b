package intarsia.autodiff.plan;

import intarsia.linalg.Buffer;

/**
 * Room for some numbers of a plan: either given (a parameter, an input, a constant, a gradient) or to be placed in the plan's arena for as
 * long as they are needed. Two storages may be found to be able to share one place and are then united.
 */
final class Storage {
    /** The last use of what must outlive the run. */
    static final int FOREVER = Integer.MAX_VALUE;

    /** Storages begin at multiples of this many numbers: a cache line of F64, two vectors of any width. */
    private static final int ALIGNMENT = 16;

    final int size;
    private Buffer buffer;
    private int offset;
    private int first = Integer.MAX_VALUE;
    private int last = -1;
    private Storage united;

    /** So many numbers, and unused room up to where the next storage may begin. */
    static int padded(int size) {
        return inAnArray((size + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT);
    }

    /** Where the next storage begins, behind one of this padded size. */
    static int after(int offset, int padded) {
        return inAnArray((long) offset + padded);
    }

    private static int inAnArray(long numbers) {
        if (numbers > Integer.MAX_VALUE - ALIGNMENT) {
            // As the JDK's own growing arrays say it.
            throw new OutOfMemoryError(numbers + " numbers: more than an array holds");
        }
        return (int) numbers;
    }

    /** To be placed. */
    Storage(int size) {
        this.size = size;
    }

    /** Given. */
    Storage(Buffer buffer, int offset, int size) {
        this.size = size;
        this.buffer = buffer;
        this.offset = offset;
    }

    Storage root() {
        Storage root = this;
        while (root.united != null) {
            root = root.united;
        }
        return root;
    }

    boolean given() {
        return root().buffer != null;
    }

    /** Notes a use by the instruction with this number. */
    void use(int instruction) {
        first = Math.min(first, instruction);
        last = Math.max(last, instruction);
    }

    int first() {
        return first;
    }

    int last() {
        return last;
    }

    /** Lets this live where another does; it is no longer used when the other begins to be. */
    void unite(Storage other) {
        Storage into = other.root();
        united = into;
        into.first = Math.min(into.first, first);
        into.last = Math.max(into.last, last);
    }

    void place(Buffer arena, int at) {
        buffer = arena;
        offset = at;
    }

    void placeAt(int at) {
        offset = at;
    }

    Buffer buffer() {
        return root().buffer;
    }

    int offset() {
        return root().offset;
    }
}
