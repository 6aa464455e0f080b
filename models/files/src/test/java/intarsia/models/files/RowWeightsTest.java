package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowWeightsTest {
    @TempDir
    private Path folder;

    /** The mean weight is that of rows, however many responses each has; row p3 has one, p4 counts for none. */
    @Test
    void aRowWithSeveralResponsesCountsOnce() throws Exception {
        Files.writeString(folder.resolve("study.toml"), """
                id = "id"
                weight = "w"
                [[response]]
                column = "pain"
                kind = "continuous"
                [[response]]
                column = "sleep"
                kind = "continuous"
                missing = "allowed"
                [tasks]
                oslo = "oslo.csv"
                [sources]
                exam = ["x"]
                """);
        Files.writeString(folder.resolve("oslo.csv"), "id,x,w,pain,sleep\np1,1,1,1,3\np2,2,2,2,4\np3,3,9,3,\np4,4,0,4,6\n");
        Study study = Study.read(folder);
        assertThat(study.tasks().task("pain in oslo").weights()).containsExactly(0.25, 0.5, 2.25);
        assertThat(study.tasks().task("sleep in oslo").weights()).containsExactly(0.25, 0.5);
        assertThat(study.notes()).contains("rows of weight 0, for imputation only: 1 of task 'oslo'",
                "rows count by 'w': from 0.250 to 2.25 times the mean");
    }

    /** Weights in any unit, also one in which their sum is beyond all numbers. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "1e-300", "1e308"})
    void theUnitOfWeightsSaysNothing(String unit) throws Exception {
        Files.writeString(folder.resolve("study.toml"), """
                weight = "w"
                [response]
                column = "y"
                kind = "continuous"
                [tasks]
                oslo = "oslo.csv"
                [sources]
                exam = ["x"]
                """);
        StringBuilder rows = new StringBuilder("x,w,y\n");
        for (int i = 0; i < 9; i++) {
            rows.append(i).append(',').append(unit).append(',').append(i % 4).append('\n');
        }
        Files.writeString(folder.resolve("oslo.csv"), rows);
        assertThat(Study.read(folder).tasks().task("oslo").weights()).containsOnly(1.0);
    }
}
