package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A study reads regular files of bounded size in its own folder, and nothing else. */
class StudyFilesTest {
    private static final String OUTSIDE = " is not in the study's folder, or leads out of it by a link; put the file there, "
            + "or allow it: --allow-outside";

    @TempDir
    private Path temporary;
    private Path folder;
    private StudyFolder study;
    private Path secret;

    @BeforeEach
    void makeStudy() throws IOException {
        folder = Files.createDirectory(temporary.resolve("study"));
        study = StudyFolder.good(folder);
        secret = Files.writeString(temporary.resolve("secret.csv"), StudyFolder.A.replace("p1", "password"));
    }

    private void refuses(String message) {
        assertThatThrownBy(() -> Study.read(folder)).isInstanceOf(FileException.class).hasMessage(message)
                .hasMessageNotContaining("password");
    }

    @Test
    void saysWhatWasGivenInsteadOfAStudy() throws IOException {
        Path csv = folder.resolve("a.csv");
        assertThatThrownBy(() -> Study.read(csv)).hasMessage(csv + ": is not a TOML file; a study is a folder with a study.toml and CSV "
                + "files, or the TOML file itself");
        Path run = temporary.resolve("run");
        try (FolderWriter writer = FolderWriter.begin(run, false)) {
            writer.write("model.json", "{}");
            writer.commit();
        }
        assertThatThrownBy(() -> Study.read(run)).hasMessage(run + ": is a folder that fit wrote and not a study; a study is a folder with "
                + "a study.toml and CSV files");
        assertThatThrownBy(() -> Manifest.open(folder)).hasMessage(folder + ": is a study and not a run; give the folder that fit wrote");
    }

    @Test
    void namesNoFileOutsideItsFolder() {
        Path toml = folder.resolve("study.toml");
        for (String name : new String[] {"../secret.csv", secret.toString(), "/etc/passwd", "x/../../secret.csv",
                "../study/../secret.csv"}) {
            StudyFolder.good(folder).edit("study.toml", "\"a.csv\"", "\"" + name + "\"");
            refuses(toml + ":6:1: '" + (name.length() > 40 ? name.substring(0, 40) + "'..." : name + "'").replace("'...", "...'")
                    + OUTSIDE);
        }
        StudyFolder.good(folder).edit("study.toml", "\"a.csv\"", "\"../secret.csv\"");
        Study read = Study.read(folder, new Study.Options(null, true));
        assertThat(read.tasks().task("a").rows()).contains("password");
    }

    @Test
    void followsNoLinkOut() throws IOException {
        study.delete("a.csv");
        Files.createSymbolicLink(folder.resolve("a.csv"), secret);
        refuses(folder.resolve("study.toml") + ":6:1: 'a.csv'" + OUTSIDE);
        assertThat(Study.read(folder, new Study.Options(null, true)).tasks().tasks()).hasSize(2);
        Files.delete(folder.resolve("a.csv"));
        Files.writeString(Files.createDirectory(folder.resolve("data")).resolve("real.csv"), StudyFolder.A);
        Files.createSymbolicLink(folder.resolve("a.csv"), Path.of("data/real.csv"));
        assertThat(Study.read(folder).tasks().tasks()).hasSize(2);
    }

