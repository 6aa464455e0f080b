package intarsia.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolTest {
    @ParameterizedTest
    @CsvSource({"1, 5", "2, 5", "3, 7", "4, 2", "2, 1", "3, 0"})
    void unevenPartsRunOnce(int threads, int parts) {
        AtomicIntegerArray runs = new AtomicIntegerArray(parts);
        try (Pool pool = new Pool(threads)) {
            pool.runUneven(parts, runs::incrementAndGet);
        }
        for (int part = 0; part < parts; part++) {
            assertThat(runs.get(part)).as("part %d", part).isEqualTo(1);
        }
    }

    /** The first part ends only once all others have: whoever is not held up takes them. */
    @Test
    void aLongPartHoldsNoOtherUp() {
        CountDownLatch others = new CountDownLatch(6);
        try (Pool pool = new Pool(2)) {
            pool.runUneven(7, part -> {
                if (part > 0) {
                    others.countDown();
                    return;
                }
                try {
                    others.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }
        assertThat(others.getCount()).isZero();
    }

    @Test
    void whatAnUnevenPartThrowsIsThrown() {
        try (Pool pool = new Pool(2)) {
            assertThatThrownBy(() -> pool.runUneven(4, part -> {
                if (part == 2) {
                    throw new IllegalStateException("part 2");
                }
            })).isInstanceOf(IllegalStateException.class).hasMessage("part 2");
        }
    }
}
