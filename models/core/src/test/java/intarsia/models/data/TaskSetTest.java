package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Tasks put together: the pattern of blocks, and every complaint word by word. */
class TaskSetTest {
    private static final double NONE = Double.NaN;
    private static final Source EXAM = Source.of("exam", "age", "pressure");
    private static final Source LAB = Source.of("lab", "sugar");
    private static final double[][] X = {{1, 2}, {3, 4}, {5, 6}, {7, 8}};
    private static final double[][] S = {{1}, {2}, {NONE}, {4}};

    private static Task.Builder north() {
        return Task.binary("north").block(EXAM, X);
    }

    private static Task south() {
        return Task.continuous("south").block(EXAM, X).response(1, 2, 3, 4);
    }

    private static void refused(ThrowingCallable work, String message) {
        assertThatThrownBy(work).isInstanceOf(DataException.class).hasMessage(message);
    }

    @Test
    void theAnchorIsWhatEveryTaskObserves() {
        TaskSet data = TaskSet.builder().task(north().block(LAB, S).response(0, 1, 0, 1)).task(south()).build();
        assertThat(data.anchors()).containsExactly(EXAM);
        assertThat(data.others()).containsExactly(LAB);
        assertThat(data.missingness().observed(0, LAB)).isTrue();
        assertThat(data.missingness().observed(1, LAB)).isFalse();
        assertThat(data.missingness().cells().get(0)).containsExactly(new MissingnessPattern.Cell(MissingnessPattern.Status.OBSERVED, 4, 0),
                new MissingnessPattern.Cell(MissingnessPattern.Status.OBSERVED, 3, 1));
        assertThat(data.missingness().cells().get(1).get(1)).isEqualTo(new MissingnessPattern.Cell(MissingnessPattern.Status.ABSENT, 0, 0));
        assertThat(data.missingness()).hasToString("""
                task    rows  exam              lab
                north      4  observed          observed (-1)
                south      4  observed          -""".replace("\n", System.lineSeparator()));
    }

    @Test
    void aBlockGivenForTooFewRowsCountsAsMissing() {
        double[][] few = {{1}, {NONE}, {NONE}, {NONE}};
        Task rarely = Task.continuous("east").block(EXAM, X).block(LAB, few).response(1, 2, 3, 4);
        TaskSet data = TaskSet.builder().task(north().block(LAB, S).response(0, 1, 0, 1)).task(rarely).build();
        assertThat(data.others()).containsExactly(LAB);
        assertThat(data.tasks().get(1).blocks()).containsOnlyKeys(EXAM);
        assertThat(data.missingness().cells().get(1).get(1))
                .isEqualTo(new MissingnessPattern.Cell(MissingnessPattern.Status.TOO_FEW, 1, 0));
        assertThat(data.missingness().toString()).contains("- (1 of 4)");
        TaskSet lenient = TaskSet.builder().task(north().block(LAB, S).response(0, 1, 0, 1)).task(rarely).minimumShare(0.25).build();
        assertThat(lenient.anchors()).containsExactly(EXAM, LAB);
        assertThat(data.given().get(1).blocks()).containsOnlyKeys(EXAM, LAB);
        // too few everywhere; nowhere at all, however small the share
        TaskSet nowhere = TaskSet.builder().task(south()).task(rarely).build();
        assertThat(nowhere.anchors()).containsExactly(EXAM);
        assertThat(nowhere.others()).isEmpty();
        double[][] none = {{NONE}, {NONE}, {NONE}, {NONE}};
        assertThat(TaskSet.builder().task(north().block(LAB, none).response(0, 1, 0, 1)).minimumShare(0).build().anchors())
                .containsExactly(EXAM);
        assertThat(TaskSet.builder().task(rarely).minimumShare(1).build().anchors()).containsExactly(EXAM);
    }

    @Test
    void responses() {
        refused(() -> north().response(0, 1, 2, 1), "task 'north', row '3': the response is 2.0, a binary one must be 0 or 1");
        refused(() -> north().response(0, NONE, 0, 1), "task 'north', row '2': the response is missing");
        refused(() -> north().response(0, 1, Double.POSITIVE_INFINITY, 1),
                "task 'north', row '3': the response is Infinity, a binary one must be 0 or 1");
        refused(() -> Task.continuous("north").block(EXAM, X).response(0, 1, Double.POSITIVE_INFINITY, 1),
                "task 'north', row '3': the response is Infinity");
        assertThat(north().response(1, 1, 1, 1).response()).containsExactly(1, 1, 1, 1);
        refused(() -> north().response(), "task 'north': has no rows");
        refused(() -> north().rows(List.of("a", "b")).response(0, 1, 0, 1), "task 'north': 2 row names and 4 responses");
        refused(() -> north().rows(List.of("a", "b", "a", "c")).response(0, 1, 0, 1), "task 'north': row 'a' is there twice");
    }

