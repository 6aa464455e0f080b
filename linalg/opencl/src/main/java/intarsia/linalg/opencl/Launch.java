package intarsia.linalg.opencl;

import intarsia.linalg.Command;
import java.lang.foreign.MemorySegment;

/**
 * A kernel with its arguments set and the sizes of its range: what a command is on a device.
 *
 * @param queue  where it is put
 * @param kernel OpenCL's own
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
