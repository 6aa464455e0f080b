package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--device gpu | intarsia: --device gpu: must be cpu, auto, opencl, or opencl:N with a number that doctor lists",
        "--device opencl --kernels simd | intarsia: --device opencl and --kernels simd: give one of them",
        "--device cpu --kernels opencl | intarsia: --device cpu and --kernels opencl: give one of them",
    })
    void whatCannotBeMeantIsSaid(String options, String message) {
        List<String> args = new ArrayList<>(List.of("doctor"));
        args.addAll(List.of(options.split(" ")));
        assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({"cpu", "auto"})
    void theCpuIsTheDefault(String device) {
        assertThat(run("doctor", "--device", device, "--threads", "1")).isZero();
        assertThat(out.toString().lines()).anyMatch(line -> line.startsWith("kernels    s"));
    }

    /** In a process of its own, because the loader is looked for once. */
    @Test
    void withoutOpenClALineAndStatus2(@TempDir Path folder) throws Exception {
        Path run = folder.resolve("run");
        List<String> lines = new ArrayList<>();
        assertThat(child(lines, "fit", "../examples/heart-disease", "--out", run.toString(), "--device", "opencl")).isEqualTo(2);
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst()).startsWith("intarsia: kernels 'opencl' cannot run here: no OpenCL loader here");
        assertThat(run).doesNotExist();
        lines.clear();
        assertThat(child(lines, "doctor", "--device", "opencl", "--fallback")).isZero();
        assertThat(lines).anyMatch(line ->
                line.startsWith("intarsia: note: kernels    scalar (instead of 'opencl', which cannot run here: no OpenCL loader here"));
        assertThat(lines).anyMatch(line ->
                line.startsWith("kernels    scalar (instead of 'opencl', which cannot run here: no OpenCL loader here"))
                .anyMatch(line -> line.matches("opencl +no +no OpenCL loader here.*"));
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    /** The property asks as the option does: it contradicts {@code --device cpu}, and what is used instead is noted. */
    @Test
    void thePropertyIsHeardToo() throws Exception {
        String property = "-Dintarsia.kernels=opencl";
        List<String> lines = new ArrayList<>();
        assertThat(java(lines, List.of(property), "doctor", "--device", "cpu")).isEqualTo(2);
        assertThat(lines).containsExactly("intarsia: --device cpu and -Dintarsia.kernels=opencl: give one of them");
        lines.clear();
        assertThat(java(lines, List.of(property), "doctor", "--fallback")).isZero();
        assertThat(lines).anyMatch(line ->
                line.startsWith("intarsia: note: kernels    scalar (instead of 'opencl', which cannot run here: no OpenCL loader here"));
    }

    private static int child(List<String> lines, String... args) throws IOException, InterruptedException {
        return java(lines, List.of(), args);
    }

    private static int java(List<String> lines, List<String> properties, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "-Dintarsia.opencl.library=/nowhere/libOpenCL.so.1"));
        command.addAll(properties);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.inputReader().lines().forEach(lines::add);
        return process.waitFor();
    }
}
