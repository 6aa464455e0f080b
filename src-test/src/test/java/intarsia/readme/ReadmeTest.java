package intarsia.readme;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.Outcome.Converged;
import intarsia.models.Outcome.Diverged;
import intarsia.models.Outcome.Stopped;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.hmb.MtlHmb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's Java is this test's, line by line, and it runs. */
class ReadmeTest {
    private final double[][] exam1 = rows(40, 1, 3);
    private final double[][] angio1 = rows(40, 2, 1);
    private final double[] y1 = labels(40, 3);
    private final double[][] exam2 = rows(30, 4, 3);
    private final double[] y2 = labels(30, 5);
    private final double[][] newPatients = rows(4, 6, 3);

    @Test
    void libraryUseInTwentyLines() {
        // begin
        var exam = Source.of("exam", "age", "pressure", "heart rate");
        var angiography = Source.of("angiography", "vessels");

        var data = TaskSet.builder()
                .task(Task.binary("cleveland").block(exam, exam1).block(angiography, angio1).response(y1))
                .task(Task.binary("hungarian").block(exam, exam2).response(y2))    // no angiography there: simply not given
                .build();
        System.out.println(data.presence());                                     // task x source x rows, before any fitting

        var options = MtlHmb.options().width(16).depth(1).orthogonality(0.1).seed(42);
        double[] risk = switch (MtlHmb.fit(data, options)) {
            case Converged(var model, int epochs) ->
                model.predict("hungarian", new Observations(List.of("a", "b", "c", "d"), Map.of(exam, newPatients)));
            case Stopped(var model, String why) -> throw new IllegalStateException(why);
            case Diverged(int epoch, String where) -> throw new IllegalStateException(where);
        };
        // end
        assertThat(java.util.Arrays.stream(risk).boxed()).hasSize(4).allMatch(p -> p > 0 && p < 1);
    }

    @Test
    void theReadmeSaysTheSame() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        String source = Files.readString(root.resolve("src-test/src/test/java/intarsia/readme/ReadmeTest.java"));
        String code = source.substring(source.indexOf("// begin\n") + 9, source.indexOf("        // end")).lines()
                .map(line -> line.isBlank() ? "" : line.substring(8))
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(Files.readString(root.resolve("README.md"))).contains("```java\n" + code + "```");
    }

    private static double[][] rows(int n, long seed, int columns) {
        var random = intarsia.linalg.RandomStream.of(seed);
        double[][] rows = new double[n][columns];
        for (double[] row : rows) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextGaussian();
            }
        }
        return rows;
    }

    private static double[] labels(int n, long seed) {
        var random = intarsia.linalg.RandomStream.of(seed);
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = random.nextInt(2);
        }
        return y;
    }
}
