// Generated from MatMulBinding64.java by FloatSources; change that one.
package intarsia.linalg.simd;

import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.heap.Block32;
import intarsia.linalg.heap.Loops32;

/**
 * Chooses how a product is computed, when it is bound. It goes to {@link MatMulCommand32} as it is, or turned round, {@code c' = b' a'},
 * when that costs less: a transposed right operand must be turned element by element, and vectors lie along the columns of what is
 * computed. An output whose columns are then not contiguous, or fewer than a vector's, is computed in scratch memory and copied.
 */
final class MatMulBinding32 {
    private static final int L = Width.F32.length();

    private MatMulBinding32() {}

    static Command bind(Loops32 loops, MatMul product, Block32 a, Block32 b, Block32 bias, Block32 c, Pool pool) {
        int rows = c.rows();
        int columns = c.columns();
        if (rows == 0 || columns == 0) {
            return () -> { };
        }
        int inner = product.transposeA() ? a.rows() : a.columns();
        Matrix32 left = Matrix32.of(a, product.transposeA());
        Matrix32 right = Matrix32.of(b, product.transposeB());
        Matrix32 out = Matrix32.of(c);
        Matrix32 start = switch (product.start()) {
            case ZERO -> null;
            case OUTPUT -> out;
            case BIAS -> new Matrix32(bias.array(), bias.offset(), 0, 1);
        };
        long copying = columns == 1 ? 0 : (long) rows * columns * (start == null ? 1 : 2);
        if (copying + cost(columns, rows, inner, product.transposeA()) < cost(rows, columns, inner, !product.transposeB())) {
            Matrix32 turnedStart = start == null ? null : start.transposed();
            return bind(loops, product, columns, rows, inner, right.transposed(), left.transposed(), turnedStart, out.transposed(), pool);
        }
        return bind(loops, product, rows, columns, inner, left, right, start, out, pool);
    }

    /** A rough number of cycles: a tile's multiplications, two vectors a cycle, and packing the right operand. */
    private static long cost(int rows, int columns, int inner, boolean contiguous) {
        long vectors = (columns + L - 1) / L;
        long packing = !MatMulCommand32.packs(rows, inner, contiguous && columns >= L) ? 0 : contiguous && columns >= L ? vectors : columns;
        return ((rows + 3) / 4 * 4 * vectors / 2 + packing) * inner;
    }

    private static Command bind(Loops32 loops, MatMul product, int rows, int columns, int inner, Matrix32 left, Matrix32 right,
            Matrix32 start, Matrix32 out, Pool pool) {
        int width = Math.max(columns, L);
        Matrix32 zeros = new Matrix32(start == null ? new float[width] : null, 0, 0, 1);
        if (columns >= L && out.columnStep() == 1 && (start == null || start.columnStep() == 1)) {
            return new MatMulCommand32(rows, columns, inner, left, right, columns, start == null ? zeros : start, out,
                    product.activation(), loops, pool);
        }
        Matrix32 scratch = new Matrix32(new float[rows * width], 0, width, 1);
        Command through = new MatMulCommand32(rows, width, inner, left, right, columns, start == null ? zeros : scratch, scratch,
                product.activation(), loops, pool);
        return () -> {
            if (start != null) {
                scratch.copy(start, rows, columns);
            }
            through.run();
            out.copy(scratch, rows, columns);
        };
    }
}
