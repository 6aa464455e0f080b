package intarsia.models.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.RandomStream;
import intarsia.models.data.CohortRows;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two responses of the same rows: pain is not known of every seventh, relapse not of every fifth, neither of rows 0 and 35. */
class CompletedRowsTest {
    private static final int ROWS = 40;
    private static final Source EXAM = Source.of("exam", "age", "weight");
    private static final Source LABS = Source.of("labs", "crp");
    private static final IntPredicate PAIN = i -> i % 7 != 0;
    private static final IntPredicate RELAPSE = i -> i % 5 != 0;

    private record Clinics(boolean named, boolean reversed) {
        private double[][] numbers(String cohort) {
            RandomStream random = RandomStream.of(4, cohort);
            double[][] numbers = new double[ROWS][];
            for (int i = 0; i < ROWS; i++) {
                double age = random.nextGaussian();
                double crp = age + 0.5 * random.nextGaussian();
                numbers[i] = new double[] {age, random.nextGaussian(), crp, crp + random.nextGaussian(),
                    age - crp + random.nextGaussian() > 0 ? 1 : 0};
            }
            return numbers;
        }

        private int[] rows(IntPredicate which) {
            int[] rows = IntStream.range(0, ROWS).filter(which).toArray();
            return reversed ? IntStream.range(0, rows.length).map(k -> rows[rows.length - 1 - k]).toArray() : rows;
        }

        /** Every fourth row lacks crp; in the south all do. */
        private Observations observations(String cohort, IntPredicate which) {
            double[][] numbers = numbers(cohort);
            double[][] exam = IntStream.of(rows(which)).mapToObj(i -> new double[] {numbers[i][0], numbers[i][1]})
                    .toArray(double[][]::new);
            double[][] labs = IntStream.of(rows(which)).mapToObj(i -> new double[] {i % 4 == 1 ? Double.NaN : numbers[i][2]})
                    .toArray(double[][]::new);
            return new Observations(IntStream.of(rows(which)).mapToObj(i -> cohort + i).toList(),
                    cohort.equals("south") ? Map.of(EXAM, exam) : Map.of(EXAM, exam, LABS, labs));
        }

        private Task task(String cohort, String about, IntPredicate which, ResponseFamily family) {
            Observations rows = observations(cohort, which);
            Task.Builder task = Task.of(cohort, about, family).rows(named ? rows.rows() : null)
                    .unlabelled(observations(cohort, which.negate()));
            List.of(EXAM, LABS).stream().filter(rows.blocks()::containsKey).forEach(source ->
                    task.block(source, rows.blocks().get(source)));
            double[][] numbers = numbers(cohort);
            return task.response(IntStream.of(rows(which)).mapToDouble(i -> numbers[i][about.equals("pain") ? 3 : 4]).toArray());
        }

