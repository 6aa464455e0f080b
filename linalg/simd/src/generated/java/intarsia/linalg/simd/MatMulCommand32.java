// Generated from MatMulCommand64.java by linalg/generator; change that one.
package intarsia.linalg.simd;

import intarsia.linalg.Command;
import intarsia.linalg.Pool;
import intarsia.linalg.Unary;
import intarsia.linalg.heap.HeapBuffer32;
import intarsia.linalg.heap.Loops32;

/**
 * A matrix product with contiguous columns, at least as many as the narrowest vector in use holds. The output is walked in stripes of a few
 * vectors of columns, a stripe in tiles. Where the right operand fits into the second-level cache, tiles read it where it lies; otherwise,
 * or where its columns are not contiguous or many rows meet one whose own rows begin anywhere in cache lines, it is walked in blocks of the
 * inner index, of which several stripes at a time are packed, and a row of tiles meets all of them before the next. Between the blocks the
 * accumulators rest in the output, so the products of an element are taken in ascending order whatever the blocking. Columns that fill no
 * stripe are left to tiles of up to five vectors, the last of which may overlap the others, or to narrower tiles.
 *
 * <p>Threads share a large product by stripes of columns or by rows; no element is shared, so the bits do not depend on them.
 */
final class MatMulCommand32 implements Command {
    private static final int L = Width.F32.length();
    private static final int HALF = Width.HALF32.length();
    /** The fewest columns a product may have. */
    static final int NARROWEST = Width.QUARTER32.length();
    /** Vectors across a stripe. */
    private static final int ACROSS = Width.MANY_REGISTERS ? 4 : 3;
    private static final int STRIPE = ACROSS * L;
    /** The most inner indices in a block of packed memory. */
    private static final int BLOCK = Width.MANY_REGISTERS ? 512 : 256;
    /** Stripes packed at a time: with {@link #BLOCK}, half of a second-level cache. */
    private static final int GROUP = 4;
    /** The numbers of the right operand that fit the second-level cache. */
    private static final int NEAR = (1 << 19) / Float.BYTES;
    /** The number of rows up to which they are computed one by one. */
    static final int FEW_ROWS = 3;
    /** The number of rows from which it pays to pack a right operand whose rows do not all begin at cache lines. */
    private static final int MANY_ROWS = 160;
    /** The inner size from which it pays to pack a transposed left operand. */
    private static final int LONG = 128;
    /** The index of the first packed number in its array. */
    private static final int FIRST = HeapBuffer32.FIRST;
    /** The multiplications below which a second thread costs more than it saves. */
    static final long LARGE = 1L << 19;

