package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands of the tutorials print what the pages say, run one after another in a folder that has {@code examples}. A block whose first
 * line names a {@code file} is that file from there on. The right page is left in {@code target}.
 */
class TutorialsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String COMMAND = "$ ";
    private static final String PROGRAM = "./intarsia ";

    @TempDir
    private Path folder;

    @BeforeEach
    void linkExamples() throws IOException {
        Files.createSymbolicLink(folder.resolve("examples"), ROOT.resolve("examples"));
    }

    @AfterEach
    void unlinkExamples() throws IOException {
        Files.delete(folder.resolve("examples"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-study.md", "mtl-hmb.md", "dual-encoder.md", "tenmtl.md", "transfer.md", "gp.md", "survival.md", "why.md",
            "papers.md"})
    void printsWhatThePageSays(String name) throws Exception {
        String page = Files.readString(ROOT.resolve("docs/tutorials").resolve(name));
        StringBuilder right = new StringBuilder();
        boolean printed = false;
        Path file = null;
        for (String line : page.lines().toList()) {
            printed &= !line.equals("```") && !line.startsWith(COMMAND);
            if (!printed) {
                right.append(line).append('\n');
            }
            if (line.startsWith(COMMAND)) {
                right.append(output(line.substring(COMMAND.length())));
                printed = true;
            } else if (line.matches("```\\w+ file=\"[a-z./-]+\"")) {
                file = folder.resolve(line.substring(line.indexOf('"') + 1, line.length() - 1));
                Files.writeString(file, "");
            } else if (file != null && line.equals("```")) {
                file = null;
            } else if (file != null) {
                Files.writeString(file, Files.readString(file) + line + "\n");
            }
        }
        Path written = Path.of("target").resolve(name);
        Files.writeString(written, right);
        assertThat(page).as(name + "; the right page is " + written.toAbsolutePath()).isEqualTo(right.toString());
    }

    /** What a command prints, with the folder that it ran in left out. */
    private String output(String command) throws Exception {
        String[] parts = command.split(" > ", 2);
        String text = parts[0].startsWith(PROGRAM) ? program(List.of(parts[0].substring(PROGRAM.length()).split(" "))) : shell(command);
        if (parts[0].startsWith(PROGRAM) && parts.length > 1) {
            Files.writeString(folder.resolve(parts[1]), text);
            return "";
        }
        return text.replace(folder + "/", "").replace(ROOT + "/", "").lines().map(String::stripTrailing)
                .reduce("", (all, line) -> all + line + "\n");
    }

    private String program(List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] args = words.stream().map(word -> word.startsWith("examples/") ? ROOT.resolve(word).toString()
                : word.matches("(hearts|run\\d|completed|explained|study-\\w+)(/.*)?|[a-z-]+\\.csv") ? folder.resolve(word).toString()
                        : word)
                .toArray(String[]::new);
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), args)).as(err.toString()).isZero();
        return out + err.toString();
    }

    private String shell(String command) throws IOException, InterruptedException {
        File out = Files.createTempFile(folder, "shell", ".txt").toFile();
        Process process = new ProcessBuilder("bash", "-c", command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(out).start();
        assertThat(process.waitFor()).as(command).isZero();
        return Files.readString(out.toPath(), StandardCharsets.UTF_8);
    }
}
