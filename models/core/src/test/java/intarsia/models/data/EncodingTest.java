package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EncodingTest {
    private static final double NONE = Double.NaN;
    private static final Source EXAM = Source.of("exam", Column.continuous("age"), Column.binary("smoker"), Column.categorical("group", "A", "B", "0"));
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
    private static final List<int[]> ROWS = List.of(new int[] {0, 1, 2}, new int[] {0, 1, 2});
    private static final Encoding ENCODING = Encoding.of(DATA, ROWS, Encoding.Scaling.STANDARDIZED);

    @Test
    void standardizesByTheGivenRowsOfAllTasksOnly() {
        // ages 1, 3, 5, 7; the row with 100 is not given
        Encoding.Moments age = ENCODING.features().get("exam").getFirst().moments();
        assertThat(age.mean()).isEqualTo(4);
        assertThat(age.scale()).isCloseTo(Math.sqrt(5), within(1e-15));
        double[] dense = ENCODING.encode("north", EXAM, DATA.tasks().getFirst().blocks().get(EXAM));
        assertThat(dense).hasSize(4 * 5);
        assertThat(dense[0]).isCloseTo(-3 / Math.sqrt(5), within(1e-15));
        assertThat(dense[3 * 5]).isCloseTo(96 / Math.sqrt(5), within(1e-13));
    }

    @Test
    void categoriesBecomeOneFeatureALevel() {
        double[] dense = ENCODING.encode("north", EXAM, new double[][] {{4, 1, 2}, {4, 0, 0}});
        assertThat(dense).containsExactly(0, 1, 0, 0, 1, 0, 0, 1, 0, 0);
        assertThat(ENCODING.width(EXAM)).isEqualTo(EXAM.width()).isEqualTo(5);
        assertThat(ENCODING.binary(EXAM)).containsExactly(false, true, true, true, true);
    }

    @Test
    void aMissingCellGetsItsTasksMean() {
        double[] north = ENCODING.encode("north", EXAM, new double[][] {{NONE, NONE, NONE}});
        assertThat(north[0]).as("mean of 1 and 3").isCloseTo((2 - 4) / Math.sqrt(5), within(1e-15));
        assertThat(north[1]).as("share of smokers").isEqualTo(0.5);
        assertThat(north).as("shares of levels").endsWith(0.5, 0, 0.5);
        double[] south = ENCODING.encode("south", EXAM, new double[][] {{NONE, NONE, NONE}});
        assertThat(south[0]).isCloseTo((6 - 4) / Math.sqrt(5), within(1e-15));
        assertThat(south[1]).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(south).endsWith(0, 1, 0);
    }

    @Test
    void aTaskWithoutTheColumnGetsTheMeanOfTheOthers() {
        assertThat(ENCODING.encode("south", LAB, new double[][] {{NONE}})).containsExactly(0);
    }

    @Test
    void aColumnThatDoesNotVaryKeepsItsScale() {
        assertThat(ENCODING.features().get("lab").getFirst().moments()).isEqualTo(new Encoding.Moments(4, 1));
        assertThat(ENCODING.encode("north", LAB, new double[][] {{6}})).containsExactly(2);
    }

    @Test
    void responsesAreStandardizedWithinTheirTaskIfContinuous() {
        assertThat(ENCODING.response().get("north").mean()).isEqualTo(20);
        assertThat(ENCODING.encodeResponse("north", 30)).isCloseTo(10 / Math.sqrt(200.0 / 3), within(1e-14));
        assertThat(ENCODING.decodeResponse("north", ENCODING.encodeResponse("north", 77))).isCloseTo(77, within(1e-12));
        assertThat(ENCODING.encodeResponse("south", 1)).isEqualTo(1);
    }

    @Test
    void decodingUndoesEncoding() {
        double[][] block = {{1, 0, 2}, {3, 1, 0}, {100, 1, 1}};
        double[][] back = ENCODING.decode(EXAM, ENCODING.encode("north", EXAM, block));
        for (int i = 0; i < block.length; i++) {
            assertThat(back[i]).containsExactly(block[i], within(1e-13));
        }
    }

    @Test
    void decodingTakesTheMostProbableLevel() {
        assertThat(ENCODING.decode(EXAM, new double[] {0, 0.25, 0.2, 0.5, 0.3})).isDeepEqualTo(new double[][] {{4, 0.25, 1}});
    }

    @Test
    void rawIsRaw() {
        Encoding raw = Encoding.of(DATA, ROWS, Encoding.Scaling.RAW);
        assertThat(raw.encode("north", EXAM, new double[][] {{7, 1, 0}, {NONE, 1, 0}})).containsExactly(7, 1, 1, 0, 0, 2, 1, 1, 0, 0);
        assertThat(raw.encodeResponse("north", 30)).isEqualTo(30);
    }
}
