package intarsia.linalg.opencl;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import intarsia.linalg.Precision;
import intarsia.linalg.View;
import java.lang.foreign.MemorySegment;

/** A kernel whose arguments are being set, one after another. */
final class Binding {
    private final OpenClKernels owner;
    private final long kernel;
    private final Precision precision;
    private int next;

    Binding(OpenClKernels owner, long kernel) {
        this.owner = owner;
        this.kernel = kernel;
        this.precision = owner.precision();
    }

    /** The index of the argument that comes next. */
    int next() {
        return next;
    }

    Binding ints(int... values) {
        for (int value : values) {
            owner.scratch().set(JAVA_INT, 0, value);
            Cl.argument(kernel, next++, 4, owner.scratch());
        }
        return this;
    }

    Binding real(double value) {
        real(next++, value);
        return this;
    }

    /** Sets an argument anew, for the launches that follow. */
    void real(int index, double value) {
        if (precision == Precision.F64) {
            owner.scratch().set(JAVA_DOUBLE, 0, value);
        } else {
            owner.scratch().set(JAVA_FLOAT, 0, (float) value);
        }
        Cl.argument(kernel, index, precision.bytes(), owner.scratch());
    }

    Binding buffer(long id) {
        owner.scratch().set(JAVA_LONG, 0, id);
        Cl.argument(kernel, next++, 8, owner.scratch());
        return this;
    }

    /** The buffer and the offset of a view. */
    Binding start(View view) {
        return buffer(DeviceBuffer.of(view, precision).id()).ints(view.offset());
    }

    /** The buffer, the offset and the stride of a view. */
    Binding matrix(View view) {
        return start(view).ints(view.stride());
    }

    /** A launch of at least so many work-items, in groups of this size. */
    Launch over(String what, long items, int group) {
        return groups(what, (items + group - 1) / group, group);
    }

    /** A launch of so many groups of this size. */
    Launch groups(String what, long groups, int group) {
        return new Launch(owner.queue(), kernel, what, 1, owner.sizes(groups * group), owner.sizes(group));
    }

    /** A launch over a range of several axes. */
    Launch range(String what, MemorySegment global, MemorySegment local) {
        return new Launch(owner.queue(), kernel, what, (int) (global.byteSize() / 8), global, local);
    }
}
