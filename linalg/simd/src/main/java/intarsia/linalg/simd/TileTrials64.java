package intarsia.linalg.simd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What proves that the compiler is done with a product's tiles, each by itself and from zeros as well as from numbers, so that whichever product
 * comes first finds them compiled for all.
 */
final class TileTrials64 {
    private static final int L = Width.F64.length();
    private static final int INNER = 8;
    private static final int ROWS = 32;
    private static final int COLUMNS = 4 * L;

    private final double[] left = ones(8 * INNER);
    private final double[] right = ones(INNER * COLUMNS);
    private final double[] numbers = ones(ROWS * COLUMNS);
    private final double[] out = ones(ROWS * COLUMNS);
    private final List<Runnable> trials = new ArrayList<>();

    private interface Tile {
        void run(int inner, double[] start);
    }

    private TileTrials64() {}

    /** Of the tiles of whole stripes, of single rows, and of what copies operands for them. */
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
        on.trials.add(() -> Packing64.turn(b, 0, n, c, 0, INNER, INNER, n));
        return on.trials;
    }

    /** Of the tiles of what is left beside stripes. */
    static List<Runnable> edges() {
        TileTrials64 on = new TileTrials64();
        double[] a = on.left;
        double[] b = on.right;
        double[] c = on.out;
        int n = COLUMNS;
        if (Width.MANY_REGISTERS) {
            on.tile((k, s) -> MatMulTiles64.tile8x3(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 1));
            on.tile((k, s) -> MatMulTiles64.tile8x2(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 1));
        }
        if (MatMulCommand64.HALVES) {
            on.tile((k, s) -> MatMulHalves64.tile4x4(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 3 * L));
            on.tile((k, s) -> MatMulHalves64.tile8x2(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, L));
        }
        on.tile((k, s) -> MatMulTiles64.tile8x1(k, a, 0, INNER, b, 0, s, 0, n, c, 0, n));
        on.tile((k, s) -> MatMulEdge64.tile8x1(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 8, 1));
        on.tile((k, s) -> MatMulHalfEdge64.tile8x1(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 8, 1));
        on.tile((k, s) -> MatMulQuarterEdge64.tile8x1(k, a, 0, INNER, 1, b, 0, n, s, 0, n, c, 0, n, 8, 1));
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
