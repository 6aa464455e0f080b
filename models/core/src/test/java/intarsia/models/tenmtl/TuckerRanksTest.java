package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.SvdMethod;
import intarsia.linalg.tucker.Ranks;
import intarsia.linalg.tucker.Tucker;
import intarsia.models.data.DataException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TuckerRanksTest {
    @Test
    void ranksAreCappedToWhatTheDataAllow() {
        assertThat(TuckerRanks.upTo(2).resolve(List.of(Shape.of(20, 30)), true)).isEqualTo(TuckerRanks.of(2, 2));
        assertThat(TuckerRanks.upTo(4).resolve(List.of(Shape.of(20, 3)), true)).isEqualTo(TuckerRanks.of(3, 3));
        // with a common column two individuals differ in one direction, and one in none
        assertThat(TuckerRanks.upTo(4).resolve(List.of(Shape.of(2, 9)), true)).isEqualTo(TuckerRanks.of(1, 2));
        assertThat(TuckerRanks.upTo(4).resolve(List.of(Shape.of(1, 9)), true)).isEqualTo(TuckerRanks.of(0, 1));
        assertThat(TuckerRanks.upTo(4).resolve(List.of(Shape.of(2, 9)), false)).isEqualTo(TuckerRanks.of(2, 2));
        assertThat(TuckerRanks.upTo(2).resolve(List.of(Shape.of(9, 1)), true)).isEqualTo(TuckerRanks.of(1, 1));
        assertThat(TuckerRanks.upTo(6).resolve(List.of(Shape.of(6, 2, 2)), false)).isEqualTo(TuckerRanks.of(4, 2, 2));
        assertThat(TuckerRanks.pooled(4).resolve(List.of(Shape.of(9, 7)), true)).isEqualTo(TuckerRanks.of(0, 1));
        assertThat(TuckerRanks.pooled(4).resolve(List.of(Shape.of(9, 7, 3)), true)).isEqualTo(TuckerRanks.of(0, 3, 3));
    }

    /** Each modality's by the product of its own others; the individuals' by the sum over modalities. */
    @Test
    void ranksOfModalitiesAreCappedEachByItsOwn() {
        List<Shape> both = List.of(Shape.of(20, 2), Shape.of(20, 3, 5));
        assertThat(TuckerRanks.upTo(4).resolve(both, true)).isEqualTo(TuckerRanks.of(4, 2, 3, 4));
        assertThat(TuckerRanks.upTo(9).resolve(List.of(Shape.of(20, 1), Shape.of(20, 2)), false)).isEqualTo(TuckerRanks.of(3, 1, 2));
        assertThat(TuckerRanks.pooled(4).resolve(both, true)).isEqualTo(TuckerRanks.of(0, 1, 3, 3));
        assertThat(TuckerRanks.of(1, 2, 3, 4).resolve(both, true)).isEqualTo(TuckerRanks.of(1, 2, 3, 4));
    }

    @Test
    void cappedRanksSuitOrthogonalIteration() {
        RandomStream random = RandomStream.of(1, "capped");
        for (int trial = 0; trial < 200; trial++) {
            int[] sizes = IntStream.range(0, 2 + random.nextInt(3)).map(k -> 1 + random.nextInt(6)).toArray();
            Tensor a = PlantedIndividuals.gaussian(random, sizes);
            TuckerRanks ranks = TuckerRanks.upTo(1 + random.nextInt(6)).resolve(List.of(a.shape()), false);
            int[] all = IntStream.concat(IntStream.of(ranks.individual()), IntStream.of(ranks.predictorRanks())).toArray();
            assertThat(Tucker.hooi(a, Ranks.of(all), SvdMethod.ACCURATE, 5, 1e-12).decomposition().core().shape()).isEqualTo(Shape.of(all));
        }
    }

    @Test
    void ranksAsGivenAreRefusedWhereTheyCannotBe() {
        assertThat(TuckerRanks.of(3, 2, 1).resolve(List.of(Shape.of(3, 2, 2)), true)).isEqualTo(TuckerRanks.of(3, 2, 1));
        assertThatThrownBy(() -> TuckerRanks.of(1, 4).resolve(List.of(Shape.of(6, 3)), true)).isInstanceOf(DataException.class).hasMessage(
                "tenmtl: ranks individual 1, predictors [4] for coefficients [6x3] (individuals first): mode 1 can have rank 1 to 3");
        assertThatThrownBy(() -> TuckerRanks.of(1, 0)).hasMessageContaining("must be at least 1");
    }

    @Test
    void ranksAreWritten() {
        assertThat(TuckerRanks.of(2, 3, 1)).hasToString("2, 3, 1");
        assertThat(TuckerRanks.upTo(2)).hasToString("up to 2");
        assertThat(TuckerRanks.pooled(2)).hasToString("up to 0, 2");
    }
}
