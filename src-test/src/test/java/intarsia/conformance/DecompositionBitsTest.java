package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same decompositions, to the last bit, whatever kernels their products are left to. */
class DecompositionBitsTest {
    /** Large enough for kernels in the first modes; with pieces of slices gathered, and columns that are no whole vectors. */
    private static final String[] SIZES = {"7x5x3", "33x20x17", "70x61x9x3", "65", "200"};
    private static final String[] SMALL = {"7x5x3", "33x20x17", "65"};

    private static List<String> scalar;

    @BeforeAll
    static void runTheReference() throws Exception {
        scalar = ChildJvm.lines(List.of("-Dintarsia.kernels=scalar"), DecompositionBits.class, (Object[]) SIZES);
        assertThat(scalar).hasSize(3 * 15 + 5 + 3 * 9 + 2 * 6 * DecompositionBits.THREADS.length).doesNotHaveDuplicates();
    }

    @Test
    void threads() {
        List<String> lines = scalar.stream().filter(line -> line.contains("threads")).toList();
        assertThat(lines.stream().map(line -> line.replaceFirst("threads \\d, ", "")).distinct()).hasSize(2 * 6);
    }

    @Test
    void width128() throws Exception {
        requireSame(simd("128"), SIZES);
    }

    @Test
    void width256() throws Exception {
        requireSame(simd("256"), SIZES);
    }

    /** Slow where the machine has no such vectors. */
    @Test
    void width512() throws Exception {
        requireSame(simd("512"), SMALL);
    }

    @Test
    void interpreted() throws Exception {
        requireSame(List.of("-Dintarsia.kernels=scalar", "-Xint"), SMALL);
    }

    /** Kernels change from scalar to vector loops while this runs, and a device named for training is none for the host. */
    @Test
    void warming() throws Exception {
        requireSame(List.of("-Dintarsia.kernels=opencl", "-Dintarsia.simd.warming=on"), SIZES);
    }

    private static List<String> simd(String width) {
        return List.of("-Dintarsia.kernels=simd", "-Dintarsia.simd.width=" + width);
    }

    private static void requireSame(List<String> options, String[] sizes) throws Exception {
        List<String> expected = scalar.stream().filter(line -> List.of(sizes).contains(line.substring(0, line.indexOf(',')))).toList();
        assertThat(ChildJvm.lines(options, DecompositionBits.class, (Object[]) sizes)).as("bits with %s", options).isEqualTo(expected);
    }
}
