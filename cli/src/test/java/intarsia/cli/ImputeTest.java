package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** fit, impute, describe: a completed study is a study, and measured cells are as they were. */
class ImputeTest {
    @TempDir
    private Path temporary;
    private Path folder;
    private String run;
    private String done;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    void aTaskThatWasAddedIsNamed() throws IOException {
        assertThat(run("fit", folder.toString(), "--model", "gp", "--repeats", "1", "--quiet", "--out", run)).as(err.toString()).isZero();
        String west = temporary.resolve("west.csv").toString();
        Files.writeString(Path.of(west), Files.readString(folder.resolve("north.csv")));
        String more = temporary.resolve("more").toString();
        assertThat(run("transfer", run, west, "--repeats", "1", "--quiet", "--out", more)).as(err.toString()).isZero();
        assertThat(run("impute", more, "--out", done)).as(err.toString()).isZero();
        assertThat(out.toString()).containsOnlyOnce("note: task 'west' was added to the model by transfer and is not in the study, so its "
                + "rows are not filled; to have them filled, add their file to the study and fit again");
    }

    /** In the south one row of six has labs: below the minimum share, so they are not learned from. */
    @BeforeEach
    void twoHospitals() throws IOException {
        folder = Files.createDirectory(temporary.resolve("study"));
        run = temporary.resolve("run").toString();
        done = temporary.resolve("done").toString();
        study("south.csv");
        StringBuilder north = new StringBuilder("id,age,crp,flag,y\n");
        StringBuilder south = new StringBuilder("id,age,crp,y\n");
        for (int i = 0; i < 24; i++) {
            north.append(String.format(Locale.ROOT, "n%d,%d,%s,%s,%d%n", i, 40 + i * 7 % 24, 0.5 + i * 5 % 7, i % 2 == 0 ? "yes" : "no",
                    i % 4));
            south.append(String.format(Locale.ROOT, "s%d,%d,%s,%d%n", i, 40 + i * 11 % 24, i % 6 == 0 ? "07.50" : "", i % 4));
        }
        Files.writeString(folder.resolve("north.csv"), north);
        Files.writeString(folder.resolve("south.csv"), south);
    }

    private void study(String south) throws IOException {
        Files.writeString(folder.resolve("study.toml"), """
                id = "id"
                [response]
                column = "y"
                kind = "binary"
                above = 1
                [tasks]
                north = "north.csv"
                south = "SOUTH"
                [sources]
                vitals = ["age"]
                labs = ["crp"]
                flags = ["flag"]
                [columns]
                flag = { kind = "binary" }
                [fit]
                width = 4
                depth = 1
                imputer_width = 4
                imputer_depth = 1
                epochs = 2
                single_task_width = 4
                single_task_depth = 1
                """.replace("SOUTH", south));
    }

