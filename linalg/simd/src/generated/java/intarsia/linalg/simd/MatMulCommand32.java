// Generated from MatMulCommand64.java by FloatSources; change that one.
package intarsia.linalg.simd;

import intarsia.linalg.Command;
import intarsia.linalg.Pool;
import intarsia.linalg.Unary;
import intarsia.linalg.heap.Loops32;

/**
 * A matrix product with contiguous columns, at least as many as a vector holds. The output is walked in stripes of a few vectors of
 * columns and blocks of the inner index; a stripe of the right operand's block is packed so that it streams through the first-level cache,
 * and every tile of the stripe is computed against it. Between the blocks the accumulators rest in the output, so the products of an
 * element are taken in ascending order whatever the blocking. A right operand that few rows read, or of which a stripe fits into the
 * first-level cache as it is, is not worth the packing: tiles then read it where it lies.
 *
 * <p>Threads share a large product by stripes of columns or by rows; no element is shared, so the bits do not depend on them.
 */
final class MatMulCommand32 implements Command {
    private static final int L = Width.F32.length();
    /** Vectors across a tile. */
    private static final int TILE = Width.MANY_REGISTERS ? 4 : 3;
    /**
     * The most inner indices in a block: a packed stripe takes three quarters of a first-level cache of 32 KiB, or lives in the second
     * level.
     */
    private static final int BLOCK = Width.MANY_REGISTERS ? 512 : 256;
    /** Up to so many rows go one by one. */
    private static final int SINGLE_ROWS = 2;
    /** Up to so many rows, or so small an inner size, packing the right operand costs more than it saves. */
    private static final int FEW_ROWS = 64;
    private static final int SHORT = 32;
    /** The inner size from which it pays to pack the left operand as well, if it is a transpose or large. */
    private static final int LONG = 64;
    /** How many numbers of the left operand are too many for the second-level cache. */
    private static final int LEFT = 1 << 17;
    /** Multiplications below which a second thread costs more than it brings. */
    private static final long LARGE = 1L << 19;

    private final int rows;
    private final int columns;
    private final int inner;
    private final Matrix32 left;
    private final Matrix32 right;
    /** How many columns the right operand really has; what lacks to {@code columns} counts as 0. */
    private final int rightColumns;
    private final Matrix32 start;
    private final Matrix32 out;
    private final Unary activation;
    private final Loops32 loops;
    private final Pool pool;
    private final boolean packing;
    private final boolean packingLeft;
    private final int block;
    private final int parts;
    private final boolean partsAreRows;
    private final int partSize;
    /** For each part, a packed stripe of the right operand and, if needed, the packed block of the left one. */
    private final float[][] packedRight;
    private final float[][] packedLeft;
    private final Pool.Parts work = this::part;

    MatMulCommand32(int rows, int columns, int inner, Matrix32 left, Matrix32 right, int rightColumns, Matrix32 start, Matrix32 out,
            Unary activation, Loops32 loops, Pool pool) {
        this.rows = rows;
        this.columns = columns;
        this.inner = inner;
        this.left = left;
        this.right = right;
        this.rightColumns = rightColumns;
        this.start = start;
        this.out = out;
        this.activation = activation;
        this.loops = loops;
        this.pool = pool;
        packing = packs(rows, inner, right.columnStep() == 1 && rightColumns == columns);
        packingLeft = packing && inner >= LONG && (left.columnStep() == 1 ? (long) rows * inner >= LEFT && columns >= 256 : columns > 2 * TILE * L);
        block = blocks() == 0 ? 0 : (inner + blocks() - 1) / blocks();
        int threads = (long) rows * columns * inner < LARGE ? 1 : pool.threads();
        partsAreRows = columns < rows && columns < 2 * threads * TILE * L;
        int units = partsAreRows ? (rows + 3) / 4 : columns / L;
        int unitsAPart = Math.max(1, (units + threads - 1) / threads);
        partSize = unitsAPart * (partsAreRows ? 4 : L);
        parts = (units + unitsAPart - 1) / unitsAPart;
        packedRight = new float[parts][packing ? block * TILE * L : 0];
        packedLeft = new float[parts][packingLeft ? block * ((rows + 3) / 4 * 4) : 0];
    }

