package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fit warns of, and what it does not. */
class FitNotesTest {
    private static final String ON_ITS_OWN = "warning: the saved model is worse than the mean of task '";

    private final Program program = new Program();

    @TempDir
    private Path folder;

    private static String rows(String task, int rows, double slope, double outlier) {
        RandomStream random = RandomStream.of(task.hashCode());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            double x = random.nextGaussian();
            text.append(String.format(Locale.ROOT, "%s,%s,%.4f,%.4f%n", task, i % 3 == 0 ? "test" : "train", x,
                    i == 1 && outlier != 0 ? outlier : slope * x + 0.2 * random.nextGaussian()));
        }
        return text.toString();
    }

    private String fit(String rows, String model, double ridge) throws IOException {
        Files.writeString(folder.resolve("all.csv"), "task,set,x,y\n" + rows);
        Files.writeString(folder.resolve("study.toml"), """
                task = "task"
                files = ["all.csv"]
                [response]
                column = "y"
                kind = "continuous"
                [sources]
                all = ["x"]
                [design]
                split = "set"
                [fit]
                tune = "none"
                [fit.regression]
                ridge = %s
                """.formatted(ridge));
        assertThat(program.run("fit", folder.toString(), "--model", model, "--quiet", "--out", folder.resolve("run").toString()))
                .as(program.err.toString()).isZero();
        return program.out.toString();
    }

    /** A pooled slope of 1 is wrong where the task's own is -1. */
    @Test
    void aModelWorseThanTheMeanWhereItWasFittedIsNamed() throws IOException {
        assertThat(fit(rows("up", 120, 1, 0) + rows("down", 24, -1, 0), "pooled-regression", 1))
                .contains("warning: in task 'down' the model is worse than predicting the task's mean: RMSE",
                        ON_ITS_OWN + "down' even on the rows that it was fitted on: RMSE").doesNotContain(ON_ITS_OWN + "up");
    }

    /** It errs by an outlier that it was fitted on, as the mean does, and which no held-out row has. */
    @Test
    void anOutlierIsNoFaultOfTheModel() throws IOException {
        assertThat(fit(rows("up", 60, 1, 0) + rows("odd", 24, 0.1, 60), "regression", 1e6)).doesNotContain(ON_ITS_OWN);
    }
}
