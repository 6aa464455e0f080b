package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import intarsia.cli.bits.BitsTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program's table of bits, on every provider, vector width and number of threads, compiled and interpreted: what a machine elsewhere is
 * compared with by {@code ./intarsia doctor --bits}.
 */
class GoldenBitsTest {
    private static final Path COMPUTED = Path.of("target", "bits.txt");
    private static final BitsTable TABLE = BitsTable.read();

    /** If numbers were meant to change, {@code src-test/target/bits.txt} is the new table. */
    @Test
    void asCommitted() throws Exception {
        BitsTable computed = new BitsTable(GoldenBits.compute(1, ""));
        Files.writeString(COMPUTED, computed.text());
        assertThat(computed.digests()).as("%s holds what was computed", COMPUTED).isEqualTo(TABLE.digests());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Dintarsia.kernels=scalar", "-Dintarsia.simd.width=128", "-Dintarsia.simd.width=256",
            "-XX:TieredStopAtLevel=1 -Dintarsia.kernels=scalar", "-XX:+UseCompactObjectHeaders", "-Dintarsia.simd.warming=on"})
    void same(String options) throws Exception {
        assertThat(lines(options, 1, "")).isEqualTo(expected(""));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7})
    void threads(int count) throws Exception {
        assertThat(lines("-Dintarsia.kernels=simd", count, "")).isEqualTo(expected(""));
    }

    /** Slow: a part. */
    @ParameterizedTest
    @ValueSource(strings = {"-Xint -Dintarsia.kernels=scalar", "-Xint -Dintarsia.simd.width=128", "-Dintarsia.simd.width=512"})
    void slow(String options) throws Exception {
        for (String part : List.of("op ", "training ")) {
            assertThat(lines(options, 1, part)).isNotEmpty().isEqualTo(expected(part));
        }
    }

    /** On another architecture, emulated: {@code src-test/aarch64} prepares one. */
    @Test
    void aarch64() throws Exception {
        String java = System.getProperty("intarsia.emulated.java");
        assumeTrue(java != null, "no Java of aarch64 is named by -Dintarsia.emulated.java; see src-test/aarch64");
        assertThat(ChildJvm.lines(java, List.of("-Dintarsia.kernels=scalar"), GoldenBits.class, 2)).isEqualTo(expected(""));
        assertThat(ChildJvm.lines(java, List.of("-Dintarsia.kernels=simd"), GoldenBits.class, 1, "op ")).isEqualTo(expected("op "));
    }

    private static List<String> expected(String part) {
        return TABLE.text().lines().filter(line -> line.split("  ")[1].startsWith(part)).toList();
    }

    private static List<String> lines(String options, int threads, String part) throws Exception {
        return ChildJvm.lines(Arrays.asList(options.split(" ")), GoldenBits.class,
                Stream.of((Object) threads, part).filter(argument -> !argument.equals("")).toArray());
    }
}
