package intarsia.models.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.explanation.RowChange.Kind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowChangeTest {
    private static final Task TASK = Exams.task("with", 40, true, false, 1);
    private static final Observations ROWS = Observations.of(TASK);

    private static double[] column(Observations rows, Source source, int column) {
        return Arrays.stream(rows.blocks().get(source)).mapToDouble(row -> row[column]).toArray();
    }

    private static Observations changed(Kind kind, String column) {
        return new RowChange(kind, "blood", column, "").of(ROWS, RandomStream.of(2));
    }

    @Test
    void whatIsPermutedHasTheSameNumbersAndAllElseStays() {
        Observations rows = changed(Kind.PERMUTED, "iron");
        assertThat(column(rows, Exams.BLOOD, 0)).isNotEqualTo(column(ROWS, Exams.BLOOD, 0))
                .containsExactlyInAnyOrder(column(ROWS, Exams.BLOOD, 0));
        assertThat(column(rows, Exams.BLOOD, 1)).isEqualTo(column(ROWS, Exams.BLOOD, 1));
        assertThat(rows.blocks().get(Exams.EXAM)).isEqualTo(ROWS.blocks().get(Exams.EXAM));
        double[][] block = changed(Kind.PERMUTED, "").blocks().get(Exams.BLOOD);
        Set<List<Double>> together = new HashSet<>();
        Arrays.stream(ROWS.blocks().get(Exams.BLOOD)).forEach(row -> together.add(List.of(row[0], row[1])));
        assertThat(Arrays.stream(block).map(row -> List.of(row[0], row[1]))).as("a block stays together").allMatch(together::contains);
    }

    @Test
    void whatIsWithheldIsMissing() {
        assertThat(Arrays.stream(changed(Kind.WITHHELD, "").blocks().get(Exams.BLOOD)).flatMapToDouble(Arrays::stream)).isNotEmpty()
                .allMatch(cell -> Double.isNaN(cell));
        assertThat(ROWS.blocks().get(Exams.BLOOD)[0][0]).as("the rows given stay as they are").isNotNaN();
    }

    /** Drawn from the rows nearest in all other columns: here those of the same group, which an exact search finds. */
    @Test
    void conditionalDrawsAreFromAlikeRows() {
        Source group = Source.of("group", "a");
        Source value = Source.of("value", "b");
        double[][] groups = IntStream.range(0, 30).mapToObj(i -> new double[] {i / 6}).toArray(double[][]::new);
        double[][] values = IntStream.range(0, 30).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
        Observations rows = new Observations(IntStream.range(0, 30).mapToObj(Integer::toString).toList(),
                Map.of(group, groups, value, values));
        double[][] drawn = new RowChange(Kind.CONDITIONAL, "value", "", "").of(rows, RandomStream.of(4)).blocks().get(value);
        for (int i = 0; i < 30; i++) {
            assertThat((int) drawn[i][0] / 6).isEqualTo(i / 6);
            assertThat(drawn[i][0]).isNotEqualTo(i);
        }
    }

    @Test
    void distancesKnowMissingCellsAndConstantColumns() {
        Source one = Source.of("one", "a", "constant");
        double nan = Double.NaN;
        Observations rows = new Observations(List.of("1", "2", "3", "4"), Map.of(one,
                new double[][] {{0, 5}, {1, 5}, {nan, 5}, {nan, 5}}));
        NearestRows nearest = NearestRows.of(rows, List.of(one));
        assertThat(nearest.to(2, new int[] {0, 1, 3})).containsExactly(3, 0, 1);
        assertThat(nearest.to(0, new int[] {3, 1})).as("a missing cell is as far away as can be; ties as given").containsExactly(3, 1);
    }

    @Test
    void theOrderOfColumnsAndSourcesDoesNotMatter() {
        Source turned = Source.of("blood", "salt", "iron");
        double[][] block = Arrays.stream(ROWS.blocks().get(Exams.BLOOD)).map(row -> new double[] {row[1], row[0]})
                .toArray(double[][]::new);
        Observations other = new Observations(ROWS.rows(), Map.of(turned, block, Exams.EXAM, ROWS.blocks().get(Exams.EXAM)));
        for (Kind kind : List.of(Kind.PERMUTED, Kind.CONDITIONAL)) {
            RowChange change = new RowChange(kind, "blood", "iron", "");
            assertThat(column(change.of(other, RandomStream.of(2)), turned, 1)).isEqualTo(column(changed(kind, "iron"), Exams.BLOOD, 0));
        }
    }

    @Test
    void allChangesAreNamedOnce() {
        List<RowChange> all = RowChange.all("with", ROWS, List.of(Exams.EXAM, Exams.BLOOD), List.of("with", "without"));
        assertThat(all).doesNotHaveDuplicates().hasSize(2 * 3 + 5 * 2 + 1);
        assertThat(all).filteredOn(of -> of.kind() == Kind.OTHER_TASK).containsExactly(new RowChange(Kind.OTHER_TASK, "", "", "without"));
        assertThat(all.getFirst().source()).as("by name").isEqualTo("blood");
        assertThat(RowChange.all("with", ROWS, List.of(), List.of("with"))).as("nothing is read").isEmpty();
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThatThrownBy(() -> new RowChange(Kind.PERMUTED, "", "", "")).hasMessageContaining("PERMUTED");
        assertThatThrownBy(() -> new RowChange(Kind.PERMUTED, "scan", "", "").of(ROWS, RandomStream.of(1))).hasMessageContaining("'scan'");
        assertThatThrownBy(() -> new RowChange(Kind.PERMUTED, "blood", "x", "").of(ROWS, RandomStream.of(1))).hasMessageContaining("'x'");
    }
}
