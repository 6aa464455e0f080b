package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** A person's file in a run folder, or a folder of downloads with their digests: replacing would delete what is not the program's. */
    @Test
    void replacesNoFolderThatHoldsAnotherFile() throws IOException {
        writeRun("1", false);
        Path notes = Files.writeString(run.resolve("sub/notes.txt"), "mine");
        assertThatThrownBy(() -> FolderWriter.begin(run, true)).isInstanceOf(FileException.class)
                .hasMessage(run + ": holds 'sub" + run.getFileSystem().getSeparator() + "notes.txt', which this program did not write "
                        + "there, so --force does not replace it; move that file, or give another --out");
        Files.move(notes, run.resolve("sub/.DS_Store"));
        try (FolderWriter writer = FolderWriter.begin(run, true)) {
            writer.write("a.json", "[2]\n");
            Files.writeString(notes, "put there meanwhile");
            assertThatThrownBy(writer::commit).isInstanceOf(FileException.class).hasMessageContaining("notes.txt'");
        }
        assertThat(notes).hasContent("put there meanwhile");
        assertThat(text()).isEqualTo("[1]\n");
        assertThat(inFolder()).containsExactly("run 1");
        Files.delete(notes);
        writeRun("3", true);
        assertThat(text()).isEqualTo("[3]\n");
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

    /** What a writer leaves that is killed outright: its lock file, no longer locked, what it wrote, and what it put aside. */
    private Path leftOver(String id, String... names) throws IOException {
        Files.writeString(folder.resolve(".run 1.writing-" + id + ".lock"), ".");
        Path work = Files.createDirectory(folder.resolve(".run 1.writing-" + id));
        for (String name : names) {
            Files.writeString(work.resolve(name), "half");
        }
        return work;
    }

    @Test
    void readersDeleteNothingAndTheNextWriterTidies() throws IOException {
        writeRun("1", false);
        leftOver("abc", "a.json");
        assertThat(text()).isEqualTo("[1]\n");
        assertThat(inFolder()).containsExactly(".run 1.writing-abc", ".run 1.writing-abc.lock", "run 1");
        writeRun("2", true);
        assertThat(text()).isEqualTo("[2]\n");
        assertThat(inFolder()).containsExactly("run 1");
    }

    @Test
    void leavesAloneWhatHasNoLockFile() throws IOException {
        Files.createDirectory(folder.resolve(".run 1.writing-mine"));
        writeRun("1", false);
        assertThat(inFolder()).containsExactly(".run 1.writing-mine", "run 1");
    }

    @Test
    void aKillBetweenTheRenamesLeavesTheOldRun() throws IOException {
        writeRun("1", false);
        Files.move(run, folder.resolve(".run 1.old-abc"));
        leftOver("abc", "a.json", "SHA256SUMS");
        assertThat(run).doesNotExist();
        assertThat(text()).isEqualTo("[1]\n");
        assertThat(run).doesNotExist();
        assertThatThrownBy(() -> FolderWriter.begin(run, false)).hasMessageContaining("is there already");
        assertThat(text()).isEqualTo("[1]\n");
        assertThat(inFolder()).containsExactly("run 1");
    }

    @Test
    void aKillWhileTheOldRunIsDeletedLeavesTheNewOne() throws IOException {
        writeRun("1", false);
        Files.move(run, folder.resolve(".run 1.old-abc"));
        Files.delete(folder.resolve(".run 1.old-abc/SHA256SUMS"));
        Files.writeString(folder.resolve(".run 1.writing-abc.lock"), ".");
        writeRun("2", false);
        assertThat(text()).isEqualTo("[2]\n");
        assertThat(inFolder()).containsExactly("run 1");
        Files.createDirectory(folder.resolve(".run 1.old-abc"));
        assertThat(text()).isEqualTo("[2]\n");
    }

    @Test
    void readsBesideWhatCannotBeTidied() throws IOException {
        writeRun("1", false);
        leftOver("abc", "a.json");
        Set<PosixFilePermission> may = Files.getPosixFilePermissions(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assertThat(text()).isEqualTo("[1]\n");
        } finally {
            Files.setPosixFilePermissions(folder, may);
        }
    }

    @Test
    void replacesNothingUnforced() {
        FileException kept;
        try (FolderWriter first = FolderWriter.begin(run, false); FolderWriter second = FolderWriter.begin(run, false)) {
            first.write("a.json", "[1]\n");
            second.write("a.json", "[2]\n");
            first.commit();
            kept = catchThrowableOfType(FileException.class, second::commit);
        }
        String said = run + ": was written by another process meanwhile; this one's is kept in ";
        assertThat(kept).hasMessageStartingWith(said);
        assertThat(text()).isEqualTo("[1]\n");
        assertThat(Manifest.open(Path.of(kept.getMessage().substring(said.length()))).bytes("a.json")).asString().isEqualTo("[2]\n");
    }

    @Test
    void theLastOfTwoForcedWritersWins() throws IOException {
        try (FolderWriter first = FolderWriter.begin(run, true); FolderWriter second = FolderWriter.begin(run, true)) {
            first.write("a.json", "[1]\n");
            second.write("a.json", "[2]\n");
            second.commit();
            first.commit();
        }
        assertThat(text()).isEqualTo("[1]\n");
        assertThat(inFolder()).containsExactly("run 1");
    }

    @Test
    void publishesOnlyWhatItWrote() throws IOException {
        for (String name : List.of("a.json", "more")) {
            try (FolderWriter writer = FolderWriter.begin(run, false)) {
                writer.write("a.json", "1");
                try (Stream<Path> beside = Files.list(folder)) {
                    Path work = beside.filter(Files::isDirectory).findFirst().orElseThrow();
                    Files.writeString(work.resolve(name), "2");
                }
                assertThatThrownBy(writer::commit).isInstanceOf(FileException.class).hasMessageStartingWith(run
                        + ": cannot be written: what was written into ")
                        .hasMessageEndingWith(" was changed by another program; nothing is published");
            }
            assertThat(inFolder()).isEmpty();
        }
    }

    @Test
    void takesAwayTheFoldersItMadeForNothing() throws IOException {
        run = folder.resolve("x/y/run");
        try (FolderWriter writer = FolderWriter.begin(run, false)) {
            writer.write("a.json", "1");
        }
        assertThat(inFolder()).isEmpty();
    }

    @Test
    void replacesNoLink() throws IOException {
        writeRun("1", false);
        Path link = Files.createSymbolicLink(folder.resolve("latest"), run);
        assertThatThrownBy(() -> FolderWriter.begin(link, true)).hasMessage(link
                + ": is a link, which --force does not replace; give the folder it leads to");
        assertThat(Manifest.open(link).bytes("a.json")).asString().isEqualTo("[1]\n");
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
        Files.writeString(run.resolve(Manifest.FILE_NAME), Digests.sha256(new byte[0]) + "  sub/w.safetensors\n");
        Files.delete(run.resolve("sub/w.safetensors"));
        Files.createSymbolicLink(run.resolve("sub/w.safetensors"), Files.writeString(folder.resolve("outside"), ""));
        assertThatThrownBy(() -> Manifest.open(run)).hasMessage(run.resolve("sub/w.safetensors")
                + ": leads out of the run's folder by a link; run fit again, or copy the file there");
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
                .hasMessage(file + ": is there already; give another name, or --force to replace it");
        assertThat(file).hasContent("a");
        Results.write(file, "b\n", true);
        assertThat(file).hasContent("b");
        assertThatThrownBy(() -> Results.write(folder, "b\n", true)).hasMessage(folder + ": is a folder; give the name of a file");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThatThrownBy(() -> Results.write(link, "c\n", true)).hasMessage(link + ": is a link; give the name of the file itself");
        Path broken = Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("nowhere"));
        assertThatThrownBy(() -> Results.write(broken, "c\n", true)).hasMessage(broken + ": is a link; give the name of the file itself");
        assertThatThrownBy(() -> Results.write(Path.of("/dev/null"), "c\n", true)).hasMessage("/dev/null: is a pipe, a socket or a device; "
                + "give the name of a file, or leave --out out for standard output");
        assertThat(file).hasContent("b");
        Path left = Files.writeString(folder.resolve("sub/.p.csv.writing-abc"), "half");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Results.write(file, "b\n", true);
        try (Stream<Path> entries = Files.list(folder.resolve("sub"))) {
            assertThat(entries).hasSize(1);
        }
    }
}
