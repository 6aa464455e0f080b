package intarsia.linalg.opencl;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory of ours for numbers on their way to or from a device: a ring of slots that grow as needed. A slot is used again when the event of its last
 * writing has come, so an upload waits only for one that is a whole round older.
 */
final class Staging implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment[] events;
    private final MemorySegment[] memory;
    private final Arena[] owners;
    private int now;

    Staging(int slots) {
        events = new MemorySegment[slots];
        memory = new MemorySegment[slots];
        owners = new Arena[slots];
        for (int i = 0; i < slots; i++) {
            events[i] = arena.allocate(JAVA_LONG);
            memory[i] = MemorySegment.NULL;
        }
    }

    /** The next slot's memory, at least so large. */
    MemorySegment next(long bytes) {
        now = (now + 1) % memory.length;
        await(now);
        if (memory[now].byteSize() < bytes) {
            release(now);
            owners[now] = Arena.ofShared();
            memory[now] = owners[now].allocate(Math.max(64, bytes), 64);
        }
        return memory[now];
    }

    /** Where the event goes that says that the slot given last is free again. */
    MemorySegment event() {
        return events[now];
    }

    private void await(int slot) {
        if (events[slot].get(JAVA_LONG, 0) != 0) {
            Cl.await(events[slot]);
            events[slot].set(JAVA_LONG, 0, 0);
        }
    }

    private void release(int slot) {
        if (owners[slot] != null) {
            owners[slot].close();
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < memory.length; i++) {
            await(i);
            release(i);
        }
        arena.close();
    }
}
