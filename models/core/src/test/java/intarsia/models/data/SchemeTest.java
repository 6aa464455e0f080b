package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.data.GivenParts.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.ParameterizedTest;

class SchemeTest {
    private static final Source EXAM = Source.of("exam", "age");

    /** Row i has age i; every {@code rare}-th has the response 1. */
    private static Task task(String name, int rows, int rare) {
        return Task.binary(name).block(EXAM, IntStream.range(0, rows).mapToObj(i -> new double[] {i}).toArray(double[][]::new))
                .response(IntStream.range(0, rows).mapToDouble(i -> i % rare == 0 ? 1 : 0).toArray());
    }

    private static TaskSet data(Resampling resampling, Task... tasks) {
        TaskSet.Builder data = TaskSet.builder().resampling(resampling);
        List.of(tasks).forEach(data::task);
        return data.build();
    }

    private static List<String> groups(int rows, int each, String prefix) {
        return IntStream.range(0, rows).mapToObj(i -> prefix + i / each).toList();
    }

    private static Resampling grouped(Map<String, List<String>> groups, int folds, int repeats) {
        return new Resampling(new WholeGroups("patient", groups, true), folds, repeats);
    }

    private static Set<String> groupsOf(DataSplit split, Function<TaskSplit, int[]> part) {
        WholeGroups scheme = (WholeGroups) split.data().resampling().scheme();
        Set<String> found = new TreeSet<>();
        split.tasks().forEach(task -> IntStream.of(part.apply(task)).forEach(row ->
                found.add(scheme.groups().get(task.task().name()).get(row))));
        return found;
    }

    private static void assertApart(DataSplit split) {
        assertThat(Collections.disjoint(groupsOf(split, TaskSplit::train), groupsOf(split, TaskSplit::test))).isTrue();
        assertThat(Collections.disjoint(groupsOf(split, TaskSplit::train), groupsOf(split, TaskSplit::validation))).isTrue();
        assertThat(Collections.disjoint(groupsOf(split, TaskSplit::validation), groupsOf(split, TaskSplit::test))).isTrue();
    }

    /** Patients 0-29 have visits in both tasks, 4 in one and 2 in the other. */
    private static TaskSet visits(int folds, int repeats) {
        return data(grouped(Map.of("clinic", groups(120, 4, "p"), "home", groups(60, 2, "p")), folds, repeats), task("clinic", 120, 3),
                task("home", 60, 5));
    }

    @Test
    void noGroupIsOnTwoSidesInAnyTask() {
        TaskSet data = visits(0, 1);
        for (int seed = 0; seed < 20; seed++) {
            DataSplit split = DataSplit.random(data, 0.2, 0.2, RandomStream.of(seed));
            assertApart(split);
            assertThat(groupsOf(split, TaskSplit::test)).hasSizeBetween(5, 7);
            assertThat(groupsOf(split, TaskSplit::validation)).hasSizeBetween(5, 7);
            for (TaskSplit task : split.tasks()) {
                assertThat(task.train().length + task.validation().length + task.test().length).isEqualTo(task.task().size());
                assertThat((double) task.test().length / task.task().size()).isCloseTo(0.2, within(0.05));
            }
        }
        assertThat(groupsOf(DataSplit.random(data, 0.2, 0.2, RandomStream.of(1)), TaskSplit::test)).isNotEqualTo(
                groupsOf(DataSplit.random(data, 0.2, 0.2, RandomStream.of(2)), TaskSplit::test));
    }

    @Test
    void foldsHoldEveryGroupOutOnceAndKeepInnerRowsApart() {
        TaskSet data = visits(5, 2);
        for (int repeat = 0; repeat < 2; repeat++) {
            List<String> held = new ArrayList<>();
            for (int fold = 0; fold < 5; fold++) {
                DataSplit split = data.resampling().split(data, 5 * repeat + fold, RandomStream.of(3));
                assertApart(split);
                assertThat(split.hasValidation()).isTrue();
                assertThat(groupsOf(split, TaskSplit::test)).hasSize(6);
                held.addAll(groupsOf(split, TaskSplit::test));
                // What stacking does inside a fit.
                List<DataSplit> inner = split.folds(3, 6, RandomStream.of(4));
                assertThat(inner).hasSize(3);
                inner.forEach(SchemeTest::assertApart);
                inner.forEach(one -> assertThat(Collections.disjoint(groupsOf(one, TaskSplit::test), groupsOf(split, TaskSplit::test)))
                        .isTrue());
            }
            assertThat(held).hasSize(30).doesNotHaveDuplicates();
        }
        assertThat(groupsOf(data.resampling().split(data, 0, RandomStream.of(3)), TaskSplit::test))
                .isNotEqualTo(groupsOf(data.resampling().split(data, 5, RandomStream.of(3)), TaskSplit::test));
    }

