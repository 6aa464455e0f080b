package intarsia.models.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.files.CompletedStudy;
import intarsia.models.files.FileException;
import intarsia.models.files.NewRows;
import intarsia.models.files.Study;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study has the same tasks, to the last bit, whether its table is in a CSV file or in a Parquet file, however that is compressed. */
final class ParquetStudyTest {
    private static final String STUDY = """
            id = "patient"
            task = "clinic"
            files = ["FILE"]

            [response]
            column = "y"
            kind = "continuous"

            [sources]
            clinical = ["age", "smoker", "stage", "seen", "drawn"]
            laboratory = ["marker", "dose", "cost"]

            [columns]
            smoker = { kind = "binary" }
            stage = { kind = "categorical" }
            seen = { kind = "date", since = "2020-01-01" }
            drawn = { kind = "date", since = "2020-01-01" }
            """;

    @TempDir
    private Path folder;

    private Path study(String file) throws IOException {
        Path made = Files.createDirectories(folder.resolve(file.replace('.', '-')));
        Files.writeString(made.resolve("study.toml"), STUDY.replace("FILE", file));
        try (InputStream in = ParquetStudyTest.class.getResourceAsStream("/clinics/" + file)) {
            Files.copy(in, made.resolve(file));
        }
        return made;
    }

    private static List<String> names(Study study) {
        return study.tasks().tasks().stream().map(Task::name).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinics-plain.parquet", "clinics-snappy.parquet", "clinics-gzip.parquet", "clinics-zstd.parquet"})
    void sameTasksAsOfCsv(String file) throws IOException {
        Study expected = Study.read(study("clinics.csv"));
        Study read = Study.read(study(file));
        assertThat(read.schema().sources()).isEqualTo(expected.schema().sources());
        assertThat(read.missing()).isEqualTo(expected.missing());
        assertThat(read.missing().values()).anyMatch(counts -> counts.get("marker") > 0 && counts.get("stage") > 0);
        assertThat(names(read)).isEqualTo(names(expected)).contains("S\u00FCd");
        for (String name : names(expected)) {
            Task a = expected.tasks().task(name);
            Task b = read.tasks().task(name);
            assertThat(b.rows()).isEqualTo(a.rows()).hasSize(30);
            assertThat(b.response()).isEqualTo(a.response());
            for (Source source : expected.schema().sources()) {
                assertThat(Arrays.deepEquals(b.cells().get(source), a.cells().get(source))).as(source.name()).isTrue();
            }
        }
    }

    @Test
    void newRows() throws IOException {
        Study study = Study.read(study("clinics.csv"));
        Path csv = folder.resolve("clinics-csv/clinics.csv");
        Path parquet = study("clinics-snappy.parquet").resolve("clinics-snappy.parquet");
        NewRows expected = NewRows.read(csv, study.schema(), names(study), List.of(), null);
        NewRows read = NewRows.read(parquet, study.schema(), names(study), List.of(), null);
        assertThat(read.ids()).isEqualTo(expected.ids()).contains("20000000089");
        assertThat(read.tasks()).isEqualTo(expected.tasks());
        expected.blocks().forEach((source, block) -> assertThat(Arrays.deepEquals(read.blocks().get(source), block)).isTrue());
    }

    /** Where a cell is wrong, the message has its row; a study that is read from a Parquet file is not completed. */
    @Test
    void refusals() throws IOException {
        Path made = study("clinics-snappy.parquet");
        Path toml = made.resolve("study.toml");
        assertThatThrownBy(() -> CompletedStudy.read(made, Study.Options.PLAIN)).isInstanceOf(FileException.class)
                .hasMessageContaining("clinics-snappy.parquet: is no CSV file, and only those can be completed");
        Files.writeString(toml, Files.readString(toml).replace("stage = { kind = \"categorical\" }", ""));
        assertThatThrownBy(() -> Study.read(made)).isInstanceOf(FileException.class)
                .hasMessageMatching("(?s).*clinics-snappy\\.parquet: row [0-9]+: column 'stage': '[a-z]+' is not a number;.*");
    }

    /** A file that is cut off, damaged or nested is one line. */
    @Test
    void broken() throws IOException {
        Path made = study("clinics-snappy.parquet");
        Path file = made.resolve("clinics-snappy.parquet");
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {1, 11, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Study.read(made)).as("%d bytes", length).isInstanceOf(FileException.class)
                    .hasMessageContaining("clinics-snappy.parquet: ").hasMessageNotContaining("\n").hasMessageNotContaining("java.")
                    .hasMessageNotContaining("<memory>");
        }
        Path nested = study("nested.parquet");
        assertThatThrownBy(() -> Study.read(nested)).isInstanceOf(FileException.class)
                .hasMessageContaining("holds lists or groups; write a flat table");
    }

    /** Whichever byte is changed: the study is read, or refused in one line. */
    @Test
    void damaged() throws IOException {
        Path made = study("clinics-plain.parquet");
        Path file = made.resolve("clinics-plain.parquet");
        byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        for (int at = 0; at < whole.length; at += 97) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x55;
            Files.write(file, changed);
            try {
                Study.read(made);
            } catch (FileException e) {
                refused++;
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
        assertThat(refused).isPositive();
    }
}
