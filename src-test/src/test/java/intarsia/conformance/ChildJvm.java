package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Programs run in a JVM of their own, where a vector's width and the compiler can be chosen. Vector loops are used from the start unless
 * said.
 */
final class ChildJvm {
    private ChildJvm() {}

    /** The lines that a program prints. */
    static List<String> lines(List<String> options, Class<?> program, Object... arguments) throws IOException, InterruptedException {
        return lines(Path.of(System.getProperty("java.home"), "bin", "java").toString(), options, program, arguments);
    }

    /** The lines that a program prints under this Java. */
    static List<String> lines(String java, List<String> options, Class<?> program, Object... arguments) throws IOException,
            InterruptedException {
        List<String> command = new ArrayList<>(List.of(java,
                "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector", "-Dintarsia.simd.warming=off", "-cp",
                        System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(program.getName());
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as("exit status of %s", command).isZero();
        return lines;
    }
}
