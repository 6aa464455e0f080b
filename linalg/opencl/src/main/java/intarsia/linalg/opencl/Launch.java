package intarsia.linalg.opencl;

import intarsia.linalg.Command;
import java.lang.foreign.MemorySegment;

/**
 * A command on a device: a kernel with its arguments set, and the sizes of its range.
 *
 * @param queue  the queue it is put on
 * @param kernel the OpenCL handle
 * @param what   for messages
 * @param global work-items along each axis, a multiple of those in a group
 * @param local  work-items of a group along each axis
 */
record Launch(Queue queue, long kernel, String what, int dimensions, MemorySegment global, MemorySegment local) implements Command {
    @Override
    public void run() {
        queue.launch(this);
    }
}
