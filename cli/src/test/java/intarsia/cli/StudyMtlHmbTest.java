package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyMtlHmbTest {
    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), ("study mtl-hmb " + args).split(" +"));
    }

    @Test
    void writesTablesAndGoesOn() throws IOException {
        Path folder = temporary.resolve("study");
        String args = "--setting D --values 100 --grid fixed --epochs 1 --replicates 1 --quiet --kernels scalar --out " + folder;
        assertThat(run("--methods stl " + args)).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains("all 1 items are done", "report.html");
        assertThat(run("--methods stl,mbi " + args)).isZero();
        assertThat(Files.readAllLines(folder.resolve("results.csv"))).hasSize(3).first().asString()
                .startsWith("setting,value,replicate,method,rmse,");
        assertThat(Files.readString(folder.resolve("tables.md"))).contains("0.893 (0.403)", "| 100 | MBI | 1 |");
        assertThat(run("--methods stl --seed 2 " + args)).isEqualTo(2);
        assertThat(err.toString()).contains("journal.txt: was begun on other terms").doesNotContain("\tat ");
    }

    @Test
    void sharesOfAStudyAreGathered() throws IOException {
        Path folder = temporary.resolve("study");
        String args = "--setting D --values 100 --methods stl,mbi --grid fixed --epochs 1 --replicates 2 --quiet --kernels scalar --out ";
        assertThat(run("--shard 2/2 " + args + folder)).isZero();
        assertThat(out.toString())
                .contains("2 of 4 items are done, this shard's and those found of others; the same command without --shard");
        assertThat(folder.resolve("results.csv")).doesNotExist();
        assertThat(run("--shard 1/2 " + args + folder)).isZero();
        assertThat(run(args + folder)).isZero();
        assertThat(run(args + temporary.resolve("whole"))).isZero();
        assertThat(folder.resolve("results.csv")).hasSameBinaryContentAs(temporary.resolve("whole/results.csv"));
        assertThat(Files.readString(folder.resolve("report.html"))).doesNotContain("--shard");
    }

    /**
     * A device's bits are its own: what was begun on one does not go on elsewhere. Where there is none, the CPU takes its place from the
     * start.
     */
    @Test
    void aDeviceIsAmongTheTerms() throws IOException {
        boolean device;
        try (Engine engine = Engine.options().kernels("opencl").precision(Precision.F32).ifUnavailable(Engine.IfUnavailable.FALLBACK)
                .open()) {
            device = engine.kernels().name().startsWith("opencl");
        }
        Path folder = temporary.resolve("study");
        String args = "--setting D --values 100 --methods mbi --grid fixed --replicates 1 --threads 1 --quiet --out " + folder;
        assertThat(run("--device opencl --fallback " + args)).as(err.toString()).isZero();
        String terms = Files.readAllLines(folder.resolve("journal.txt")).getFirst();
        assertThat(terms.matches(".*, F32, opencl on .+, bits [0-9a-f]{12}")).as(terms).isEqualTo(device);
        assertThat(terms.matches(".*, F32, bits [0-9a-f]{12}")).as(terms).isEqualTo(!device);
        assertThat(run("--kernels scalar " + args)).isEqualTo(device ? 2 : 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "--setting Z           | no setting 'Z'; there are A, B, C, D, E, F, tasks, linear, bent, ablation",
        "--methods best        | no method 'best'; there are stl, htl, mtl-hmb, mbi, hps, ablation-1, ablation-2, ablation-3, "
                + "htl-no-orth, htl-no-dr, htl-anchor, htl-imputed, mtl-hmb-no-orth, mtl-hmb-no-dr, htl-released, mtl-hmb-released, "
                + "mtl-hmb-added, gp, gp-imputed, gp-joint, auto, apart-none, apart-orth-low, apart-orth-high, "
                + "apart-hsic-low, apart-hsic-high, apart-adversary-low, apart-adversary-high, steps-two, steps-one-high, steps-one, "
                + "steps-one-low, steps-one-draws, steps-two-orth, steps-one-orth, steps-two-added, steps-one-added",
        "--grid huge           | no grid 'huge'; there are small, paper, tiny, fixed",
        "--setting B --values 1 | --values 1: setting B has [0.5, 0.6, 0.7, 0.8, 0.9]",
        "--setting B,linear --values 0.7,1 | --values 1: setting B has [0.5, 0.6, 0.7, 0.8, 0.9], setting linear has [0.7]",
        "--setting B,linear --values 0.5 | --values 0.5: setting linear has [0.7]",
        "--setting B --values x | Invalid value for option '--values' (X): 'x' is not a double; see intarsia study mtl-hmb --help",
        "--threads 0           | --threads 0: must be at least 1",
        "--epochs 0            | --epochs 0: must be at least 1",
        "--replicates 0        | --replicates 0: must be at least 1",
        "--shard 4/3           | --shard 4/3: must be from 1/3 to 3/3",
        "--shard 3             | --shard 3: must be two numbers, such as 3/20",
        "--shard a/b           | --shard a/b: must be two numbers, such as 3/20",
        "--time-limit soon     | --time-limit soon: must be a number and a unit, such as 90s, 30m or 2h",
        "--kernels gpu         | kernels 'gpu': not found, there are [simd, scalar, opencl]"})
    void saysWhatIsWrong(String args, String message) {
        Path folder = temporary.resolve("none");
        assertThat(run(args + (args.contains("--threads") ? "" : " --threads 1") + " --out " + folder)).isEqualTo(2);
        assertThat(err).hasToString("intarsia: " + message + System.lineSeparator());
        assertThat(folder).doesNotExist();
    }

    @Test
    void aFolderThatIsNotTheStudysStaysAsItIs() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("mine"));
        Path file = Files.writeString(folder.resolve("results.csv"), "mine");
        String args = "--setting D --values 100 --methods stl --grid fixed --epochs 1 --replicates 1 --quiet --kernels "
                + "scalar --threads 1 --out ";
        assertThat(run(args + folder)).isEqualTo(2);
        assertThat(run(args + file)).isEqualTo(2);
        assertThat(run(args + file.resolve("below"))).isEqualTo(2);
        Path journal = Files.writeString(folder.resolve("journal.txt"), "notes of another kind");
        assertThat(run(args + folder)).isEqualTo(2);
        Files.writeString(journal, "notes of another kind\n");
        assertThat(run(args + folder)).isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly(
                "intarsia: " + folder + ": is there, and no study was begun in it (it has no journal.txt); give another --out",
                "intarsia: " + file + ": is a file; give the name of a folder",
                "intarsia: " + file.resolve("below/journal.txt") + ": cannot be written: file system (" + file.resolve("below")
                        + ": Not a directory)",
                "intarsia: " + journal + ": is not a journal of this study; give another --out",
                "intarsia: " + journal + ":1: is damaged: its checksum does not fit; "
                        + "delete this line and those after it to do their items again");
        assertThat(file).hasContent("mine");
    }

    @Test
    void theReportSaysHowItWasMade() {
        assertThat(StudyOptions.command("mtl-hmb", List.of("--setting", "B", "--out=/a/b/study", "--threads", "3", "--quiet", "--methods",
                "mtl-hmb,stl",
                "--time-limit=2h"), Path.of("/a/b/study")))
                        .isEqualTo("intarsia study mtl-hmb --setting B --methods mtl-hmb,stl --out study");
    }

    @Test
    void readsDurations() {
        assertThat(StudyOptions.duration("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(StudyOptions.duration("2h")).isEqualTo(Duration.ofMinutes(120));
    }
}
