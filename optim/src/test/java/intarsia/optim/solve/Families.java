package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The simulated table of responses of every family, and what R's packages make of it: resources/families. */
final class Families {
    private static final List<String> LINES = lines("table.csv");
    private static final Map<String, double[]> GOLDEN = golden(lines("golden.csv"));

    private Families() {}

    /** The columns x1 to x4 [160 x 4]. */
    static Tensor predictors() {
        double[][] columns = {column("x1"), column("x2"), column("x3"), column("x4")};
        double[] x = new double[4 * columns[0].length];
        for (int k = 0; k < x.length; k++) {
            x[k] = columns[k % 4][k / 4];
        }
        return Tensor.of(Shape.of(columns[0].length, 4), x);
    }

    /** A column by its name. */
    static double[] column(String name) {
        int at = List.of(LINES.getFirst().split(",")).indexOf(name);
        return LINES.stream().skip(1).mapToDouble(line -> Double.parseDouble(line.split(",")[at])).toArray();
    }

    /** A column of whole numbers. */
    static int[] whole(String name) {
        return Arrays.stream(column(name)).mapToInt(v -> (int) v).toArray();
    }

    /** R's numbers of this name. */
    static double[] golden(String name) {
        return GOLDEN.get(name);
    }

    /** Asserts that numbers are R's, to 1e-6. */
    static void assertGolden(String name, double... actual) {
        assertThat(actual).as(name).containsExactly(GOLDEN.get(name), within(1e-6));
    }

    /** An intercept and coefficients. */
    static double[] joined(double first, double[] rest) {
        double[] joined = new double[rest.length + 1];
        joined[0] = first;
        System.arraycopy(rest, 0, joined, 1, rest.length);
        return joined;
    }

    /** Names and numbers of lines as golden.R writes them. */
    static Map<String, double[]> golden(List<String> lines) {
        Map<String, double[]> golden = new HashMap<>();
        for (String line : lines) {
            String[] cells = line.strip().split(",");
            golden.put(cells[0], Arrays.stream(cells).skip(1).mapToDouble(Double::parseDouble).toArray());
        }
        return golden;
    }

    private static List<String> lines(String name) {
        try (InputStream in = Families.class.getResourceAsStream("/families/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