    @Test
    void blocks() {
        refused(() -> north().block(LAB, new double[][] {{1}}).response(0, 1, 0, 1), "task 'north', source 'lab': 1 rows and 4 responses");
        refused(() -> north().block(EXAM, X), "task 'north': source 'exam' is given twice");
        refused(() -> north().block(LAB, new double[][] {{1}, {1, 2}, {3}, {4}}).response(0, 1, 0, 1),
                "task 'north', row '2', source 'lab': 2 numbers for 1 columns");
        refused(() -> north().rows(List.of("a", "b", "c", "d")).block(LAB, new double[][] {{1}, {2}, {Double.NEGATIVE_INFINITY}, {4}})
                .response(0, 1, 0, 1),
                "task 'north', row 'c', column 'sugar': -Infinity is not a finite number");
        Source kinds = Source.of("kinds", Column.binary("smoker"), Column.categorical("group", "A", "B"));
        refused(() -> north().block(kinds, new double[][] {{0, 1}, {0.5, 1}, {0, 0}, {1, 1}}).response(0, 1, 0, 1),
                "task 'north', row '2', column 'smoker': 0.5 is not 0 or 1");
        refused(() -> north().block(kinds, new double[][] {{0, 1}, {1, 1}, {0, 2}, {1, 1}}).response(0, 1, 0, 1),
                "task 'north', row '3', column 'group': 2.0 is not the code of one of the levels [A, B]");
    }

    @Test
    void names() {
        refused(() -> TaskSet.builder().build(), "a study needs at least one task");
        refused(() -> TaskSet.builder().task(south()).task(south()).build(), "task 'south' is there twice");
        refused(() -> TaskSet.builder().task(south()).task(Task.binary("north").block(Source.of("exam", "weight"), S).response(0, 1, 0, 1))
                .build(),
                "source 'exam' is there twice, with different columns");
        refused(() -> TaskSet.builder().task(south()).task(north().block(Source.of("lab", "age"), S).response(0, 1, 0, 1)).build(),
                "column 'age' belongs to two sources");
        refused(() -> TaskSet.builder().minimumShare(1.5), "minimum share 1.5: must lie between 0 and 1");
        refused(() -> TaskSet.builder().task(south()).build().task("west"), "no task 'west'; there are [south]");
        refused(() -> Source.of("empty", new String[0]), "source 'empty': has no columns");
        refused(() -> Source.of("lab", "a", "a"), "source 'lab': a column is named twice in [a, a]");
        refused(() -> Column.categorical("group", "A"), "column 'group': levels [A] must be at least two, all different");
        assertThat(Column.categorical("group", "A", "B").code("B")).isEqualTo(1);
        assertThat(Column.categorical("group", "A", "B").code("A")).isZero();
        refused(() -> Column.categorical("group", "A", "B").code("C"), "column 'group': 'C' is not one of its levels [A, B]");
        refused(() -> Column.categorical("group"), "column 'group': levels belong to a categorical column, and it needs them");
    }

    @Test
    void withoutAnAnchorNothingCanBeLearned() {
        refused(() -> TaskSet.builder().task(south()).task(Task.binary("north").block(LAB, S).response(0, 1, 0, 1)).build(),
                "no source is observed in every task, so there is no anchor to learn from: 'exam' is missing in north; "
                        + "'lab' is missing in south; "
                        + "could be a study each: south by 'exam'; north by 'lab'; nothing links south with north");
    }

    @Test
    void observationsAreCheckedToo() {
        refused(() -> new Observations(List.of("p1"), Map.of(EXAM, X)), "source 'exam': 4 rows, expected 1");
        refused(() -> new Observations(List.of("p1"), Map.of(LAB, new double[][] {{1, 2}})),
                "row 'p1', source 'lab': 2 numbers for 1 columns");
        Observations some = Observations.of(south(), new int[] {2, 0});
        assertThat(some.rows()).containsExactly("3", "1");
        assertThat(some.blocks().get(EXAM)).isDeepEqualTo(new double[][] {{5, 6}, {1, 2}});
        assertThat(south().only(Set.of()).blocks()).isEmpty();
    }
}
