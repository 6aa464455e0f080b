package intarsia.autodiff.plan;

import intarsia.linalg.Buffer;
import intarsia.linalg.Kernels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lays the storages of a plan out in one arena, by liveness: two storages share numbers of it only if their lives do not meet. */
final class Memory {
    private record Free(int offset, int size) {}

    private final List<Free> free = new ArrayList<>();
    private int end;

    private Memory() {}

    /** Gives every storage its place and returns the arena. */
    static Buffer layOut(Kernels kernels, List<Instruction> instructions, List<Storage> pinned) {
        for (int i = 0; i < instructions.size(); i++) {
            for (Value value : instructions.get(i).reads()) {
                value.storage().use(i);
            }
            instructions.get(i).writes().storage().use(i);
        }
        pinned.forEach(storage -> storage.use(Storage.FOREVER));
        unite(instructions);
        Memory memory = new Memory();
        Set<Storage> placed = new LinkedHashSet<>();
        memory.place(instructions, placed);
        Buffer arena = kernels.allocate(memory.end);
        placed.forEach(storage -> storage.place(arena, storage.offset()));
        return arena;
    }

    /** From the last instruction to the first, so that an operand joins the place its result has found. */
    private static void unite(List<Instruction> instructions) {
        for (int i = instructions.size() - 1; i >= 0; i--) {
            Value from = instructions.get(i).reuse();
            Value to = instructions.get(i).writes();
            if (from != null && from.storage().root() != to.storage().root() && !from.storage().given()
                    && from.storage().root() == from.storage()
                    && from.storage().last() == i && to.storage().first() == i && from.fillsStorage() && to.fillsStorage()
                    && from.size() == to.size() && alone(from, instructions.get(i))) {
                from.storage().unite(to.storage());
            }
        }
    }

    /**
     * Whether an instruction reads nothing else of a value's storage: another part of it, or all of it once more, would be lost while it is
     * still read.
     */
    private static boolean alone(Value value, Instruction instruction) {
        return instruction.reads().stream().filter(read -> read.storage().root() == value.storage()).count() == 1;
    }

    private void place(List<Instruction> instructions, Set<Storage> placed) {
        List<Storage> live = new ArrayList<>();
        for (int i = 0; i < instructions.size(); i++) {
            int now = i;
            List<Storage> begins = new ArrayList<>();
            Instruction instruction = instructions.get(i);
            for (Value value : instruction.reads()) {
                begins.add(value.storage().root());
            }
            begins.add(instruction.writes().storage().root());
            for (Storage storage : begins) {
                if (!storage.given() && placed.add(storage)) {
                    storage.placeAt(take(Storage.padded(storage.size)));
                    live.add(storage);
                }
            }
            live.removeIf(storage -> {
                boolean over = storage.last() <= now;
                if (over) {
                    give(new Free(storage.offset(), Storage.padded(storage.size)));
                }
                return over;
            });
        }
    }

    /** The smallest hole that fits, else the end. */
    private int take(int size) {
        Free best = free.stream().filter(hole -> hole.size() >= size).min(Comparator.comparingInt(Free::size)).orElse(null);
        if (best == null) {
            int at = end;
            end = Storage.after(at, size);
            return at;
        }
        free.remove(best);
        if (best.size() > size) {
            free.add(new Free(best.offset() + size, best.size() - size));
        }
        return best.offset();
    }

    private void give(Free hole) {
        Free merged = hole;
        for (Free other : List.copyOf(free)) {
            if (other.offset() + other.size() == merged.offset()) {
                free.remove(other);
                merged = new Free(other.offset(), other.size() + merged.size());
            } else if (merged.offset() + merged.size() == other.offset()) {
                free.remove(other);
                merged = new Free(merged.offset(), merged.size() + other.size());
            }
        }
        free.add(merged);
    }
}