    /** Ones come in 10 of 40 groups only; each side gets its quarter of them. */
    @Test
    void groupsKeepTheShareOfOnes() {
        Task task = Task.binary("t").block(EXAM, IntStream.range(0, 120).mapToObj(i -> new double[] {i}).toArray(double[][]::new))
                .response(IntStream.range(0, 120).mapToDouble(i -> i < 30 ? 1 : 0).toArray());
        TaskSet stratified = data(grouped(Map.of("t", groups(120, 3, "g")), 0, 1), task);
        TaskSet plain = data(new Resampling(new WholeGroups("patient", Map.of("t", groups(120, 3, "g")), false), 0, 1), task);
        Set<Long> ones = new HashSet<>();
        Set<Long> unbound = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            ones.add(IntStream.of(DataSplit.random(stratified, 0.2, 0.2, RandomStream.of(seed)).task("t").test()).filter(i -> i < 30)
                    .count());
            unbound.add(IntStream.of(DataSplit.random(plain, 0.2, 0.2, RandomStream.of(seed)).task("t").test()).filter(i -> i < 30)
                    .count());
        }
        assertThat(ones).containsExactly(6L);
        assertThat(unbound).hasSizeGreaterThan(2);
    }

    @Test
    void theOrderOfRowsAndTasksChangesNoGroup() {
        int[] order = RandomStream.of(9).permutation(120);
        Task forward = task("clinic", 120, 3);
        Task shuffled = Task.binary("clinic").block(EXAM, IntStream.of(order).mapToObj(i -> new double[] {i}).toArray(double[][]::new))
                .response(IntStream.of(order).mapToDouble(i -> forward.response()[i]).toArray());
        List<String> names = groups(120, 4, "p");
        List<String> home = groups(60, 2, "p");
        TaskSet one = visits(0, 1);
        TaskSet other = data(grouped(Map.of("clinic", IntStream.of(order).mapToObj(names::get).toList(), "home", home), 0, 1),
                task("home", 60, 5), shuffled);
        assertThat(groupsOf(DataSplit.random(other, 0.2, 0.2, RandomStream.of(1)), TaskSplit::test))
                .isEqualTo(groupsOf(DataSplit.random(one, 0.2, 0.2, RandomStream.of(1)), TaskSplit::test));
        assertThat(groupsOf(other.resampling().scheme().folds(DataSplit.all(other), 4, 4, RandomStream.of(1)).get(2), TaskSplit::test))
                .isEqualTo(groupsOf(one.resampling().scheme().folds(DataSplit.all(one), 4, 4, RandomStream.of(1)).get(2), TaskSplit::test));
    }

    /** One task is a single group, one has two, one a group of most rows: each keeps something to learn from. */
    @Test
    void awkwardGroupsLeaveEveryTaskARow() {
        List<String> lopsided = new ArrayList<>(Collections.nCopies(40, "giant"));
        lopsided.addAll(groups(10, 1, "s"));
        TaskSet data = data(grouped(Map.of("single", Collections.nCopies(20, "giant"), "pair", groups(20, 10, "s"), "lopsided", lopsided),
                3, 1),
                task("single", 20, 4), task("pair", 20, 4), task("lopsided", 50, 4));
        for (int seed = 0; seed < 30; seed++) {
            assertApart(DataSplit.random(data, 0.2, 0.2, RandomStream.of(seed)));
            List<DataSplit> folds = DataSplit.all(data).folds(3, 3, RandomStream.of(seed));
            assertThat(folds).hasSize(3);
            folds.forEach(SchemeTest::assertApart);
            folds.forEach(fold -> assertThat(fold.task("single").test()).as("its only group is always learned from").isEmpty());
        }
    }

    @Test
    void groupsThatCannotBe() {
        assertThatThrownBy(() -> data(grouped(Map.of("t", groups(10, 10, "g")), 0, 1), task("t", 10, 2))).isInstanceOf(DataException.class)
                .hasMessage("column 'patient' names one group in each task, so none can be held out");
        assertThatThrownBy(() -> data(grouped(Map.of("t", groups(10, 4, "g")), 5, 1), task("t", 10, 2))).isInstanceOf(DataException.class)
                .hasMessage("column 'patient' names 3 groups, and there are to be 5 folds; at least 2, and no more than groups");
        assertThatThrownBy(() -> data(grouped(Map.of("t", groups(9, 3, "g")), 0, 1), task("t", 10, 2))).isInstanceOf(DataException.class)
                .hasMessage("task 't': 9 groups for 10 rows");
        TaskSet good = visits(0, 1);
        assertThatThrownBy(() -> DataSplit.random(good, 0.5, 0.5, RandomStream.of(1))).isInstanceOf(DataException.class)
                .hasMessage("shares of validation 0.5 and test 0.5 must leave rows to learn from");
    }

    private static Resampling dated(Map<String, double[]> times, int folds) {
        return new Resampling(new PastToFuture("date", times, Double::toString), folds, 1);
    }

    private static double[] times(int rows, double from, double step) {
        return IntStream.range(0, rows).mapToDouble(i -> from + Math.floor(i * step)).toArray();
    }

    private static double[] times(DataSplit split, Function<TaskSplit, int[]> part) {
        PastToFuture scheme = (PastToFuture) split.data().resampling().scheme();
        return split.tasks().stream().flatMapToDouble(task -> {
            double[] at = scheme.times().get(task.task().name());
            return IntStream.of(part.apply(task)).mapToDouble(row -> at[row]);
        }).sorted().toArray();
    }

    private static void assertForward(DataSplit split) {
        double[] train = times(split, TaskSplit::train);
        double[] validation = times(split, TaskSplit::validation);
        double[] test = times(split, TaskSplit::test);
        if (validation.length > 0) {
            assertThat(train[train.length - 1]).isLessThan(validation[0]);
        }
        if (test.length > 0) {
            assertThat(Math.max(train[train.length - 1], validation.length == 0 ? 0 : validation[validation.length - 1]))
                    .isLessThan(test[0]);
        }
    }

    /** Times repeat three times; the tasks' ranges differ. */
    @Test
    void whatIsJudgedIsLaterThanWhatIsLearnedFromInAllTasks() {
        TaskSet data = data(dated(Map.of("a", times(90, 0, 1.0 / 3), "b", times(60, 5, 1.0 / 3)), 4), task("a", 90, 3), task("b", 60, 2));
        List<Double> judged = new ArrayList<>();
        for (int fold = 0; fold < data.resampling().splits(); fold++) {
            DataSplit split = data.resampling().split(data, fold, RandomStream.of(fold));
            assertForward(split);
            assertThat(times(split, TaskSplit::test)).isNotEmpty();
            assertThat(times(split, TaskSplit::validation)).isNotEmpty();
            Arrays.stream(times(split, TaskSplit::test)).forEach(judged::add);
            split.folds(3, 6, RandomStream.of(1)).forEach(SchemeTest::assertForward);
            assertThat(split.folds(3, 6, RandomStream.of(1))).isNotEmpty();
        }
        assertThat(judged).isSorted().hasSizeBetween(72, 78);
        assertThat(data.resampling().split(data, 1, RandomStream.of(1)).task("a").test())
                .isEqualTo(data.resampling().split(data, 1, RandomStream.of(2)).task("a").test());
        DataSplit last = DataSplit.random(data, 0.2, 0, RandomStream.of(1));
        assertForward(last);
        assertThat(times(last, TaskSplit::train).length + times(last, TaskSplit::validation).length).isEqualTo(150);
        assertThat(times(last, TaskSplit::validation).length).isBetween(27, 33);
    }

    /** A task that begins late keeps its rows to learn from where only validation rows are drawn, and is refused where it is judged. */
    @Test
    void aTaskThatBeginsLate() {
        Map<String, double[]> times = Map.of("a", times(60, 0, 1), "b", times(20, 55, 0.2));
        assertThatThrownBy(() -> data(dated(times, 3), task("a", 60, 3), task("b", 20, 2))).isInstanceOf(DataException.class)
                .hasMessage("task 'b' begins at date 55.0, and what is learned from ends before 40.0: it has nothing to learn from there; "
                        + "leave the task out, or ask for fewer folds");
        Map<String, double[]> later = Map.of("a", times(60, 0, 1), "b", times(20, 38, 1));
        TaskSet data = data(dated(later, 1), task("a", 60, 3), task("b", 20, 2));
        DataSplit judged = data.resampling().split(data, 0, RandomStream.of(1));
        assertThat(Arrays.stream(times(judged, TaskSplit::train)).max().orElseThrow()).isLessThan(times(judged, TaskSplit::test)[0]);
        assertThat(judged.task("b").train()).hasSize(1);
        assertThat(judged.task("b").validation()).as("all it has is late").isEmpty();
        assertThat(judged.folds(3, 6, RandomStream.of(1))).as("no fold before which every task has a row").isEmpty();
    }

    @Test
    void timesThatCannotBe() {
        Task task = task("t", 10, 2);
        assertThatThrownBy(() -> data(dated(Map.of("t", new double[10]), 1), task)).isInstanceOf(DataException.class)
                .hasMessage("column 'date' has too few different times for 1 fold from past to future");
        assertThatThrownBy(() -> data(dated(Map.of("t", times(10, 0, 0.2)), 3), task)).isInstanceOf(DataException.class)
                .hasMessage("column 'date' has too few different times for 3 folds from past to future");
        assertThatThrownBy(() -> data(dated(Map.of("t", times(10, 0, 1)), 0), task)).isInstanceOf(DataException.class)
                .hasMessage("0 folds from past to future (date): at least 1");
        assertThatThrownBy(() -> data(dated(Map.of("t", times(9, 0, 1)), 1), task)).isInstanceOf(DataException.class)
                .hasMessage("task 't': 9 times for 10 rows");
        assertThatThrownBy(() -> dated(Map.of("t", times(10, 0, 1)), 2).repeated(2)).isInstanceOf(DataException.class)
                .hasMessage("repeats 2: splits from past to future (date) are always the same; take it out");
    }

    private static Resampling given(Map<String, List<Part>> parts) {
        return new Resampling(new GivenParts("set", parts), 0, 1);
    }

    private static List<Part> parts(int train, int validation, int test) {
        List<Part> parts = new ArrayList<>(Collections.nCopies(train, Part.TRAIN));
        parts.addAll(Collections.nCopies(validation, Part.VALIDATION));
        parts.addAll(Collections.nCopies(test, Part.TEST));
        return parts;
    }

    @Test
    void aGivenSplitIsTheSplit() {
        TaskSet data = data(given(Map.of("a", parts(10, 4, 6), "b", parts(30, 0, 10), "c", parts(5, 0, 0))), task("a", 20, 2),
                task("b", 40, 4), task("c", 5, 2));
        assertThat(data.resampling().splits()).isEqualTo(1);
        DataSplit split = data.resampling().split(data, 0, RandomStream.of(1));
        assertThat(IntStream.of(split.task("a").train()).sorted()).containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
        assertThat(IntStream.of(split.task("a").validation()).sorted()).containsExactly(10, 11, 12, 13);
        assertThat(IntStream.of(split.task("a").test()).sorted()).containsExactly(14, 15, 16, 17, 18, 19);
        assertThat(split.task("b").train().length + split.task("b").validation().length).isEqualTo(30);
        assertThat(split.task("b").validation()).as("a quarter of what is learned from").hasSize(8);
        assertThat(split.task("c").test()).isEmpty();
        DataSplit last = DataSplit.random(data, 0.2, 0, RandomStream.of(1));
        assertThat(last.task("a").train()).as("test rows are learned from in the end").hasSize(16);
        assertThat(IntStream.of(last.task("a").validation()).sorted()).containsExactly(10, 11, 12, 13);
    }

    @Test
    void givenSplitsThatCannotBe() {
        assertThatThrownBy(() -> data(given(Map.of("a", parts(10, 10, 0))), task("a", 20, 2))).isInstanceOf(DataException.class)
                .hasMessage("column 'set' gives no row for the test");
        assertThatThrownBy(() -> data(given(Map.of("a", parts(0, 10, 10))), task("a", 20, 2))).isInstanceOf(DataException.class)
                .hasMessage("task 'a': no row is given to learn from in column 'set'");
        assertThatThrownBy(() -> data(given(Map.of("b", parts(10, 0, 10))), task("a", 20, 2))).isInstanceOf(DataException.class)
                .hasMessage("task 'a': 0 parts for 20 rows");
        assertThatThrownBy(() -> data(new Resampling(new GivenParts("set", Map.of("a", parts(10, 0, 10))), 5, 1), task("a", 20, 2)))
                .isInstanceOf(DataException.class).hasMessage("5 folds: the split of column 'set' is the only one");
    }

    /** Without a scheme, splits are those of single rows, to the last row. */
    @Test
    void theStandardIsTheRandomSplitOfEachTask() {
        TaskSet data = data(Resampling.STANDARD, task("a", 50, 3), task("b", 40, 2));
        assertThat(data.resampling()).isEqualTo(TaskSet.builder().task(task("a", 50, 3)).build().resampling());
        DataSplit split = data.resampling().split(data, 3, RandomStream.of(1));
        TaskSplit alone = TaskSplit.random(data.task("b"), 0.2, 0.2, RandomStream.of(1).child("repeat", 3).child("split/b"));
        assertThat(split.task("b").test()).isEqualTo(alone.test());
        assertThat(split.task("b").validation()).isEqualTo(alone.validation());
    }

    @Test
    void foldsOfRows() {
        TaskSet data = data(new Resampling(new RandomRows(true), 5, 2), task("a", 53, 3), task("small", 4, 2));
        assertThat(data.resampling().splits()).isEqualTo(10);
        List<Integer> held = new ArrayList<>();
        for (int fold = 0; fold < 5; fold++) {
            DataSplit split = data.resampling().split(data, fold, RandomStream.of(1));
            assertThat(split.task("a").validation().length).isBetween(8, 9);
            assertThat(split.task("small").test()).isEmpty();
            IntStream.of(split.task("a").test()).forEach(held::add);
        }
        assertThat(held).hasSize(53).doesNotHaveDuplicates();
        assertThatThrownBy(() -> data(new Resampling(new RandomRows(true), 60, 1), task("a", 53, 3))).isInstanceOf(DataException.class)
                .hasMessage("60 folds: no task has so many rows");
        assertThatThrownBy(() -> data(new Resampling(new RandomRows(true), 1, 1), task("a", 53, 3))).isInstanceOf(DataException.class)
                .hasMessage("1 folds: at least 2");
    }

    @Test
    void withoutStrataTheShareOfOnesVaries() {
        TaskSet data = data(new Resampling(new RandomRows(false), 0, 1), task("a", 100, 5));
        Set<Long> ones = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            DataSplit split = DataSplit.random(data, 0.2, 0.2, RandomStream.of(seed));
            assertThat(split.task("a").test()).hasSize(20);
            ones.add(IntStream.of(split.task("a").test()).filter(i -> i % 5 == 0).count());
        }
        assertThat(ones).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "920, 10", "1000, 10", "1001, 9", "2126, 4", "3000, 3", "7185, 3", "2000000000, 3"})
    void manyRowsAreSplitLessOften(int rows, int times) {
        assertThat(Resampling.repeats(rows)).isEqualTo(times);
    }

    @Test
    void countsAndWords() {
        assertThat(Resampling.STANDARD.describe()).isEqualTo("10 random splits");
        assertThat(Resampling.STANDARD.repeated(1).describe()).isEqualTo("1 random split");
        assertThat(new Resampling(new RandomRows(true), 5, 2).describe()).isEqualTo("2 times 5 folds");
        assertThat(grouped(Map.of(), 0, 4).describe()).isEqualTo("4 random splits of groups (patient)");
        assertThat(dated(Map.of(), 5).describe()).isEqualTo("5 folds from past to future (date)");
        assertThat(given(Map.of()).describe()).isEqualTo("1 split as given (set)");
        assertThat(Resampling.STANDARD.testToLearned()).isEqualTo(0.25);
        assertThat(new Resampling(new RandomRows(true), 5, 2).testToLearned()).isEqualTo(0.25);
        assertThat(grouped(Map.of(), 10, 1).testToLearned()).isCloseTo(1.0 / 9, within(1e-15));
        assertThat(dated(Map.of(), 2).testToLearned()).as("a quarter from a half, a quarter from three").isCloseTo((0.5 + 1.0 / 3) / 2,
                within(1e-15));
        assertThatThrownBy(() -> Resampling.STANDARD.repeated(0)).isInstanceOf(DataException.class);
    }
}
