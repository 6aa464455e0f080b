// Generated from WarmingLoops64.java by linalg/generator; change that one.
package intarsia.linalg.simd;

import intarsia.linalg.AdamStep;
import intarsia.linalg.Binary;
import intarsia.linalg.Command;
import intarsia.linalg.Kernels;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.Unary;
import intarsia.linalg.heap.Block32;
import intarsia.linalg.heap.Loops32;
import intarsia.linalg.heap.ScalarLoops32;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Scalar loops that become vector loops, kernel by kernel. Until it is compiled, vector code is a thousand times slower than scalar code.
 * So a kernel that is used for the first time is run in the background, on test numbers, until {@link Warming} finds it compiled; only then
 * does it replace the scalar one. Results are identical either way. Where vectors are emulated, scalar loops stay.
 */
final class WarmingLoops32 implements Loops32 {
    private static final int BINARY = Unary.values().length;
    private static final int AFFINE = BINARY + Binary.values().length;
    private static final int SUM = AFFINE + 1;
    private static final int DOT = SUM + 1;
    private static final int ROWS = DOT + 1;
    private static final int ADAM = ROWS + 1;
    private static final int SUBSTITUTE = ADAM + 1;
    private static final int ROW_DOTS = SUBSTITUTE + 1;
    private static final int WEIGHTED = ROW_DOTS + 1;
    private static final int BOTH = WEIGHTED + 1;
    /** Products whose columns fill whole stripes of tiles; those of other {@link TileSet}s follow and need these tiles, too. */
    private static final int STRIPES = BOTH + 1;

    private static final int COLD = 0;
    private static final int WARMING = 1;
    private static final int READY = 2;

    /** How warm each kernel is: a fact about this process's compiled code, the same for all its engines. */
    private static final AtomicIntegerArray STATES = new AtomicIntegerArray(STRIPES + TileSet.values().length);

    private final ScalarLoops32 scalar = new ScalarLoops32();
    private final VectorLoops32 vector = new VectorLoops32();

    private boolean ready(int kernel) {
        int state = STATES.get(kernel);
        if (state == COLD && STATES.compareAndSet(kernel, COLD, WARMING)) {
            Warming.begin(trials(kernel), () -> STATES.set(kernel, READY));
        }
        return state == READY;
    }

    private Loops32 loops(int kernel) {
        return ready(kernel) ? vector : scalar;
    }

    @Override
    public String name() {
        return vector.name();
    }

    @Override
    public void map(Unary f, float[] x, int xo, float[] out, int oo, int n) {
        loops(f.ordinal()).map(f, x, xo, out, oo, n);
    }

    @Override
    public void zip(Binary f, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
        loops(BINARY + f.ordinal()).zip(f, x, xo, y, yo, out, oo, n);
    }

    @Override
    public void affine(float scale, float shift, float[] x, int xo, float[] out, int oo, int n) {
        loops(AFFINE).affine(scale, shift, x, xo, out, oo, n);
    }

    @Override
    public float sum(float[] x, int xo, int n, float[] lanes) {
        return loops(SUM).sum(x, xo, n, lanes);
    }

    @Override
    public float dot(float[] x, int xo, float[] y, int yo, int n, float[] lanes) {
        return loops(DOT).dot(x, xo, y, yo, n, lanes);
    }

    @Override
    public void addRows(float[] x, int xo, int stride, int rows, float[] out, int oo, int n) {
        loops(ROWS).addRows(x, xo, stride, rows, out, oo, n);
    }

    @Override
    public void adam(AdamStep step, float[] p, int po, float[] g, int go, float[] m, int mo, float[] v, int vo, int n) {
        loops(ADAM).adam(step, p, po, g, go, m, mo, v, vo, n);
    }

    /** By what products turn their operands with. */
    @Override
    public void transpose(int rows, int columns, float[] x, int xo, int xStep, float[] out, int oo, int oStep) {
        loops(STRIPES).transpose(rows, columns, x, xo, xStep, out, oo, oStep);
    }

    @Override
    public void substitute(int first, int order, float[] l, int lo, int lStep, float[] x, int xo, int xStep, int n) {
        loops(SUBSTITUTE).substitute(first, order, l, lo, lStep, x, xo, xStep, n);
    }

    @Override
    public void rowDots(int rows, int n, float[] a, int ao, int aStep, float[] x, int xo, float[] dots, int to, float[] lanes) {
        loops(ROW_DOTS).rowDots(rows, n, a, ao, aStep, x, xo, dots, to, lanes);
    }

