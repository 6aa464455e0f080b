// Generated from MatMulBinding64.java by linalg/generator; change that one.
package intarsia.linalg.simd;

import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.heap.Block32;
import intarsia.linalg.heap.HeapBuffer32;
import intarsia.linalg.heap.Loops32;

/**
 * Chooses how a product is computed, when it is bound. It goes to {@link MatMulCommand32} as it is, or transposed, {@code c' = b' a'}, when
 * that costs less: a transposed right operand must be transposed element by element, and vectors lie along the columns of what is computed;
 * only a single column from contiguous rows is left to {@link MatMulColumn32}. An output whose columns are then not contiguous, or fewer
 * than the narrowest vector's, is computed in scratch memory and copied.
 */
final class MatMulBinding32 {
    private static final int L = Width.F32.length();

    private MatMulBinding32() {}

    /** A product bound, and the tiles that it needs. */
    record Bound(Command command, TileSet tiles) {}

    static Bound bind(Loops32 loops, MatMul product, Block32 a, Block32 b, Block32 bias, Block32 c, Pool pool) {
        int rows = c.rows();
        int columns = c.columns();
        if (rows == 0 || columns == 0) {
            return new Bound(() -> { }, TileSet.STRIPES);
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
        boolean upright = columns == 1 && !product.transposeA();
        boolean turned = rows == 1 && product.transposeB();
        if (turned || !upright
                && copying + cost(columns, rows, inner, product.transposeA()) < cost(rows, columns, inner, !product.transposeB())) {
            Matrix32 turnedStart = start == null ? null : start.transposed();
            return bind(loops, product, columns, rows, inner, right.transposed(), left.transposed(), turnedStart, out.transposed(), pool);
        }
        return bind(loops, product, rows, columns, inner, left, right, start, out, pool);
    }

    /** A rough number of cycles: a tile's multiplications, a vector a cycle, and packing the right operand. */
    private static long cost(int rows, int columns, int inner, boolean contiguous) {
        long vectors = (columns + L - 1) / L;
        long high = contiguous && rows <= MatMulCommand32.FEW_ROWS && columns >= L ? 2 * rows : vectors < 4 ? (rows + 7) / 8 * 8 : rows;
        long packing = !contiguous || columns < MatMulCommand32.NARROWEST ? columns : 0;
        return (high * vectors + packing) * inner;
    }

    /** Whether a product is too small for vectors. */
    static boolean tiny(int rows, int columns, int inner) {
        return (long) rows * columns * inner <= 16 || Math.max(rows, columns) < MatMulCommand32.NARROWEST;
    }

    private static Bound bind(Loops32 loops, MatMul product, int rows, int columns, int inner, Matrix32 left, Matrix32 right,
            Matrix32 start, Matrix32 out, Pool pool) {
        if (columns == 1 && left.columnStep() == 1) {
            return new Bound(new MatMulColumn32(rows, inner, left, right, start, out, product.activation(), loops, pool), TileSet.STRIPES);
        }
        int width = Math.max(columns, MatMulCommand32.NARROWEST);
        if (width == columns && out.columnStep() == 1 && (start == null || start.columnStep() == 1)) {
            MatMulCommand32 command = new MatMulCommand32(rows, columns, inner, left, right, columns, start, out, product.activation(),
                    loops, pool);
            return new Bound(command, command.tiles());
        }
        Matrix32 scratch = new Matrix32(new float[HeapBuffer32.FIRST + rows * width], HeapBuffer32.FIRST, width, 1);
        MatMulCommand32 through = new MatMulCommand32(rows, width, inner, left, right, columns, start == null ? null : scratch, scratch,
                product.activation(), loops, pool);
        return new Bound(() -> {
            if (start != null) {
                scratch.copy(start, rows, columns);
            }
            through.run();
            out.copy(scratch, rows, columns);
        }, through.tiles());
    }
}
