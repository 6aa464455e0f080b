package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Writers and readers of one folder in several processes: nobody loses a run, whatever process ids each of them sees. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TwoWritersTest {
    @TempDir
    private Path folder;
    private Path run;

    @BeforeEach
    void name() {
        run = folder.resolve("run");
    }

    private Process start(List<String> before, String... args) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), Other.class.getName(), run.toString()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private Process start(String... args) throws IOException {
        return start(List.of(), args);
    }

    private List<String> inFolder() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private String text() {
        return new String(Manifest.open(run).bytes("a.json"));
    }

    private void writeRun(String text) {
        try (FolderWriter writer = FolderWriter.begin(run, true)) {
            writer.write("a.json", "[" + text + "]\n");
            writer.commit();
        }
    }

    /** What the other process does: "write" replaces the folder for ever, "hold" begins it and waits for a line, "once" writes it once. */
    static final class Other {
        private Other() {}

        public static void main(String[] args) throws IOException {
            Path run = Path.of(args[0]);
            for (int n = 0; args[1].equals("write"); n++) {
                try (FolderWriter writer = FolderWriter.begin(run, true)) {
                    writer.write("a.json", "[" + n + "]\n");
                    writer.write("b.json", "[" + n + "]\n");
                    writer.commit();
                }
                System.out.println("written");
            }
            try (FolderWriter writer = FolderWriter.begin(run, true)) {
                writer.write("a.json", "[\"other\"]\n");
                System.out.println("begun");
                while (args[1].equals("hold") && System.in.read() != '\n') {
                    LockSupport.parkNanos(1_000_000);
                }
                writer.commit();
                System.out.println("committed");
            } catch (FileException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** Killed at whatever moment, again and again, a process that keeps replacing a run leaves a whole one. */
    @Test
    void survivesRealKills() throws Exception {
        writeRun("0");
        for (int kill = 0; kill < 6; kill++) {
            Process process = start("write");
            try (BufferedReader said = process.inputReader()) {
                for (int line = 0; line < 3 + kill; line++) {
                    assertThat(said.readLine()).isEqualTo("written");
                }
                Thread.sleep(kill);
                process.destroyForcibly().waitFor();
            }
            assertThat(text()).matches("\\[\\d+]\n");
            writeRun("0");
            assertThat(inFolder()).containsExactly("run");
        }
    }

    @Test
    void aReaderAlwaysFindsAWholeRunWhileItIsReplaced() throws Exception {
        writeRun("0");
        Process process = start("write");
        try (BufferedReader said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("written");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            int reads = 0;
            for (; System.nanoTime() < end; reads++) {
                Manifest read = Manifest.open(run);
                assertThat(read.bytes("a.json")).isEqualTo(read.bytes("b.json"));
                while (said.ready()) {
                    said.readLine();
                }
            }
            assertThat(reads).isGreaterThan(50);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void twoForcedWritersTakeTurns() throws Exception {
        writeRun("0");
        Process process = start("write");
        try (BufferedReader said = process.inputReader()) {
            for (int n = 0; n < 50; n++) {
                assertThat(said.readLine()).isEqualTo("written");
                writeRun(Integer.toString(n));
                assertThat(text()).matches("\\[\\d+]\n");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aLivingWriterIsLeftAlone() throws Exception {
        living(start("hold"));
    }

    /** In a second process-id namespace, as in another container, no process id of this one means anything. */
    @Test
    void aLivingWriterInAnotherNamespaceIsLeftAlone() throws Exception {
        List<String> unshare = unshare();
        living(start(unshare, "hold"));
        try (FolderWriter writer = FolderWriter.begin(run, true)) {
            writer.write("a.json", "[7]\n");
            Process other = start(unshare, "once");
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(text()).isEqualTo("[\"other\"]\n");
            writer.commit();
        }
        assertThat(text()).isEqualTo("[7]\n");
        assertThat(inFolder()).containsExactly("run");
    }

    private static List<String> unshare() throws Exception {
        for (List<String> command : List.of(List.of("unshare", "--pid", "--fork", "--mount-proc"),
                List.of("unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc"))) {
            List<String> trial = new ArrayList<>(command);
            trial.add("true");
            try {
                Process process = new ProcessBuilder(trial).redirectErrorStream(true).start();
                if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
                    return command;
                }
            } catch (IOException e) {
                // No such program.
            }
        }
        assumeTrue(false, "unshare is missing or not allowed here, so there is no second process-id namespace to try");
        return List.of();
    }

    private void living(Process other) throws Exception {
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("begun");
            // Even a writer that was quiet for days is alive while its lock is held.
            try (Stream<Path> locks = Files.list(folder)) {
                Path lock = locks.filter(path -> path.toString().endsWith(".lock")).findFirst().orElseThrow();
                Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
            }
            writeRun("1");
            assertThat(text()).isEqualTo("[1]\n");
            assertThat(inFolder()).hasSize(3);
            other.getOutputStream().write('\n');
            other.getOutputStream().flush();
            assertThat(said.readLine()).isEqualTo("committed");
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(text()).isEqualTo("[\"other\"]\n");
        assertThat(inFolder()).containsExactly("run");
    }

    /** SIGTERM and SIGINT take the same way through the virtual machine. */
    @Test
    void aStoppedWriterLeavesNothing() throws Exception {
        writeRun("1");
        Process other = start("hold");
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("begun");
            assertThat(inFolder()).hasSize(3);
            other.destroy();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(inFolder()).containsExactly("run");
        assertThat(text()).isEqualTo("[1]\n");
    }

    @Test
    void aFreshLockThatIsSeenNowhereIsTrustedForADay() throws Exception {
        Path lock = Files.writeString(folder.resolve("lock"), ".");
        long written = Files.getLastModifiedTime(lock).toMillis();
        boolean[] acted = {false};
        // A pseudo disk of another machine: this one's type is among the local ones, so only the rule by time is at stake here.
        assumeTrue(WriterLock.isLocal(lock), "the temporary folder is on a disk of another kind");
        WriterLock.ifDead(lock, written, false, () -> acted[0] = true);
        assertThat(acted[0]).isFalse();
        WriterLock.ifDead(lock, written + Duration.ofHours(25).toMillis(), false, () -> acted[0] = true);
        assertThat(acted[0]).isTrue();
        assertThat(lock).doesNotExist();
    }

    @Test
    void theOtherProcessSaysWhatIsWrong() throws Exception {
        Files.writeString(run, "mine");
        Process other = start("once");
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).contains("was not written by this program");
        }
        assertThatThrownBy(() -> Manifest.open(run)).hasMessageContaining("is a file; the folder that fit wrote was expected");
    }
}
