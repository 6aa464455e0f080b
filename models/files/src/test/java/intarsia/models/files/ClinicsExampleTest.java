package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.simulation.CensoredClinics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The simulated survival study: its files are what is drawn, and are read as such. The right ones are left in {@code target}. */
class ClinicsExampleTest {
    private static final Path EXAMPLE = Path.of("../../examples/clinics");
    private static final TaskSet DRAWN = new CensoredClinics().draw(RandomStream.of(1));

    private static String table(Task task) {
        List<String> header = new ArrayList<>(List.of("patient"));
        task.blocks().keySet().forEach(source -> source.columns().forEach(column -> header.add(column.name())));
        header.addAll(List.of("months", "relapse"));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < task.size(); i++) {
            List<String> row = new ArrayList<>(List.of(task.rows().get(i)));
            for (double[][] block : task.cells().values()) {
                for (double cell : block[i]) {
                    row.add(Schema.plain(cell));
                }
            }
            row.add(Schema.plain(task.response()[3 * i]));
            row.add(task.response()[3 * i + 1] == 1 ? "yes" : "no");
            rows.add(row);
        }
        return Results.csv(header, rows);
    }

    @Test
    void itsFilesAreWhatIsDrawn() throws IOException {
        for (Task task : DRAWN.tasks()) {
            Files.writeString(Path.of("target").resolve(task.name() + ".csv"), table(task));
        }
        for (Task task : DRAWN.tasks()) {
            assertThat(EXAMPLE.resolve(task.name() + ".csv")).as("the right file is in target").hasContent(table(task));
        }
    }

    @Test
    void itIsReadAsItWasDrawn() {
        Study study = Study.read(EXAMPLE);
        for (Task task : DRAWN.tasks()) {
            Task read = study.tasks().task(task.name());
            assertThat(read.family()).isEqualTo(task.family());
            assertThat(read.response()).isEqualTo(task.response());
            for (Map.Entry<Source, double[][]> block : task.cells().entrySet()) {
                assertThat(read.cells().get(block.getKey())).isDeepEqualTo(block.getValue());
            }
        }
        assertThat(study.notes()).hasSize(3).allMatch(note -> note.contains(": read 'yes' as 1") || note.contains(": read 'no' as 0"));
    }

    /** Whoever has no laboratory is missing it whole; a third to two thirds of the patients relapse. */
    @Test
    void oneClinicHasNoLaboratory() {
        assertThat(DRAWN.task("harbor").blocks()).hasSize(1);
        for (Task task : DRAWN.tasks()) {
            double[] y = task.response();
            double events = 0;
            for (int i = 0; i < task.size(); i++) {
                events += y[3 * i + 1];
            }
            assertThat(events / task.size()).isBetween(1 / 3.0, 2 / 3.0);
        }
    }
}
