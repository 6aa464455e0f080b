package intarsia.models.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulations' covariance and response, measured and computed again. */
class BlockMissingTest {
    /** A task's columns as they were before any were hidden. */
    private static double[][] columns(BlockMissing.SimulatedBlocks drawn, int task) {
        Task of = drawn.data().tasks().get(task);
        double[][] x = new double[of.size()][];
        List<Source> sources = new java.util.ArrayList<>(drawn.data().anchors());
        sources.addAll(drawn.data().others());
        for (int i = 0; i < x.length; i++) {
            double[] row = new double[0];
            for (Source source : sources) {
                double[] part = (of.cells().containsKey(source) ? of.cells() : drawn.hidden("task " + (task + 1))).get(source)[i];
                int from = row.length;
                row = java.util.Arrays.copyOf(row, from + part.length);
                System.arraycopy(part, 0, row, from, part.length);
            }
            x[i] = row;
        }
        return x;
    }

    private static BlockMissing small(double alpha, double noise, boolean linear, boolean bent) {
        return new BlockMissing(List.of(4000, 4000), 20, List.of(5, 5), List.of(0.95, 0.7), List.of(noise, noise), alpha, linear, bent);
    }

    @Test
    void covarianceDecaysWithDistance() {
        BlockMissing.SimulatedBlocks drawn = small(0.3, 0.1, false, false).draw(RandomStream.of(1));
        for (int t = 0; t < 2; t++) {
            double[][] x = columns(drawn, t);
            double rho = t == 0 ? 0.95 : 0.7;
            for (int i = 0; i < 30; i += 7) {
                for (int j = 0; j < 30; j += 5) {
                    double sum = 0;
                    double mean = 0;
                    for (double[] row : x) {
                        sum += row[i] * row[j];
                        mean += row[i];
                    }
                    // standard error of a covariance of nearly equal unit columns: sqrt(2 / 4000) = 0.022
                    assertThat(sum / x.length).as("covariance of columns %d and %d", i, j)
                            .isCloseTo(Math.pow(rho, 0.01 * Math.abs(i - j)), within(0.09));
                    assertThat(mean / x.length).isCloseTo(0, within(0.07));
                }
            }
            double differences = 0;
            for (double[] row : x) {
                differences += (row[29] - row[0]) * (row[29] - row[0]);
            }
            assertThat(differences / x.length).isCloseTo(2 - 2 * Math.pow(rho, 0.29), within(0.15 * (2 - 2 * Math.pow(rho, 0.29))));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void responseFollowsItsFormula(boolean linear) {
        RandomStream random = RandomStream.of(7);
        BlockMissing.SimulatedBlocks drawn = small(0.4, 1e-9, linear, false).draw(random);
        double[] shared = draw(random.child("coefficients/shared"));
        for (int t = 0; t < 2; t++) {
            double[] own = draw(random.child("coefficients/" + (t + 1)));
            double[][] x = columns(drawn, t);
            for (int i = 0; i < 50; i++) {
                double y = 0;
                for (int d = 0; d < 30; d++) {
                    y += 0.4 * shared[d] * (linear ? x[i][d] : x[i][d] * x[i][d]) / 30 + 0.6 * own[d] * x[i][d] / 30;
                }
                assertThat(drawn.data().tasks().get(t).response()[i]).isCloseTo(y, within(1e-7));
            }
        }
    }

    private static double[] draw(RandomStream random) {
        double[] v = new double[30];
        for (int d = 0; d < 30; d++) {
            v[d] = -10 + 10 * random.nextGaussian();
        }
        return v;
    }

    @Test
    void noiseHasItsDeviation() {
        RandomStream random = RandomStream.of(7);
        double[] loud = small(0.4, 2, false, false).draw(random).data().tasks().getFirst().response();
        double[] silent = small(0.4, 0, false, false).draw(random).data().tasks().getFirst().response();
        double square = 0;
        for (int i = 0; i < loud.length; i++) {
            square += (loud[i] - silent[i]) * (loud[i] - silent[i]) / loud.length;
        }
        assertThat(Math.sqrt(square)).isCloseTo(2, within(0.1));
    }

    @Test
    void bentColumnsAreBent() {
        double[][] straight = columns(small(0.4, 0.1, false, false).draw(RandomStream.of(1)), 0);
        double[][] bent = columns(small(0.4, 0.1, false, true).draw(RandomStream.of(1)), 0);
        assertThat(bent[3][4]).isCloseTo(straight[3][4] + 0.3 * Math.sin(straight[3][4]), within(1e-14));
    }

    @Test
    void everyTaskHasTheAnchorAndItsOwnSource() {
        BlockMissing.SimulatedBlocks drawn = BlockMissing.settingB(0.9).draw(RandomStream.of(1));
        assertThat(drawn.data().anchors()).extracting(Source::name).containsExactly("anchor");
        assertThat(drawn.data().others()).extracting(Source::name).containsExactly("source 1", "source 2");
        for (int t = 0; t < 2; t++) {
            assertThat(drawn.data().tasks().get(t).size()).isEqualTo(300);
            assertThat(drawn.data().tasks().get(t).blocks().keySet()).extracting(Source::name)
                    .containsExactly("anchor", "source " + (t + 1));
            Map<Source, double[][]> hidden = drawn.hidden("task " + (t + 1));
            assertThat(hidden.keySet()).extracting(Source::name).containsExactly("source " + (2 - t));
        }
        assertThat(drawn.data().anchors().getFirst().width()).isEqualTo(100);
        assertThat(drawn.data().others().getFirst().width()).isEqualTo(25);
    }

    @Test
    void theSeedDecides() {
        double[] one = BlockMissing.settingB(0.9).draw(RandomStream.of(1)).data().tasks().getFirst().response();
        assertThat(BlockMissing.settingB(0.9).draw(RandomStream.of(1)).data().tasks().getFirst().response()).isEqualTo(one);
        assertThat(BlockMissing.settingB(0.9).draw(RandomStream.of(2)).data().tasks().getFirst().response()).isNotEqualTo(one);
        assertThat(BlockMissing.settingB(0.5).draw(RandomStream.of(1)).data().tasks().getFirst().response()).as("task 1 does not change")
                .isEqualTo(one);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> BlockMissing.settingB(1)).hasMessage("simulation: correlations [0.95, 1.0] must lie between 0 and 1");
        assertThatThrownBy(() -> BlockMissing.twoTasks().correlation(List.of(0.5)))
                .hasMessage("simulation: rows [300, 300], source widths [25, 25], correlations [0.5] and noise [0.1, 0.1] must have one "
                        + "number for each task");
    }
}
