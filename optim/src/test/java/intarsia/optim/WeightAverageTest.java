package intarsia.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.View;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightAverageTest {
    private final Engine engine = Engine.options().kernels("scalar").open();
    private final View values = View.of(engine.kernels().allocate(2));

    @AfterEach
    void close() {
        engine.close();
    }

    private void set(double... numbers) {
        engine.kernels().upload(numbers, 0, values);
    }

    private double[] numbers(View of) {
        double[] numbers = new double[2];
        engine.kernels().download(of, numbers, 0);
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9, 0.995})
    void equalsTheWeightedSumOfAllThatWasSeen(double decay) {
        set(1, -2);
        WeightAverage average = new WeightAverage(engine.kernels(), values, decay);
        double[] expected = {1, -2};
        for (int t = 1; t <= 200; t++) {
            set(t * t, 1.0 / t);
            average.update();
            double weight = Math.max(1 - decay, 9.0 / (9 + t));
            expected[0] = (1 - weight) * expected[0] + weight * t * t;
            expected[1] = (1 - weight) * expected[1] + weight / t;
        }
        assertThat(numbers(average.values())).containsExactly(expected, Offset.offset(1e-9));
        assertThat(numbers(values)).as("left as they are").containsExactly(40_000, 1.0 / 200);
    }

    @Test
    void withoutDecayItIsTheValues() {
        set(1, 1);
        WeightAverage average = new WeightAverage(engine.kernels(), values, 0);
        set(7, 8);
        average.update();
        assertThat(average.values()).isSameAs(values);
        assertThat(numbers(values)).containsExactly(7, 8);
    }

    @Test
    void saysWhatADecayMustBe() {
        for (double bad : new double[] {1, -0.1, Double.NaN, 2}) {
            assertThatThrownBy(() -> new WeightAverage(engine.kernels(), values, bad)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("averaging " + bad + ": must be at least 0 and less than 1");
        }
    }
}
