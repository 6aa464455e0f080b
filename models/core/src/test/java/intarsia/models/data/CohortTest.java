package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks about several responses of the same rows: a row is on one side for all of them, and counts once. */
class CohortTest {
    private static final Source EXAM = Source.of("exam", "age", "weight");
    private static final int ROWS = 60;

    private static double[] cells(String cohort, int row) {
        RandomStream random = RandomStream.of(5, cohort + "/" + row);
        return new double[] {50 + 10 * random.nextGaussian(), 70 + 5 * random.nextGaussian()};
    }

    /** Every third row lacks relapse, every fourth pain; every twelfth both. */
    private static Task task(String cohort, String about, boolean named) {
        boolean pain = about.equals("pain");
        int[] rows = IntStream.range(0, ROWS).filter(row -> row % (pain ? 4 : 3) != 0).toArray();
        int[] others = IntStream.range(0, ROWS).filter(row -> row % (pain ? 4 : 3) == 0).toArray();
        double[] y = Arrays.stream(rows).mapToDouble(row -> pain ? cells(cohort, row)[0] : row % 5 == 0 ? 1 : 0).toArray();
        return Task.of(cohort, about, pain ? ResponseFamily.CONTINUOUS : ResponseFamily.BINARY)
                .rows(named ? names(rows) : null)
                .block(EXAM, Arrays.stream(rows).mapToObj(row -> cells(cohort, row)).toArray(double[][]::new))
                .unlabelled(new Observations(names(others), Map.of(EXAM, Arrays.stream(others).mapToObj(row -> cells(cohort, row))
                        .toArray(double[][]::new))))
                .response(y);
    }

    private static List<String> names(int[] rows) {
        return Arrays.stream(rows).mapToObj(row -> "r" + row).toList();
    }

    private static TaskSet.Builder tasks(boolean named) {
        TaskSet.Builder builder = TaskSet.builder();
        for (String cohort : List.of("oslo", "bergen")) {
            builder.task(task(cohort, "relapse", named)).task(task(cohort, "pain", named));
        }
        return builder;
    }

    /** The side of each row, by its cells; fails where a row is on two. */
    private static void consistent(DataSplit split) {
        Map<List<Double>, String> sides = new HashMap<>();
        for (TaskSplit task : split.tasks()) {
            side(task, task.train(), "train", sides);
            side(task, task.validation(), "validation", sides);
            side(task, task.test(), "test", sides);
        }
    }

