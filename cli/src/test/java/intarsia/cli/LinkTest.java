package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.files.Study;
import intarsia.models.data.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study without a common source is completed along the overlaps of its tasks, and is then a study like others. */
class LinkTest {
    private static final double[][] LOADINGS = {{1, 0}, {0.5, 1}, {-1, 0.5}};

    @TempDir
    private Path temporary;
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    /** The north has a and b, the middle b and c, the south c and d; three columns each of two factors. */
    @BeforeEach
    void chain() throws IOException {
        folder = Files.createDirectory(temporary.resolve("study"));
        write("north", "ab", 1);
        write("middle", "bc", 2);
        write("south", "cd", 3);
        study("abcd");
    }

    private void study(String sources) throws IOException {
        StringBuilder study = new StringBuilder("id = \"id\"\n[response]\ncolumn = \"y\"\nkind = \"continuous\"\n[tasks]\n"
                + "north = \"north.csv\"\nmiddle = \"middle.csv\"\nsouth = \"south.csv\"\n[sources]\n");
        for (char source : sources.toCharArray()) {
            study.append(String.format("%c = [\"%c1\", \"%c2\", \"%c3\"]%n", source, source, source, source));
        }
        Files.writeString(folder.resolve("study.toml"), study);
    }

    private void write(String task, String sources, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("id");
        for (char source : sources.toCharArray()) {
            csv.append(String.format(",%c1,%c2,%c3", source, source, source));
        }
        csv.append(",y\n");
        for (int i = 0; i < 60; i++) {
            double[] z = {random.nextGaussian(), random.nextGaussian()};
            csv.append(task).append(i);
            for (char source : sources.toCharArray()) {
                for (double[] loading : LOADINGS) {
                    csv.append(String.format(Locale.ROOT, ",%.4f", 10 + (source - 'a' + 1) * (loading[0] * z[0] + loading[1] * z[1])
                            + 0.2 * random.nextGaussian()));
                }
            }
            csv.append(String.format(Locale.ROOT, ",%.4f%n", z[0] - z[1] + 0.1 * random.nextGaussian()));
        }
        Files.writeString(folder.resolve(task + ".csv"), csv);
    }

    @Test
    void completesAlongTheChain() {
        assertThat(run("fit", folder.toString(), "--out", temporary.resolve("run").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("all tasks are linked, but only by way of others").contains("intarsia link");
        String done = temporary.resolve("done").toString();
        assertThat(run("link", folder.toString(), "--out", done)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("1080 cells of missing blocks and 0 single cells imputed by latent factors");
        Study completed = Study.read(Path.of(done));
        assertThat(completed.tasks().anchors()).hasSize(4);
        // the north has no d, and no row has d with a or b; both say the two factors
        Task north = completed.tasks().task("north");
        double error = 0;
        double spread = 0;
        for (int i = 0; i < north.size(); i++) {
            double[] a = cells(north, "a", i);
            double[] d = cells(north, "d", i);
            for (int j = 0; j < 3; j++) {
                error += Math.pow(d[j] - 10 - 4 * (a[j] - 10), 2);
                spread += Math.pow(4 * (a[j] - 10), 2);
            }
        }
        assertThat(error).isLessThan(0.1 * spread);
        assertThat(run("fit", done, "--model", "gp", "--repeats", "1", "--quiet", "--out", temporary.resolve("run").toString()))
                .as(err.toString()).isZero();
    }

    private static double[] cells(Task task, String source, int row) {
        return task.cells().entrySet().stream().filter(of -> of.getKey().name().equals(source)).findFirst().orElseThrow().getValue()[row];
    }

    @Test
    void describeSaysWhoHasWhatInCommon() {
        assertThat(run("describe", folder.toString(), "--anchors")).as(err.toString()).isZero();
        List<String> lines = out.toString().lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
        assertThat(lines).contains("north a + b b", "middle b b + c c", "south c c + d");
        assertThat(out.toString()).contains("missing in");
    }

    @Test
    void tasksThatNothingLinksAreRefused() throws IOException {
        write("south", "de", 3);
        study("abcde");
        for (String command : new String[] {"link", "describe"}) {
            String[] words = command.equals("link") ? new String[] {command, folder.toString(), "--out", temporary.resolve("no").toString()}
                    : new String[] {command, folder.toString(), "--anchors"};
            assertThat(run(words)).isEqualTo(2);
            assertThat(err.toString()).contains("could be a study each: north, middle by 'b'; south by 'd'")
                    .contains("nothing links north, middle with south");
        }
    }
}