        TaskSet data() {
            List<Task> tasks = new ArrayList<>();
            for (String cohort : List.of("north", "south")) {
                tasks.add(task(cohort, "pain", PAIN, ResponseFamily.CONTINUOUS));
                tasks.add(task(cohort, "relapse", RELAPSE, ResponseFamily.BINARY));
            }
            if (reversed) {
                Collections.reverse(tasks);
            }
            TaskSet.Builder data = TaskSet.builder();
            tasks.forEach(data::task);
            return data.build();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRowOfTwoResponsesIsOneRow(boolean named) {
        Clinics clinics = new Clinics(named, false);
        TaskSet data = clinics.data();
        List<CohortRows> cohorts = CohortRows.of(DataSplit.all(data));
        assertThat(cohorts).extracting(CohortRows::size).containsExactly(ROWS, ROWS);
        JointEncoding encoding = JointEncoding.of(DataSplit.all(data), true);
        IncompleteRows rows = encoding.rows(cohorts);
        assertThat(rows.size()).isEqualTo(2 * ROWS);
        // age, weight, crp, pain, relapse
        assertThat(rows.d()).isEqualTo(5);
        assertThat(rows.seen(0)).hasSize(2 * ROWS);
        assertThat(rows.seen(3)).hasSize(2 * clinics.rows(PAIN).length);
        assertThat(rows.seen(4)).hasSize(2 * clinics.rows(RELAPSE).length);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allTasksOfACohortHaveTheSameCells(boolean named) {
        Clinics clinics = new Clinics(named, false);
        MultipleImputation imputation = new MultipleImputation(clinics.data(), RandomStream.of(1));
        for (CompletedRows completed : List.of(imputation.expected(), imputation.draw(0).completed())) {
            for (String cohort : List.of("north", "south")) {
                double[][] all = completed.of("pain in " + cohort, clinics.observations(cohort, i -> true)).get(LABS);
                double[][] pain = completed.tasks().get("pain in " + cohort).get(LABS);
                double[][] relapse = completed.tasks().get("relapse in " + cohort).get(LABS);
                assertThat(IntStream.of(clinics.rows(PAIN)).mapToObj(i -> all[i]).toArray(double[][]::new)).isDeepEqualTo(pain);
                assertThat(IntStream.of(clinics.rows(RELAPSE)).mapToObj(i -> all[i]).toArray(double[][]::new)).isDeepEqualTo(relapse);
                assertThat(Arrays.stream(all)).allMatch(row -> Double.isFinite(row[0]));
                double[][] numbers = clinics.numbers(cohort);
                for (int i = 0; i < ROWS; i++) {
                    assertThat(all[i][0] == numbers[i][2]).isEqualTo(cohort.equals("north") && i % 4 != 1);
                }
            }
            assertThatThrownBy(() -> completed.of("west", Observations.NONE)).isInstanceOf(DataException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void orderDoesNotMatter(boolean named) {
        Clinics clinics = new Clinics(named, false);
        CompletedRows plain = new MultipleImputation(clinics.data(), RandomStream.of(1)).draw(1).completed();
        CompletedRows other = new MultipleImputation(new Clinics(named, true).data(), RandomStream.of(1)).draw(1).completed();
        for (String cohort : List.of("north", "south")) {
            Observations rows = clinics.observations(cohort, i -> true);
            assertThat(other.of("relapse in " + cohort, rows).get(LABS)).isDeepEqualTo(plain.of("pain in " + cohort, rows).get(LABS));
        }
    }

    /** What is drawn of a row depends on both its responses. */
    @Test
    void drawsKnowEachResponse() {
        TaskSet data = new Clinics(true, false).data();
        MultipleImputation plain = new MultipleImputation(data, RandomStream.of(1));
        for (String about : List.of("pain", "relapse")) {
            TaskSet changed = data.with(data.given().stream().map(task -> {
                double[] other = task.response().clone();
                if (task.name().equals(about + " in south")) {
                    other[10] = about.equals("pain") ? other[10] + 3 : 1 - other[10];
                }
                return task.with(task.family(), other);
            }).toList());
            double[][] before = plain.draw(0).completed().tasks().get(about + " in south").get(LABS);
            double[][] after = new MultipleImputation(changed, RandomStream.of(1)).draw(0).completed().tasks().get(about + " in south")
                    .get(LABS);
            assertThat(after[10][0]).isNotEqualTo(before[10][0]);
        }
    }

    /** On the same tables each response's regression is what it is alone. */
    @Test
    void coefficientsOfEachResponse() {
        TaskSet data = new Clinics(true, false).data();
        Map<String, Map<Source, double[][]>> tables = new MultipleImputation(data, RandomStream.of(1)).draw(0).completed().tasks();
        List<PooledRegression> each = PooledRegression.ofEach(data, List.of("age", "crp"));
        assertThat(each).extracting(PooledRegression::about).containsExactly("pain", "relapse");
        assertThat(each).allMatch(of -> of.names().equals(List.of("task north", "task south", "age", "crp")));
        for (PooledRegression regression : each) {
            List<Task> own = data.given().stream().filter(task -> task.about().equals(regression.about())).toList();
            TaskSet.Builder alone = TaskSet.builder();
            own.forEach(task -> {
                Task.Builder same = Task.of(task.name(), task.family());
                List.of(EXAM, LABS).forEach(source -> same.block(source, tables.get(task.name()).get(source)));
                alone.task(same.response(task.response()));
            });
            CompletedRegression fitted = regression.fit(tables);
            assertThat(fitted.coefficients()).isEqualTo(new PooledRegression(alone.build(), List.of("age", "crp")).fit(tables)
                    .coefficients());
            assertThat(fitted.freedom()).isEqualTo(own.stream().mapToInt(Task::size).sum() - 4);
        }
        assertThatThrownBy(() -> PooledRegression.ofEach(data, List.of("agee"))).isInstanceOf(DataException.class)
                .hasMessageContaining("no column 'agee'");
    }
}
