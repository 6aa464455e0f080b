package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the launchers start Java, seen from a script that takes Java's place: it warns, prints its arguments and writes one message. */
class StartScriptTest {
    private static final String JAVA = """
            #!/bin/sh
            echo 'WARNING: Using incubator modules' >&2
            errors=/dev/stderr
            for argument; do
              case $argument in -Dintarsia.errors=*) errors=${argument#*=} ;; esac
            done
            echo 'intarsia: a message' >> "$errors"
            echo "$@"
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsATerminalToTryOn() throws Exception {
        Files.writeString(folder.resolve("java"), JAVA);
        assumeTrue(folder.resolve("java").toFile().setExecutable(true));
        Files.writeString(folder.resolve("start"), ". '" + Path.of("../.mvn/start.sh").toRealPath() + "'\nutf8_flags=()\nstart '"
                + folder.resolve("java") + "' '" + folder + "' '" + folder + "' \"$@\"\n");
        assumeTrue(run(Map.of(), "script -qec true /dev/null").isEmpty(), "no script(1) here");
    }

    @Test
    void aPersonReadsMessagesOnly() throws Exception {
        String said = run(Map.of(), atATerminal("fit"));
        assertThat(said).doesNotContain("WARNING")
                .contains("intarsia: a message", "--add-modules jdk.incubator.vector", "-Dintarsia.errors=", " intarsia.cli.Main fit");
    }

    @Test
    void whoGivesOptionsOfJavaSeesAllThatItSays() throws Exception {
        String said = run(Map.of("INTARSIA_JAVA_OPTS", "-Xmx1g -Xms1g"), atATerminal("fit"));
        assertThat(said).contains("WARNING", "intarsia: a message", " -Xmx1g -Xms1g ").doesNotContain("-Dintarsia.errors=");
    }

    @Test
    void aFileHoldsAllThatJavaSays() throws Exception {
        assertThat(run(Map.of(), "bash start fit")).contains("WARNING", "intarsia: a message").doesNotContain("-Dintarsia.errors=");
    }

    @Test
    void whatAnswersAtOnceNeedsNoVectors() throws Exception {
        for (String words : new String[] {"", "--version", "describe study", "help fit"}) {
            assertThat(run(Map.of(), "bash start " + words)).contains("-Dintarsia.kernels=scalar").doesNotContain("jdk.incubator.vector");
        }
        assertThat(run(Map.of(), "bash start describe study --kernels simd")).contains("jdk.incubator.vector");
    }

    @Test
    void sparksJarsComeFirst() throws Exception {
        Files.createFile(folder.resolve("spark-core.jar"));
        assertThat(run(Map.of("INTARSIA_CLASS_PATH", "intarsia-spark.jar"), "bash start study sharing --on local"))
                .contains("--sun-misc-unsafe-memory-access=allow", "-cp " + folder.resolve("spark-core.jar") + ":intarsia-spark.jar ");
    }

    /** A word elsewhere, or a command that cannot go out, is no reason to fetch Spark. */
    @Test
    void onlyWhatHasItemsGoesOut() throws Exception {
        String script = ". '" + Path.of("../.mvn/start.sh").toRealPath() + "'; goes_out WORDS && echo out || echo here";
        for (String words : List.of("fit study --on local --out run", "study mtl-hmb --on=local", "fit --on local[2] study")) {
            assertThat(run(Map.of(), script.replace("WORDS", words))).as(words).isEqualTo("out");
        }
        for (String words : List.of("", "predict run --on local", "fit study", "describe study --on=local", "fit 'study --only'")) {
            assertThat(run(Map.of(), script.replace("WORDS", words))).as(words).isEqualTo("here");
        }
    }

    /** Rows that take long to read are worth a slower start; the large file is a hole. */
    @Test
    void manyRowsAreWorthBothCompilers() throws Exception {
        for (long size : new long[] {1L << 29, (1L << 29) + 1}) {
            try (RandomAccessFile rows = new RandomAccessFile(folder.resolve("some rows.csv").toFile(), "rw")) {
                rows.setLength(size);
            }
            boolean large = size > 1L << 29;
            String said = run(Map.of(), "bash start predict run 'some rows.csv' --task a");
            assertThat(said.contains("TieredStopAtLevel")).isNotEqualTo(large);
            assertThat(said.contains("jdk.incubator.vector")).isEqualTo(large);
        }
        Path study = Files.createDirectory(folder.resolve("a study"));
        for (long size : new long[] {1L << 26, (1L << 26) + 1}) {
            try (RandomAccessFile rows = new RandomAccessFile(study.resolve("rows.csv").toFile(), "rw")) {
                rows.setLength(size);
            }
            assertThat(run(Map.of(), "bash start describe 'a study'").contains("TieredStopAtLevel")).isNotEqualTo(size > 1L << 26);
        }
    }

    @Test
    void theMessagesOfTheProgramGoToTheTerminalThatItIsTold() throws Exception {
        Path terminal = folder.resolve("terminal");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-Dintarsia.errors=" + terminal, "-cp", System.getProperty("java.class.path"),
                "intarsia.cli.Main", "describe", folder.resolve("none").toString()).redirectErrorStream(true).start();
        assertThat(process.inputReader().lines()).isEmpty();
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(Files.readString(terminal)).startsWith("intarsia: ").contains("there is no such folder");
    }

    private static String atATerminal(String words) {
        return "script -qec 'bash start " + words + "' /dev/null";
    }

    private String run(Map<String, String> environment, String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).directory(folder.toFile()).redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().remove("INTARSIA_JAVA_OPTS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = String.join("\n", process.inputReader().lines().toList());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
