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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items done by work that is made again from the command's words. */
class ElsewhereTest {
    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String args, Path folder, String... more) {
        return Main.run(new PrintWriter(out), new PrintWriter(err),
                Stream.of(args.split(" "), new String[] {"--quiet", "--threads", "1", "--out", folder.toString()}, more).flatMap(Stream::of)
                        .toArray(String[]::new));
    }

    /** Files have relative names. */
    @ParameterizedTest
    @ValueSource(strings = {
        "study mtl-hmb --setting D,A --values 100,0.5 --methods stl,mbi --halving --grid fixed --epochs 1 --replicates 2 --seed 5",
        "study tenmtl --setting I-beta,total --data ../examples/parkinsons --methods local-ridge --replicates 1",
        "study dual-encoder --setting partial --values 100 --methods median,ridge --xenografts target/xenografts --replicates 6",
        "study sharing --setting outlier --methods gp-alone --replicates 1"})
    void aStudyHasTheSameBytes(String study) throws IOException {
        xenografts();
        assertThat(run(study, temporary.resolve("here"))).as(err.toString()).isZero();
        assertThat(run(study, temporary.resolve("there"), "--on", SecondProcess.MASTER)).as(err.toString()).isZero();
        assertThat(temporary.resolve("there/results.csv")).hasSameBinaryContentAs(temporary.resolve("here/results.csv"));
        assertThat(Files.readString(temporary.resolve("there/report.html"))).doesNotContain(SecondProcess.MASTER);
    }

    private static void xenografts() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/xenografts"));
        StringBuilder response = new StringBuilder("patient.id,drug,timeToDouble_published\n");
        StringBuilder genes = new StringBuilder("dim_1,g\n");
        for (int i = 0; i < 23; i++) {
            response.append("P").append(i).append(",a,").append(10 + i * i % 17).append('\n');
            genes.append("P").append(i).append(',').append(i % 7).append('\n');
        }
        Files.writeString(folder.resolve("response.csv"), response);
        Files.writeString(folder.resolve("rnaseq.csv"), genes);
        Files.writeString(folder.resolve("cnv.csv"), genes);
    }

    /** All files but the report, which says how long fits took. The study's folder has a relative name. */
    @Test
    void aFitHasTheSameBytes() throws IOException {
        String fit = "fit ../examples/heart-disease --allow-outside --model regression --repeats 2";
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