    private final int rows;
    private final int columns;
    private final int inner;
    private final Matrix32 left;
    private final Matrix32 right;
    /** How many columns the right operand really has; what lacks to {@code columns} counts as 0. */
    private final int rightColumns;
    /** The start values of the output; null for zeros. */
    private final Matrix32 start;
    private final Matrix32 out;
    private final Unary activation;
    private final Loops32 loops;
    private final Pool pool;
    /** Whether columns that fill no stripe are computed by {@link MatMulOverlaps32}. */
    private final boolean overlaps;
    private final boolean packing;
    private final boolean packingLeft;
    private final int block;
    private final int parts;
    private final boolean partsAreRows;
    private final int partSize;
    /** Whether the product is a single vector wide and fits the tile for that. */
    private final boolean slim;
    /** For each part, packed stripes of the right operand and, if needed, the packed block of the left one. */
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
        overlaps = Width.MANY_REGISTERS && columns > L;
        packing = right.columnStep() != 1 || rightColumns < columns || rows > FEW_ROWS && (long) inner * columns > NEAR
                || rows >= MANY_ROWS && columns >= STRIPE && right.rowStep() % L != 0;
        packingLeft = packing && left.columnStep() != 1 && inner >= LONG && columns >= 2 * STRIPE;
        block = packing ? blockOf(inner) : inner;
        int threads = (long) rows * columns * inner < LARGE ? 1 : pool.threads();
        partsAreRows = rows >= 8 * threads && (!packing || columns < 2 * threads * STRIPE);
        int units = partsAreRows ? rows : Math.max(1, columns / L);
        int unitsAPart = Math.max(partsAreRows ? 1 : 2, (units + threads - 1) / threads);
        partSize = unitsAPart * (partsAreRows ? 1 : L);
        int count = (units + unitsAPart - 1) / unitsAPart;
        // a part of the columns has more than a vector of them
        parts = !partsAreRows && count > 1 && columns - (count - 1) * partSize <= L ? count - 1 : count;
        slim = packing && columns == L && left.columnStep() == 1;
        packedRight = new float[parts][FIRST + (packing ? block * packedColumns(columns) : 0)];
        packedLeft = new float[parts][packingLeft ? block * (rows + 3) : 0];
    }

    /** How many columns are packed at a time: a group of stripes, or all; at least a stripe and a vector, which may go together. */
    private static int packedColumns(int columns) {
        int stripes = (columns + STRIPE - 1) / STRIPE;
        return Math.max(Math.min(stripes, GROUP) * STRIPE, STRIPE + L);
    }

    /** Blocks of about equal size. */
    private static int blockOf(int inner) {
        int blocks = Math.max(1, (inner + BLOCK - 1) / BLOCK);
        return (inner + blocks - 1) / blocks;
    }

    /** The tiles that it needs besides those of whole stripes. */
    TileSet tiles() {
        if (columns % STRIPE == 0 && (partsAreRows || partSize % STRIPE == 0)) {
            return TileSet.STRIPES;
        }
        return overlaps ? TileSet.OVERLAPS : TileSet.EDGES;
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
            if (rows <= FEW_ROWS && !packing && columns >= L) {
                rowByRow(top, bottom, from, to, k, depth, rest);
            } else {
                if (packingLeft) {
                    packLeft(packedLeft[part], top, bottom, k, depth);
                }
                int whole = whole(from, to);
                stripes(part, top, bottom, from, whole, k, depth, rest);
                if (overlaps) {
                    last(part, top, bottom, whole, to, k, depth, rest);
                } else {
                    edges(part, top, bottom, from, whole, to, k, depth, rest);
                }
            }
            rest = out;
            k += depth;
        } while (k < inner);
        if (activation != null) {
            activate(top, bottom, from, to);
        }
    }

    /** The end of whole stripes. There is one stripe less if a single vector would be left: five go together. */
    private int whole(int from, int to) {
        int stripes = (to - from) / STRIPE;
        int left = (to - from) % STRIPE;
        return from + (overlaps && stripes > 0 && left > 0 && left <= L ? stripes - 1 : stripes) * STRIPE;
    }

    /** Few rows, four vectors at a time, of which the last may overlap the one before. */
    private void rowByRow(int top, int bottom, int from, int to, int k, int depth, Matrix32 rest) {
        int vectors;
        for (int j = from; j < to; j += vectors * L) {
            int remaining = (to - j + L - 1) / L;
            // never so that one vector alone would be left to overlap what is done
            vectors = remaining == 5 ? 3 : Math.min(remaining, 4);
            int last = Math.min(vectors * L, to - j) - L;
            for (int i = top; i < bottom; i++) {
                MatMulTiles32.row1x4(depth, left.array(), at(left, i, k), left.columnStep(), right.array(), at(right, k, j),
                        right.rowStep(), array(rest), at(rest, i, j), out.array(), at(out, i, j), Math.min(L, last), Math.min(2 * L, last),
                        last);
            }
        }
    }

    private void stripes(int part, int top, int bottom, int from, int to, int k, int depth, Matrix32 rest) {
        int group = packing ? GROUP * STRIPE : STRIPE;
        for (int begin = from; begin < to; begin += group) {
            int end = Math.min(to, begin + group);
            if (packing) {
                packRight(packedRight[part], k, depth, begin, end);
            }
            int height;
            for (int i = top; i < bottom; i += height) {
                height = height(bottom - i);
                for (int j = begin; j < end; j += STRIPE) {
                    if (packing) {
                        tile(part, i, i - top, height, j, packedRight[part], FIRST + (j - begin) * depth, STRIPE, k, depth, rest, bottom);
                    } else {
                        tile(part, i, i - top, height, j, right.array(), at(right, k, j), right.rowStep(), k, depth, rest, bottom);
                    }
                }
            }
        }
    }

    /** How high a tile at the head of so many rows is: of 5 and 4 rows as many as make up all, of single rows the fewest. */
    private static int height(int rows) {
        if (!Width.MANY_REGISTERS) {
            return 4;
        }
        int fours = 4 - (rows + 4) % 5;
        return fours > 0 && 4 * fours <= rows ? 4 : rows >= 5 ? 5 : 1;
    }

    private void tile(int part, int i, int above, int height, int j, float[] b, int bo, int bStep, int k, int depth, Matrix32 rest,
            int bottom) {
        float[] a = packingLeft ? packedLeft[part] : left.array();
        int ao = packingLeft ? above * depth : at(left, i, k);
        int row = packingLeft ? 1 : left.rowStep();
        int step = packingLeft ? height : left.columnStep();
        float[] s = array(rest);
        int so = at(rest, i, j);
        int sRow = rowStep(rest);
        float[] c = out.array();
        int co = at(out, i, j);
        if (!Width.MANY_REGISTERS) {
            MatMulTiles32.tile4x3(depth, a, ao, row, step, b, bo, bStep, s, so, sRow, c, co, out.rowStep(), bottom - i);
        } else if (height == 5) {
            MatMulTiles32.tile5x4(depth, a, ao, row, step, b, bo, bStep, s, so, sRow, c, co, out.rowStep());
        } else if (height == 4) {
            MatMulTiles32.tile4x4(depth, a, ao, row, step, b, bo, bStep, s, so, sRow, c, co, out.rowStep());
        } else {
            MatMulTiles32.row1x4(depth, a, ao, step, b, bo, bStep, s, so, c, co, L, 2 * L, 3 * L);
        }
    }

    /** The columns from j on, which fill no stripe, by tiles whose last vector may overlap the others. */
    private void last(int part, int top, int bottom, int j, int to, int k, int depth, Matrix32 rest) {
        if (j == to) {
            return;
        }
        int vectors = (to - j + L - 1) / L;
        float[] b = right.array();
        int bo = at(right, k, j);
        int bStep = right.rowStep();
        if (packing) {
            b = packedRight[part];
            bo = FIRST;
            bStep = vectors * L;
            if (right.columnStep() == 1) {
                Packing32.vectors(right.array(), at(right, k, j), right.rowStep(), b, FIRST, bStep, to - j, depth);
            } else {
                Packing32.turn(right.array(), at(right, k, j), right.columnStep(), b, FIRST, bStep, to - j, depth);
            }
        }
        int height;
        for (int i = top; i < bottom; i += height) {
            if (bottom - i == 1 && !packing) {
                rowByRow(i, bottom, j, to, k, depth, rest);
                return;
            }
            height = lastHeight(vectors, bottom - i);
            overlapping(vectors, height, depth, i, j, b, bo, bStep, k, rest, Math.min(height, bottom - i), to - j - L);
        }
    }

    /** How high such a tile is at the head of so many rows; one of four rows may have fewer. */
    private static int lastHeight(int vectors, int rows) {
        return switch (vectors) {
            case 2 -> rows >= 8 ? 8 : 4;
            case 3 -> equal(rows, 7);
            case 4 -> Math.max(4, height(rows));
            default -> equal(rows, 5);
        };
    }

    /** The height, 4 or more, of tiles that make up so many rows and are about equally high. */
    private static int equal(int rows, int most) {
        int tiles = (rows + most - 1) / most;
        return Math.max(4, (rows + tiles - 1) / tiles);
    }

    private void overlapping(int vectors, int height, int depth, int i, int j, float[] b, int bo, int bStep, int k, Matrix32 rest,
            int high, int last) {
        float[] a = left.array();
        int ao = at(left, i, k);
        int aRow = left.rowStep();
        int aStep = left.columnStep();
        float[] s = array(rest);
        int so = at(rest, i, j);
        int sRow = rowStep(rest);
        float[] c = out.array();
        int co = at(out, i, j);
        int cRow = out.rowStep();
        switch (10 * height + vectors) {
            case 82 -> MatMulOverlaps32.tile8x2(depth, a, ao, aRow, aStep, b, bo, bStep, s, so, sRow, c, co, cRow, last);
            case 42 -> MatMulOverlaps32.tile4x2(depth, a, ao, aRow, aStep, b, bo, bStep, s, so, sRow, c, co, cRow, high, last);
            case 73 -> MatMulOverlaps32.tile7x3(depth, a, ao, aRow, aStep, b, bo, bStep, s, so, sRow, c, co, cRow, last);
            case 63 -> MatMulOverlaps32.tile6x3(depth, a, ao, aRow, aStep, b, bo, bStep, s, so, sRow, c, co, cRow, last);
            case 53 -> MatMulOverlaps32.tile5x3(depth, a, ao, aRow, aStep, b, bo, bStep, s, so, sRow, c, co, cRow, last);
            case 43 -> MatMulOverlaps32.tile4x3(depth, a, ao, aRow, aStep, b, bo, bStep, s, so, sRow, c, co, cRow, high, last);
            case 54 -> MatMulOverlaps32.tile5x4(depth, a, ao, aRow, aStep, b, bo, bStep, s, so, sRow, c, co, cRow, last);
            case 44 -> MatMulOverlaps32.tile4x4(depth, a, ao, aRow, aStep, b, bo, bStep, s, so, sRow, c, co, cRow, high, last);
            case 55 -> MatMulOverlaps32.tile5x5(depth, a, ao, aRow, aStep, b, bo, bStep, s, so, sRow, c, co, cRow, last);
            default -> MatMulOverlaps32.tile4x5(depth, a, ao, aRow, aStep, b, bo, bStep, s, so, sRow, c, co, cRow, high, last);
        }
    }

    /**
     * The columns from {@code whole} on, which fill no stripe, a vector or less at a time. A vector that the last columns do not fill
     * reaches back where there is room, and keeps what is there.
     */
    private void edges(int part, int top, int bottom, int from, int whole, int to, int k, int depth, Matrix32 rest) {
        if (whole == to) {
            return;
        }
        if (to - from < L && to - from > NARROWEST && to - from != HALF) {
            narrow(part, top, bottom, from, to, k, depth, rest);
            return;
        }
        float[] b = right.array();
        int origin = at(right, k, 0);
        int bStep = right.rowStep();
        if (right.columnStep() != 1 || rightColumns < columns) {
            int first = whole == from ? from : Math.min(whole, to - L);
            b = packedRight[part];
            origin = FIRST - first;
            bStep = slim ? L : STRIPE;
            packEdge(b, bStep, k, depth, first, to);
        }
        int j = whole;
        while (j < to) {
            int width = edgeWidth(to - j, to - from);
            int at = Math.min(j, to - width);
            for (int i = slim ? slim(top, bottom, b, k, depth, rest) : top; i < bottom; i += 8) {
                edge(width, depth, i, at, b, origin + at, bStep, k, rest, bottom - i, j - at);
            }
            j = at + width;
        }
    }

    /** Columns that are not as many as a vector has, but more than a half or a quarter of one: two of these. */
    private void narrow(int part, int top, int bottom, int j, int to, int k, int depth, Matrix32 rest) {
        float[] b = right.array();
        int bo = at(right, k, j);
        int bStep = right.rowStep();
        if (right.columnStep() != 1) {
            b = packedRight[part];
            bo = FIRST;
            bStep = L;
            Packing32.turn(right.array(), at(right, k, j), right.columnStep(), b, FIRST, bStep, to - j, depth);
        }
        float[] a = left.array();
        float[] s = array(rest);
        float[] c = out.array();
        for (int i = top; i < bottom; i += 8) {
            if (to - j > HALF) {
                MatMulHalfEdge32.tile8x2(depth, a, at(left, i, k), left.rowStep(), left.columnStep(), b, bo, bStep, s, at(rest, i, j),
                        rowStep(rest), c, at(out, i, j), out.rowStep(), bottom - i, to - j - HALF);
            } else {
                MatMulQuarterEdge32.tile8x2(depth, a, at(left, i, k), left.rowStep(), left.columnStep(), b, bo, bStep, s, at(rest, i, j),
                        rowStep(rest), c, at(out, i, j), out.rowStep(), bottom - i, to - j - NARROWEST);
            }
        }
    }

    /** The only vector of columns, eight rows at a time; returns the first row that is left. */
    private int slim(int top, int bottom, float[] b, int k, int depth, Matrix32 rest) {
        int i = top;
        for (; i + 8 <= bottom; i += 8) {
            MatMulTiles32.tile8x1(depth, left.array(), at(left, i, k), left.rowStep(), b, FIRST, array(rest), at(rest, i, 0), rowStep(rest),
                    out.array(), at(out, i, 0), out.rowStep());
        }
        return i;
    }

    /** The width of the narrowest vector that covers so many columns, within so many that are there; if none does, of one they fill. */
    private static int edgeWidth(int columns, int room) {
        if (columns <= NARROWEST) {
            return NARROWEST;
        }
        if (columns <= HALF && HALF <= room) {
            return HALF;
        }
        if (L <= room) {
            return L;
        }
        return columns >= HALF ? HALF : NARROWEST;
    }

    private void edge(int width, int depth, int i, int j, float[] b, int bo, int bStep, int k, Matrix32 rest, int high, int keep) {
        float[] a = left.array();
        int ao = at(left, i, k);
        float[] s = array(rest);
        int so = at(rest, i, j);
        int sRow = rowStep(rest);
        float[] c = out.array();
        int co = at(out, i, j);
        if (width == L) {
            MatMulEdge32.tile8x1(depth, a, ao, left.rowStep(), left.columnStep(), b, bo, bStep, s, so, sRow, c, co, out.rowStep(), high,
                    keep);
        } else if (width == HALF) {
            MatMulHalfEdge32.tile8x1(depth, a, ao, left.rowStep(), left.columnStep(), b, bo, bStep, s, so, sRow, c, co, out.rowStep(), high,
                    keep);
        } else {
            MatMulQuarterEdge32.tile8x1(depth, a, ao, left.rowStep(), left.columnStep(), b, bo, bStep, s, so, sRow, c, co, out.rowStep(),
                    high, keep);
        }
    }

    /** A panel for each tile, a number of each of its rows side by side. */
    private void packLeft(float[] to, int top, int bottom, int k, int depth) {
        int height;
        for (int i = top; i < bottom; i += height) {
            height = height(bottom - i);
            Packing32.panel(left.array(), at(left, i, k), left.columnStep(), to, (i - top) * depth, height, Math.min(height, bottom - i),
                    depth);
        }
    }

    private void packRight(float[] to, int k, int depth, int begin, int end) {
        for (int j = begin; j < end; j += STRIPE) {
            int target = FIRST + (j - begin) * depth;
            if (right.columnStep() != 1) {
                Packing32.turn(right.array(), at(right, k, j), right.columnStep(), to, target, STRIPE, STRIPE, depth);
            } else if (ACROSS == 4) {
                Packing32.vectors4(right.array(), at(right, k, j), right.rowStep(), to, target, depth);
            } else {
                Packing32.vectors3(right.array(), at(right, k, j), right.rowStep(), to, target, depth);
            }
        }
    }

    private void packEdge(float[] to, int step, int k, int depth, int first, int end) {
        if (rightColumns == columns) {
            Packing32.turn(right.array(), at(right, k, first), right.columnStep(), to, FIRST, step, end - first, depth);
            return;
        }
        for (int q = 0; q < depth; q++) {
            for (int x = 0; x < rightColumns; x++) {
                to[FIRST + q * step + x] = right.array()[at(right, k + q, x)];
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
        return matrix == null ? 0 : matrix.offset() + i * matrix.rowStep() + j * matrix.columnStep();
    }

    private static float[] array(Matrix32 matrix) {
        return matrix == null ? null : matrix.array();
    }

    private static int rowStep(Matrix32 matrix) {
        return matrix == null ? 0 : matrix.rowStep();
    }
}
