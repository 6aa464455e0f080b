package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items done by work that is made again from the command's words. */
class ElsewhereTest {
    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String args, Path folder, String... more) {
        return Main.run(new PrintWriter(out), new PrintWriter(err),
                Stream.of(args.split(" "), new String[] {"--quiet", "--kernels", "scalar",
            "--threads", "1", "--out", folder.toString()}, more).flatMap(Stream::of).toArray(String[]::new));
    }

    @Test
    void aStudyHasTheSameBytes() throws IOException {
        String study = "study mtl-hmb --setting D,A --values 100,0.5 --methods stl,mbi --grid fixed --epochs 1 --replicates 2 --seed 5";
        assertThat(run(study, temporary.resolve("here"))).isZero();
        assertThat(run(study, temporary.resolve("there"), "--on", SecondProcess.MASTER)).as(err.toString()).isZero();
        assertThat(temporary.resolve("there/results.csv")).hasSameBinaryContentAs(temporary.resolve("here/results.csv"));
        assertThat(Files.readString(temporary.resolve("there/report.html"))).doesNotContain(SecondProcess.MASTER);
    }

    /** All files but the report, which says how long fits took. The study's folder has a relative name. */
    @Test
    void aFitHasTheSameBytes() throws IOException {
        String fit = "fit ../examples/heart-disease --model regression --repeats 2";
        Path here = temporary.resolve("here");
        Path there = temporary.resolve("there");
        assertThat(run(fit, here)).as(err.toString()).isZero();
        assertThat(run(fit, there, "--on", SecondProcess.MASTER)).as(err.toString()).isZero();
        try (Stream<Path> files = Files.walk(here)) {
            List<Path> all = files.filter(Files::isRegularFile).map(here::relativize)
                    .filter(file -> !file.toString().matches("report.html|SHA256SUMS")).toList();
            assertThat(all).hasSizeGreaterThan(5).allSatisfy(file ->
                    assertThat(there.resolve(file)).hasSameBinaryContentAs(here.resolve(file)));
        }
    }

    @Test
    void withoutAnEngineItSaysSo() {
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertThat(run("study sharing --replicates 1", temporary.resolve("none"), "--on", "spark://host:7077")).isEqualTo(2);
        } finally {
            Thread.currentThread().setContextClassLoader(ElsewhereTest.class.getClassLoader());
        }
        assertThat(err).hasToString("intarsia: --on spark://host:7077: intarsia-spark.jar is not on the class path; the program's sources "
                + "build it: docs/cluster.md says how" + System.lineSeparator());
        assertThat(temporary.resolve("none")).doesNotExist();
    }
}
