package intarsia.linalg.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where objects are aligned to cache lines, so are the numbers of every buffer, whatever the header of an array. */
class CacheLinesTest {
    private static final List<String> ALIGNED = List.of("-XX:ObjectAlignmentInBytes=64");

    /** The first number of a plain array lies behind its header instead: what is read are addresses. */
    @ParameterizedTest
    @CsvSource({"-XX:-UseCompactObjectHeaders, 16", "-XX:+UseCompactObjectHeaders, 16", "-XX:-UseCompressedClassPointers, 24"})
    void numbersBeginAtCacheLines(String header, int bytes) throws Exception {
        assertThat(offsets(header)).containsExactly("F64 0", "F32 0", "double[] " + bytes);
    }

    @Test
    void headersOfArrays() {
        assertThat(ArrayHeader.bytes(float[].class)).isBetween(12, 24);
    }

    private static List<String> offsets(String header) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), header,
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        command.addAll(1, ALIGNED);
        command.add(BufferAddresses.class.getName());
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> lines = process.inputReader().lines().filter(line -> line.matches("(F64|F32|double\\[\\]) \\d+")).toList();
        assertThat(process.waitFor()).as("exit status of %s", command).isZero();
        return lines;
    }
}