    /** Whether a product of these sizes packs its right operand, which may have contiguous columns. */
    static boolean packs(int rows, int inner, boolean contiguous) {
        return !contiguous || rows > FEW_ROWS && inner > SHORT;
    }

    private int blocks() {
        return (inner + BLOCK - 1) / BLOCK;
    }

    @Override
    public void run() {
        if (parts == 1) {
            part(0);
        } else {
            pool.run(parts, work);
        }
    }

    private void part(int part) {
        int begin = part * partSize;
        boolean last = part == parts - 1;
        int bottom = partsAreRows && !last ? begin + partSize : rows;
        int from = partsAreRows ? 0 : begin;
        int to = partsAreRows || last ? columns : begin + partSize;
        int top = partsAreRows ? begin : 0;
        Matrix32 rest = start;
        int k = 0;
        do {
            int depth = Math.min(block, inner - k);
            if (rows <= SINGLE_ROWS && !packing) {
                singleRows(top, bottom, from, to, k, depth, rest);
            } else {
                stripes(part, top, bottom, from, to, k, depth, rest);
            }
            rest = out;
            k += depth;
        } while (k < inner);
        if (activation != null) {
            activate(top, bottom, from, to);
        }
    }

    /** Row by row and four vectors at a time. */
    private void singleRows(int top, int bottom, int from, int to, int k, int depth, Matrix32 rest) {
        int vectors;
        for (int j = from; j < to; j += vectors * L) {
            vectors = vectorsOf(to - j, 4);
            int last = Math.min(vectors * L, to - j) - L;
            for (int i = top; i < bottom; i++) {
                MatMulTiles32.row1x4(depth, left.array(), at(left, i, k), left.columnStep(),
                        right.array(), at(right, k, j), right.rowStep(), rest.array(), at(rest, i, j), out.array(), at(out, i, j),
                        Math.min(L, last), Math.min(2 * L, last), last);
            }
        }
    }

    /** Stripe by stripe of the right operand, in packed memory or where it lies. */
    private void stripes(int part, int top, int bottom, int from, int to, int k, int depth, Matrix32 rest) {
        if (packingLeft) {
            packLeft(packedLeft[part], top, bottom, k, depth);
        }
        int vectors;
        for (int j = from; j < to; j += vectors * L) {
            vectors = vectorsOf(to - j, TILE);
            int last = Math.min(vectors * L, to - j) - L;
            if (packing) {
                packRight(packedRight[part], vectors, k, depth, j, last);
                tiles(part, vectors, last, top, bottom, k, depth, j, rest, packedRight[part], 0, vectors * L, (vectors - 1) * L);
            } else {
                tiles(part, vectors, last, top, bottom, k, depth, j, rest, right.array(), at(right, k, j), right.rowStep(), last);
            }
        }
    }

    /** Columns in vectors, at most so many, and never so that one vector alone would be left to overlap what is done. */
    private static int vectorsOf(int columns, int most) {
        int vectors = (columns + L - 1) / L;
        return vectors == most + 1 ? most - 1 : Math.min(vectors, most);
    }

