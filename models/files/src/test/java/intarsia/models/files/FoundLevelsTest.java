package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundLevelsTest {
    private static final String ROWS = """
            id,sex,cp,seen,y
            p1,m,2,2020-03-01,yes
            p2,f,10,2019-12-31,no
            p3,f,typical,2020-01-01T12:00,yes
            p4,NA,1,,no
            p5,m,?,2020-01-11,yes
            """;

    @TempDir
    private Path folder;

    private Study study(String rows, String response, String columns) throws IOException {
        Files.writeString(folder.resolve("a.csv"), rows);
        Files.writeString(folder.resolve("study.toml"), """
                id = "id"
                [response]
                column = "y"
                kind = "binary"
                %s
                [tasks]
                a = "a.csv"
                [sources]
                exam = ["sex", "cp", "seen"]
                [columns]
                %s
                """.formatted(response, columns));
        return Study.read(folder);
    }

    private static final String COLUMNS = """
            sex = { kind = "binary", positive = "f" }
            cp = { kind = "categorical" }
            seen = { kind = "date", since = "2020-01-01" }
            """;

    private static double[] column(Study study, int j) {
        Task task = study.tasks().tasks().getFirst();
        return java.util.Arrays.stream(task.cells().values().iterator().next()).mapToDouble(row -> row[j]).toArray();
    }

    @Test
    void levelsAndDatesAreRead() throws IOException {
        Study study = study(ROWS, "positive = \"yes\"", COLUMNS);
        assertThat(study.tasks().task("a").response()).containsExactly(1, 0, 1, 0, 1);
        assertThat(column(study, 0)).containsExactly(0, 1, 1, Double.NaN, 0);
        assertThat(study.schema().sources().getFirst().columns().get(1).levels()).containsExactly("1", "2", "10", "typical");
        assertThat(column(study, 1)).containsExactly(1, 2, 3, 0, Double.NaN);
        assertThat(column(study, 2)).containsExactly(60, -1, 0.5, Double.NaN, 10);
        assertThat(study.notes()).contains("levels found of column 'cp': 1, 2, 10, typical", "column 'sex': 'm' is read as 0, 'f' as 1",
                "column 'y': 'no' is read as 0, 'yes' as 1");
        assertThat(study.schema().level("sex", "f")).isEqualTo(1);
    }

    @Test
    void theOrderOfRowsDoesNotMatter() throws IOException {
        Study forward = study(ROWS, "positive = \"yes\"", COLUMNS);
        List<String> lines = ROWS.lines().toList();
        String turned = lines.get(0) + "\n" + String.join("\n", lines.subList(1, 6).reversed()) + "\n";
        assertThat(study(turned, "positive = \"yes\"", COLUMNS).schema()).isEqualTo(forward.schema());
    }

    /** 1 and 1.0 are one level, under its shortest name; a threshold of capital letters is two. */
    @Test
    void spellingsOfANumberAreOneLevel() throws IOException {
        Study study = study(ROWS.replace("p4,NA,1,", "p4,NA,2.0,"), "positive = \"yes\"", COLUMNS);
        assertThat(study.schema().sources().getFirst().columns().get(1).levels()).containsExactly("2", "10", "typical");
        assertThat(column(study, 1)).containsExactly(0, 1, 2, 0, Double.NaN);
    }

    @Test
    void whatIsNoLevelInNewRows() throws IOException {
        Path csv = Files.writeString(folder.resolve("new.csv"), "id,sex,cp,seen\nn,m,7,2021-01-01\n");
        Study strict = study(ROWS, "positive = \"yes\"", COLUMNS);
        assertThatThrownBy(() -> NewRows.read(csv, strict.schema(), List.of("a"), List.of(), null)).isInstanceOf(FileException.class)
                .hasMessage(csv + ":2:5: column 'cp': '7' is none of the levels that the model learned (1, 2, 10, typical); correct "
                        + "it, or fit with "
                        + "unknown = \"other\" for this column");
        Study open = study(ROWS, "positive = \"yes\"", COLUMNS.replace("\"categorical\"", "\"categorical\", unknown = \"other\""));
        NewRows rows = NewRows.read(csv, open.schema(), List.of("a"), List.of(), null);
        Source exam = open.schema().sources().getFirst();
        assertThat(exam.columns().get(1).levels()).endsWith("other");
        assertThat(rows.blocks().get(exam)[0]).containsExactly(0, 4, 366);
        assertThat(rows.notes()).contains("new.csv: read '7' as 'other', among the levels of 'cp'; 1 cell (column 'cp', line 2)");
    }

    /** Of levels that are listed, one may stand for all that are not, in the study too. */
    @Test
    void anOtherLevelMayBeLearned() throws IOException {
        Study study = study(ROWS, "positive = \"yes\"", COLUMNS.replace("\"categorical\"",
                "\"categorical\", levels = [1, 2], unknown = \"rest\""));
        assertThat(study.schema().sources().getFirst().columns().get(1).levels()).containsExactly("1", "2", "rest");
        assertThat(column(study, 1)).containsExactly(1, 2, 2, 0, Double.NaN);
    }

    @Test
    void imputedDatesAreWrittenAsDates() throws IOException {
        study(ROWS, "positive = \"yes\"", COLUMNS);
        CompletedStudy completed = CompletedStudy.read(folder, Study.Options.PLAIN);
        Path out = folder.resolveSibling(folder.getFileName() + "-completed");
        try (FolderWriter writer = FolderWriter.begin(out, false)) {
            completed.write(writer, task -> Map.of(completed.study().schema().sources().getFirst(), new double[][] {{0, 1, 60}, {1, 2, -1},
                    {1, 3, 0.5},
                {1, 0, 30.6}, {0, 2, 10}}));
            writer.commit();
        }
        assertThat(Files.readAllLines(out.resolve("a.csv"))).contains("p4,f,1,2020-02-01,no", "p5,m,10,2020-01-11,yes");
        assertThat(Observations.of(Study.read(out).tasks().task("a")).size()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '\0', nullValues = "-", value = {
        "positive = \"yess\" | - | study.toml:5:1: column 'y' has no value 'yess'; did you mean 'yes'?",
        "positive = \"yes\";levels = [\"no\", \"yes\"] | - | study.toml:5:1: give either 'levels' or 'positive', not both",
        "positive = 1 | - | study.toml:5:1: column 'y' has no value '1'; known: no, yes",
        "- | cp = { kind = \"binary\", positive = 1 } | study.toml:11:25: column 'cp': 'positive' needs two values in the rows, and "
                + "there are 4 "
                + "(1, 2, 10, typical); list what means missing, or give levels = [...]",
        "- | cp = { kind = \"categorical\", positive = 1 } | study.toml:11:30: 'positive' says which of two values found in a "
                + "binary column without "
                + "'levels' is 1; take it out",
        "- | sex = { kind = \"binary\", unknown = \"x\" } | study.toml:11:26: 'unknown' names the level of cells that are none of "
                + "the levels of a "
                + "categorical column: unknown = \"other\"",
        "- | seen = { kind = \"date\" } | study.toml:11:1: [columns.seen] needs 'since', a string",
        "- | seen = { kind = \"date\", since = \"1/2/2020\" } | study.toml:11:25: column 'seen': 'since' is the day that is 0, and "
                + "'1/2/2020' may be "
                + "read as different dates; write dates as year-month-day, 2021-03-14",
        "- | seen = { since = \"2020-01-01\" } | study.toml:11:10: 'since' is the day that is 0 in a column of dates; set kind = "
                + "\"date\", or take it out",
        "- | seen = { kind = \"date\", since = \"2020-01-01\", levels = [1, 2] } | study.toml:11:47: column 'seen' has levels, so "
                + "it needs kind = "
                + "\"categorical\" or \"binary\""})
    void keysThatDoNotFitAreRefused(String response, String columns, String message) {
        String all = response == null ? "positive = \"yes\"" : response.replace(";", "\n");
        assertThatThrownBy(() -> study(ROWS, all, columns == null ? "" : columns)).isInstanceOf(FileException.class)
                .hasMessage(folder + "/" + message);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '\0', value = {
        "p2,f,10,2019-12-31 | p2,f,10,12/31/2019 | a.csv:3:9: column 'seen': '12/31/2019' may be read as different dates; write "
                + "dates as year-month-day, "
                + "2021-03-14",
        "p2,f,10,2019-12-31 | p2,f,10,43830 | a.csv:3:9: column 'seen': '43830' is not a date; write dates as 2021-03-14",
        "p2,f,10,2019-12-31 | p2,f,10,2019-13-31 | a.csv:3:9: column 'seen': '2019-13-31' is no day of the calendar; correct it",
        "p3,f,typical | p3,F,typical | study.toml:11:26: column 'sex': 'f' and 'F' (a.csv, line 4) differ only in capital letters; "
                + "write both alike, or "
                + "list levels = [...]"})
    void cellsThatCannotBeReadAreNamed(String from, String to, String message) {
        assertThatThrownBy(() -> study(ROWS.replace(from, to), "positive = \"yes\"", COLUMNS)).isInstanceOf(FileException.class)
                .hasMessage(folder + "/" + message);
    }

    @Test
    void tooManyOrTooFewValuesAreNoLevels() {
        StringBuilder many = new StringBuilder("id,sex,cp,seen,y\n");
        for (int i = 0; i < 120; i++) {
            many.append("p").append(i).append(",m,c").append(i).append(",2020-01-01,").append(i % 2 == 0 ? "yes" : "no").append('\n');
        }
        assertThatThrownBy(() -> study(many.toString(), "positive = \"yes\"", "cp = { kind = \"categorical\" }"))
                .isInstanceOf(FileException.class)
                .hasMessage(folder.resolve("study.toml")
                        + ":11:8: column 'cp' has more than 100 different values; list its levels, or make it continuous");
        assertThatThrownBy(() -> study(many.toString(), "positive = \"yes\"", "sex = { kind = \"categorical\" }"))
                .isInstanceOf(FileException.class)
                .hasMessage(folder.resolve("study.toml")
                        + ":11:9: column 'sex' is categorical, and 'm' is the only value found in it; leave it out of its "
                        + "source, or list its levels");
    }
}
