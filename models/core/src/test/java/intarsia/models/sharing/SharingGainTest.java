package intarsia.models.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.simulation.SharedCoefficients;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharingGainTest {
    private static final SharedCoefficients ALIKE = new SharedCoefficients(3, 40, 5, 3, 0, 0, 0.2, 0, 0.2);

    @Test
    void sharingHelpsWhereTasksAreAlike() {
        try (Engine engine = Engine.open()) {
            SharingGain found = SharingGain.of(engine, ALIKE.draw(RandomStream.of(5)), 99, RandomStream.of(1));
            assertThat(found.together().share()).isPositive();
            assertThat(found.together().probability()).isLessThanOrEqualTo(0.05);
            assertThat(found.groups()).isEqualTo(new SharingGain.Gain(found.together().share(), found.groups().probability()));
            assertThat(found.group()).isEqualTo(Map.of("task 1", 0, "task 2", 0, "task 3", 0));
            assertThat(found.rows()).isEqualTo(120);
        }
    }

    @Test
    void clustersAreApart() {
        try (Engine engine = Engine.open()) {
            SharingGain found = SharingGain.of(engine, ALIKE.tasks(4).clusters(2).draw(RandomStream.of(4)), 99, RandomStream.of(1));
            assertThat(found.group().values()).containsExactly(0, 1, 0, 1);
            assertThat(found.groups().share()).isGreaterThan(found.together().share());
        }
    }

    /** Squares of the largest and the smallest quantities are no doubles. */
    @Test
    void theUnitOfResponsesDoesNotMatter() {
        try (Engine engine = Engine.open()) {
            SharingGain found = SharingGain.of(engine, twoCommonSources(0), 19, RandomStream.of(1));
            assertThat(found.together().share()).isPositive();
            assertThat(SharingGain.of(engine, twoCommonSources(0), 19, RandomStream.of(1))).isEqualTo(found);
            for (int unit : new int[] {-900, 1000}) {
                SharingGain other = SharingGain.of(engine, twoCommonSources(unit), 19, RandomStream.of(1));
                assertThat(other.together().share()).isCloseTo(found.together().share(), within(1e-9));
                assertThat(other.groups().share()).isCloseTo(found.groups().share(), within(1e-9));
                assertThat(other.group()).isEqualTo(found.group());
            }
        }
    }

    /** By the formula, and by all sign flips of two rows. */
    @Test
    void aGainIsTheMeanDifferenceOnEachTasksScale() {
        LeftOutDeviances there = new LeftOutDeviances(Map.of("a", new double[] {1, 3}, "b", new double[] {20, 20}));
        LeftOutDeviances here = new LeftOutDeviances(Map.of("a", new double[] {1, 1}, "b", new double[] {10, 20}));
        SharingGain.Gain gain = here.against(there, 4_000, RandomStream.of(1));
        assertThat(gain.share()).isCloseTo((2 / 2.0 + 10 / 20.0) / 4, within(1e-15));
        // of four signs of (1, 1/2) two are as far from 0 as both together
        assertThat(gain.probability()).isCloseTo(0.5, within(0.03));
        assertThat(here.against(here, 9, RandomStream.of(1))).isEqualTo(new SharingGain.Gain(-0.0, 1));
    }

    /** y depends on what "exam" measures, and "labs" on it too; "visit" is noise. */
    private static TaskSet twoCommonSources() {
        return twoCommonSources(0);
    }

    /** The same, y in another unit, a power of two. */
    private static TaskSet twoCommonSources(int unit) {
        Source exam = Source.of("exam", "e1", "e2");
        Source visit = Source.of("visit", "v1", "v2", "v3");
        Source labs = Source.of("labs", "l1");
        TaskSet.Builder tasks = TaskSet.builder();
        for (String name : List.of("a", "b")) {
            RandomStream random = RandomStream.of(3, name);
            double[][] e = new double[50][2];
            double[][] v = new double[50][3];
            double[][] l = new double[50][1];
            double[] y = new double[50];
            for (int i = 0; i < 50; i++) {
                for (int k = 0; k < 3; k++) {
                    v[i][k] = random.nextGaussian();
                    e[i][k % 2] = random.nextGaussian();
                }
                l[i][0] = e[i][0] + 0.2 * random.nextGaussian();
                y[i] = Math.scalb(e[i][0] + e[i][1] + 0.3 * random.nextGaussian(), unit);
            }
            Task.Builder task = Task.continuous(name).block(exam, e).block(visit, v);
            tasks.task((name.equals("a") ? task.block(labs, l) : task).response(y));
        }
        return tasks.build();
    }

    @Test
    void anAnchorThatTellsNothingIsNotChosen() {
        try (Engine engine = Engine.open()) {
            AnchorChoice choice = AnchorChoice.of(engine, twoCommonSources(), 99, RandomStream.of(1));
            assertThat(choice.candidates()).extracting(candidate -> candidate.anchor().stream().map(Source::name).toList())
                    .containsExactly(List.of("exam", "visit"), List.of("exam"), List.of("visit"));
            AnchorChoice.Candidate exam = choice.candidates().get(1);
            AnchorChoice.Candidate visit = choice.candidates().get(2);
            assertThat(exam.imputed()).isGreaterThan(0.8);
            assertThat(visit.imputed()).isLessThan(0.2);
            assertThat(visit.response().share()).isLessThan(-1);
            assertThat(visit.response().probability()).isEqualTo(1);
            assertThat(choice.chosen().anchor()).extracting(Source::name).contains("exam");
            assertThat(choice.candidates().getFirst().response().share()).isZero();
        }
    }

    /** By all signs of two rows: means of +-1 and +-3 are -2, -1, 1, 2. A choice that is there twice counts once. */
    @Test
    void theBestOfManyGainsByChance() {
        double[] all = {0, 0};
        double[] one = {-1, -3};
        double[] opposed = {1, 3};
        BestGain single = BestGain.of(List.of(all, one), 40_000, RandomStream.of(1));
        assertThat(single.chance()).isCloseTo((2 + 1) / 4.0, within(0.02));
        assertThat(single.gains()).extracting(SharingGain.Gain::share).containsExactly(0.0, 2.0);
        assertThat(single.gains().get(1).probability()).isCloseTo(1 / 4.0, within(0.02));
        assertThat(single.gains().getFirst().probability()).isEqualTo(1);
        assertThat(BestGain.of(List.of(all, one, one), 40_000, RandomStream.of(1)).chance()).isEqualTo(single.chance());
        BestGain both = BestGain.of(List.of(all, one, opposed), 40_000, RandomStream.of(1));
        assertThat(both.chance()).isCloseTo((2 + 1 + 1 + 2) / 4.0, within(0.02));
        assertThat(both.gains().get(1).probability()).as("either is so far from 0 half of the time").isCloseTo(1 / 2.0, within(0.02));
    }

    /** What does not look at sources has the same deviances, row by row, whichever there are: rows have no names here. */
    @Test
    void rowsArePairedWhateverSourcesTheyHave() {
        TaskSet data = twoCommonSources();
        TaskSet some = data.with(data.tasks().stream().map(task -> task.only(Set.of(Source.of("exam", "e1", "e2")))).toList());
        try (Engine engine = Engine.open()) {
            FitContext all = LeftOutDeviances.context(engine, data, RandomStream.of(1));
            List<DataSplit> folds = all.split().folds(AnchorChoice.FOLDS, AnchorChoice.FOLDS, RandomStream.of(2));
            LeftOutDeviances there = LeftOutDeviances.of(all, folds, new MeanPredictor());
            LeftOutDeviances here = LeftOutDeviances.of(LeftOutDeviances.context(engine, some, RandomStream.of(1)),
                    folds.stream().map(fold -> AnchorChoice.of(fold, some)).toList(), new MeanPredictor());
            assertThat(here.differences(there)).hasSize(100).satisfies(differences ->
                    assertThat(Arrays.stream(differences).map(Math::abs).max().orElseThrow()).isLessThan(1e-12));
        }
    }

    @Test
    void whatCannotBeJudgedIsRefused() {
        try (Engine engine = Engine.open()) {
            TaskSet one = ALIKE.draw(RandomStream.of(5));
            assertThatThrownBy(() -> AnchorChoice.of(engine, one, 99, RandomStream.of(1))).isInstanceOf(DataException.class)
                    .hasMessageContaining("'features': it is the anchor");
            assertThatThrownBy(() -> SharingGain.of(engine, one, 0, RandomStream.of(1))).hasMessageContaining("there are 0");
        }
    }
}