    @Test
    void writesAStudy() throws IOException {
        assertThat(run("fit", folder.toString(), "--model", "mtl-hmb", "--out", run, "--repeats", "1", "--quiet")).as(err.toString())
                .isZero();
        assertThat(run("impute", run, "--out", done)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("the completed study is in " + done + ": 44 cells of missing blocks imputed by MTL-HMB, "
                + "step 1, 0 single cells by a joint normal distribution", "flags is imputed better than by its columns' means: gain 0.0",
                "labs cannot be imputed better than by its columns' means: gain -0.8");
        List<String> before = Files.readAllLines(folder.resolve("south.csv"));
        List<String> after = Files.readAllLines(Path.of(done, "south.csv"));
        assertThat(after).hasSameSizeAs(before);
        assertThat(after.getFirst()).isEqualTo("id,age,crp,y,flag");
        for (int i = 1; i < before.size(); i++) {
            String[] cells = before.get(i).split(",");
            String crp = cells[2].isEmpty() ? "-?[0-9.E-]+" : "07\\.50";
            assertThat(after.get(i)).matches(cells[0] + "," + cells[1] + "," + crp + "," + cells[3] + ",[01]");
        }
        assertThat(Path.of(done, "north.csv")).hasSameBinaryContentAs(folder.resolve("north.csv"));
        assertThat(Path.of(done, "study.toml")).hasSameBinaryContentAs(folder.resolve("study.toml"));
        assertThat(run("describe", done)).isZero();
        assertThat(out.toString()).contains("every source is observed in every task: nothing to impute")
                .contains("south    24           0.500");
    }

    /** Without a model's name fit mixes several; the run predicts, describes itself and imputes. */
    @Test
    void theMixtureOfModelsDoesSoToo() throws IOException {
        assertThat(run("fit", folder.toString(), "--out", run, "--repeats", "1", "--quiet")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("auto and plain regression: log loss", "What was taken",
                "Candidates: mean deviance of 48 rows");
        assertThat(run("impute", run, "--out", done)).as(err.toString()).isZero();
        assertThat(Path.of(done, "north.csv")).hasSameBinaryContentAs(folder.resolve("north.csv"));
        Path rows = Files.writeString(temporary.resolve("rows.csv"), "id,age,crp\nr,50,\ns,60,2\n");
        assertThat(run("predict", run, rows.toString(), "--task", "south")).as(err.toString()).isZero();
        assertThat(out.toString().lines()).hasSize(3).first().isEqualTo("id,task,probability");
        assertThat(run("describe", run)).isZero();
        assertThat(out.toString()).contains("a model of kind auto");
        Files.delete(Path.of(run, "weights.safetensors"));
        assertThat(run("predict", run, rows.toString(), "--task", "south")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void readsFilesOutsideWhenAllowed() throws IOException {
        Files.move(folder.resolve("south.csv"), temporary.resolve("far.csv"));
        study("../far.csv");
        assertThat(run("describe", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("or allow it: --allow-outside");
        assertThat(run("describe", folder.toString(), "--allow-outside")).isZero();
        assertThat(run("fit", folder.toString(), "--model", "mtl-hmb", "--out", run, "--repeats", "1", "--quiet")).isEqualTo(2);
        assertThat(run("fit", folder.toString(), "--model", "mtl-hmb", "--out", run, "--repeats", "1", "--quiet", "--allow-outside"))
                .isZero();
        assertThat(run("impute", run, "--out", done)).isEqualTo(2);
        assertThat(run("impute", run, "--out", done, "--allow-outside")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("note: '../far.csv' is written as 'far.csv'");
        assertThat(Files.readString(Path.of(done, "far.csv"))).startsWith("id,age,crp,y,flag\ns0,40,07.50,0,");
    }

    private void emptied(String row, String cells) throws IOException {
        Path north = folder.resolve("north.csv");
        Files.writeString(north, Files.readString(north).replaceFirst(row + ",[^,]*,[^,]*,[^,]*", row + "," + cells));
    }

    private String cell(String file, String row, int column) throws IOException {
        return Files.readAllLines(Path.of(done, file)).stream().filter(line -> line.startsWith(row + ",")).findFirst().orElseThrow()
                .split(",")[column];
    }

    /** Single cells, of the anchor too, by a model that imputes nothing; a column of whole numbers stays one. */
    @Test
    void everyCellIsFilledAndMarkedWhateverTheModel() throws IOException {
        emptied("n3", ",0.5,");
        emptied("n5", "44,,no");
        assertThat(run("fit", folder.toString(), "--model", "regression", "--out", run, "--repeats", "1", "--quiet")).as(err.toString())
                .isZero();
        assertThat(run("impute", run, "--out", done)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("47 cells of missing blocks imputed by joint normal, 0 single cells",
                "labs cannot be imputed better than by its columns' means: gain -0.2");
        assertThat(cell("north.csv", "n3", 1)).matches("4[0-9]|5[0-9]|6[0-3]");
        assertThat(cell("north.csv", "n3", 3)).matches("yes|no");
        assertThat(cell("north.csv", "n5", 2)).matches("-?[0-9].*");
        assertThat(Files.readString(Path.of(done, "north.csv"))).doesNotContain(",,");
        List<String> flags = Files.readAllLines(Path.of(done, "imputed.csv"));
        assertThat(flags).hasSize(49).contains("task,id,age,crp,flag", "north,n3,1,0,1", "north,n5,0,1,0", "south,s0,0,0,1",
                "south,s1,0,1,1");
        assertThat(Path.of(done, "report.html")).content().contains("What was filled in", "cannot be imputed better than by", "<svg");
        assertThat(run("describe", done)).isZero();
    }

    @Test
    void drawsAreStudiesAndCoefficientsArePooled() throws IOException {
        assertThat(run("fit", folder.toString(), "--model", "regression", "--out", run, "--repeats", "1", "--quiet")).as(err.toString())
                .isZero();
        assertThat(run("impute", run, "--out", done, "--draws", "3", "--coefficients", "age,crp")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("3 drawn tables are in", "task north", "missing information", "do not judge predictions");
        List<String> first = Files.readAllLines(Path.of(done, "draw-1", "south.csv"));
        assertThat(first).isNotEqualTo(Files.readAllLines(Path.of(done, "draw-2", "south.csv"))).noneMatch(line -> line.contains(",,"));
        assertThat(run("describe", Path.of(done, "draw-3").toString())).isZero();
        List<String> pooled = Files.readAllLines(Path.of(done, "coefficients.csv"));
        assertThat(pooled).hasSize(5);
        assertThat(pooled.getFirst()).isEqualTo("coefficient,estimate,standard error,low,high,df,missing information,p");
        assertThat(pooled.getLast()).startsWith("crp,");
        assertThat(Files.readAllLines(Path.of(done, "predictions.csv"))).hasSize(49).first().asString()
                .isEqualTo("task,id,probability,\"probability, standard deviation over draws\"");
        // a draw is its number: more of them, and another number of threads, change none
        String again = temporary.resolve("again").toString();
        assertThat(run("impute", run, "--out", again, "--draws", "2", "--threads", "1")).as(err.toString()).isZero();
        assertThat(Path.of(again, "draw-2", "south.csv")).hasSameBinaryContentAs(Path.of(done, "draw-2", "south.csv"));
        assertThat(run("impute", run, "--out", again, "--force", "--draws", "2", "--seed", "2")).as(err.toString()).isZero();
        assertThat(Files.readAllLines(Path.of(again, "draw-1", "south.csv"))).isNotEqualTo(first);
    }

    @Test
    void whatCannotBeDoneIsSaid() throws IOException {
        assertThat(run("fit", folder.toString(), "--model", "regression", "--out", run, "--repeats", "1", "--quiet")).as(err.toString())
                .isZero();
        assertThat(run("impute", run, "--out", done, "--draws", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("--draws 1: must lie between 2 and 1000");
        assertThat(run("impute", run, "--out", done, "--coefficients", "age")).isEqualTo(2);
        assertThat(err.toString()).contains("give --draws 20 too");
        assertThat(run("impute", run, "--out", done, "--draws", "2", "--coefficients", "agee")).isEqualTo(2);
        assertThat(err.toString()).contains("--coefficients: no column 'agee'; there are [age, crp, flag]");
        assertThat(Path.of(done)).doesNotExist();
        Path moved = Files.move(folder, temporary.resolve("moved"));
        assertThat(run("impute", run, "--out", done)).isEqualTo(2);
        assertThat(err.toString()).contains("is no longer there; say where it is by --study");
        assertThat(run("impute", run, "--out", done, "--study", moved.toString())).as(err.toString()).isZero();
    }
}
