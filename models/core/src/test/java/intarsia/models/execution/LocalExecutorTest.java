package intarsia.models.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Pool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalExecutorTest {
    /** Says which item was done on how many threads. */
    private record Threads() implements ItemWork {
        @Override
        public String terms() {
            return "threads";
        }

        @Override
        public String outcome(String item, int threads) {
            if (item.equals("bad")) {
                throw new IllegalStateException("item bad");
            }
            return item + " on " + threads;
        }
    }

    private static List<String> run(int threads, List<String> items, Instant until) {
        List<String> outcomes = new ArrayList<>();
        AtomicInteger inside = new AtomicInteger();
        try (Pool pool = new Pool(threads)) {
            new LocalExecutor(pool).run(new Threads(), items, until, outcome -> {
                assertThat(inside.incrementAndGet()).as("calls at a time").isEqualTo(1);
                Thread.yield();
                outcomes.add(outcome);
                inside.decrementAndGet();
            });
        }
        return outcomes;
    }

    @ParameterizedTest
    @CsvSource({"1,0,1", "1,1,1", "1,50,1", "3,50,1", "3,4,1", "3,3,3", "3,1,3"})
    void manyItemsGoSideBySideAndFewHaveAllThreads(int threads, int items, int each) {
        List<String> names = IntStream.range(0, items).mapToObj(Integer::toString).toList();
        assertThat(run(threads, names, null)).containsExactlyInAnyOrderElementsOf(names.stream().map(name -> name + " on " + each)
                .toList());
    }

    @Test
    void nothingBeginsWhenTheTimeIsUp() {
        assertThat(run(2, List.of("a", "b", "c"), Instant.now())).isEmpty();
        assertThat(run(2, List.of("a", "b", "c"), Instant.now().plusSeconds(3_600))).hasSize(3);
    }

    @Test
    void whatAnItemThrowsEndsTheWork() {
        assertThatThrownBy(() -> run(2, List.of("a", "bad", "c"), null)).hasMessage("item bad");
    }
}
