// Generated from TileTrials64.java by linalg/generator; change that one.
package intarsia.linalg.simd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Test runs that prove a product's tiles compiled, each by itself, from zeros as well as from numbers, so that the first product compiles
 * them for all.
 */
final class TileTrials32 {
    private static final int L = Width.F32.length();
    private static final int INNER = 8;
    private static final int ROWS = 32;
    private static final int COLUMNS = 5 * L;

    private final float[] left = ones(8 * INNER);
    private final float[] right = ones(INNER * COLUMNS);
    private final float[] numbers = ones(ROWS * COLUMNS);
    private final float[] out = ones(ROWS * COLUMNS);
    private final List<Runnable> trials = new ArrayList<>();

    private interface Tile {
        void run(int inner, float[] start);
    }

    private TileTrials32() {}

    /** Runs of the tiles of whole stripes, of single rows, and of the copies of their operands. */
    static List<Runnable> stripes() {
        TileTrials32 on = new TileTrials32();
        float[] a = on.left;
        float[] b = on.right;
        float[] c = on.out;
        int n = COLUMNS;
        if (Width.MANY_REGISTERS) {
            on.tile((k, s) -> MatMulTiles32.tile5x4(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n));
            on.tile((k, s) -> MatMulTiles32.tile4x4(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n));
            on.trials.add(() -> Packing32.vectors4(b, 0, 0, c, 0, ROWS));
        } else {
            on.tile((k, s) -> MatMulTiles32.tile4x3(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 4));
            on.trials.add(() -> Packing32.vectors3(b, 0, 0, c, 0, ROWS));
        }
        on.tile((k, s) -> MatMulTiles32.row1x4(k, a, 0, 1, b, 0, n, s, 0, c, 0, L, 2 * L, 3 * L));
        on.trials.add(() -> {
            Packing32.panel(b, 0, n, c, 0, 5, 5, INNER);
            Packing32.panel(b, 0, n, c, 0, 4, 4, INNER);
            Packing32.panel(b, 0, n, c, 0, 1, 1, INNER);
        });
        on.trials.add(() -> {
            Packing32.turn(on.numbers, 0, n, c, 0, INNER, INNER - 1, 31);
            Packing32.turn(on.numbers, 0, n, c, 0, 2 * L, L + 5, L + 5);
        });
        if (HalfSquares32.FIT) {
            int half = Width.HALF32.length();
            on.trials.add(() -> HalfSquares32.turn(on.numbers, 0, n, c, 0, half, 4 * half + 1));
        }
        if (Squares32.FIT) {
            on.trials.add(() -> Squares32.turn(on.numbers, 0, n, c, 0, L, 4 * L + 1));
        }
        return on.trials;
    }

    /** Runs of the tiles for columns that fill no stripe. */
    static List<Runnable> edges() {
        TileTrials32 on = new TileTrials32();
        float[] a = on.left;
        float[] b = on.right;
        float[] c = on.out;
        int n = COLUMNS;
        on.tile((k, s) -> MatMulTiles32.tile8x1(k, a, 0, INNER, b, 0, s, 0, n, c, 0, n));
        on.tile((k, s) -> MatMulEdge32.tile8x1(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 8, 1));
        on.tile((k, s) -> MatMulHalfEdge32.tile8x1(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 8, 1));
        on.tile((k, s) -> MatMulQuarterEdge32.tile8x1(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 8, 1));
        on.tile((k, s) -> MatMulHalfEdge32.tile8x2(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 8, 1));
        on.tile((k, s) -> MatMulQuarterEdge32.tile8x2(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 8, 1));
        return on.trials;
    }

    /** Runs of the tiles whose last vector may overlap the others. */
    static List<Runnable> overlaps() {
        TileTrials32 on = new TileTrials32();
        float[] a = on.left;
        float[] b = on.right;
        float[] c = on.out;
        int n = COLUMNS;
        on.trials.add(() -> Packing32.vectors(b, 0, 0, c, 0, 0, 2 * L + 1, ROWS));
        on.tile((k, s) -> MatMulOverlaps32.tile5x5(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 3 * L + 1));
        on.tile((k, s) -> MatMulOverlaps32.tile4x5(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 4, 3 * L + 1));
        on.tile((k, s) -> MatMulOverlaps32.tile5x4(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 2 * L + 1));
        on.tile((k, s) -> MatMulOverlaps32.tile4x4(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 4, 2 * L + 1));
        on.tile((k, s) -> MatMulOverlaps32.tile7x3(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, L + 1));
        on.tile((k, s) -> MatMulOverlaps32.tile6x3(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, L + 1));
        on.tile((k, s) -> MatMulOverlaps32.tile5x3(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, L + 1));
        on.tile((k, s) -> MatMulOverlaps32.tile4x3(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 4, L + 1));
        on.tile((k, s) -> MatMulOverlaps32.tile8x2(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 1));
        on.tile((k, s) -> MatMulOverlaps32.tile4x2(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 4, 1));
        return on.trials;
    }

    private void tile(Tile tile) {
        trials.add(() -> {
            tile.run(INNER, null);
            tile.run(INNER, numbers);
        });
    }

    private static float[] ones(int n) {
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