    @Test
    void isItselfNoLinkOut() throws IOException {
        Path other = Files.move(folder.resolve("study.toml"), temporary.resolve("other.toml"));
        Files.createSymbolicLink(folder.resolve("study.toml"), other);
        refuses(folder.resolve("study.toml") + ": leads out of the study's folder by a link; name the file itself, or allow "
                + "it: --allow-outside");
        Path alias = Files.createSymbolicLink(temporary.resolve("alias"),
                StudyFolder.good(Files.createDirectory(temporary.resolve("real"))).path());
        assertThat(Study.read(alias).tasks().tasks()).hasSize(2);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void opensNoPipeAndNoDevice() throws Exception {
        study.delete("a.csv");
        Process made = new ProcessBuilder("mkfifo", folder.resolve("a.csv").toString()).start();
        assumeTrue(made.waitFor(5, TimeUnit.SECONDS) && made.exitValue() == 0, "no named pipes here");
        refuses(folder.resolve("a.csv") + ": is a pipe, a socket or a device; a regular file was expected");
        Files.delete(folder.resolve("a.csv"));
        Files.createDirectory(folder.resolve("a.csv"));
        refuses(folder.resolve("a.csv") + ": is a folder; a file was expected");
        assumeTrue(Files.exists(Path.of("/dev/zero")));
        assertThatThrownBy(() -> CsvTable.read(Path.of("/dev/zero"))).hasMessage("/dev/zero: is a pipe, a socket or a "
                + "device; a regular file was expected");
        assertThatThrownBy(() -> Study.read(Path.of("/dev/zero"))).hasMessage("/dev/zero: is a pipe, a socket or a device; a "
                + "regular file was expected");
    }

    @Test
    void saysHowLargeAFileMayBe() throws IOException {
        Path large = Files.writeString(temporary.resolve("large"), "123456");
        assertThatThrownBy(() -> TextFile.bytes(large, 5)).hasMessage(large + ": has 6 bytes or more; at most 5 are read here");
        assertThat(TextFile.bytes(large, 6)).hasSize(6);
        study.write("study.toml", "x = \"" + "a".repeat(4 << 20) + "\"\n");
        refuses(folder.resolve("study.toml") + ": has 4194311 bytes or more; at most 4194304 are read here");
    }

    @Test
    void namesFilesThatTheSystemCanName() {
        study.edit("study.toml", "\"b.csv\"", "\"b\\u0000.csv\"");
        refuses(folder.resolve("study.toml") + ":7:1: 'b<U+0000>.csv' cannot be the name of a file here: it holds a zero character");
        StudyFolder.good(folder).edit("study.toml", "\"b.csv\"", "\"\"");
        refuses(folder.resolve("study.toml") + ":7:1: the name of a file may not be empty");
    }

    @Test
    void findsAFileWhoseNameIsInAnotherUnicodeForm() throws IOException {
        Files.move(folder.resolve("b.csv"), folder.resolve("zu\u0308rich.csv"));
        study.edit("study.toml", "\"b.csv\"", "\"z\u00FCrich.csv\"");
        assertThat(Study.read(folder).tasks().tasks()).hasSize(2);
    }

    @Test
    void checksNamesThatBecomeFiles() {
        Path toml = folder.resolve("study.toml");
        study.edit("study.toml", "a = \"a.csv\"", "\"ward 2/3\" = \"a.csv\"");
        refuses(toml + ":6:1: task 'ward 2/3' becomes the name of a file: it may not hold a slash, a backslash or a control character");
        StudyFolder.good(folder).edit("study.toml", "a = \"a.csv\"", "\"" + "a".repeat(101) + "\" = \"a.csv\"");
        refuses(toml + ":6:1: task '" + "a".repeat(40) + "...' becomes the name of a file: it may not be longer than 100 "
                + "characters (220 bytes)");
        StudyFolder.good(folder).edit("study.toml", "exam = ", "\"ex\\\\am\" = ");
        refuses(toml + ":9:1: source 'ex\\am' becomes the name of a file: it may not hold a slash, a backslash or a control character");
        StudyFolder.good(folder).edit("study.toml", "exam = ", "\"..\" = ");
        refuses(toml + ":9:1: source '..' becomes the name of a file: it may not be empty, '.' or '..'");
        new StudyFolder(folder).write("study.toml", "files = [\"a.csv\"]\ntask = \"t\"\n[response]\ncolumn = \"y\"\nkind = "
                + "\"continuous\"\n[sources]\ns = [\"x\"]\n")
                .write("a.csv", "t,x,y\na,1,2\na,2,3\n\u202Eb\\c,1,2\n");
        refuses(folder.resolve("a.csv") + ":4:1: task 'b\\c' becomes the name of a file: it may not hold a slash, a "
                + "backslash or a control character");
    }
}
