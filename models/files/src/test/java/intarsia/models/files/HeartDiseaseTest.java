package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.data.Source;
import intarsia.models.data.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    private static List<String> observed(String hospital) {
        return STUDY.tasks().task(hospital).blocks().keySet().stream().map(Source::name).toList();
    }
}
