package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packages for Python and R, and the recipes for Java without a project, against the program as it is here. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program is started by a shell script")
class BridgesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");
    private static final String CLASS_PATH = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    @TempDir
    private Path folder;

    /** What a process ended with, and all that it wrote. */
    private record Ended(int status, String text) {}

    private static Ended run(Path where, Map<String, String> environment, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }

    /** A script that runs the classes under test. */
    private Map<String, String> program() throws IOException {
        Path script = folder.resolve("intarsia");
        Files.writeString(script, "#!/bin/sh\nexec '" + JDK.resolve("java")
                + "' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dintarsia.kernels=scalar "
                + "-cp '" + CLASS_PATH + "' " + Main.class.getName() + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return Map.of("INTARSIA", script.toString());
    }

    /** Whether a program can be started and says yes. */
    private static boolean has(String... command) throws InterruptedException {
        try {
            return run(ROOT, Map.of(), command).status() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String python() {
        String named = System.getenv("INTARSIA_PYTHON");
        return named == null ? "python3" : named;
    }

    @Test
    void thePythonPackage() throws IOException, InterruptedException {
        assumeThat(has(python(), "-c", "import numpy, pandas")).as(python() + " with numpy and pandas is installed").isTrue();
        Ended ended = run(ROOT.resolve("python"), program(), python(), "-B", "-m", "unittest", "discover", "-v", "tests");
        assertThat(ended.status()).as(ended.text()).isZero();
        assertThat(ended.text()).containsPattern("Ran \\d\\d tests").contains("\nOK");
    }

    @Test
    void theRPackage() throws IOException, InterruptedException {
        assumeThat(has("Rscript", "-e", "stopifnot(getRversion() >= '4.0')")).as("Rscript of R 4 is installed").isTrue();
        Ended ended = run(ROOT.resolve("r/tests"), program(), "Rscript", "tests.R");
        assertThat(ended.status()).as(ended.text()).isZero();
        assertThat(ended.text()).containsPattern("\\d\\d checks passed");
    }

    /** The block of Java in the recipes, by its number. */
    private static String recipe(int number) throws IOException {
        String[] parts = Files.readString(ROOT.resolve("docs/recipes.md")).split("```java\n");
        assertThat(parts).as("blocks of Java in docs/recipes.md").hasSize(3);
        return parts[number].substring(0, parts[number].indexOf("```"));
    }

    @Test
    void theRecipeForJShell() throws IOException, InterruptedException {
        Path script = folder.resolve("recipe.jsh");
        Files.writeString(script, recipe(1) + "\n/exit\n");
        assumeThat(Files.exists(JDK.resolve("jshell"))).as("this JDK has jshell").isTrue();
        Ended ended = run(ROOT, Map.of(), JDK.resolve("jshell").toString(), "--class-path", CLASS_PATH, "--execution",
                "local", "-J-Djava.util.prefs.userRoot=" + folder, "-s",
                script.toString());
        assertThat(ended.text()).contains("hungarian").containsPattern("(?m)^mean risk at va: 0\\.[67]");
        assertThat(ended.text()).doesNotContain("Error").doesNotContain("Exception");
    }

    /** Its comments are JBang's; the rest is a source file that Java runs. */
    @Test
    void theRecipeForJBang() throws IOException, InterruptedException {
        Path source = folder.resolve("Risk.java");
        Files.writeString(source, recipe(2));
        List<String> lines = new ArrayList<>();
        for (String line : recipe(2).lines().filter(of -> of.startsWith("//DEPS")).toList()) {
            lines.add(line.split(":")[1]);
        }
        assertThat(lines).containsExactly("intarsia-models-files", "intarsia-linalg-simd");
        Ended ended = run(ROOT, Map.of(), JDK.resolve("java").toString(), "--class-path", CLASS_PATH, source.toString(),
                "examples/heart-disease");
        assertThat(ended.status()).as(ended.text()).isZero();
        assertThat(ended.text().lines().filter(line -> line.matches("[a-z]+ 0\\.\\d+"))).hasSize(4);
    }
}
