package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run may be named by "." from inside it, as a study may. */
class HereTest {
    private final Program program = new Program();

    @TempDir
    private Path folder;

    private String in(Path where, String... words) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Dintarsia.kernels=scalar", "-cp", System.getProperty("java.class.path"), "intarsia.cli.Main"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    @Test
    void aRunIsReadFromInside() throws Exception {
        StringBuilder rows = new StringBuilder("x,y\n");
        for (int i = 0; i < 20; i++) {
            rows.append(i).append(',').append(3 * i + i % 3).append('\n');
        }
        Path study = Files.createDirectory(folder.resolve("study"));
        Files.writeString(study.resolve("only.csv"), rows.toString());
        Files.writeString(study.resolve("study.toml"), "[response]\ncolumn = \"y\"\nkind = \"continuous\"\n"
                + "[tasks]\nonly = \"only.csv\"\n[sources]\nall = [\"x\"]\n");
        Path run = folder.resolve("run");
        assertThat(program.run("fit", study.toString(), "--model", "regression", "--repeats", "1", "--quiet", "--out", run.toString()))
                .as(program.err.toString()).isZero();
        assertThat(in(run, "predict", ".", "../study/only.csv")).isEqualTo(in(folder, "predict", "run", "study/only.csv"))
                .startsWith("row,task,prediction\n1,only,");
    }
}
