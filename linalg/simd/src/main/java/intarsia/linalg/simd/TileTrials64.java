package intarsia.linalg.simd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Test runs that prove a product's tiles compiled, each by itself, from zeros as well as from numbers, so that the first product compiles
 * them for all.
 */
final class TileTrials64 {
    private static final int L = Width.F64.length();
    private static final int INNER = 8;
    private static final int ROWS = 32;
    private static final int COLUMNS = 5 * L;

    private final double[] left = ones(8 * INNER);
    private final double[] right = ones(INNER * COLUMNS);
    private final double[] numbers = ones(ROWS * COLUMNS);
    private final double[] out = ones(ROWS * COLUMNS);
    private final List<Runnable> trials = new ArrayList<>();

    private interface Tile {
        void run(int inner, double[] start);
    }

    private TileTrials64() {}

    /** Runs of the tiles of whole stripes, of single rows, and of the copies of their operands. */
    static List<Runnable> stripes() {
        TileTrials64 on = new TileTrials64();
        double[] a = on.left;
        double[] b = on.right;
        double[] c = on.out;
        int n = COLUMNS;
        if (Width.MANY_REGISTERS) {
            on.tile((k, s) -> MatMulTiles64.tile5x4(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n));
            on.tile((k, s) -> MatMulTiles64.tile4x4(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n));
            on.trials.add(() -> Packing64.vectors4(b, 0, 0, c, 0, ROWS));
        } else {
            on.tile((k, s) -> MatMulTiles64.tile4x3(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 4));
            on.trials.add(() -> Packing64.vectors3(b, 0, 0, c, 0, ROWS));
        }
        on.tile((k, s) -> MatMulTiles64.row1x4(k, a, 0, 1, b, 0, n, s, 0, c, 0, L, 2 * L, 3 * L));
        on.trials.add(() -> {
            Packing64.panel(b, 0, n, c, 0, 5, 5, INNER);
            Packing64.panel(b, 0, n, c, 0, 4, 4, INNER);
            Packing64.panel(b, 0, n, c, 0, 1, 1, INNER);
        });
        on.trials.add(() -> {
            Packing64.turn(on.numbers, 0, n, c, 0, INNER, INNER - 1, 31);
            Packing64.turn(on.numbers, 0, n, c, 0, 2 * L, L + 5, L + 5);
        });
        if (HalfSquares64.FIT) {
            int half = Width.HALF64.length();
            on.trials.add(() -> HalfSquares64.turn(on.numbers, 0, n, c, 0, half, 4 * half + 1));
        }
        if (Squares64.FIT) {
            on.trials.add(() -> Squares64.turn(on.numbers, 0, n, c, 0, L, 4 * L + 1));
        }
        return on.trials;
    }

    /** Runs of the tiles for columns that fill no stripe. */
    static List<Runnable> edges() {
        TileTrials64 on = new TileTrials64();
        double[] a = on.left;
        double[] b = on.right;
        double[] c = on.out;
        int n = COLUMNS;
        on.tile((k, s) -> MatMulTiles64.tile8x1(k, a, 0, INNER, b, 0, s, 0, n, c, 0, n));
        on.tile((k, s) -> MatMulEdge64.tile8x1(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 8, 1));
        on.tile((k, s) -> MatMulHalfEdge64.tile8x1(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 8, 1));
        on.tile((k, s) -> MatMulQuarterEdge64.tile8x1(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 8, 1));
        on.tile((k, s) -> MatMulHalfEdge64.tile8x2(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 8, 1));
        on.tile((k, s) -> MatMulQuarterEdge64.tile8x2(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 8, 1));
        return on.trials;
    }

    /** Runs of the tiles whose last vector may overlap the others. */
    static List<Runnable> overlaps() {
        TileTrials64 on = new TileTrials64();
        double[] a = on.left;
        double[] b = on.right;
        double[] c = on.out;
        int n = COLUMNS;
        on.trials.add(() -> Packing64.vectors(b, 0, 0, c, 0, 0, 2 * L + 1, ROWS));
        on.tile((k, s) -> MatMulOverlaps64.tile5x5(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 3 * L + 1));
        on.tile((k, s) -> MatMulOverlaps64.tile4x5(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 4, 3 * L + 1));
        on.tile((k, s) -> MatMulOverlaps64.tile5x4(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 2 * L + 1));
        on.tile((k, s) -> MatMulOverlaps64.tile4x4(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 4, 2 * L + 1));
        on.tile((k, s) -> MatMulOverlaps64.tile7x3(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, L + 1));
        on.tile((k, s) -> MatMulOverlaps64.tile6x3(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, L + 1));
        on.tile((k, s) -> MatMulOverlaps64.tile5x3(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, L + 1));
        on.tile((k, s) -> MatMulOverlaps64.tile4x3(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 4, L + 1));
        on.tile((k, s) -> MatMulOverlaps64.tile8x2(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 1));
        on.tile((k, s) -> MatMulOverlaps64.tile4x2(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 4, 1));
        return on.trials;
    }

    private void tile(Tile tile) {
        trials.add(() -> {
            tile.run(INNER, null);
            tile.run(INNER, numbers);
        });
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
