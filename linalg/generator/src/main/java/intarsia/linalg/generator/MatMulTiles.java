package intarsia.linalg.generator;

import intarsia.linalg.generator.Tile.Trait;
import java.util.Map;

/** The classes of tiles: their headers as they stand, then their methods; {@code MatMulTiles64} says why those are unrolled. */
final class MatMulTiles {
    private static final String IMPORTS_WITH_MASKS = """
            package intarsia.linalg.simd;

            import jdk.incubator.vector.DoubleVector;
            import jdk.incubator.vector.VectorMask;
            import jdk.incubator.vector.VectorOperators;
            import jdk.incubator.vector.VectorSpecies;
            """;

    private static final String IMPORTS = """
            package intarsia.linalg.simd;

            import jdk.incubator.vector.DoubleVector;
            import jdk.incubator.vector.VectorSpecies;
            """;

    private static final String TILES = """

            /**
             * The innermost loops of a matrix product: a tile of the output, some rows by some vectors of columns, is loaded into registers
             * from where it starts, takes one fused multiply-add per inner index in ascending order, and is stored. Tiles of 5 x 4 and 7 x
             * 3 vectors, with what they read, fit into the 32 vector registers of AVX-512 and Neon, 4 x 3 into the 16 of AVX2. Every
             * accumulator is a local variable because the compiler would keep an array of them in memory, and nothing is left to methods of
             * our own, which it may not inline into one so large; vectors lie at constant distances because every further number that the
             * loop needs would cost it a register, and a tenth of its speed.
             *
             * <p>{@code a} is the left operand at {@code ao}, {@code aRow} from row to row and {@code aStep} from one inner index to the
             * next. {@code b} is the right operand at {@code bo}, its columns contiguous, {@code bStep} from one inner index to the next.
             * {@code s} holds what the tile starts with, or is null for zeros, and {@code c} takes it. A tile that is told its {@code rows}
             * may have fewer than its name says and then computes its last row several times.
             */
            final class MatMulTiles64 {
                private static final VectorSpecies<Double> S = Width.F64;
                private static final int L = S.length();

                private MatMulTiles64() {}
            """;

    private static final String OVERLAPS = """

            /**
             * What {@link MatMulTiles64} is to whole vectors of columns, for any number of columns from one vector on: the last vector is
             * {@code last} from the first one, so that it ends where the columns do, and may overlap the others, since all is loaded before
             * any is stored.
             */
            final class MatMulOverlaps64 {
                private static final VectorSpecies<Double> S = Width.F64;
                private static final int L = S.length();

                private MatMulOverlaps64() {}
            """;

    private static final String EDGE = """

            /** What {@link MatMulTiles64} is to the columns that fill whole tiles, for what is left: tiles of one or two narrow vectors. */
            final class MatMulEdge64 {
                private static final VectorSpecies<Double> S = Width.F64;
                /** The number of each lane. */
                static final double[] LANES = lanes();

                private MatMulEdge64() {}

                private static double[] lanes() {
                    double[] lanes = new double[S.length()];
                    for (int i = 0; i < lanes.length; i++) {
                        lanes[i] = i;
                    }
                    return lanes;
                }
            """;

    private MatMulTiles() {}

    /** The name and the text of each file. */
    static Map<String, String> sources() {
        return Map.of(
                "MatMulTiles64.java", source(IMPORTS + TILES, "",
                        new Tile("Five rows by four vectors.", "tile5x4", 5, 4),
                        new Tile("Four rows by four vectors.", "tile4x4", 4, 4),
                        new Tile("Up to four rows by three vectors.", "tile4x3", 4, 3, Trait.FEWER_ROWS),
                        new Tile("Eight rows by one vector, the rows of {@code a} contiguous and those of {@code b} a vector long: a tile"
                                + " so narrow has no time to find them.", "tile8x1", 8, 1, Trait.PACKED),
                        new Tile("One row by four vectors, the second to fourth at {@code c1} to {@code c3} from the first in {@code b},"
                                + " {@code s} and {@code c}; they may overlap, since all is loaded before any is stored.",
                                "row1x4", 1, 4, Trait.APART)),
                "MatMulOverlaps64.java", source(IMPORTS + OVERLAPS, "",
                        overlap(5, 5), fewer(5), overlap(5, 4), fewer(4), overlap(7, 3), overlap(6, 3), overlap(5, 3), fewer(3),
                        overlap(8, 2), fewer(2)),
                "MatMulEdge64.java", source(IMPORTS_WITH_MASKS + EDGE, "LANES",
                        new Tile("Up to eight rows by one vector, of which the first {@code keep} columns stay as they are.", "tile8x1",
                                8, 1, Trait.FEWER_ROWS, Trait.KEEP),
                        new Tile("Up to eight rows by two vectors, the second {@code last} from the first: they may overlap.", "tile8x2",
                                8, 2, Trait.FEWER_ROWS, Trait.OVERLAP)));
    }

    private static Tile overlap(int rows, int vectors) {
        return new Tile(rows + " rows by " + vectors + " vectors.", "tile" + rows + "x" + vectors, rows, vectors, Trait.OVERLAP);
    }

    private static Tile fewer(int vectors) {
        return new Tile("Up to 4 rows by " + vectors + " vectors.", "tile4x" + vectors, 4, vectors, Trait.FEWER_ROWS, Trait.OVERLAP);
    }

    private static String source(String head, String lanes, Tile... tiles) {
        StringBuilder source = new StringBuilder(head);
        for (Tile tile : tiles) {
            source.append(tile.method(lanes));
        }
        return source.append("}\n").toString();
    }
}
