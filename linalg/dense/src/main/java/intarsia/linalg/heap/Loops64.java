package intarsia.linalg.heap;

import intarsia.linalg.AdamStep;
import intarsia.linalg.Binary;
import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.Unary;

/**
 * The inner loops over arrays that a provider of heap kernels implements. They check nothing: {@link HeapKernels64} has done so. The bits
 * of every result are those of {@link ScalarLoops64}, the reference; see {@link intarsia.linalg.Kernels} for the rules.
 *
 * <p>Ranges of n numbers begin at the given offsets; an output range may be exactly an input range. Loops hold no numbers of their own:
 * kernels, and so threads, share them, and every command brings the scratch memory it needs.
 */
public interface Loops64 {
    /** The lanes of {@link #rowDots}. */
    int ROW_LANES = 16;

    /** The name of these loops, such as {@code scalar} or {@code simd-256}. */
    String name();

    /** {@code out = f(x)}. */
    void map(Unary f, double[] x, int xo, double[] out, int oo, int n);

    /** {@code out = f(x, y)}. */
    void zip(Binary f, double[] x, int xo, double[] y, int yo, double[] out, int oo, int n);

    /** {@code out = fma(x, scale, shift)}. */
    void affine(double scale, double shift, double[] x, int xo, double[] out, int oo, int n);

    /**
     * The sum in 32 logical lanes: element i goes to lane i mod 32, in order; lanes are then added in halves, 16, 8, 4, 2, 1.
     *
     * @param lanes scratch memory of the caller's own, {@link intarsia.linalg.Kernels#LANES} numbers, overwritten
     */
    double sum(double[] x, int xo, int n, double[] lanes);

    /** The sum of products in the same lanes, each product by one fused multiply-add. */
    double dot(double[] x, int xo, double[] y, int yo, int n, double[] lanes);

    /** Adds rows of n numbers, {@code stride} apart, to {@code out}, one after the other. */
    void addRows(double[] x, int xo, int stride, int rows, double[] out, int oo, int n);

    /** One Adam step; see {@link AdamStep}. */
    void adam(AdamStep step, double[] p, int po, double[] g, int go, double[] m, int mo, double[] v, int vo, int n);

    /** Writes the transpose of rows x columns numbers, steps apart from row to row, in which a step may be negative. */
    void transpose(int rows, int columns, double[] x, int xo, int xStep, double[] out, int oo, int oStep);

    /**
     * Forward substitution with a lower triangle l: rows {@code first} to {@code order} of n numbers each become
     * {@code x_i = (x_i + sum_k<i l_ik x_k) / -l_ii}, k in ascending order, each product by one fused multiply-add. First and order are
     * multiples of 4, n of 32.
     */
    void substitute(int first, int order, double[] l, int lo, int lStep, double[] x, int xo, int xStep, int n);

    /**
     * Adds to {@code dots} the dot products of rows with x, in 16 lanes as {@link #dot} has 32: element j of a row goes to lane j mod 16.
     * The number of rows is a multiple of 4, n of {@link #ROW_LANES}.
     *
     * @param lanes scratch memory of the caller's own, {@code 4 ROW_LANES} numbers, overwritten
     */
    void rowDots(int rows, int n, double[] a, int ao, int aStep, double[] x, int xo, double[] dots, int to, double[] lanes);

    /** Adds to {@code sum} the rows times their weights, one after the other, each by one fused multiply-add; sizes as there. */
    void addWeightedRows(int rows, int n, double[] a, int ao, int aStep, double[] w, int wo, double[] sum, int so);

    /** {@link #rowDots} and {@link #addWeightedRows} in one pass over the rows: what a symmetric matrix needs. */
    void dotsAndWeightedRows(int rows, int n, double[] a, int ao, int aStep, double[] x, int xo, double[] dots, int to, double[] w, int wo,
            double[] sum, int so, double[] lanes);

    /**
     * A matrix product bound to its operands: all sizes fit, {@code bias} is null unless the start is BIAS. May split its work over the
     * pool.
     */
    Command matmul(MatMul product, Block64 a, Block64 b, Block64 bias, Block64 c, Pool pool);
}
