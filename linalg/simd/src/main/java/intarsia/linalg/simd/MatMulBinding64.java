package intarsia.linalg.simd;

import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HeapBuffer64;
import intarsia.linalg.heap.Loops64;

/**
 * Chooses how a product is computed, when it is bound. It goes to {@link MatMulCommand64} as it is, or transposed, {@code c' = b' a'}, when
 * that costs less: a transposed right operand must be transposed element by element, and vectors lie along the columns of what is computed;
 * only a single column from contiguous rows is left to {@link MatMulColumn64}. An output whose columns are then not contiguous, or fewer
 * than the narrowest vector's, is computed in scratch memory and copied.
 */
final class MatMulBinding64 {
    private static final int L = Width.F64.length();

    private MatMulBinding64() {}

    /** A product bound, and the tiles that it needs. */
    record Bound(Command command, TileSet tiles) {}

    static Bound bind(Loops64 loops, MatMul product, Block64 a, Block64 b, Block64 bias, Block64 c, Pool pool) {
        int rows = c.rows();
        int columns = c.columns();
        if (rows == 0 || columns == 0) {
            return new Bound(() -> { }, TileSet.STRIPES);
        }
        int inner = product.transposeA() ? a.rows() : a.columns();
        Matrix64 left = Matrix64.of(a, product.transposeA());
        Matrix64 right = Matrix64.of(b, product.transposeB());
        Matrix64 out = Matrix64.of(c);
        Matrix64 start = switch (product.start()) {
            case ZERO -> null;
            case OUTPUT -> out;
            case BIAS -> new Matrix64(bias.array(), bias.offset(), 0, 1);
        };
        long copying = columns == 1 ? 0 : (long) rows * columns * (start == null ? 1 : 2);
        boolean upright = columns == 1 && !product.transposeA();
        boolean turned = rows == 1 && product.transposeB();
        if (turned || !upright
                && copying + cost(columns, rows, inner, product.transposeA()) < cost(rows, columns, inner, !product.transposeB())) {
            Matrix64 turnedStart = start == null ? null : start.transposed();
            return bind(loops, product, columns, rows, inner, right.transposed(), left.transposed(), turnedStart, out.transposed(), pool);
        }
        return bind(loops, product, rows, columns, inner, left, right, start, out, pool);
    }

    /** A rough number of cycles: a tile's multiplications, a vector a cycle, and packing the right operand. */
    private static long cost(int rows, int columns, int inner, boolean contiguous) {
        long vectors = (columns + L - 1) / L;
        long high = contiguous && rows <= MatMulCommand64.FEW_ROWS && columns >= L ? 2 * rows : vectors < 4 ? (rows + 7) / 8 * 8 : rows;
        long packing = !contiguous || columns < MatMulCommand64.NARROWEST ? columns : 0;
        return (high * vectors + packing) * inner;
    }

    /** Whether a product is too small for vectors. */
    static boolean tiny(int rows, int columns, int inner) {
        return (long) rows * columns * inner <= 16 || Math.max(rows, columns) < MatMulCommand64.NARROWEST;
    }

    private static Bound bind(Loops64 loops, MatMul product, int rows, int columns, int inner, Matrix64 left, Matrix64 right,
            Matrix64 start, Matrix64 out, Pool pool) {
        if (columns == 1 && left.columnStep() == 1) {
            return new Bound(new MatMulColumn64(rows, inner, left, right, start, out, product.activation(), loops, pool), TileSet.STRIPES);
        }
        int width = Math.max(columns, MatMulCommand64.NARROWEST);
        if (width == columns && out.columnStep() == 1 && (start == null || start.columnStep() == 1)) {
            MatMulCommand64 command = new MatMulCommand64(rows, columns, inner, left, right, columns, start, out, product.activation(),
                    loops, pool);
            return new Bound(command, command.tiles());
        }
        Matrix64 scratch = new Matrix64(new double[HeapBuffer64.FIRST + rows * width], HeapBuffer64.FIRST, width, 1);
        MatMulCommand64 through = new MatMulCommand64(rows, width, inner, left, right, columns, start == null ? null : scratch, scratch,
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
