package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.data.Column;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.response.Classes;
import intarsia.models.simulation.BrainRecordings;
import intarsia.models.simulation.BrainRecordings.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The simulated tensors: files are what is drawn, and are read as such. The right ones are left in {@code target}. */
class RecordingsExampleTest {
    private static final Path EXAMPLE = Path.of("../../examples/recordings");
    private static final BrainRecordings.Drawn DRAWN = BrainRecordings.standard().draw(RandomStream.of(1));
    private static final List<String> ANSWERS = List.of("none", "left", "right");

    private static List<String> header(String... first) {
        return Stream.concat(Stream.of(first), BrainRecordings.POWER.columns().stream().map(Column::name)).toList();
    }

    private static String recordings() {
        List<String> header = new ArrayList<>(header("person"));
        header.addAll(List.of("reaction", "hit", "answer"));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < DRAWN.power().size(); i++) {
            double[][] responses = DRAWN.responses().get(i);
            for (int n = 0; n < responses[0].length; n++) {
                List<String> row = new ArrayList<>(List.of(BrainRecordings.person(i)));
                for (double cell : DRAWN.power().get(i)[n]) {
                    row.add(Schema.plain(cell));
                }
                row.addAll(List.of(Schema.plain(responses[0][n]), responses[1][n] == 1 ? "yes" : "no", ANSWERS.get((int) responses[2][n])));
                rows.add(row);
            }
        }
        return Results.csv(header, rows);
    }

    /** What a unit of a column adds: milliseconds to the reaction, log odds to a hit, and to an answer against none. */
    private static String truth() {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < DRAWN.power().size(); i++) {
            rows.add(row(i, "reaction", DRAWN.truth(), 6));
            rows.add(row(i, "hit", DRAWN.truth(), 0.2));
            rows.add(row(i, "left", DRAWN.truth(), 0.2));
            rows.add(row(i, "right", DRAWN.other(), 0.2));
        }
        return Results.csv(header("person", "response"), rows);
    }

    private static List<String> row(int person, String response, Tensor coefficients, double unit) {
        List<String> row = new ArrayList<>(List.of(BrainRecordings.person(person), response));
        int places = BrainRecordings.POWER.columns().size();
        for (int j = 0; j < places; j++) {
            row.add(String.format(Locale.ROOT, "%.5f", unit * coefficients.at(person * places + j)));
        }
        return row;
    }

    @Test
    void itsFilesAreWhatIsDrawn() throws IOException {
        Files.writeString(Path.of("target/recordings.csv"), recordings());
        Files.writeString(Path.of("target/truth.csv"), truth());
        assertThat(EXAMPLE.resolve("recordings.csv")).as("the right file is in target").hasContent(recordings());
        assertThat(EXAMPLE.resolve("truth.csv")).as("the right file is in target").hasContent(truth());
    }

    @Test
    void itIsReadAsItWasDrawn() {
        for (Response response : Response.values()) {
            TaskSet drawn = DRAWN.tasks(response);
            Study study = Study.read(EXAMPLE.resolve((response == Response.HIT ? "study" : response.column()) + ".toml"));
            assertThat(study.schema().sources()).containsExactly(BrainRecordings.POWER);
            for (Task task : drawn.tasks()) {
                Task read = study.tasks().task(task.name());
                assertThat(read.cells().get(BrainRecordings.POWER)).isDeepEqualTo(task.cells().get(BrainRecordings.POWER));
                assertThat(read.family()).isEqualTo(response == Response.ANSWER ? new Classes(ANSWERS) : task.family());
                assertThat(read.response()).isEqualTo(task.response());
            }
        }
    }
}
