package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/federated.md, typed into a shell, print what the page says. The right page is left in {@code target}. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FederatedPageTest {
    private static final Path PAGE = Path.of("..", "docs", "federated.md");

    @TempDir
    private Path folder;

    @Test
    void printsWhatThePageSays() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
        Path examples = Files.createSymbolicLink(folder.resolve("examples"), Path.of("..", "examples").toAbsolutePath());
        String page = Files.readString(PAGE);
        List<String> typed = new ArrayList<>();
        boolean typing = false;
        for (String line : page.lines().toList()) {
            typing &= !line.equals("```");
            if (typing) {
                typed.add(line);
            }
            typing |= line.equals("```bash");
        }
        String program = Path.of(System.getProperty("java.home"), "bin", "java") + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "
                + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")) + " " + Main.class.getName();
        String port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = Integer.toString(free.getLocalPort());
        }
        String script = String.join("\n", typed).replace("./intarsia federate coordinate", program
                + " federate coordinate --listen localhost:"
                + port).replace("./intarsia", program).replace("localhost:8443", "localhost:" + port)
                .replace("keytool", Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        Process shell = new ProcessBuilder("/bin/bash", "-e", "-c", script).directory(folder.toFile())
                .redirectError(folder.resolve("errors.txt").toFile()).start();
        String printed = new String(shell.getInputStream().readAllBytes());
        int status = shell.waitFor();
        Files.delete(examples);
        assertThat(status).as(Files.readString(folder.resolve("errors.txt"))).isZero();
        int at = page.indexOf("```\n", page.indexOf("cat coordinator.txt"));
        int from = page.indexOf("```\n", at + 4) + 4;
        String right = page.substring(0, from) + printed + page.substring(page.indexOf("```\n", from));
        Path written = Path.of("target", "federated.md");
        Files.writeString(written, right);
        assertThat(page).as("the right page is " + written.toAbsolutePath()).isEqualTo(right);
    }
}
