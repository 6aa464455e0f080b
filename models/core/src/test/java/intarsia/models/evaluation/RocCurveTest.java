package intarsia.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.response.Alike;
import intarsia.models.response.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RocCurveTest {
    /** Of rows that count alike. */
    private static RocCurve of(double[] truth, double[] predicted) {
        return RocCurve.of(truth, Alike.ones(truth.length), predicted);
    }

    @Test
    void stepsAreThoseOfTheThresholds() {
        RocCurve curve = of(new double[] {1, 0, 1, 0}, new double[] {0.9, 0.6, 0.6, 0.1});
        assertThat(curve.falsePositives()).containsExactly(0, 0, 0.5, 1);
        assertThat(curve.truePositives()).containsExactly(0, 0.5, 1, 1);
        assertThat(curve.at(0)).isEqualTo(0.5);
        assertThat(curve.at(0.25)).isEqualTo(0.75);
        assertThat(curve.at(1)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 50, 1_001})
    void theAreaIsTheAuc(int n) {
        RandomStream random = RandomStream.of(n);
        double[] predicted = IntStream.range(0, n).mapToDouble(i -> Math.rint(10 * random.nextDouble())).toArray();
        double[] truth = IntStream.range(0, n).mapToDouble(i -> i == 0 || i > 1 && random.nextDouble() < 0.3 ? 1 : 0).toArray();
        assertThat(of(truth, predicted).area()).isCloseTo(Metric.AUC.of(truth, predicted), within(1e-12));
    }

    @Test
    void aRowOfWeightTwoIsTheRowTwice() {
        RocCurve weighted = RocCurve.of(new double[] {1, 0, 1}, new double[] {1, 1, 2}, new double[] {0.9, 0.5, 0.1});
        RocCurve twice = of(new double[] {1, 0, 1, 1}, new double[] {0.9, 0.5, 0.1, 0.1});
        assertThat(weighted.truePositives()).isEqualTo(twice.truePositives());
        assertThat(weighted.falsePositives()).isEqualTo(twice.falsePositives());
    }

    @Test
    void oneClassOrNoNumberIsNoCurve() {
        assertThat(of(new double[] {1, 1}, new double[] {0.1, 0.2})).isNull();
        assertThat(of(new double[] {1, 0}, new double[] {0.1, Double.NaN})).isNull();
    }

    @Test
    void curvesAreAveragedUpwards() {
        RocCurve perfect = of(new double[] {1, 0}, new double[] {0.9, 0.1});
        RocCurve chance = of(new double[] {1, 0}, new double[] {0.5, 0.5});
        double[][] averaged = RocCurve.averaged(List.of(perfect, chance), new double[] {0, 0.5, 1});
        assertThat(averaged[0]).containsExactly(0.5, 0.75, 1);
        assertThat(Arrays.stream(averaged[1]).boxed().toList().getFirst()).isCloseTo(0.025, within(1e-15));
        assertThat(averaged[2][1]).isCloseTo(0.9875, within(1e-15));
    }
}
