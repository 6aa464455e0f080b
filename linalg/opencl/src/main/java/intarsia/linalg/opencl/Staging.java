package intarsia.linalg.opencl;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Host memory for transfers to and from a device: a ring of slots that grow as needed. A slot is reused when the event of its last transfer
 * has completed, so an upload waits only for one that is a whole round older.
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
        Cl.await(events[now]);
        if (memory[now].byteSize() < bytes) {
            release(now);
            owners[now] = Arena.ofShared();
            memory[now] = owners[now].allocate(Math.max(64, bytes), 64);
        }
        return memory[now];
    }

    /** The place for the event that completes when the last slot is free again. */
    MemorySegment event() {
        return events[now];
    }

    private void release(int slot) {
        if (owners[slot] != null) {
            owners[slot].close();
            owners[slot] = null;
            memory[slot] = MemorySegment.NULL;
        }
    }

    /** Frees the slots. A slot whose event never completes keeps its memory, since the driver may still read it. */
    @Override
    public void close() {
        List<Runnable> steps = new ArrayList<>();
        for (int i = 0; i < memory.length; i++) {
            int slot = i;
            steps.add(() -> {
                Cl.await(events[slot]);
                release(slot);
            });
        }
        steps.add(arena::close);
        ReleaseSteps.all(steps);
    }
}
