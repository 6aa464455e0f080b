// Generated from MatMulColumn64.java by linalg/generator; change that one.
package intarsia.linalg.simd;

import intarsia.linalg.Command;
import intarsia.linalg.Pool;
import intarsia.linalg.Unary;
import intarsia.linalg.heap.Loops32;

/**
 * The product of contiguous rows and one column: a sum for each row, taken in order as every product's are, so that no two products of a
 * row can go into one vector. Eight rows at a time keep the processor as busy, without turning anything.
 */
final class MatMulColumn32 implements Command {
    private final int rows;
    private final int inner;
    private final Matrix32 left;
    private final Matrix32 right;
    /** The start values of the output; null for zeros. */
    private final Matrix32 start;
    private final Matrix32 out;
    private final Unary activation;
    private final Loops32 loops;
    private final Pool pool;
    private final int parts;
    private final float[] column;
    private final float[] sums;
    private final Pool.Parts work = this::part;

    MatMulColumn32(int rows, int inner, Matrix32 left, Matrix32 right, Matrix32 start, Matrix32 out, Unary activation, Loops32 loops,
            Pool pool) {
        this.rows = rows;
        this.inner = inner;
        this.left = left;
        this.right = right;
        this.start = start;
        this.out = out;
        this.activation = activation;
        this.loops = loops;
        this.pool = pool;
        parts = (long) rows * inner < MatMulCommand32.LARGE ? 1 : pool.threads();
        column = new float[inner];
        sums = new float[rows];
    }

    @Override
    public void run() {
        for (int k = 0; k < inner; k++) {
            column[k] = right.array()[right.offset() + k * right.rowStep()];
        }
        if (parts == 1) {
            part(0);
        } else {
            pool.run(parts, work);
        }
        if (activation != null) {
            loops.map(activation, sums, 0, sums, 0, rows);
        }
        for (int i = 0; i < rows; i++) {
            out.array()[out.offset() + i * out.rowStep()] = sums[i];
        }
    }

    private void part(int part) {
        int i = (int) ((long) rows * part / parts);
        int bottom = (int) ((long) rows * (part + 1) / parts);
        for (int j = i; j < bottom; j++) {
            sums[j] = start == null ? 0 : start.array()[start.offset() + j * start.rowStep()];
        }
        for (; i + 8 <= bottom; i += 8) {
            eight(inner, left.array(), left.offset() + i * left.rowStep(), left.rowStep(), column, sums, i);
        }
        for (; i < bottom; i++) {
            sums[i] = one(inner, left.array(), left.offset() + i * left.rowStep(), column, sums[i]);
        }
    }

    private static void eight(int inner, float[] a, int ao, int aRow, float[] b, float[] c, int co) {
        float x0 = c[co];
        float x1 = c[co + 1];
        float x2 = c[co + 2];
        float x3 = c[co + 3];
        float x4 = c[co + 4];
        float x5 = c[co + 5];
        float x6 = c[co + 6];
        float x7 = c[co + 7];
        int a1 = ao + aRow;
        int a2 = ao + 2 * aRow;
        int a3 = ao + 3 * aRow;
        int a4 = ao + 4 * aRow;
        int a5 = ao + 5 * aRow;
        int a6 = ao + 6 * aRow;
        int a7 = ao + 7 * aRow;
        for (int k = 0; k < inner; k++) {
            float y = b[k];
            x0 = Math.fma(a[ao + k], y, x0);
            x1 = Math.fma(a[a1 + k], y, x1);
            x2 = Math.fma(a[a2 + k], y, x2);
            x3 = Math.fma(a[a3 + k], y, x3);
            x4 = Math.fma(a[a4 + k], y, x4);
            x5 = Math.fma(a[a5 + k], y, x5);
            x6 = Math.fma(a[a6 + k], y, x6);
            x7 = Math.fma(a[a7 + k], y, x7);
        }
        c[co] = x0;
        c[co + 1] = x1;
        c[co + 2] = x2;
        c[co + 3] = x3;
        c[co + 4] = x4;
        c[co + 5] = x5;
        c[co + 6] = x6;
        c[co + 7] = x7;
    }

    private static float one(int inner, float[] a, int ao, float[] b, float start) {
        float sum = start;
        for (int k = 0; k < inner; k++) {
            sum = Math.fma(a[ao + k], b[k], sum);
        }
        return sum;
    }
}
