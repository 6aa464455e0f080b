package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.KernelProvider;
import intarsia.linalg.Kernels;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads that bind and run commands of the same kernels, each on its own numbers, do not disturb one another. */
class SharedKernelsTest {
    private static final int THREADS = 3;
    private static final int RUNS = 150;
    private static final int SIZE = 1000;

    static Stream<KernelCase> rows() {
        return KernelCases.all().stream().filter(row -> !row.kernel().equals("matmul"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyThreadHasItsBits(KernelCase row) throws Exception {
        for (KernelProvider provider : Providers.ofEqualBits()) {
            for (Precision precision : Precision.values()) {
                try (Pool pool = new Pool(1); ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
                    Kernels kernels = provider.open(precision, pool);
                    double[][] alone = new Trial(row, SIZE, precision).actual(kernels, false);
                    CyclicBarrier start = new CyclicBarrier(THREADS);
                    List<Future<Integer>> different = new ArrayList<>();
                    for (int thread = 0; thread < THREADS; thread++) {
                        different.add(threads.submit(() -> {
                            Trial trial = new Trial(row, SIZE, precision);
                            start.await();
                            int count = 0;
                            for (int run = 0; run < RUNS; run++) {
                                count += Arrays.deepEquals(alone, trial.actual(kernels, false)) ? 0 : 1;
                            }
                            return count;
                        }));
                    }
                    for (Future<Integer> count : different) {
                        assertThat(count.get()).as("runs of %s on %s %s with other bits", row, kernels.name(), precision).isZero();
                    }
                }
            }
        }
    }
}
