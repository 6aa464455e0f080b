package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.data.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewRowsTest {
    @TempDir
    private Path folder;
    private Study study;
    private Source exam;
    private Source labs;

    @BeforeEach
    void readStudy() {
        study = Study.read(StudyFolder.good(folder).path());
        exam = study.schema().sources().get(0);
        labs = study.schema().sources().get(1);
    }

    private NewRows read(String text, String task) throws IOException {
        Path csv = Files.writeString(folder.resolve("new.csv"), text);
        return NewRows.read(csv, study.schema(), List.of("a", "b"), List.of("exam"), task);
    }

    @Test
    void readsRowsOfSeveralTasksInAnyColumnOrder() throws IOException {
        NewRows rows = read("task,x2,x1,id,z,y\nb,1,2,n1,,\na,0,,n2,low,1\nb,1,5,n3,2,\n", null);
        assertThat(rows.ids()).containsExactly("n1", "n2", "n3");
        assertThat(rows.tasks()).containsExactly("b", "a", "b");
        assertThat(rows.rowsOf("b")).containsExactly(0, 2);
        NewRows b = rows.ofTask("b");
        assertThat(b.ids()).containsExactly("n1", "n3");
        assertThat(b.blocks().get(exam)).isDeepEqualTo(new double[][] {{2, 1}, {5, 1}});
        assertThat(b.blocks().get(labs)[0][0]).isNaN();
        assertThat(b.blocks().get(labs)[1][0]).isEqualTo(1);
    }

    @Test
    void takesRowsWithoutABlockWithoutIdsWithTheTaskSaid() throws IOException {
        NewRows rows = read("x1,x2\n1,0\n2,1\n", "a");
        assertThat(rows.ids()).containsExactly("1", "2");
        assertThat(rows.tasks()).containsExactly("a", "a");
        assertThat(rows.blocks()).containsOnlyKeys(exam);
    }

    @Test
    void needsNoTaskWhereThereIsOne() throws IOException {
        Path csv = Files.writeString(folder.resolve("new.csv"), "x1,x2\n1,0\n");
        assertThat(NewRows.read(csv, study.schema(), List.of("only"), List.of("exam"), null).tasks()).containsExactly("only");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '\0', value = {
        "id,x1,X_2            | n,1,0   | a | :1:1: lacks 'x2' of source 'exam' (it has 'X_2'), which every prediction needs",
        "id,x1                | n,1     | a | :1:1: lacks 'x2' of source 'exam', which every prediction needs",
        "id,z                 | n,2     | a | :1:1: lacks 'x1', 'x2' of source 'exam', which every prediction needs",
        "id,x1,x2,Z           | n,1,0,2 | a | :1:10: column 'Z' differs from 'z', which the model knows, only in capital "
                + "letters; write both alike, "
                + "or take it out",
        "id,x1,x2             | n,1,0   |   | :1:1: has no column 'task' that names each row's task; add it, or give --task a|b",
        "id,x1,x2             | n,1,0   | c | : --task c: the model knows no such task; did you mean 'a'?",
        "task,x1,x2           | c,1,0   |   | :2:1: the model knows no task 'c'; did you mean 'a'?",
        "task,x1,x2           | a,1,0   | a | :1:1: has a column 'task' that names each row's task; leave --task out",
        "task,x1,x2           | '',1,0  |   | :2:1: column 'task' names the row's task and may not be empty; fill it in, "
                + "or take the row out",
        "x1,x2                | 1,5     | a | :2:3: column 'x2': '5' is not 0 or 1; correct it",
        "x1,x2                | two,1   | a | :2:1: column 'x1': 'two' is not a number; correct it, or leave the cell empty "
                + "if nothing was measured",
        "x1,x2                | <5,1    | a | :2:1: column 'x1': '<5' is below a limit, which is low, not missing; write a "
                + "number (half the limit, 2.5, is common)",
        "x1;x2                | 1,234;1 | a | :2:1: column 'x1': '1,234' may be 1234 or 1.234; write it as one of them",
        "x1,x2                |         | a | : has a header and no rows"})
    void refusesRowsTheModelCannotTake(String header, String row, String task, String message) {
        assertThatThrownBy(() -> read(header + "\n" + (row == null ? "" : row.replace("''", "") + "\n"), task))
                .isInstanceOf(FileException.class)
                .hasMessage(folder.resolve("new.csv") + message);
    }

    @Test
    void refusesAnIdTwiceInATask() {
        assertThatThrownBy(() -> read("id,x1,x2\nn,1,0\nn,1,0\n", "a"))
                .hasMessage(folder.resolve("new.csv") + ":3:1: column 'id': 'n' is there twice, first on line 2");
        assertThatThrownBy(() -> read("task,id,x1,x2\na,n,1,0\nb,n,1,0\na,n,1,0\n", null))
                .hasMessage(folder.resolve("new.csv") + ":4:3: column 'id': 'n' is there twice in task 'a', first on line 2");
    }

    @Test
    void takesAnIdTwiceInTwoTasksAsAStudyDoes() throws IOException {
        NewRows rows = read("task,id,x1,x2\na,1,1,0\nb,1,2,0\n", null);
        assertThat(rows.ids()).containsExactly("1", "1");
        assertThat(rows.ofTask("b").ids()).containsExactly("1");
        assertThat(rows.notes()).isEmpty();
        assertThat(rows.rowNotes()).containsExactly("", "");
    }

    @Test
    void keepsIdsLetterByLetter() throws IOException {
        assertThat(read("id,x1,x2\n 001 ,1,0\nMu\u0308ller,1,0\n", "a").ids()).containsExactly("001", "Mu\u0308ller");
    }

    @Test
    void ignoresColumnsTheModelDoesNotKnow() throws IOException {
        NewRows rows = read("id,x1,x2,bmi,zz,y\nn,1,0,22,7,1\n", "a");
        assertThat(rows.blocks()).containsOnlyKeys(exam);
        assertThat(rows.notes()).containsExactly("new.csv: columns not used: bmi, zz (did you mean 'z'?)");
    }

    @Test
    void readsALevelThatWasNeverLearnedAsMissing() throws IOException {
        NewRows rows = read("id,x1,x2,z\nn,1,0,high\nm,1,0,low\no,1,0,high\n", "a");
        assertThat(rows.blocks().get(labs)[0][0]).isNaN();
        assertThat(rows.blocks().get(labs)[1][0]).isZero();
        assertThat(rows.notes()).containsExactly("new.csv: 'high' not among the levels of 'z' that the model learned (low, "
                + "2), read as missing; "
                + "2 cells (first: column 'z', line 2)");
    }

    @Test
    void marksARowWithoutAnyValue() throws IOException {
        NewRows rows = read("id,x1,x2,z\nfull,1,0,\nempty,,,\nna,NA,?,-\n", "a");
        assertThat(rows.rowNotes()).containsExactly("", NewRows.NO_VALUE, NewRows.NO_VALUE);
        assertThat(rows.ofTask("a").rowNotes()).isEqualTo(rows.rowNotes());
        assertThat(rows.notes()).contains("new.csv: no value in any column: rows 'empty', 'na'; what is predicted for them "
                + "says nothing beyond the task");
    }

    @Test
    void readsNewRowsAsTheStudySaid() throws IOException {
        StudyFolder.good(folder).edit("study.toml", "[tasks]", "[csv]\nseparator = \";\"\ndecimal = \",\"\n[tasks]")
                .write("a.csv", StudyFolder.A.replace(',', ';').replace('.', ',')).write("b.csv",
                StudyFolder.B.replace(',', ';').replace('.', ','));
        study = Study.read(folder);
        assertThat(read("id;x1;x2\nn;1,234;1\n", "a").blocks().get(exam)).isDeepEqualTo(new double[][] {{1.234, 1}});
    }

    @Test
    void quotesWhatNeedsIt() {
        assertThat(Results.csv(List.of("a", "b"), List.of(List.of("x,y", "say \"hi\"")))).isEqualTo("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n");
    }
}
