package intarsia.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.models.files.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CostTest {
    private static final double[] SIZES = {1, 2, 4, 8, 16};

    @TempDir
    private Path folder;

    /** {@code 3 x^1.5} gives itself; a constant has exponent 0; points around a law, the law that is as near above as below. */
    @Test
    void knownSeries() {
        PowerLaw exact = PowerLaw.of(SIZES, Arrays.stream(SIZES).map(x -> 3 * Math.pow(x, 1.5)).toArray());
        assertThat(exact.exponent()).isCloseTo(1.5, within(1e-12));
        assertThat(exact.factor()).isCloseTo(3, within(1e-12));
        assertThat(exact.at(9)).isCloseTo(81, within(1e-9));
        assertThat(PowerLaw.of(SIZES, new double[] {7, 7, 7, 7, 7}).exponent()).isCloseTo(0, within(1e-12));
        assertThat(PowerLaw.of(new double[] {1, 2, 2, 1}, new double[] {2, 4, 16, 8}).exponent()).isCloseTo(1, within(1e-12));
    }

    @Test
    void noLaw() {
        assertThatThrownBy(() -> PowerLaw.of(new double[] {2, 2}, new double[] {1, 3})).hasMessageContaining("two different x");
        assertThatThrownBy(() -> PowerLaw.of(new double[] {1, 0}, new double[] {1, 3})).hasMessageContaining("above 0");
        assertThatThrownBy(() -> PowerLaw.of(new double[] {1, 2}, new double[] {1, Double.NaN})).hasMessageContaining("above 0");
    }

    /** The largest three sizes decide: what does not grow hides the exponent in smaller ones. */
    @Test
    void theLargestDecide() {
        CostGrid grid = new CostGrid(new DataSize(1, 1, 1));
        for (double size : SIZES) {
            Map<CostStep, Double> seconds = new EnumMap<>(CostStep.class);
            Arrays.stream(CostStep.values()).forEach(step -> seconds.put(step, size < 4 ? 5 : size * size));
            grid.add(DataSize.Axis.ROWS, grid.base().with(DataSize.Axis.ROWS, (int) size), seconds);
        }
        assertThat(grid.law(DataSize.Axis.ROWS, CostStep.PREDICT).exponent()).isCloseTo(2, within(1e-12));
    }

    /** What {@code --write} is told. */
    @Test
    void written() throws IOException {
        DataSize.of(List.of("3", "20", "7", "1", "5")).write(folder);
        Study study = Study.read(folder);
        assertThat(study.tasks().tasks()).hasSize(3).allSatisfy(task -> assertThat(task.size()).isEqualTo(20));
        assertThat(study.schema().sources()).singleElement().satisfies(source -> assertThat(source.columns()).hasSize(7));
        assertThat(Files.readAllLines(folder.resolve("new.csv"))).hasSize(6);
        assertThat(DataSize.of(List.of("3", "20", "7"))).isEqualTo(new DataSize(3, 20, 7, 2, 20));
        assertThatThrownBy(() -> DataSize.of(List.of("3", "20"))).hasMessageContaining("TASKS ROWS COLUMNS");
        assertThatThrownBy(() -> DataSize.of(List.of("3", "20", "7", "3"))).hasMessageContaining("at most 2 sources");
    }

    /** Small studies: every step takes some time at every size, the page has them all, and nothing is left behind. */
    @Test
    void small() throws IOException {
        CostGrid grid = Cost.measure(new DataSize(2, 40, 4), 1, folder);
        CostPage page = new CostPage(grid);
        for (DataSize.Axis axis : DataSize.Axis.values()) {
            assertThat(grid.along(axis)).hasSize(2).allSatisfy(point -> assertThat(point.seconds()).containsOnlyKeys(CostStep.values()));
            assertThat(page.markdown()).contains("### Seconds by " + axis.label());
        }
        assertThat(page.markdown()).contains("| 80 |").contains("exponent of rows");
        assertThat(page.svg()).startsWith("<?xml").contains("proportional");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
