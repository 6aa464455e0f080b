package intarsia.linalg.generator;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The class that transposes squares of as many rows as a vector of 512 bits has lanes, which are not as many in F32 as in F64. */
final class Squares {
    private static final String HEAD = """
            package intarsia.linalg.simd;

            import jdk.incubator.vector.DoubleVector;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Transposes squares of as many rows as a vector has lanes, in registers: neighbors exchange halves of pairs, then pairs those
             * of fours, and so on, by selections from two vectors at a time.
             */
            final class Squares64 {
                private static final VectorSpecies<Double> S = Width.F64;
                private static final int L = S.length();
                private static final int ROWS = %d;
                /** Whether vectors have as many lanes, and the hardware selects from two of them. */
                static final boolean FIT = L == ROWS && Width.SELECTS;
                /** For each distance of rows, where the lanes of the first and those of the second row come from. */
                private static final double[] LANES = lanes();

                private Squares64() {}

                private static double[] lanes() {
                    double[] lanes = new double[2 * ROWS * Integer.numberOfTrailingZeros(ROWS)];
                    int i = 0;
                    for (int distance = 1; distance < ROWS; distance *= 2) {
                        for (int lane = 0; lane < ROWS; lane++) {
                            lanes[i + lane] = (lane & distance) == 0 ? lane : ROWS + lane - distance;
                            lanes[i + ROWS + lane] = (lane & distance) == 0 ? lane + distance : ROWS + lane;
                        }
                        i += 2 * ROWS;
                    }
                    return lanes;
                }

                /**
                 * As many rows as a square has, {@code step} apart, into as many columns, rows {@code targetStep} apart: squares side by
                 * side, of which the last may overlap the one before.
                 */
                static void turn(double[] from, int source, int step, double[] to, int target, int targetStep, int columns) {
            """;

    private Squares() {}

    /** The name and the text of each file. */
    static Map<String, String> sources() {
        return Map.of("Squares64.java", source(8), "Squares32.java", Twins.translate(source(16)),
                "HalfSquares64.java", half(source(4)), "HalfSquares32.java", Twins.translate(half(source(8))));
    }

    private static String half(String source) {
        return source.replace("Squares64", "HalfSquares64").replace("Width.F64", "Width.HALF64");
    }

    private static String source(int rows) {
        StringBuilder source = new StringBuilder(HEAD.formatted(rows));
        int stages = Integer.numberOfTrailingZeros(rows);
        source.append(lines(2, stages, s -> "DoubleVector low" + s + " = DoubleVector.fromArray(S, LANES, " + 2 * s + " * L);"));
        source.append(lines(2, stages, s -> "DoubleVector high" + s + " = DoubleVector.fromArray(S, LANES, " + (2 * s + 1) + " * L);"));
        source.append("        int last = columns - L;\n");
        source.append("        for (int k = 0; k < columns; k += L) {\n");
        source.append("            int j = Math.min(k, last);\n            int at = source + j;\n");
        source.append(lines(3, rows, i -> "DoubleVector " + row(0, i) + " = DoubleVector.fromArray(S, from, at" + plus(i, "step") + ");"));
        for (int stage = 0; stage < stages; stage++) {
            int s = stage;
            source.append(lines(3, rows, i -> exchange(s, i)));
        }
        source.append("            int put = target + j * targetStep;\n");
        source.append(lines(3, rows, i -> row(stages, i) + ".intoArray(to, put" + plus(i, "targetStep") + ");"));
        return source.append("        }\n    }\n}\n").toString();
    }

    private static String exchange(int stage, int i) {
        int distance = 1 << stage;
        int first = i & ~distance;
        return "DoubleVector " + row(stage + 1, i) + " = " + (i == first ? "low" : "high") + stage + ".selectFrom(" + row(stage, first)
                + ", " + row(stage, first + distance) + ");";
    }

    private static String row(int stage, int i) {
        return "" + (char) ('a' + stage) + i;
    }

    private static String plus(int times, String step) {
        return times == 0 ? "" : times == 1 ? " + " + step : " + " + times + " * " + step;
    }

    private interface Line {
        String of(int i);
    }

    private static String lines(int depth, int count, Line line) {
        return IntStream.range(0, count).mapToObj(i -> "    ".repeat(depth) + line.of(i) + "\n").collect(Collectors.joining());
    }
}
