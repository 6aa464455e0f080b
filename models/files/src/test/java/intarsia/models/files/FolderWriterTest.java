package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWriterTest {
    @TempDir
    private Path folder;
    private Path run;

    @BeforeEach
    void name() {
        run = folder.resolve("run 1");
    }

    private void writeRun(String text, boolean force) {
        try (FolderWriter writer = FolderWriter.begin(run, force)) {
            writer.write("a.json", "[" + text + "]\n");
            writer.write("sub/w.safetensors", SafeTensors.of(Map.of("w", Tensor.vector(1, 2))).toBytes());
            writer.commit();
        }
    }

    private List<String> inFolder() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private String text() {
        return new String(Manifest.open(run).bytes("a.json"));
    }

    @Test
    void writesAFolderThatChecks() throws IOException {
        writeRun("1", false);
        assertThat(inFolder()).containsExactly("run 1");
        Manifest manifest = Manifest.open(run);
        assertThat(manifest.json("a.json", int[].class)).containsExactly(1);
        assertThat(manifest.tensors("sub/w.safetensors").tensors().get("w")).isEqualTo(Tensor.of(Shape.of(2), 1.0, 2.0));
        assertThatThrownBy(() -> manifest.bytes("b")).hasMessage(run + ": holds no b; it holds [a.json, sub/w.safetensors]");
    }

    @Test
    void createsTheFoldersAbove() {
        run = folder.resolve("x/y/run");
        writeRun("1", false);
        assertThat(text()).isEqualTo("[1]\n");
    }

    @Test
    void leavesNothingWithoutACommit() throws IOException {
        try (FolderWriter writer = FolderWriter.begin(run, false)) {
            writer.write("a.json", "1");
            assertThat(run).doesNotExist();
        }
        assertThat(inFolder()).isEmpty();
    }

    @Test
    void replacesOnlyWhenForcedAndOnlyItsOwn() throws IOException {
        writeRun("1", false);
        assertThatThrownBy(() -> FolderWriter.begin(run, false)).isInstanceOf(FileException.class)
                .hasMessage(run + ": is there already; give another --out, or --force to replace it");
        writeRun("2", true);
        assertThat(text()).isEqualTo("[2]\n");
        assertThat(inFolder()).containsExactly("run 1");
        Files.delete(run.resolve(Manifest.FILE_NAME));
        assertThatThrownBy(() -> FolderWriter.begin(run, true)).isInstanceOf(FileException.class)
                .hasMessage(run + ": is there and was not written by this program (it has no SHA256SUMS), so --force does not replace it; "
                        + "give another --out");
    }

    @Test
    void refusesAFileInItsPlace() throws IOException {
        Files.writeString(run, "mine");
        assertThatThrownBy(() -> FolderWriter.begin(run, true)).isInstanceOf(FileException.class)
                .hasMessageContaining("was not written by this program");
        assertThat(run).hasContent("mine");
        assertThatThrownBy(() -> FolderWriter.begin(run.resolve("in"), false)).isInstanceOf(FileException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void refusesNamesOutsideAndTwice() {
        try (FolderWriter writer = FolderWriter.begin(run, false)) {
            writer.write("a", "1");
            for (String name : List.of("a", "../b", "", "SHA256SUMS")) {
                assertThatThrownBy(() -> writer.write(name, "2")).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    /**
     * The states a kill can leave while a new run replaces an old one are those between two renames: what is written but not committed,
     * what is ready, what has been put aside. Each of them, made by hand, leads back to one whole run.
     */
    @Test
    void aKillBeforeTheCommitLeavesTheOldRun() throws IOException {
        writeRun("1", false);
        // A process that is gone: 2^22 is the largest id Linux gives, and it is never reached here.
        Path left = Files.createDirectory(folder.resolve(".run 1.writing-99999999-5"));
        Files.writeString(left.resolve("a.json"), "half");
        assertThat(text()).isEqualTo("[1]\n");
        assertThat(inFolder()).containsExactly("run 1");
    }

    @Test
    void aKillWhenReadyLeavesTheOldRunAndThenTheNewOne() throws IOException {
        writeRun("2", false);
        Files.move(run, folder.resolve(".run 1.ready"));
        run = folder.resolve("other");
        writeRun("1", false);
        Files.move(run, run = folder.resolve("run 1"));
        assertThat(text()).isEqualTo("[2]\n");
        assertThat(inFolder()).containsExactly("run 1");
    }

    @Test
    void aKillBetweenTheRenamesLeavesTheNewRun() throws IOException {
        writeRun("1", false);
        Files.move(run, folder.resolve(".run 1.old"));
        writeRun("2", false);
        Files.move(run, folder.resolve(".run 1.ready"));
        run = folder.resolve("other");
        writeRun("1", false);
        Files.move(run, folder.resolve(".run 1.old"));
        run = folder.resolve("run 1");
        assertThat(run).doesNotExist();
        FolderWriter.recover(run);
        assertThat(text()).isEqualTo("[2]\n");
        assertThat(inFolder()).containsExactly("run 1");
    }

    @Test
    void aKillBeforeTheOldRunIsGoneLeavesTheNewOne() throws IOException {
        writeRun("1", false);
        Files.move(run, folder.resolve(".run 1.old"));
        Path old = folder.resolve(".run 1.old");
        run = folder.resolve("other");
        writeRun("2", false);
        Files.move(run, run = folder.resolve("run 1"));
        Files.delete(old.resolve("a.json"));
        assertThat(text()).isEqualTo("[2]\n");
        assertThat(inFolder()).containsExactly("run 1");
    }

    @Test
    void leavesAloneWhatALivingProcessWritesAndReplacesNothingUnforced() {
        Path kept = folder.resolve("run 1-" + ProcessHandle.current().pid());
        try (FolderWriter first = FolderWriter.begin(run, false); FolderWriter second = FolderWriter.begin(run, false)) {
            first.write("a.json", "[1]\n");
            second.write("a.json", "[2]\n");
            first.commit();
            assertThatThrownBy(second::commit).hasMessage(run + ": was written by another process meanwhile; this one's is kept in "
                    + kept);
        }
        assertThat(text()).isEqualTo("[1]\n");
        assertThat(Manifest.open(kept).bytes("a.json")).asString().isEqualTo("[2]\n");
    }

    /** Killed at whatever moment, again and again, a process that keeps replacing a run leaves a whole one. */
    @Test
    void survivesRealKills() throws Exception {
        writeRun("0", false);
        for (int kill = 0; kill < 6; kill++) {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Rewriter.class.getName(), run.toString())
                    .redirectErrorStream(true).start();
            try (var said = process.inputReader()) {
                for (int line = 0; line < 3 + kill; line++) {
                    assertThat(said.readLine()).isEqualTo("written");
                }
                Thread.sleep(kill);
                process.destroyForcibly().waitFor();
            }
            assertThat(text()).matches("\\[\\d+]\n");
            assertThat(inFolder()).containsExactly("run 1");
        }
    }

    /** Replaces a run for ever. */
    static final class Rewriter {
        public static void main(String[] args) {
            for (int n = 0; true; n++) {
                try (FolderWriter writer = FolderWriter.begin(Path.of(args[0]), true)) {
                    writer.write("a.json", "[" + n + "]\n");
                    writer.commit();
                }
                System.out.println("written");
            }
        }
    }

    @Test
    void noticesEveryDamage() throws IOException {
        writeRun("1", false);
        Files.writeString(run.resolve("a.json"), "[2]\n");
        assertThatThrownBy(() -> Manifest.open(run)).isInstanceOf(FileException.class).hasMessage(run.resolve("a.json")
                + ": was changed after it was written (its SHA-256 is not the one in SHA256SUMS); the folder is damaged, run fit again");
        Files.delete(run.resolve("a.json"));
        assertThatThrownBy(() -> Manifest.open(run)).isInstanceOf(FileException.class).hasMessage(run.resolve("a.json")
                + ": is missing, though SHA256SUMS lists it; the folder is damaged, run fit again");
        Files.writeString(run.resolve(Manifest.FILE_NAME), "nonsense\n");
        assertThatThrownBy(() -> Manifest.open(run)).isInstanceOf(FileException.class).hasMessage(run.resolve(Manifest.FILE_NAME)
                + ":1: must be a digest of 64 digits, two blanks and the name of a file in this folder");
        Files.writeString(run.resolve(Manifest.FILE_NAME), "0".repeat(64) + "  ../secret\n");
        assertThatThrownBy(() -> Manifest.open(run)).isInstanceOf(FileException.class).hasMessageContaining("in this folder");
        Files.write(run.resolve(Manifest.FILE_NAME), new byte[0]);
        assertThatThrownBy(() -> Manifest.open(run)).isInstanceOf(FileException.class).hasMessageContaining("is empty (0 bytes)");
        Files.delete(run.resolve(Manifest.FILE_NAME));
        assertThatThrownBy(() -> Manifest.open(run)).isInstanceOf(FileException.class)
                .hasMessage(run + ": has no SHA256SUMS, so this program did not write it; give the folder that fit wrote");
        assertThatThrownBy(() -> Manifest.open(folder.resolve("none"))).hasMessage(folder.resolve("none") + ": there is no such folder");
    }

    @Test
    void writesResultFilesWholeOrNot() throws IOException {
        Path file = folder.resolve("sub/p.csv");
        Results.write(file, "a\n", false);
        assertThatThrownBy(() -> Results.write(file, "b\n", false)).isInstanceOf(FileException.class)
                .hasMessage(file + ": is there already; give another --out, or --force to replace it");
        assertThat(file).hasContent("a");
        Results.write(file, "b\n", true);
        assertThat(file).hasContent("b");
        assertThatThrownBy(() -> Results.write(folder, "b\n", true)).hasMessage(folder + ": is a folder; give the name of a file");
        try (Stream<Path> entries = Files.list(folder.resolve("sub"))) {
            assertThat(entries).hasSize(1);
        }
    }
}
