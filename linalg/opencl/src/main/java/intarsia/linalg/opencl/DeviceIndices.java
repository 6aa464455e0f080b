package intarsia.linalg.opencl;

import intarsia.linalg.Indices;
import java.util.Arrays;

/** Row numbers in a device's memory, with a host copy to find equal ones. */
final class DeviceIndices implements Indices {
    private final OpenClKernels owner;
    private final int[] rows;
    private final long buffer;
    /**
     * The links, once they are needed for adding: for each number the position of the next equal one, -1 at the end; then 1 for the first
     * of its kind.
     */
    private int[] links;
    private long linksBuffer;
    private int[] lastSeen = new int[0];

    DeviceIndices(OpenClKernels owner, int size) {
        this.owner = owner;
        this.rows = new int[size];
        this.buffer = owner.hold(Math.max(1, size) * 4L);
        upload(rows, 0);
    }

    @Override
    public int size() {
        return rows.length;
    }

    long buffer() {
        return buffer;
    }

    /** Links between equal row numbers, kept up to date from now on. */
    long links() {
        if (links == null) {
            links = new int[2 * rows.length];
            linksBuffer = owner.hold(Math.max(1, links.length) * 4L);
            link();
        }
        return linksBuffer;
    }

    void upload(int[] from, int offset) {
        if (rows.length > 0) {
            System.arraycopy(from, offset, rows, 0, rows.length);
            owner.queue().upload(rows, 0, rows.length, buffer);
            if (links != null) {
                link();
            }
        }
    }

    private void link() {
        if (rows.length == 0) {
            return;
        }
        int highest = 0;
        for (int row : rows) {
            highest = Math.max(highest, row);
        }
        if (lastSeen.length <= highest) {
            lastSeen = new int[highest + 1];
        }
        Arrays.fill(lastSeen, 0, highest + 1, -1);
        for (int i = rows.length - 1; i >= 0; i--) {
            links[i] = lastSeen[rows[i]];
            lastSeen[rows[i]] = i;
        }
        for (int i = 0; i < rows.length; i++) {
            links[rows.length + i] = lastSeen[rows[i]] == i ? 1 : 0;
        }
        owner.queue().upload(links, 0, links.length, linksBuffer);
    }
}
