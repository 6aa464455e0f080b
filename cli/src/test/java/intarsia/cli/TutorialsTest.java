package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the tutorials print what the pages say. The right page is left in {@code target}. */
class TutorialsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String COMMAND = "$ ./intarsia ";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"mtl-hmb.md", "dual-encoder.md", "tenmtl.md", "gp.md", "survival.md", "why.md"})
    void printsWhatThePageSays(String name) throws IOException {
        String page = Files.readString(ROOT.resolve("docs/tutorials").resolve(name));
        StringBuilder right = new StringBuilder();
        boolean printed = false;
        for (String line : page.lines().toList()) {
            printed &= !line.equals("```");
            if (!printed) {
                right.append(line).append('\n');
            }
            if (line.startsWith(COMMAND)) {
                right.append(output(List.of(line.substring(COMMAND.length()).split(" "))));
                printed = true;
            }
        }
        Path written = Path.of("target").resolve(name);
        Files.writeString(written, right);
        assertThat(page).as(name + "; the right page is " + written.toAbsolutePath()).isEqualTo(right.toString());
    }

    /** What a command prints, run in the repository, with the folders that it writes in a folder of ours. */
    private String output(List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] args = words.stream().map(word -> word.startsWith("examples/") ? ROOT.resolve(word).toString()
                : word.matches("run\\d|completed|explained|predictions\\.csv")
                ? folder.resolve(word).toString() : word).toArray(String[]::new);
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), args)).as(err.toString()).isZero();
        String text = (out + err.toString()).replace(ROOT + "/", "").replace(folder + "/", "");
        return text.lines().map(String::stripTrailing).reduce("", (all, line) -> all + line + "\n");
    }
}
