package intarsia.autodiff.plan;

import intarsia.linalg.Command;
import intarsia.linalg.Kernels;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One step of a plan before its operands have their places.
 *
 * @param label  what it does, for people
 * @param reads  the values it reads
 * @param writes the value it writes; part of it may be read as well
 * @param reuse  a value that is best placed where the result goes, if nothing needs it afterwards; or null
 * @param flops  floating-point operations of one run
 * @param bind   makes the commands once all operands have their places
 */
record Instruction(String label, List<Value> reads, Value writes, Value reuse, long flops, BiConsumer<Kernels, Consumer<Command>> bind) {
    /** Numbers of all operands, as often as they are named. */
    long elements() {
        return reads.stream().mapToLong(Value::size).sum() + writes.size();
    }
}
