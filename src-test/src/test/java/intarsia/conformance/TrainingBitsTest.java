package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The same weights, to the last bit, from a whole training on every provider, at every vector width, on one and two threads, interpreted
 * and compiled.
 */
class TrainingBitsTest {
    /** Rows a task, width, epochs: wide enough that a product is shared by two threads. */
    private static final Object[] ORDINARY = {200, 64, 4};
    /** For what is slow. */
    private static final Object[] SMALL = {40, 9, 2};

    private static List<String> ordinary;
    private static List<String> small;

    @BeforeAll
    static void runTheReference() throws Exception {
        ordinary = digests(List.of("-Dintarsia.kernels=scalar"), 1, ORDINARY);
        small = digests(List.of("-Dintarsia.kernels=scalar"), 1, SMALL);
        assertThat(ordinary).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void width128() throws Exception {
        assertThat(digests(simd("128"), 1, ORDINARY)).isEqualTo(ordinary);
    }

    @Test
    void width256() throws Exception {
        assertThat(digests(simd("256"), 1, ORDINARY)).isEqualTo(ordinary);
    }

    /** Slow where the machine has no such vectors. */
    @Test
    void width512() throws Exception {
        assertThat(digests(simd("512"), 1, SMALL)).isEqualTo(small);
    }

    @Test
    void twoThreads() throws Exception {
        assertThat(digests(List.of("-Dintarsia.kernels=simd"), 2, ORDINARY)).isEqualTo(ordinary);
    }

    @Test
    void interpreted() throws Exception {
        assertThat(digests(List.of("-Dintarsia.kernels=simd", "-Xint"), 1, SMALL)).isEqualTo(small);
        assertThat(digests(List.of("-Dintarsia.kernels=scalar", "-Xint"), 1, SMALL)).isEqualTo(small);
    }

    /** Kernels change from scalar to vector loops while this runs. */
    @Test
    void warming() throws Exception {
        assertThat(digests(List.of("-Dintarsia.kernels=simd", "-Dintarsia.simd.warming=on"), 1, ORDINARY)).isEqualTo(ordinary);
    }

    private static List<String> simd(String width) {
        return List.of("-Dintarsia.kernels=simd", "-Dintarsia.simd.width=" + width);
    }

    private static List<String> digests(List<String> options, int threads, Object[] sizes) throws Exception {
        return ChildJvm.lines(options, TrainingBits.class, threads, sizes[0], sizes[1], sizes[2]);
    }
}