    @Override
    public void addWeightedRows(int rows, int n, float[] a, int ao, int aStep, float[] w, int wo, float[] sum, int so) {
        loops(WEIGHTED).addWeightedRows(rows, n, a, ao, aStep, w, wo, sum, so);
    }

    @Override
    public void dotsAndWeightedRows(int rows, int n, float[] a, int ao, int aStep, float[] x, int xo, float[] dots, int to, float[] w,
            int wo, float[] sum, int so, float[] lanes) {
        loops(BOTH).dotsAndWeightedRows(rows, n, a, ao, aStep, x, xo, dots, to, w, wo, sum, so, lanes);
    }

    @Override
    public Command matmul(MatMul product, Block32 a, Block32 b, Block32 bias, Block32 c, Pool pool) {
        if (MatMulBinding32.tiny(c.rows(), c.columns(), product.transposeA() ? a.rows() : a.columns())) {
            return scalar.matmul(product, a, b, bias, c, pool);
        }
        MatMulBinding32.Bound fast = MatMulBinding32.bind(vector, product, a, b, bias, c, pool);
        int tiles = STRIPES + fast.tiles().ordinal();
        int activation = product.activation() == null ? STRIPES : product.activation().ordinal();
        if (ready(STRIPES) & ready(tiles) & ready(activation)) {
            return fast.command();
        }
        Command slow = scalar.matmul(product, a, b, bias, c, pool);
        return () -> (ready(STRIPES) & ready(tiles) & ready(activation) ? fast.command() : slow).run();
    }

    /** The test runs that prove a kernel warm. */
    private static List<Runnable> trials(int kernel) {
        if (kernel >= STRIPES) {
            return switch (TileSet.values()[kernel - STRIPES]) {
                case STRIPES -> TileTrials32.stripes();
                case EDGES -> TileTrials32.edges();
                case OVERLAPS -> TileTrials32.overlaps();
            };
        }
        return List.of(trial(new VectorLoops32(), kernel));
    }

    /** One run of a kernel on test numbers. */
    private static Runnable trial(VectorLoops32 loops, int kernel) {
        int n = kernel == SUM || kernel == DOT || kernel == SUBSTITUTE ? 512 : 128;
        float[] x = new float[n];
        float[] y = new float[n];
        float[] z = new float[n];
        Arrays.fill(x, 1);
        Arrays.fill(y, 1);
        if (kernel < BINARY) {
            Unary f = Unary.values()[kernel];
            return () -> loops.map(f, x, 0, z, 0, n);
        }
        if (kernel < AFFINE) {
            Binary f = Binary.values()[kernel - BINARY];
            return () -> loops.zip(f, x, 0, y, 0, z, 0, n);
        }
        if (kernel == ADAM) {
            AdamStep step = new AdamStep(0.9, 0.999, 1e-8);
            return () -> loops.adam(step, z, 0, x, 0, y, 0, x, 0, n);
        }
        if (kernel == SUBSTITUTE) {
            return () -> loops.substitute(0, 8, x, 0, 8, z, 0, 64, 64);
        }
        if (kernel == ROW_DOTS || kernel == WEIGHTED || kernel == BOTH) {
            return rowTrial(loops, kernel, x, y, z);
        }
        if (kernel == ROWS) {
            return () -> loops.addRows(x, 0, 4, 8, z, 0, 5 * Width.F32.length());
        }
        if (kernel == AFFINE) {
            return () -> loops.affine(2, 1, x, 0, z, 0, n);
        }
        float[] lanes = new float[Kernels.LANES];
        return kernel == SUM ? () -> z[0] = loops.sum(x, 0, n, lanes) : () -> z[0] = loops.dot(x, 0, y, 0, n, lanes);
    }

    private static Runnable rowTrial(VectorLoops32 loops, int kernel, float[] a, float[] x, float[] sum) {
        int n = 2 * ROW_LANES;
        float[] dots = new float[4];
        float[] lanes = new float[4 * ROW_LANES];
        if (kernel == ROW_DOTS) {
            return () -> loops.rowDots(4, n, a, 0, n, x, 0, dots, 0, lanes);
        }
        return kernel == WEIGHTED ? () -> loops.addWeightedRows(4, n, a, 0, n, x, 0, sum, 0)
                : () -> loops.dotsAndWeightedRows(4, n, a, 0, n, x, 0, dots, 0, x, 0, sum, 0, lanes);
    }
}