    private void tiles(int part, int vectors, int last, int top, int bottom, int k, int depth, int j, Matrix32 rest,
            float[] b, int bo, int bStep, int bLast) {
        boolean panels = packingLeft && vectors > 1;
        float[] a = panels ? packedLeft[part] : left.array();
        int row = panels ? 1 : left.rowStep();
        int step = panels ? 4 : left.columnStep();
        int panel = panels ? 4 * depth : 4 * left.rowStep();
        int ao = panels ? 0 : at(left, top, k);
        float[] s = rest.array();
        float[] c = out.array();
        int sRow = rest.rowStep();
        int cRow = out.rowStep();
        int height;
        for (int i = top; i < bottom; i += height) {
            int so = at(rest, i, j);
            int co = at(out, i, j);
            int n = bottom - i;
            height = vectors == 1 || tall(vectors, n) ? 8 : 4;
            switch (vectors) {
                case 4 -> MatMulTiles32.tile4x4(depth, a, ao, row, step, b, bo, bStep, bLast, s, so, sRow, c, co, cRow, last, n);
                case 3 -> MatMulTiles32.tile4x3(depth, a, ao, row, step, b, bo, bStep, bLast, s, so, sRow, c, co, cRow, last, n);
                case 2 -> {
                    if (height == 8) {
                        MatMulTiles32.tile8x2(depth, a, ao, row, step, b, bo, bStep, bLast, s, so, sRow, c, co, cRow, last, n);
                    } else if (step == 1) {
                        MatMulTiles32.tile4x2Along(depth, a, ao, row, b, bo, bStep, bLast, s, so, sRow, c, co, cRow, last, n);
                    } else {
                        MatMulTiles32.tile4x2(depth, a, ao, row, step, b, bo, bStep, bLast, s, so, sRow, c, co, cRow, last, n);
                    }
                }
                default -> MatMulTiles32.tile8x1(depth, a, ao, row, step, b, bo, bStep, s, so, sRow, c, co, cRow, n);
            }
            ao += height / 4 * panel;
        }
    }

    /** Whether there are registers and rows for a tile of eight rows by two vectors; packed panels of the left operand have four. */
    private boolean tall(int vectors, int rowsLeft) {
        return Width.MANY_REGISTERS && vectors == 2 && rowsLeft > 4 && !packingLeft;
    }

    /** Panels of four rows, of which the last may be short. */
    private void packLeft(float[] to, int top, int bottom, int k, int depth) {
        for (int i = top; i < bottom; i += 4) {
            int target = (i - top) * depth;
            int n = Math.min(4, bottom - i);
            if (left.columnStep() == 1) {
                Packing32.turn(left.array(), at(left, i, k), left.rowStep(), to, target, 4, n, depth);
            } else if (n == 4) {
                Packing32.fours(left.array(), at(left, i, k), left.columnStep(), to, target, depth);
            } else {
                for (int q = 0; q < depth; q++) {
                    for (int r = 0; r < n; r++) {
                        to[target + 4 * q + r] = left.array()[at(left, i + r, k + q)];
                    }
                }
            }
        }
    }

    private void packRight(float[] to, int vectors, int k, int depth, int j, int last) {
        float[] from = right.array();
        int source = at(right, k, j);
        int step = right.rowStep();
        if (rightColumns < columns) {
            for (int q = 0; q < depth; q++) {
                for (int x = 0; x < rightColumns; x++) {
                    to[q * L + x] = from[at(right, k + q, x)];
                }
            }
        } else if (right.columnStep() != 1) {
            int width = vectors * L;
            Packing32.turn(from, source, right.columnStep(), to, 0, width, width - L, depth);
            Packing32.turn(from, source + last * right.columnStep(), right.columnStep(), to, width - L, width, L, depth);
        } else {
            switch (vectors) {
                case 1 -> Packing32.vectors1(from, source, step, to, depth);
                case 2 -> Packing32.vectors2(from, source, step, last, to, depth);
                case 3 -> Packing32.vectors3(from, source, step, L, last, to, depth);
                default -> Packing32.vectors4(from, source, step, L, 2 * L, last, to, depth);
            }
        }
    }

    private void activate(int top, int bottom, int from, int to) {
        if (from == 0 && to == out.rowStep()) {
            loops.map(activation, out.array(), at(out, top, 0), out.array(), at(out, top, 0), (bottom - top) * to);
        } else {
            for (int i = top; i < bottom; i++) {
                loops.map(activation, out.array(), at(out, i, from), out.array(), at(out, i, from), to - from);
            }
        }
    }

    private static int at(Matrix32 matrix, int i, int j) {
        return matrix.offset() + i * matrix.rowStep() + j * matrix.columnStep();
    }
}
