package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureEncodingTest {
    private static final double NONE = Double.NaN;
    private static final Source EXAM = Source.of("exam", Column.continuous("age"), Column.binary("smoker"),
            Column.categorical("group", "A", "B", "0"));
    private static final Source LAB = Source.of("lab", "sugar");

    private static final TaskSet DATA = TaskSet.builder()
            .task(Task.continuous("north")
                    .block(EXAM, new double[][] {{1, 0, 2}, {3, 1, 0}, {NONE, NONE, NONE}, {100, 1, 1}})
                    .block(LAB, new double[][] {{4}, {4}, {4}, {4}})
                    .response(10, 20, 30, 1000))
            .task(Task.binary("south")
                    .block(EXAM, new double[][] {{5, 1, 1}, {7, 1, 1}, {NONE, 0, 1}})
                    .response(0, 1, 1))
            .build();
    private static final DataSplit SPLIT = DataSplit.of(DATA, task -> new TaskSplit(task, new int[] {0, 1, 2}, new int[0], new int[0]));
    private static final FeatureEncoding ENCODING = FeatureEncoding.of(SPLIT, FeatureEncoding.Scaling.STANDARDIZED);

    @Test
    void standardizesByTheGivenRowsOfAllTasksOnly() {
        // ages 1, 3, 5, 7; the row with 100 is not given
        Moments age = ENCODING.features().get("exam").getFirst().moments();
        assertThat(age.mean()).isEqualTo(4);
        assertThat(age.scale()).isCloseTo(Math.sqrt(5), within(1e-15));
        double[] dense = ENCODING.encode("north", EXAM, DATA.tasks().getFirst().cells().get(EXAM));
        assertThat(dense).hasSize(4 * 5);
        assertThat(dense[0]).isCloseTo(-3 / Math.sqrt(5), within(1e-15));
    }

    /** Ages of 1 to 7 were seen: those below -5 and above 13 count as these. */
    @Test
    void whatIsFarOutIsTakenToBeAtTheLimit() {
        for (FeatureEncoding.Scaling scaling : FeatureEncoding.Scaling.values()) {
            FeatureEncoding encoding = FeatureEncoding.of(SPLIT, scaling);
            double[] ages = {-1e300, -5.5, -5, -4.5, 12.5, 13, 13.5, 100, Double.MAX_VALUE};
            double[] taken = {-5, -5, -5, -4.5, 12.5, 13, 13, 13, 13};
            for (int i = 0; i < ages.length; i++) {
                double[] dense = encoding.encode("north", EXAM, new double[][] {{ages[i], 0, 0}});
                assertThat(dense[0]).as("%s, %s", scaling, ages[i]).isCloseTo(
                        scaling == FeatureEncoding.Scaling.RAW ? taken[i] : (taken[i] - 4) / Math.sqrt(5), within(1e-14));
            }
        }
    }

    /** Features stand in the order of their columns' names: age, the levels of group, smoker. */
    @Test
    void categoriesBecomeOneFeatureALevel() {
        double[] dense = ENCODING.encode("north", EXAM, new double[][] {{4, 1, 2}, {4, 0, 0}});
        assertThat(dense).containsExactly(0, 0, 0, 1, 1, 0, 1, 0, 0, 0);
        assertThat(ENCODING.width(EXAM)).isEqualTo(EXAM.width()).isEqualTo(5);
        assertThat(ENCODING.binary(EXAM)).containsExactly(false, true, true, true, true);
        assertThat(ENCODING.names(EXAM)).containsExactly("age", "group = A", "group = B", "group = 0", "smoker");
    }

    @Test
    void aMissingCellGetsItsTasksMean() {
        double[] north = ENCODING.encode("north", EXAM, new double[][] {{NONE, NONE, NONE}});
        assertThat(north[0]).as("mean of 1 and 3").isCloseTo((2 - 4) / Math.sqrt(5), within(1e-15));
        assertThat(north).as("shares of levels, share of smokers").endsWith(0.5, 0, 0.5, 0.5);
        double[] south = ENCODING.encode("south", EXAM, new double[][] {{NONE, NONE, NONE}});
        assertThat(south[0]).isCloseTo((6 - 4) / Math.sqrt(5), within(1e-15));
        assertThat(south[4]).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(Arrays.copyOfRange(south, 1, 4)).containsExactly(0, 1, 0);
        double[] absent = new double[5];
        ENCODING.encoder("north", EXAM).encode(null, absent, 0);
        assertThat(absent).as("a block that is not there").isEqualTo(north);
    }

    @Test
    void aLevelThatNoTrainingRowHasCountsAsMissing() {
        TaskSet north = TaskSet.builder().task(DATA.task("north")).build();
        DataSplit split = DataSplit.of(north, task -> new TaskSplit(task, new int[] {1, 3}, new int[0], new int[] {0}));
        FeatureEncoding encoding = FeatureEncoding.of(split, FeatureEncoding.Scaling.RAW);
        double[] dense = encoding.encode("north", EXAM, new double[][] {{1, 0, 2}, {1, 0, NONE}, {1, 0, 0}});
        assertThat(dense).containsExactly(1, 0.5, 0.5, 0, 0, 1, 0.5, 0.5, 0, 0, 1, 1, 0, 0, 0);
    }

    @Test
    void aTaskWithoutTheColumnGetsTheMeanOfTheOthers() {
        TaskSet data = TaskSet.builder().task(DATA.task("south"))
                .task(Task.continuous("west").block(EXAM, new double[][] {{1, 0, 0}, {2, 1, 1}}).block(LAB, new double[][] {{4}, {6}})
                .response(1, 2)).build();
        FeatureEncoding encoding = FeatureEncoding.of(DataSplit.all(data), FeatureEncoding.Scaling.RAW);
        assertThat(encoding.encode("south", LAB, new double[][] {{NONE}})).containsExactly(5);
    }

    @Test
    void aColumnThatDoesNotVaryIsNothing() {
        assertThat(ENCODING.features().get("lab").getFirst().moments()).isEqualTo(new Moments(4, 0));
        assertThat(ENCODING.encode("north", LAB, new double[][] {{6}, {4}, {NONE}})).containsExactly(0, 0, 0);
        assertThat(ENCODING.decode(LAB, new double[] {0.7})).isDeepEqualTo(new double[][] {{4}});
        assertThat(ENCODING.constantColumns()).containsExactly("sugar");
        FeatureEncoding raw = FeatureEncoding.of(SPLIT, FeatureEncoding.Scaling.RAW);
        assertThat(raw.encode("north", LAB, new double[][] {{6}, {4}})).containsExactly(0, 0);
    }

    @Test
    void whatDoesNotVaryInATaskIsTold() {
        assertThat(ENCODING.varying(EXAM, "north")).containsExactly(true, true, false, true, true);
        assertThat(ENCODING.varying(EXAM, "south")).containsExactly(true, false, false, false, true);
        assertThat(ENCODING.varying(List.of(LAB, EXAM), "south")).containsExactly(false, true, false, false, false, true);
        assertThat(ObservedFeatures.of(DATA.task("south"), List.of(EXAM), ENCODING)
                .dense(Observations.of(DATA.task("south"), new int[] {1})))
                .as("read by what learns from all tasks").endsWith(0, 1, 0, 1);
        assertThat(ObservedFeatures.alone(DATA.task("south"), ENCODING).dense(Observations.of(DATA.task("south"), new int[] {1})))
                .as("read by what learns from this task alone").endsWith(0, 0, 0, 1);
        assertThat(ObservedFeatures.of(DATA.task("south"), List.of(EXAM), ENCODING).alone()).isFalse();
        assertThat(ObservedFeatures.alone(DATA.task("south"), ENCODING).alone()).isTrue();
    }

    @Test
    void responsesAreStandardizedWithinTheirTaskIfContinuous() {
        assertThat(ENCODING.response().get("north").moments().mean()).isEqualTo(20);
        ResponseEncoding north = ENCODING.response().get("north");
        assertThat(north.encode(ResponseFamily.CONTINUOUS, new double[] {30})[0]).isCloseTo(10 / Math.sqrt(200.0 / 3), within(1e-14));
        assertThat(north.respond(ResponseFamily.CONTINUOUS, north.encode(ResponseFamily.CONTINUOUS, new double[] {77}))[0])
                .isCloseTo(77, within(1e-12));
        assertThat(ENCODING.response().get("south").encode(ResponseFamily.BINARY, new double[] {1})).containsExactly(1);
    }

    @Test
    void decodingUndoesEncoding() {
        double[][] block = {{1, 0, 2}, {3, 1, 0}, {13, 1, 1}};
        double[][] back = ENCODING.decode(EXAM, ENCODING.encode("north", EXAM, block));
        for (int i = 0; i < block.length; i++) {
            assertThat(back[i]).containsExactly(block[i], within(1e-13));
        }
    }

    @Test
    void decodingGivesValidCells() {
        assertThat(ENCODING.decode(EXAM, new double[] {0, 0.2, 0.5, 0.3, 0.25})).as("the most probable level, the more probable of 0 and 1")
                .isDeepEqualTo(new double[][] {{4, 0, 1}});
        assertThat(ENCODING.decode(EXAM, new double[] {0, 0.2, 0.1, 0.3, 0.5})).isDeepEqualTo(new double[][] {{4, 1, 2}});
        assertThat(ENCODING.decode(EXAM, new double[] {0, 0.1, 0.8, 0.1, 0, 0, 0.1, 0.1, 0.8, 1, 0, 0.2, 0.4, 0.4, 0}))
                .as("row by row; the first of equals").isDeepEqualTo(new double[][] {{4, 0, 1}, {4, 1, 2}, {4, 0, 1}});
    }

    @Test
    void rawIsRaw() {
        FeatureEncoding raw = FeatureEncoding.of(SPLIT, FeatureEncoding.Scaling.RAW);
        assertThat(raw.encode("north", EXAM, new double[][] {{7, 1, 0}, {NONE, 1, 0}})).containsExactly(7, 1, 0, 0, 1, 2, 1, 0, 0, 1);
        assertThat(raw.response().get("north").encode(ResponseFamily.CONTINUOUS, new double[] {30})).containsExactly(30);
    }

    @Test
    void theOrderOfColumnsChangesNothing() {
        Source turned = Source.of("exam", EXAM.columns().get(2), EXAM.columns().get(0), EXAM.columns().get(1));
        TaskSet.Builder builder = TaskSet.builder();
        for (Task task : DATA.tasks()) {
            double[][] block = Arrays.stream(task.cells().get(EXAM)).map(row -> new double[] {row[2], row[0], row[1]})
                    .toArray(double[][]::new);
            builder.task(Task.of(task.name(), task.family()).block(turned, block).response(task.response()));
        }
        TaskSet data = builder.build();
        FeatureEncoding encoding = FeatureEncoding.of(DataSplit.of(data,
                task -> new TaskSplit(task, new int[] {0, 1, 2}, new int[0], new int[0])),
                FeatureEncoding.Scaling.STANDARDIZED);
        for (Task task : DATA.tasks()) {
            assertThat(encoding.encode(task.name(), turned, data.task(task.name()).cells().get(turned)))
                    .isEqualTo(ENCODING.encode(task.name(), EXAM, task.cells().get(EXAM)));
        }
    }

    @Test
    void oneMoreTaskKeepsWhatIsKnown() {
        Task west = Task.continuous("west").block(EXAM, new double[][] {{2, 1, 0}, {2, 0, 0}})
                .block(Source.of("scan", "volume"), new double[][] {{1}, {3}})
                .response(1, 3);
        FeatureEncoding more = ENCODING.with(TaskSplit.all(west));
        assertThat(more.encode("north", EXAM, new double[][] {{3, 1, 2}}))
                .isEqualTo(ENCODING.encode("north", EXAM, new double[][] {{3, 1, 2}}));
        assertThat(more.encode("west", EXAM, new double[][] {{NONE, NONE, 0}})).containsExactly(-2 / Math.sqrt(5), 1, 0, 0, 0.5);
        assertThat(more.varying(EXAM, "west")).containsExactly(false, false, false, false, true);
        assertThat(more.response().get("west")).isEqualTo(ResponseEncoding.of(new Moments(2, 1)));
        assertThat(more.features().get("scan").getFirst().moments()).isEqualTo(new Moments(2, 1));
    }

    @Test
    void whatWasReadIsChecked() {
        ENCODING.check("north", List.of(EXAM, LAB));
        assertThatThrownBy(() -> ENCODING.check("west", List.of(EXAM))).hasMessage("the encoding lacks the scale of task 'west'");
        assertThatThrownBy(() -> ENCODING.check("north", List.of(Source.of("scan", "volume"))))
                .hasMessage("the encoding is not that of source 'scan' with columns [volume]");
        Source fewer = Source.of("exam", EXAM.columns().get(0), EXAM.columns().get(1), Column.categorical("group", "A", "B"));
        assertThatThrownBy(() -> ENCODING.check("north", List.of(fewer))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the encoding is not that of source 'exam' with columns [age, smoker, group]");
        Source other = Source.of("exam", Column.binary("age"), EXAM.columns().get(1), EXAM.columns().get(2));
        assertThatThrownBy(() -> ENCODING.check("north", List.of(other))).isInstanceOf(IllegalArgumentException.class);
        FeatureEncoding none = new FeatureEncoding(ENCODING.scaling(), Map.of(), ENCODING.response());
        assertThatThrownBy(() -> none.check("north", List.of(EXAM))).isInstanceOf(IllegalArgumentException.class);
    }
}
