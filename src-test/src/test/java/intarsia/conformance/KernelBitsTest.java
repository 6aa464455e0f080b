package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same bits from every kernel at every vector width, any number of threads, interpreted and compiled. */
class KernelBitsTest {
    private static final List<String> SIZES = List.of("1", "7", "31", "32", "33", "64", "207", "1000");
    private static final List<String> FEW = List.of("1", "7", "33");

    private static List<String> scalar;

    @BeforeAll
    static void runTheReference() throws Exception {
        scalar = lines(List.of("-Dintarsia.kernels=scalar"), 1, SIZES);
    }

    @Test
    void width128() throws Exception {
        requireSame(simd("128"), 1, SIZES);
    }

    @Test
    void width256() throws Exception {
        requireSame(simd("256"), 1, SIZES);
    }

    /** Slow where the machine has no such vectors. */
    @Test
    void width512() throws Exception {
        requireSame(simd("512"), 1, FEW);
    }

    @Test
    void twoThreads() throws Exception {
        requireSame(List.of("-Dintarsia.kernels=simd"), 2, SIZES);
    }

    @Test
    void interpreted() throws Exception {
        requireSame(List.of("-Dintarsia.kernels=simd", "-Xint"), 1, FEW);
    }

    /** Kernels change from scalar to vector loops while this runs. */
    @Test
    void warming() throws Exception {
        requireSame(List.of("-Dintarsia.kernels=simd", "-Dintarsia.simd.warming=on"), 1, SIZES);
    }

    private static List<String> simd(String width) {
        return List.of("-Dintarsia.kernels=simd", "-Dintarsia.simd.width=" + width);
    }

    private static void requireSame(List<String> options, int threads, List<String> sizes) throws Exception {
        List<String> expected = scalar.stream().filter(line -> sizes.stream().anyMatch(size -> line.contains(", size " + size + ":")))
                .toList();
        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(lines(options, threads, sizes)).as("bits with %s and %d threads", options, threads).isEqualTo(expected);
    }

    private static List<String> lines(List<String> options, int threads, List<String> sizes) throws IOException, InterruptedException {
        return ChildJvm.lines(options, KernelBits.class, Stream.concat(Stream.of(threads), sizes.stream()).toArray());
    }
}
