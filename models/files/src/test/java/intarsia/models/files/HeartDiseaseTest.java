package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.data.Source;
import intarsia.models.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example against the counts published with the data. */
class HeartDiseaseTest {
    private static final List<String> COLUMNS = List.of("trestbps", "chol", "fbs", "restecg", "thalach", "exang", "oldpeak", "slope", "ca",
            "thal");
    private static final Study STUDY = Study.read(Path.of("../../examples/heart-disease"));

    @ParameterizedTest
    @CsvSource({
        "cleveland,   303,  0,   0,  0, 0,  0,  0,  0,   0,   4,   2, 139",
        "hungarian,   294,  1,  23,  8, 1,  1,  1,  0, 190, 291, 266, 106",
        "switzerland, 123,  2, 123, 75, 1,  1,  1,  6,  17, 118,  52, 115",
        "va,          200, 56,  56,  7, 0, 53, 53, 56, 102, 198, 166, 149"})
    void hasTheKnownCounts(String hospital, int n, int trestbps, int chol, int fbs, int restecg, int thalach, int exang, int oldpeak,
            int slope,
            int ca, int thal, int diseased) {
        Task task = STUDY.tasks().task(hospital);
        assertThat(task.size()).isEqualTo(n);
        assertThat(COLUMNS).extracting(column -> STUDY.missing(hospital, column))
                .containsExactly(trestbps, chol, fbs, restecg, thalach, exang, oldpeak, slope, ca, thal);
        assertThat(List.of("age", "sex", "cp")).extracting(column -> STUDY.missing(hospital, column)).containsOnly(0);
        assertThat(Arrays.stream(task.response()).sum()).isEqualTo(diseased);
    }

    @Test
    void hasTheBlocksThatWereReallyMeasured() {
        assertThat(STUDY.tasks().anchors()).extracting(Source::name).containsExactly("exam");
        assertThat(observed("cleveland")).containsExactly("exam", "labs", "slope", "fluoroscopy", "thallium");
        assertThat(observed("hungarian")).containsExactly("exam", "labs");
        assertThat(observed("switzerland")).containsExactly("exam", "slope", "thallium");
        assertThat(observed("va")).containsExactly("exam", "labs");
        assertThat(STUDY.notes()).isEmpty();
    }

    @Test
    void twoResponsesAreFourTasksEach() {
        Study several = Study.read(STUDY.file().resolveSibling("several.toml"));
        assertThat(several.tasks().byResponse()).extracting(part -> part.tasks().stream().map(task -> task.cohort() + " " + task.size())
                .toList()).containsExactly(List.of("cleveland 303", "hungarian 294", "switzerland 123", "va 200"),
                List.of("cleveland 303", "hungarian 293", "switzerland 122", "va 147"));
        assertThat(several.schema().describe()).isEqualTo("disease and peak_heart_rate");
        for (Task task : STUDY.tasks().tasks()) {
            Task disease = several.tasks().task("disease in " + task.name());
            assertThat(disease.response()).isEqualTo(task.response());
            assertThat(disease.rows()).isEqualTo(task.rows());
        }
        Study alone = Study.read(several.file(), new Study.Options("peak_heart_rate", false));
        assertThat(alone.tasks().tasks()).extracting(Task::name).containsExactly("cleveland", "hungarian", "switzerland", "va");
        assertThat(alone.schema().response().family().key()).isEqualTo("continuous");
    }

    @Test
    void isCompletedWithoutAChangeToWhatWasMeasured(@TempDir Path folder) throws IOException {
        CompletedStudy completed = CompletedStudy.read(STUDY.file(), Study.Options.PLAIN);
        try (FolderWriter writer = FolderWriter.begin(folder.resolve("out"), false)) {
            completed.write(writer, task -> STUDY.schema().sources().stream().collect(Collectors.toMap(source -> source, source -> {
                double[][] ones = new double[task.rows().size()][source.columns().size()];
                Arrays.stream(ones).forEach(row -> Arrays.fill(row, 1));
                return ones;
            })));
            writer.commit();
        }
        int filled = 0;
        for (List<String> files : STUDY.files().values()) {
            List<String> before = Files.readAllLines(STUDY.file().resolveSibling(files.getFirst()));
            List<String> after = Files.readAllLines(folder.resolve("out").resolve(files.getFirst()));
            assertThat(after).hasSameSizeAs(before);
            for (int i = 0; i < before.size(); i++) {
                String[] old = before.get(i).split(",", -1);
                String[] now = after.get(i).split(",", -1);
                assertThat(now).hasSameSizeAs(old);
                for (int j = 0; j < old.length; j++) {
                    filled += old[j].equals(now[j]) ? 0 : 1;
                    assertThat(old[j].equals(now[j]) || old[j].matches("\\?|0(\\.0)?|")).as(before.get(i) + " -> " + after.get(i)).isTrue();
                }
            }
        }
        assertThat(filled).isEqualTo(STUDY.missing().values().stream().flatMap(counts -> counts.values().stream()).mapToInt(n -> n).sum());
        Study again = Study.read(folder.resolve("out"));
        assertThat(again.tasks().others()).isEmpty();
    }

    private static List<String> observed(String hospital) {
        return STUDY.tasks().task(hospital).blocks().keySet().stream().map(Source::name).toList();
    }
}
