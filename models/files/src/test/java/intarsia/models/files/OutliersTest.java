package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Precision;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A number far from all others is named, in any unit; a long tail, a constant and a handful of numbers are not. */
class OutliersTest {
    private static final Source SOURCE = Source.of("s", "x");
    private static final Schema SCHEMA = new Schema(null, null, null, List.of(new Schema.Response("", "", List.of("y"),
            ResponseFamily.CONTINUOUS, null)), List.of(SOURCE), List.of(), Map.of(), CsvFormat.FOUND_OUT, Splitting.STANDARD,
            Precision.F64);

    private static List<String> notes(double[] x, double[] y) {
        double[][] block = Arrays.stream(x).mapToObj(number -> new double[] {number}).toArray(double[][]::new);
        List<Task> tasks = List.of(Task.continuous("a").block(SOURCE, block).response(y));
        return Stream.concat(Outliers.responses(tasks, SCHEMA).stream(), Outliers.columns(tasks, List.of(SOURCE)).stream()).toList();
    }

    private static double[] counting(int n) {
        double[] numbers = new double[n];
        Arrays.setAll(numbers, i -> 100 + i * 7 % 31);
        return numbers;
    }

    @Test
    void aTypingErrorInAResponseIsNamedInAnyUnit() {
        double[] y = counting(40);
        y[17] = 12345678;
        assertThat(notes(counting(40), y)).containsExactly(
                "response 'y' of task 'a': 12345678 is far from the others, half of which are from 107 to 122; check it");
        for (double unit : new double[] {1e-140, 1e-9, 1e9, 1e140}) {
            double[] scaled = Arrays.stream(y).map(number -> number * unit).toArray();
            assertThat(notes(counting(40), scaled)).as("unit %s", unit).hasSize(1);
        }
    }

    @Test
    void theFarthestOfSeveralInAColumnStandsForThem() {
        double[] x = counting(40);
        x[3] = -50_000;
        x[4] = 70_000;
        x[5] = Double.NaN;
        assertThat(notes(x, counting(40))).singleElement().asString()
                .startsWith("column 'x': 70000, the farthest of 2 such numbers, is far from the others");
    }

    @Test
    void tailsConstantsAndFewNumbersAreLeftAlone() {
        double[] tail = new double[200];
        Arrays.setAll(tail, i -> Math.exp((i - 100) / 30.0));
        double[] zeros = new double[200];
        zeros[7] = 5;
        assertThat(notes(tail, tail)).isEmpty();
        assertThat(notes(zeros, tail)).isEmpty();
        assertThat(notes(new double[] {1, 2, 3, 1e9}, new double[] {1, 2, 3, 4})).isEmpty();
    }
}
