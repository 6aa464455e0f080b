package intarsia.linalg.heap;

import intarsia.linalg.Command;
import intarsia.linalg.Engine;
import intarsia.linalg.KernelProvider;
import intarsia.linalg.Kernels;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.linalg.Unary;
import java.util.List;

/**
 * Matrix products, substitutions, dot products and elementary functions over arrays for host code without an engine, on the caller's thread
 * unless told otherwise. They use the fastest heap kernels that run here, or those that {@code -Dintarsia.kernels} names; the bits are the
 * same.
 */
public final class HostProducts {
    /** The number of multiplications from which binding pays. */
    private static final long LARGE = 1L << 17;
    /** The number of multiplications up to which it does not, where the product is computed once. */
    private static final long SMALL = 1L << 12;
    private static final int FEW_ROWS = 4;
    private static final int FEW_COLUMNS = 8;
    /** The length from which a dot product by kernels pays. */
    private static final int LONG = 64;
    private static final Pool ALONE = new Pool(1);
    private static final ScalarLoops64 PLAIN = new ScalarLoops64();
    private static final Loops64 LOOPS = fastest();

    private HostProducts() {}

    private static Loops64 fastest() {
        String forced = System.getProperty(Engine.KERNELS_PROPERTY);
        List<KernelProvider> able = Engine.providers().stream().filter(p -> p.preference() >= 0 && p.support().available()).toList();
        KernelProvider chosen = able.stream().filter(p -> p.name().equals(forced)).findFirst().or(() -> able.stream().findFirst())
                .orElseGet(ScalarKernels::new);
        return chosen.open(Precision.F64, ALONE) instanceof HeapKernels64 kernels ? kernels.loops() : new ScalarLoops64();
    }

    /** Whether kernels are faster than a plain loop for a product of these sizes. */
    public static boolean worthwhile(int rows, int inner, int columns) {
        return rows >= FEW_ROWS && columns >= FEW_COLUMNS && (long) rows * inner * columns >= LARGE && !(LOOPS instanceof ScalarLoops64);
    }

    /** The product, bound; see {@link Loops64#matmul}. */
    public static Command bind(MatMul product, Block64 a, Block64 b, Block64 c) {
        return bind(product, a, b, c, ALONE);
    }

    /** The product at once. A small one is not bound, since that costs more than plain Java, which has the same bits. */
    public static void run(MatMul product, Block64 a, Block64 b, Block64 c) {
        if ((long) c.size() * (product.transposeA() ? a.rows() : a.columns()) <= SMALL) {
            new ScalarMatMul64(PLAIN, product, a, b, null, c).run();
        } else {
            bind(product, a, b, c).run();
        }
    }

    /** The product on a pool's threads, bound. */
    public static Command bind(MatMul product, Block64 a, Block64 b, Block64 c, Pool pool) {
        return LOOPS.matmul(product, a, b, null, c, pool);
    }

    /** A transpose; see {@link Loops64#transpose}. */
    public static void transpose(int rows, int columns, double[] x, int xo, int xStep, double[] out, int oo, int oStep) {
        LOOPS.transpose(rows, columns, x, xo, xStep, out, oo, oStep);
    }

    /** Forward substitution; see {@link Loops64#substitute}. */
    public static void substitute(int first, int order, double[] l, int lo, int lStep, double[] x, int xo, int xStep, int n) {
        LOOPS.substitute(first, order, l, lo, lStep, x, xo, xStep, n);
    }

    /** Dot products of rows; see {@link Loops64#rowDots}. */
    public static void rowDots(int rows, int n, double[] a, int ao, int aStep, double[] x, int xo, double[] dots, int to, double[] lanes) {
        LOOPS.rowDots(rows, n, a, ao, aStep, x, xo, dots, to, lanes);
    }

    /** A weighted sum of rows; see {@link Loops64#addWeightedRows}. */
    public static void addWeightedRows(int rows, int n, double[] a, int ao, int aStep, double[] w, int wo, double[] sum, int so) {
        LOOPS.addWeightedRows(rows, n, a, ao, aStep, w, wo, sum, so);
    }

    /** Both; see {@link Loops64#dotsAndWeightedRows}. */
    public static void dotsAndWeightedRows(int rows, int n, double[] a, int ao, int aStep, double[] x, int xo, double[] dots, int to,
            double[] w, int wo, double[] sum, int so, double[] lanes) {
        LOOPS.dotsAndWeightedRows(rows, n, a, ao, aStep, x, xo, dots, to, w, wo, sum, so, lanes);
    }

    /** {@code out_i = f(x_i)}; see {@link Loops64#map}. */
    public static void map(Unary f, double[] x, double[] out) {
        LOOPS.map(f, x, 0, out, 0, x.length);
    }

    /** The sum of products of parts of arrays; see {@link Loops64#dot}. */
    public static double dot(double[] x, int xo, double[] y, int yo, int n, double[] lanes) {
        return LOOPS.dot(x, xo, y, yo, n, lanes);
    }

    /** The sum of products: of long arrays in the lanes of {@link Loops64#dot}, of short ones in eight interleaved sums. */
    public static double dot(double[] x, double[] y) {
        int n = x.length;
        if (n >= LONG) {
            return LOOPS.dot(x, 0, y, 0, n, new double[Kernels.LANES]);
        }
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = 0;
        for (; i + 8 <= n; i += 8) {
            s0 = Math.fma(x[i], y[i], s0);
            s1 = Math.fma(x[i + 1], y[i + 1], s1);
            s2 = Math.fma(x[i + 2], y[i + 2], s2);
            s3 = Math.fma(x[i + 3], y[i + 3], s3);
            s4 = Math.fma(x[i + 4], y[i + 4], s4);
            s5 = Math.fma(x[i + 5], y[i + 5], s5);
            s6 = Math.fma(x[i + 6], y[i + 6], s6);
            s7 = Math.fma(x[i + 7], y[i + 7], s7);
        }
        for (; i < n; i++) {
            s0 = Math.fma(x[i], y[i], s0);
        }
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }
}
