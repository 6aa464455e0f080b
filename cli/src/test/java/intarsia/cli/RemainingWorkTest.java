package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RemainingWorkTest {
    private static final long SECOND = 1_000_000_000L;

    private long now;

    private RemainingWork work(int workers) {
        RemainingWork work = new RemainingWork(workers, () -> now);
        for (int i = 0; i < 10; i++) {
            work.add("slow");
            work.add("quick");
        }
        return work;
    }

    @Test
    void nothingIsToldBeforeAnythingIsKnown() {
        RemainingWork work = work(1);
        work.begins("slow 1", "slow");
        now = SECOND;
        assertThat(work.left()).isNaN();
        assertThat(work.share()).isZero();
    }

    @Test
    void aShareOfAPieceTellsOfTheRest() {
        RemainingWork work = work(1);
        work.begins("slow 1", "slow");
        now = 2 * SECOND;
        work.within("slow 1", 0.1);
        // Twenty seconds a piece, of either kind as far as is known: 20 pieces, two seconds of them done.
        assertThat(work.left()).isCloseTo(398, within(1e-9));
        assertThat(work.share()).isCloseTo(2.0 / 400, within(1e-12));
    }

    @Test
    void kindsHaveTheirOwnMeansAndWorkersShare() {
        RemainingWork work = work(2);
        work.begins("slow 1", "slow");
        work.begins("quick 1", "quick");
        now = SECOND;
        work.done("quick 1", "quick", 1);
        now = 10 * SECOND;
        work.done("slow 1", "slow", 10);
        assertThat(work.expected("quick")).isEqualTo(1);
        assertThat(work.left()).isCloseTo((9 * 10 + 9) / 2.0, within(1e-9));
        work.begins("slow 2", "slow");
        now = 14 * SECOND;
        assertThat(work.left()).isCloseTo((9 * 10 - 4 + 9) / 2.0, within(1e-9));
    }

    @Test
    void whatWasDoneBeforeTellsAtOnce() {
        RemainingWork work = work(1);
        work.done("slow 1", "slow", 10);
        work.done("quick 1", "quick", 2);
        assertThat(work.left()).isCloseTo(9 * 12, within(1e-9));
        assertThat(work.share()).isZero();
    }

    @Test
    void whenAllIsDoneNothingIsLeft() {
        RemainingWork work = work(1);
        now = 20 * SECOND;
        for (int i = 0; i < 10; i++) {
            work.done("slow " + i, "slow", 1);
            work.done("quick " + i, "quick", 1);
        }
        assertThat(work.left()).isZero();
        assertThat(work.share()).isEqualTo(1);
    }
}
