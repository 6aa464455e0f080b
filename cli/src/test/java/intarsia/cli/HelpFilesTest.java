package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of the manual and completion say what {@code --help} says, and the programs that read them take them. */
class HelpFilesTest {
    @TempDir
    private Path share;

    @BeforeEach
    void write() throws IOException {
        HelpFiles.main(new String[] {share.toString()});
    }

    @Test
    void everyCommandHasItsPage() throws IOException {
        try (Stream<Path> pages = Files.list(share.resolve("man/man1"))) {
            assertThat(pages.map(page -> page.getFileName().toString())).contains("intarsia.1", "intarsia-fit.1", "intarsia-doctor.1",
                    "intarsia-study.1", "intarsia-study-mtl-hmb.1");
        }
        String fit = Files.readString(share.resolve("man/man1/intarsia-fit.1"));
        assertThat(fit).startsWith(".TH INTARSIA-FIT 1\n.SH NAME\nintarsia\\-fit \\- ")
                .contains(".SH SYNOPSIS\nintarsia fit ", ".SH OPTIONS\n", "\n.B \\-\\-out ").doesNotContain("%n", "${");
    }

    @Test
    void groffReadsThem() throws Exception {
        assumeTrue(run("groff", "--version") == 0, "no groff here");
        try (Stream<Path> pages = Files.list(share.resolve("man/man1"))) {
            for (Path page : pages.toList()) {
                assertThat(run("bash", "-c", "[ -z \"$(groff -man -ww -z '" + page + "' 2>&1)\" ]")).as(page.toString()).isZero();
            }
        }
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        assumeTrue(run("bash", "--version") == 0, "no bash here");
        String script = "source '" + share.resolve("bash-completion/completions/intarsia") + "'; COMP_WORDS=(intarsia %s); COMP_CWORD=%d; "
                + "_complete_intarsia; printf '%%s\\n' \"${COMPREPLY[@]}\"";
        assertThat(lines(script.formatted("desc", 1))).containsExactly("describe");
        assertThat(lines(script.formatted("fit --leave", 2))).anyMatch(line -> line.strip().equals("--leave-one-task-out"));
    }

    private static List<String> lines(String script) throws IOException {
        return new ProcessBuilder("bash", "-c", script).start().inputReader().lines().toList();
    }

    private static int run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException | InterruptedException e) {
            return -1;
        }
    }
}
