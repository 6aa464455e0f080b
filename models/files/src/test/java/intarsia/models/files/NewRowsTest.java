package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.data.Source;
import intarsia.models.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        "id,x1,x2,bmi         | n,1,0,2 | a | :1: the model knows no column 'bmi'; known: id, task, x1, x2, y, z",
        "id,x1,X_2            | n,1,0   | a | :1: the model knows no column 'X_2'; did you mean 'x2'?",
        "id,x1                | n,1     | a | :1: lacks 'x2' of source 'exam', which every prediction needs",
        "id,z                 | n,2     | a | :1: lacks 'x1', 'x2' of source 'exam', which every prediction needs",
        "id,x1,x2             | n,1,0   |   | :1: has no column 'task' that names each row's task; add it, or give --task a|b",
        "id,x1,x2             | n,1,0   | c | : --task c: the model knows no such task; did you mean 'a'?",
        "task,x1,x2           | c,1,0   |   | :2: the model knows no task 'c'; did you mean 'a'?",
        "task,x1,x2           | a,1,0   | a | :1: has a column 'task' that names each row's task; leave --task out",
        "task,x1,x2           | '',1,0  |   | :2: column 'task' names the row and may not be empty",
        "x1,x2                | 1,5     | a | :2: column 'x2': '5' is not 0 or 1; recode it, list it under missing, "
                + "or make the column categorical or continuous",
        "x1,x2                |         | a | : has a header and no rows"})
    void refusesRowsTheModelCannotTake(String header, String row, String task, String message) {
        assertThatThrownBy(() -> read(header + "\n" + (row == null ? "" : row.replace("''", "") + "\n"), task))
                .isInstanceOf(FileException.class)
                .hasMessage(folder.resolve("new.csv") + message);
    }

    @Test
    void refusesAnIdTwice() {
        assertThatThrownBy(() -> read("id,x1,x2\nn,1,0\nn,1,0\n", "a"))
                .hasMessage(folder.resolve("new.csv") + ":3: column 'id': 'n' is there twice, first on line 2");
    }

    @Test
    void completedTablesCanBeReadAgain() throws IOException {
        Task a = study.tasks().task("a");
        double[][] filled = {{1.5, 0}, {2, 1}, {0.25, 0}};
        String text = Results.completed(study.schema(), a.rows(), Map.of(exam, filled, labs, a.blocks().get(labs)), a.response());
        assertThat(text).isEqualTo("""
                id,x1,x2,z,y
                p1,1.5,0,low,0
                p2,2,1,2,1
                p3,0.25,0,,1
                """);
        Files.writeString(folder.resolve("a.csv"), text);
        assertThat(Study.read(folder).tasks().task("a").blocks().get(exam)).isDeepEqualTo(filled);
    }

    @Test
    void quotesWhatNeedsIt() {
        assertThat(Results.csv(List.of("a", "b"), List.of(List.of("x,y", "say \"hi\"")))).isEqualTo("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n");
    }
}
