package intarsia.models.selection;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.Model;
import intarsia.models.baseline.Regression;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.selection.SearchSpace.Effort;
import intarsia.models.simulation.BlockMissing;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
    private static int candidates(Estimator tuned) {
        return tuned instanceof Tuned of ? of.candidates().size() : 1;
    }

    @Test
    void aQuickSearchChangesOneOptionAFullOneAll() {
        assertThat(MtlHmb.SPACE.tuned(MtlHmb.options(), Effort.NONE, key -> false)).isEqualTo(MtlHmb.options());
        assertThat(candidates(MtlHmb.SPACE.tuned(MtlHmb.options(), Effort.QUICK, key -> false))).isEqualTo(2);
        assertThat(candidates(MtlHmb.SPACE.tuned(MtlHmb.options(), Effort.FULL, key -> false))).isEqualTo(32);
    }

    @Test
    void whatIsGivenIsNotChanged() {
        assertThat(MtlHmb.SPACE.tuned(MtlHmb.options(), Effort.QUICK, "linear"::equals)).isEqualTo(MtlHmb.options());
        Tuned tuned = (Tuned) MtlHmb.SPACE.tuned(MtlHmb.options().depth(5), Effort.FULL, "depth"::equals);
        assertThat(tuned.candidates()).hasSize(16).allSatisfy(candidate ->
                assertThat(((MtlHmb) ((Estimator.Named) candidate).estimator()).path().depth()).isEqualTo(5));
    }

    /** For other rows of the same tasks the choice stands. */
    @Test
    void aSearchThatBeginsAtAModelTakesItsOptions() {
        Estimator tuned = Regression.SPACE.tuned(Regression.DEFAULT, Effort.QUICK, key -> false);
        Model model = tuned.fit(BlockMissing.twoTasks().rows(20).widths(4, 2).draw(RandomStream.of(1)).data(), 1).orThrow();
        Estimator next = tuned.startingFrom(model);
        assertThat(next.key()).isEqualTo(Regression.KEY);
        assertThat(candidates(next)).isEqualTo(1);
        assertThat(next.made(model)).isTrue();
        assertThat(new Regression(7).made(model)).isFalse();
    }
}
