package intarsia.linalg.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmingTest {
    /** Allocates in its first runs, as a vector kernel does until it is compiled. */
    private static final class Kernel implements Runnable {
        private final int allocating;
        private final AtomicInteger runs = new AtomicInteger();
        private volatile Object box;

        Kernel(int allocating) {
            this.allocating = allocating;
        }

        @Override
        public void run() {
            if (runs.incrementAndGet() <= allocating) {
                box = new double[8];
            }
        }
    }

    @Test
    void kernelsAreRunUntilNoneAllocates() throws Exception {
        List<Kernel> kernels = List.of(new Kernel(0), new Kernel(123), new Kernel(45));
        CompletableFuture<List<Integer>> warm = new CompletableFuture<>();
        Warming.begin(List.copyOf(kernels), () -> warm.complete(kernels.stream().map(kernel -> kernel.runs.get()).toList()));
        List<Integer> runs = warm.get(1, TimeUnit.MINUTES);
        for (int i = 0; i < kernels.size(); i++) {
            assertThat(runs.get(i)).isGreaterThan(kernels.get(i).allocating);
        }
    }

    @Test
    void aKernelThatKeepsAllocatingHoldsUpItsOwnOnly() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        Warming.begin(List.of(new Kernel(0), new Kernel(Integer.MAX_VALUE)), () -> first.complete("the one that allocates"));
        Warming.begin(List.of(new Kernel(200)), () -> first.complete("the other"));
        assertThat(first.get(1, TimeUnit.MINUTES)).isEqualTo("the other");
    }
}
