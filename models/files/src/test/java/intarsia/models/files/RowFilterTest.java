package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.data.Task;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowFilterTest {
    private static final String MORE = "p4,1,1,low,1\np5,2,0,2,0\n";

    @TempDir
    private Path folder;

    private StudyFolder study(String key, String section) {
        StudyFolder study = StudyFolder.good(folder).write("a.csv", StudyFolder.A + MORE);
        if (key != null) {
            study.edit("study.toml", "id = \"id\"\n", "id = \"id\"\n" + key + "\n");
        }
        return section == null ? study : study.edit("study.toml", "kind = \"binary\"\n[tasks]", "kind = \"binary\"\n" + section
                + "\n[tasks]");
    }

    @Test
    void rowsWithMistakesAreLeftOutAndListed() {
        Study study = Study.read(study("on_bad_row = \"skip\"", null).edit("a.csv", "p2,2,", "p2,two,").edit("a.csv", "low,1\n", "lo,1\n")
                .edit("b.csv", "q1,-1e-2,1,0", "q1,-1e-2,1,0\nq3,1,1,maybe").path());
        assertThat(study.tasks().task("a").rows()).containsExactly("p1", "p3", "p5");
        assertThat(study.tasks().task("b").rows()).containsExactly("q1", "q2");
        assertThat(study.skipped()).extracting(row -> row.task() + " " + row.file() + ":" + row.line() + ":" + row.column())
                .containsExactly("a a.csv:3:4", "a a.csv:5:8", "b b.csv:3:8");
        assertThat(study.skipped().getFirst().problem()).startsWith(folder.resolve("a.csv") + ":3:4: column 'x1': 'two' is not a number");
        assertThat(study.notes()).anyMatch(note ->
                note.startsWith("3 rows with mistakes left out (on_bad_row), listed in skipped.csv of a run; "
                + "the first: " + folder.resolve("a.csv") + ":3:4: column 'x1'"));
    }

    @Test
    void withoutTheKeyAMistakeIsAnError() {
        assertThatThrownBy(() -> Study.read(study(null, null).edit("a.csv", "p2,2,", "p2,two,").path())).isInstanceOf(FileException.class)
                .hasMessageStartingWith(folder.resolve("a.csv") + ":3:4: ");
        assertThat(Study.read(study("on_bad_row = \"error\"", "missing = \"refused\"").path()).skipped()).isEmpty();
    }

    @Test
    void aJoinedFilesMistakeLeavesTheRowOut() {
        StudyFolder study = study("on_bad_row = \"skip\"", null).edit("study.toml", "a = \"a.csv\"", "a = [\"a.csv\", \"labs.csv\"]")
                .write("a.csv", "id,x1,x2,y\np1,1,0,0\np2,2,1,1\np3,3,1,1\n").write("labs.csv", "id,z\np1,low\np2,lox\n");
        assertThat(Study.read(study.path()).tasks().task("a").rows()).containsExactly("p1", "p3");
    }

    /** Files are read as they lie; mistakes are listed by the rows of the first file, of each row the first by the study file's columns. */
    @Test
    void mistakesAreListedByTheRowsOfTheFirstFile() {
        StudyFolder study = study("on_bad_row = \"skip\"", null).edit("study.toml", "a = \"a.csv\"", "a = [\"a.csv\", \"labs.csv\"]")
                .write("a.csv", "id,x1,x2,y\np1,1,0,0\np2,2,1,1\np3,3,1,1\np4,3,1,0\np5,3,one,maybe\n")
                .write("labs.csv", "id,z\np5,lox\np4,hig\np3,low\np1,lex\n");
        Study read = Study.read(study.path());
        assertThat(read.tasks().task("a").rows()).containsExactly("p2", "p3");
        assertThat(read.skipped()).filteredOn(row -> row.task().equals("a")).extracting(row -> row.file() + ":" + row.line() + ":"
                + row.column()).containsExactly("labs.csv:5:4", "labs.csv:3:4", "a.csv:6:6");
    }

    @Test
    void missingResponsesAreCounted() {
        Study study = Study.read(study(null, "missing = \"allowed\"").edit("a.csv", "p4,1,1,low,1", "p4,1,1,low,").edit("a.csv",
                "p5,2,0,2,0",
                "p5,2,0,2,NA").path());
        Task a = study.tasks().task("a");
        assertThat(a.rows()).containsExactly("p1", "p2", "p3");
        assertThat(a.response()).containsExactly(0, 1, 1);
        assertThat(study.notes()).contains("rows without a response, for imputation only: 2 of task 'a'");
        assertThat(study.skipped()).as("nothing is wrong with them").isEmpty();
    }

    /** A threshold on a missing number is missing, not 0. */
    @Test
    void aThresholdOfAMissingResponseIsMissing() {
        Study study = Study.read(study(null, "above = 0.5\nmissing = \"allowed\"").edit("a.csv", "p4,1,1,low,1", "p4,1,1,low,").path());
        assertThat(study.tasks().task("a").rows()).doesNotContain("p4").contains("p5");
    }

    @Test
    void bothTogether() {
        Study study = Study.read(study("on_bad_row = \"skip\"", "missing = \"allowed\"").edit("a.csv", "p4,1,1,low,1", "p4,1,1,low,")
                .edit("a.csv", "p5,2,0,2,0", "p5,2,7,2,0").path());
        assertThat(study.tasks().task("a").rows()).containsExactly("p1", "p2", "p3");
        assertThat(study.skipped()).hasSize(1);
    }

    @Test
    void skippingTakesMissingResponsesForMistakes() {
        Study study = Study.read(study("on_bad_row = \"skip\"", null).edit("a.csv", "p4,1,1,low,1", "p4,1,1,low,").path());
        assertThat(study.skipped()).extracting(SkippedRow::problem).containsExactly(folder.resolve("a.csv")
                + ":5:12: response 'y' is missing; give it, or take the row out");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '\0', nullValues = "-", value = {
        "on_bad_row = \"ignore\" | - | study.toml:2:1: 'on_bad_row' is \"error\" or \"skip\", not \"ignore\"",
        "- | missing = \"yes\"       | study.toml:5:1: 'missing' of a response is \"refused\" or \"allowed\", not \"yes\"",
        "- | missing = [\"?\"]       | study.toml:5:1: 'missing' must be a string, not a list"})
    void otherWordsAreRefused(String key, String section, String message) {
        assertThatThrownBy(() -> Study.read(study(key, section).path())).isInstanceOf(FileException.class)
                .hasMessage(folder.resolve(message.split(":")[0]) + message.substring(message.indexOf(':')));
    }

    @Test
    void aTaskWithoutAnyRowLeftIsAnError() {
        assertThatThrownBy(() -> Study.read(study("on_bad_row = \"skip\"", null).write("b.csv", "id,x1,x2,y\nq1,one,1,0\nq2,two,1,1\n")
                .path()))
                .isInstanceOf(FileException.class).hasMessageStartingWith(folder.resolve("b.csv")
                        + ": every row of task 'b' lacks a response or has "
                + "a mistake, so there is nothing to learn in it; take the task out; "
                + "the first: " + folder.resolve("b.csv") + ":2:4: column 'x1': 'one' is not a number");
    }

    /** What cannot be decided of a column is no mistake of a row. */
    @Test
    void anUndecidableColumnIsStillAnError() {
        assertThatThrownBy(() -> Study.read(study("on_bad_row = \"skip\"", null).write("b.csv", "id;x1;x2;y\nq1;1,234;1;0\nq2;2;1;1\n")
                .path()))
                .isInstanceOf(FileException.class).hasMessageContaining("may be 1234 or 1.234");
    }
}
