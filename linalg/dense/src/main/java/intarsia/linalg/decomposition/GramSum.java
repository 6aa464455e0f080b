package intarsia.linalg.decomposition;

import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HeapBuffer64;
import intarsia.linalg.heap.HostProducts;
import java.util.ArrayList;
import java.util.List;

/**
 * The Gram matrix {@code a' a} of the columns of a matrix whose rows arrive in pieces. Each entry takes its products in the order of the
 * rows, each by one fused multiply-add. Rows are collected until there are enough for a product; only blocks on and above the diagonal are
 * computed.
 */
public final class GramSum {
    /** Numbers gathered at a time: of a stripe of columns that are multiplied, all stay in the first-level cache. */
    private static final int NEAR = 24 << 10;
    private static final int LEAST_DEPTH = 128;
    /** The height of a block, in whole vectors of any width: 24, 32 and 40 were tried. */
    private static final int HEIGHT = 24;
    private static final int PLAIN_ROWS = 16;
    /** Numbers in a cache line; rows begin at lines, as far as the virtual machine lets them. */
    private static final int LINE = 8;
    private static final int FIRST = HeapBuffer64.FIRST;
    private static final MatMul ADDED = MatMul.of(true, false).with(MatMul.Start.OUTPUT);

    private static final Pool ALONE = new Pool(1);

    private final int n;
    /** From one row to the next. */
    private final int step;
    private final Pool pool;
    private final int depth;
    private final boolean kernels;
    private final double[] gathered;
    private final double[][] plain;
    private final double[] sums;
    private List<Command> whole;
    private int filled;

    /** Zero so far, computed on the caller's thread; see {@link #GramSum(int, long, Pool)}. */
    public GramSum(int n, long rows) {
        this(n, rows, ALONE);
    }

    /**
     * Zero so far.
     *
     * @param n    how many columns
     * @param rows how many rows will be added
     * @param pool whose threads compute; the bits are the same on any number of them
     */
    public GramSum(int n, long rows, Pool pool) {
        this.n = n;
        this.pool = pool;
        step = (n + LINE - 1) / LINE * LINE;
        depth = Math.clamp(rows, 1, Math.max(LEAST_DEPTH, NEAR / Math.max(1, step)));
        kernels = HostProducts.worthwhile(n, depth, n);
        gathered = new double[FIRST + depth * step];
        plain = kernels ? null : new double[n][n];
        sums = kernels ? new double[FIRST + n * step] : null;
    }

    /** Adds contiguous rows. */
    public void add(int rows, double[] a, int at) {
        int done = 0;
        while (done < rows) {
            int now = Math.min(rows - done, depth - filled);
            for (int i = 0; i < now; i++) {
                System.arraycopy(a, at + (done + i) * n, gathered, row(filled + i), n);
            }
            done += now;
            advance(now);
        }
    }

    /** Adds the columns of a contiguous block [n x columns] as rows. */
    public void addTransposed(int columns, double[] a, int at) {
        int done = 0;
        while (done < columns) {
            int now = Math.min(columns - done, depth - filled);
            Matrices.transpose(n, now, a, at + done, columns, gathered, row(filled), step);
            done += now;
            advance(now);
        }
    }

    private int row(int i) {
        return FIRST + i * step;
    }

    private void advance(int rows) {
        filled += rows;
        if (filled == depth) {
            flush();
        }
    }

    private void flush() {
        if (!kernels) {
            addPlain();
        } else if (filled == depth) {
            whole = whole == null ? bound(depth) : whole;
            run(whole);
        } else {
            run(bound(filled));
        }
        filled = 0;
    }

    private void run(List<Command> commands) {
        pool.run(commands.size(), i -> commands.get(i).run());
    }

    /** Adds four rows at a time, copied to separate arrays; see {@link Matrices#multiplyAdd}. */
    private void addPlain() {
        double[][] rows = new double[Math.min(filled, PLAIN_ROWS)][n];
        for (int k0 = 0; k0 < filled; k0 += PLAIN_ROWS) {
            int count = Math.min(PLAIN_ROWS, filled - k0);
            for (int k = 0; k < count; k++) {
                System.arraycopy(gathered, row(k0 + k), rows[k], 0, n);
            }
            for (int i = 0; i < n; i++) {
                int k = 0;
                for (; k + 4 <= count; k += 4) {
                    RowArrays.axpy4(i, n, rows[k][i], rows[k + 1][i], rows[k + 2][i], rows[k + 3][i], rows[k], rows[k + 1], rows[k + 2],
                            rows[k + 3], plain[i]);
                }
                for (; k < count; k++) {
                    RowArrays.axpy(i, n, rows[k][i], rows[k], plain[i]);
                }
            }
        }
    }

    private List<Command> bound(int rows) {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < n; i += HEIGHT) {
            int height = Math.min(HEIGHT, n - i);
            commands.add(HostProducts.bind(ADDED, new Block64(gathered, FIRST + i, rows, height, step),
                    new Block64(gathered, FIRST + i, rows, n - i, step), new Block64(sums, row(i) + i, height, n - i, step)));
        }
        return commands;
    }

    /** The matrix [n x n], symmetric to the bit. */
    public Tensor matrix() {
        if (filled > 0) {
            flush();
        }
        double[] c = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                double sum = kernels ? sums[row(i) + j] : plain[i][j];
                c[i * n + j] = sum;
                c[j * n + i] = sum;
            }
        }
        return Tensor.of(Shape.of(n, n), c);
    }
}
