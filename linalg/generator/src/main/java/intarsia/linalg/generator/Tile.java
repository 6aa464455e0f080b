package intarsia.linalg.generator;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A method that computes a tile of a matrix product in local variables: xij is the accumulator of row i and vector j, yj a vector of the
 * right operand, zi a number of the left one in every lane.
 *
 * @param doc     what its javadoc says
 * @param name    its name
 * @param rows    of the output
 * @param vectors of columns, side by side
 * @param traits  what sets it apart from a plain one
 */
record Tile(String doc, String name, int rows, int vectors, Set<Trait> traits) {
    private static final int WIDTH = 140;

    /** What sets a tile apart. */
    enum Trait {
        /** It is told its {@code rows}, which may be fewer than its name says. */
        FEWER_ROWS,
        /** The first {@code keep} columns stay as they are. */
        KEEP,
        /** The last vector is {@code last} from the first one and may overlap the others: all is loaded before any is stored. */
        OVERLAP,
        /** Rows of the left operand are contiguous, those of the right one a vector long. */
        PACKED,
        /** The vectors lie at distances that it is told; there is one row. */
        APART
    }

    Tile(String doc, String name, int rows, int vectors, Trait... traits) {
        this(doc, name, rows, vectors, Set.of(traits));
    }

    /** The method's source. The class knows the numbers of the lanes by the name {@code lanes}. */
    String method(String lanes) {
        return "\n" + javadoc() + "    static void " + name + "(" + parameters() + ") {\n"
                + declare() + start() + loop() + store(lanes) + "    }\n";
    }

    private String javadoc() {
        if (doc.length() + "    /**  */".length() <= WIDTH) {
            return "    /** " + doc + " */\n";
        }
        int end = doc.lastIndexOf(' ', WIDTH - "     * ".length());
        return "    /**\n     * " + doc.substring(0, end) + "\n     * " + doc.substring(end + 1) + "\n     */\n";
    }

    private String parameters() {
        if (is(Trait.PACKED)) {
            return "int inner, double[] a, int ao, int aRow, double[] b, int bo, double[] s, int so, int sRow,\n"
                    + "            double[] c, int co, int cRow";
        }
        if (is(Trait.APART)) {
            return "int inner, double[] a, int ao, int aStep, double[] b, int bo, int bStep, double[] s, int so, double[] c, int co,\n"
                    + "            int c1, int c2, int c3";
        }
        return "int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bStep, double[] s, int so, int sRow,\n"
                + "            double[] c, int co, int cRow"
                + (is(Trait.FEWER_ROWS) ? ", int rows" : "") + (is(Trait.KEEP) ? ", int keep" : "")
                + (is(Trait.OVERLAP) ? ", int last" : "");
    }

    private String declare() {
        String within = is(Trait.FEWER_ROWS) ? behindFirst(i -> line(2, "int r%d = Math.min(%d, rows - 1);", i, i)) : "";
        return within + eachRow(i -> line(2, "DoubleVector %s;", String.join(", ", accumulators(i))));
    }

    private String start() {
        return line(2, "if (s == null) {")
                + eachRow(i -> line(3, "%s = DoubleVector.zero(S);", String.join(" = ", accumulators(i))))
                + line(2, "} else {")
                + eachRow(i -> eachVector(j -> line(3, "x%d%d = DoubleVector.fromArray(S, s, so%s%s);", i, j, row(i, "sRow"), column(j))))
                + line(2, "}")
                + behindFirst(i -> line(2, "int a%d = ao%s;", i, row(i, "aRow")));
    }

    private String loop() {
        boolean packed = is(Trait.PACKED);
        String step = packed ? "k" : "ak";
        String from = packed ? "bo + k * L" : "bk";
        return line(2, "for (int k = 0; k < inner; k++) {")
                + (packed ? "" : line(3, "int ak = k * aStep;") + line(3, "int bk = bo + k * bStep;"))
                + eachVector(j -> line(3, "DoubleVector y%d = DoubleVector.fromArray(S, b, %s%s);", j, from, column(j)))
                + eachRow(i -> line(3, "DoubleVector z%d = DoubleVector.broadcast(S, a[a%s + %s]);", i, i == 0 ? "o" : i, step)
                        + eachVector(j -> line(3, "x%d%d = z%d.fma(y%d, x%d%d);", i, j, i, j, i, j)))
                + line(2, "}");
    }

    private String store(String lanes) {
        String taken = "VectorMask<Double> taken = DoubleVector.fromArray(S, %s, 0).compare(VectorOperators.GE, keep);";
        String blended = "DoubleVector.fromArray(S, c, co%2$s).blend(x%1$d0, taken).intoArray(c, co%2$s);";
        return (is(Trait.KEEP) ? line(2, taken, lanes) : "")
                + eachRow(i -> eachVector(j -> j == 0 && is(Trait.KEEP) ? line(2, blended, i, row(i, "cRow"))
                        : line(2, "x%d%d.intoArray(c, co%s%s);", i, j, row(i, "cRow"), column(j))));
    }

    /** How far row i is from the first. */
    private String row(int i, String step) {
        return i == 0 ? "" : is(Trait.FEWER_ROWS) ? " + r" + i + " * " + step : i == 1 ? " + " + step : " + " + i + " * " + step;
    }

    /** How far vector j is from the first. */
    private String column(int j) {
        if (is(Trait.OVERLAP) && j == vectors - 1) {
            return " + last";
        }
        return j == 0 ? "" : is(Trait.APART) ? " + c" + j : j == 1 ? " + L" : " + " + j + " * L";
    }

    private String[] accumulators(int i) {
        return IntStream.range(0, vectors).mapToObj(j -> "x" + i + j).toArray(String[]::new);
    }

    private boolean is(Trait trait) {
        return traits.contains(trait);
    }

    private interface Text {
        String of(int index);
    }

    private String eachRow(Text text) {
        return range(0, rows, text);
    }

    private String behindFirst(Text text) {
        return range(1, rows, text);
    }

    private String eachVector(Text text) {
        return range(0, vectors, text);
    }

    private static String range(int from, int to, Text text) {
        return IntStream.range(from, to).mapToObj(text::of).collect(Collectors.joining());
    }

    private static String line(int depth, String format, Object... parts) {
        return "    ".repeat(depth) + String.format(format, parts) + "\n";
    }
}