    private static void side(TaskSplit task, int[] rows, String side, Map<List<Double>, String> sides) {
        for (int row : rows) {
            List<Double> cells = Arrays.stream(task.task().cells().get(EXAM)[row]).boxed().toList();
            assertThat(sides.merge(cells, side, (one, other) -> one.equals(other) ? one : "two")).as(task.task() + " " + row)
                    .isEqualTo(side);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRowIsOnOneSideForAllItsResponses(boolean named) {
        TaskSet data = tasks(named).build();
        for (int seed = 0; seed < 5; seed++) {
            DataSplit split = DataSplit.random(data, 0.2, 0.2, RandomStream.of(seed));
            consistent(split);
            for (TaskSplit task : split.tasks()) {
                assertThat((double) task.test().length / task.task().size()).as(task.task().name()).isBetween(0.12, 0.28);
                assertThat((double) task.validation().length / task.task().size()).as(task.task().name()).isBetween(0.12, 0.28);
                if (task.task().about().equals("relapse")) {
                    assertThat(Arrays.stream(task.responses(task.test())).sum()).as("ones are shared out").isBetween(1.0, 3.0);
                }
            }
            List<DataSplit> folds = split.folds(4, 4, RandomStream.of(seed));
            folds.forEach(CohortTest::consistent);
            assertThat(folds).hasSize(4);
            for (TaskSplit task : split.tasks()) {
                assertThat(folds.stream().mapToInt(fold -> fold.task(task.task().name()).test().length).sum())
                        .isEqualTo(task.trainAndValidation().length);
            }
        }
    }

    @Test
    void addingARowsOtherResponsesChangesNoOtherCohort() {
        DataSplit both = DataSplit.random(tasks(true).build(), 0.2, 0.2, RandomStream.of(1));
        TaskSet oslo = TaskSet.builder().task(task("oslo", "relapse", true)).task(task("oslo", "pain", true)).build();
        DataSplit one = DataSplit.random(oslo, 0.2, 0.2, RandomStream.of(1));
        assertThat(one.task("pain in oslo").test()).isEqualTo(both.task("pain in oslo").test());
    }

    @Test
    void everySchemeKeepsARowOnOneSide() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        Map<String, double[]> times = new LinkedHashMap<>();
        Map<String, List<GivenParts.Part>> parts = new LinkedHashMap<>();
        for (Task task : tasks(true).build().tasks()) {
            List<Integer> rows = task.rows().stream().map(row -> Integer.parseInt(row.substring(1))).toList();
            groups.put(task.name(), rows.stream().map(row -> task.cohort() + row / 3).toList());
            times.put(task.name(), rows.stream().mapToDouble(row -> row).toArray());
            parts.put(task.name(), rows.stream().map(row -> row % 6 == 2 ? GivenParts.Part.TEST : GivenParts.Part.TRAIN).toList());
        }
        for (Resampling resampling : List.of(new Resampling(new WholeGroups("family", groups, true), 0, 3),
                new Resampling(new WholeGroups("family", groups, true), 4, 1),
                new Resampling(new PastToFuture("day", times, Double::toString), 3, 1),
                new Resampling(new GivenParts("set", parts), 0, 1), new Resampling(new RandomRows(false), 5, 1))) {
            TaskSet data = tasks(true).resampling(resampling).build();
            for (int index = 0; index < resampling.splits(); index++) {
                consistent(resampling.split(data, index, RandomStream.of(2)));
            }
        }
    }

    @Test
    void eachRowCountsOnce() {
        DataSplit all = DataSplit.all(tasks(true).build());
        int[] given = IntStream.range(0, ROWS).filter(row -> row % 4 != 0 || row % 3 != 0).toArray();
        assertThat(all.once().stream().mapToInt(task -> task.train().length).sum()).isEqualTo(2 * given.length);
        Set<List<Double>> seen = new HashSet<>();
        all.once().forEach(task -> Arrays.stream(task.train()).forEach(row -> assertThat(seen.add(Arrays.stream(task.task().cells()
                .get(EXAM)[row]).boxed().toList())).isTrue()));
        List<String> without = new ArrayList<>();
        all.taskList().forEach(task -> without.addAll(all.unlabelled(task).rows()));
        assertThat(without).as("no response at all").hasSize(2 * (ROWS - given.length))
                .allMatch(row -> Integer.parseInt(row.substring(1)) % 12 == 0);

        TaskSet.Builder single = TaskSet.builder();
        for (String cohort : List.of("oslo", "bergen")) {
            single.task(Task.continuous(cohort).rows(names(given)).block(EXAM, Arrays.stream(given).mapToObj(row -> cells(cohort, row))
                    .toArray(double[][]::new)).response(new double[given.length]));
        }
        FeatureEncoding once = FeatureEncoding.of(DataSplit.all(single.build()), FeatureEncoding.Scaling.STANDARDIZED);
        FeatureEncoding several = FeatureEncoding.of(all, FeatureEncoding.Scaling.STANDARDIZED);
        for (int f = 0; f < 2; f++) {
            Feature one = once.features().get("exam").get(f);
            Feature other = several.features().get("exam").get(f);
            assertThat(other.moments().mean()).isCloseTo(one.moments().mean(), within(1e-12));
            assertThat(other.moments().scale()).isCloseTo(one.moments().scale(), within(1e-12));
            assertThat(other.fill().get("pain in oslo")).isEqualTo(other.fill().get("relapse in oslo"))
                    .isCloseTo(one.fill().get("oslo"), within(1e-12));
        }
    }

    @Test
    void aCohortIsLeftOutWhole() {
        TaskSet data = tasks(true).build();
        assertThat(data.without(data.task("pain in oslo")).tasks()).extracting(Task::cohort).containsOnly("bergen");
        assertThat(data.byResponse()).extracting(part -> part.tasks().getFirst().about()).containsExactly("relapse", "pain");
        assertThat(data.missingness().tasks()).containsExactly("oslo", "bergen");
    }

    @Test
    void aResponseHasOneKind() {
        Task other = Task.of("voss", "pain", ResponseFamily.BINARY).block(EXAM, new double[][] {{1, 2}, {2, 3}}).response(0, 1);
        assertThatThrownBy(() -> tasks(true).task(other).build()).isInstanceOf(DataException.class)
                .hasMessage("response 'pain' is continuous in task 'oslo' and binary in task 'voss'; it has one kind in all tasks");
    }
}
